package browser

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

const sound = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self' data:"><title>TITLE</title><link rel="icon" href="data:,"></head>
<body><main id="main"><h1>Page</h1>BODY</main></body></html>`

func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, body := range pages {
		put(t, dir, name, strings.NewReplacer("TITLE", strings.TrimPrefix(name, "same-"), "BODY", body).Replace(sound))
	}
	return dir
}

func put(t *testing.T, dir, name, text string) {
	t.Helper()
	file := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestFaultsAreFound: each kind of fault, planted in a page of its own, is found there, and
// a sound page is left alone.
func TestFaultsAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	dir := site(t, map[string]string{
		"index.html":       `<p><a href="below/sound.html#main">Sound</a></p>` + strings.Repeat("<p>A line that takes room on paper.</p>", 400),
		"below/sound.html": `<p><a href="../index.html">Back</a> <a href="https://example.org/">Out</a></p>`,
		"lost.html":        `<p><a href="nowhere.html">A</a> <a href="below">B</a> <a href="../../etc/x.html">C</a> <a href="#nowhere">D</a> <a href="/index.html">E</a></p>`,
		"script.html":      `<p>Text</p><script>document.title = 'x'</script>`,
		"styled.html":      `<p style="color:red">Text</p>`,
		"asks.html":        `<p><img src="https://192.0.2.1/x.png" alt="x"></p>`,
		"wide.html":        `<p>` + strings.Repeat("x", 300) + `</p>`,
		"unlabelled.html":  `<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA="></p>`,
		"twice.html":       `<p id="a">A</p><p id="a">B</p>`,
		"bad.html":         `<ul><p>Text</p></ul>`,
		"form.html":        `<p>Text</p><form action="#main"><label>A <input name="a"></label></form>`,
		"shifts.html":      `<link rel="stylesheet" href="shifts.css"><p class="shifts">A line that moves.</p>`,
		"same.html":        `<p>Text</p>`,
		"same-same.html":   `<p>Text</p>`,
		"tongue.html":      `<p>Text</p>`,
		"large.html":       `<p>` + strings.Repeat("word ", 50000) + `</p>`,
	})
	put(t, dir, "tongue.html", strings.NewReplacer(` lang="en-GB"`, "", "TITLE", "tongue", "BODY", "<p>Text</p>").Replace(sound))
	put(t, dir, "shifts.css", `@keyframes down { to { margin-top: 3000px } } .shifts { animation: down 1s linear }`)
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	r, err := Check(ctx, dir, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`index.html: prints on `,
		`lost.html: link "nowhere.html" leads to a file that is not there`, `lost.html: link "below" leads to a folder`, `lost.html: link "../../etc/x.html" leaves the site's folder`,
		`lost.html: link "#nowhere" leads to a place that is not on the page`, `lost.html: link "/index.html" would not work from disk`,
		`script.html: holds "<script"`, `script.html: console: `, `styled.html: holds " style=\""`, `styled.html: console: `, `asks.html: `,
		`wide.html at 320: scrolls sideways`, `unlabelled.html at 1280: image-alt`, `twice.html: has the id "a" twice`, `bad.html: line 3: element-permitted-content`, `form.html at 1280: WCAG2AA.Principle3.Guideline3_2.3_2_2.H32.2`,
		`same.html: has the title of same-same.html`, `tongue.html: does not say its language`, `shifts.html: moves after it is first drawn`, `large.html: is `,
	} {
		found := false
		for _, f := range r.Findings {
			found = found || strings.HasPrefix(f.String(), want)
		}
		if !found {
			t.Errorf("nothing was found that begins %q", want)
		}
	}
	for _, f := range r.Findings {
		if f.Page == "below/sound.html" {
			t.Errorf("a sound page is faulted: %v", f)
		}
	}
	if t.Failed() {
		t.Log(r.Err())
	}
}

func TestNoPagesIsAnError(t *testing.T) {
	if _, err := Check(context.Background(), t.TempDir(), nil); err == nil || !strings.Contains(err.Error(), "it holds no page") {
		t.Errorf("got %v", err)
	}
}
