package pack

import (
	"bytes"
	"context"
	"errors"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"wherry/dashboards/browser"
)

const head = `<!doctype html><html lang="en-GB"><head><title>Review</title><link rel="stylesheet" href="assets/site.css"></head><body>
<a class="skip" href="#main">Skip</a><svg class="sprite"><symbol id="same"></symbol></svg><header><nav><a href="index.html">Scorecard</a></nav></header><main id="main">`

// site is a small site: a scorecard of two measures, of which one has a page, an area, a plan.
func site(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"assets/site.css": `@page{size:A4 landscape;@top-center{content:"OFFICIAL-SENSITIVE"}} .sheet{break-before:page}`,
		"index.html": head + `<h1 id="top">Review</h1><p class="buttons"><a href="methods.html">How to read</a></p>
<table class="scorecard"><tr><td><a href="measures/rq1.html#chart-title">One</a></td></tr><tr><td><a href="measures/rq9.html">Nine</a></td></tr></table></main><footer>foot</footer></body></html>`,
		"measures/rq1.html": head + `<h1>One</h1><section><h2 id="chart-title">Chart</h2><svg class="chart wide"><path id="p0"></path></svg>
<svg class="chart mid" width="90" height="43" viewBox="0 0 90 43" role="img" aria-label="A chart"><defs><pattern id="p1"></pattern></defs><rect width="90" height="43" fill="url(#p1)"></rect><rect width="9" height="9"></rect><text x="20" y="20">75%</text></svg><svg class="icon"><use href="#same"></use></svg></section>
<div class="three"><section><h2>Show</h2></section></div>
<section class="ledger"><h2 id="definitions">Definitions that matter here</h2><ul><li><p><strong>Repeat</strong></p><p>Says much.</p></li></ul></section>
<section class="breakdown"><h2>By district</h2></section><section><h2 id="table">Data table</h2></section>
<a href="../index.html#top">Back</a><a href="https://example.org/">Out</a><details><summary>SQL</summary>select 1</details></main></body></html>`,
		"areas/harm.html": head + `<h1>Harm</h1><a href="../measures/rq1.html">One</a></main></body></html>`,
		"actions.html":    head + `<h1>Plan</h1></main></body></html>`,
		"charts/rq1.svg":  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 90 43" width="90" height="43"><rect width="90" height="43" fill="#12436D"/></svg>`,
	} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestAssemble(t *testing.T) {
	text, pages, err := assemble(site(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(pages, " "); got != "index.html areas/harm.html measures/rq1.html actions.html" {
		t.Errorf("pages %s", got)
	}
	for _, want := range []string{`<div id="index">`, `<div id="measures-rq1" class="sheet">`, `href="#measures-rq1-chart-title"`, `href="#index-top"`, `id="measures-rq1-p1"`,
		`url(#measures-rq1-p1)`, `href="#same"`, `<a>Out</a>`, `<a>Nine</a>`, `aria-label="A chart"`, "Definitions that matter here", "Repeat"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("the document lacks %s", want)
		}
	}
	for _, gone := range []string{"<nav", "<footer", "wide", "How to read", "select 1", "By district", "Data table", "Says much", "https:"} {
		if strings.Contains(string(text), gone) {
			t.Errorf("the document keeps %q", gone)
		}
	}
}

// TestPrinted prints with the browser that is installed.
func TestPrinted(t *testing.T) {
	out := filepath.Join(t.TempDir(), "packs", "review.pdf")
	paper, err := Make(context.Background(), site(t), out, "")
	if err != nil {
		t.Fatal(err)
	}
	pdf, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if paper.Sides != 4 || paper.Bytes != len(pdf) {
		t.Errorf("%+v, want 4 sides, one to a page", paper)
	}
	for _, want := range []string{"/StructTreeRoot", "/Outlines", "/Lang (en-GB)", "/Alt (A chart)"} {
		if !bytes.Contains(pdf, []byte(want)) {
			t.Errorf("the PDF lacks %s", want)
		}
	}
	if at, err := os.Stat(out); err != nil || at.Mode().Perm() != 0o600 {
		t.Errorf("the PDF is %v, %v: want it readable by its owner alone", at.Mode(), err)
	}
}

func TestPictures(t *testing.T) {
	out := t.TempDir()
	made, err := Pictures(context.Background(), site(t), out, "", []string{"RQ1"})
	if err != nil || len(made) != 1 {
		t.Fatal(made, err)
	}
	file, err := os.Open(filepath.Join(out, "rq1.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if size := picture.Bounds().Size(); size.X != 180 || size.Y != 86 {
		t.Errorf("%d by %d, want twice 90 by 43", size.X, size.Y)
	}
	if r, g, b, _ := picture.At(90, 43).RGBA(); r>>8 != 0x12 || g>>8 != 0x43 || b>>8 != 0x6D {
		t.Errorf("the chart is not in the picture: %x %x %x", r>>8, g>>8, b>>8)
	}
}

func TestRefusals(t *testing.T) {
	dir := site(t)
	out := filepath.Join(t.TempDir(), "x.pdf")
	var none *browser.NoneError
	if _, err := Make(context.Background(), dir, out, "/nowhere/chromium"); !errors.As(err, &none) {
		t.Errorf("with no browser: %v", err)
	}
	t.Setenv("PATH", "")
	if _, err := Make(context.Background(), dir, out, ""); !errors.As(err, &none) {
		t.Errorf("with no browser installed: %v", err)
	}
	if _, err := os.Stat(out); !os.IsNotExist(err) {
		t.Error("something was written")
	}
	if _, err := Pictures(context.Background(), dir, t.TempDir(), "", []string{"RQ7"}); err == nil || !strings.Contains(err.Error(), "RQ7 has no chart") {
		t.Errorf("a chart that is not there: %v", err)
	}
}
