package audit

import (
	"bytes"
	"image"
	"image/png"
	"slices"
	"strings"
	"testing"
)

const (
	mark    = `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 44"><path fill="#12436D" d="M0 0h120v44H0z"/></svg>`
	showing = `<h1>Page</h1><img class="logo" src="assets/logo.svg" width="120" height="44" alt="A council">`
)

// logoFinding says whether an edition with these files is refused for one of them as unknown.
func logoFinding(t *testing.T, files map[string]string, file string) bool {
	t.Helper()
	return slices.ContainsFunc(auditPages(t, files), func(f Finding) bool { return f.File == "board/"+file && f.Rule == RuleUnknown })
}

func TestALogoOfShapesPasses(t *testing.T) {
	var pixels bytes.Buffer
	if err := png.Encode(&pixels, image.NewNRGBA(image.Rect(0, 0, 60, 22))); err != nil {
		t.Fatal(err)
	}
	for name, files := range map[string]map[string]string{
		"drawing": {"assets/logo.svg": mark, "glossary.html": showing},
		"pixels":  {"assets/logo.png": pixels.String(), "glossary.html": strings.Replace(showing, "svg", "png", 1)},
	} {
		if fs := auditPages(t, files); len(fs) > 0 {
			t.Errorf("%s: %v", name, fs)
		}
	}
	png := pixels.String()
	for name, text := range map[string]string{
		"text in a chunk": png[:33] + "\x00\x00\x00\x03tEXt412\x00\x00\x00\x00" + png[33:],
		"text at the end": png + "412",
		"half":            png[:50],
		"no picture":      "412",
	} {
		if !logoFinding(t, map[string]string{"assets/logo.png": text}, "assets/logo.png") {
			t.Errorf("%s passes", name)
		}
	}
}

// TestALogoTellsNothing plants numbers in a logo, and pictures that are no logo.
func TestALogoTellsNothing(t *testing.T) {
	for name, c := range map[string]struct{ old, new string }{
		"text":        {"<path", `<text x="2" y="9">412</text><path`},
		"title":       {"<path", "<title>412</title><path"},
		"bare text":   {"<path", "412<path"},
		"comment":     {"<path", "<!-- 412 --><path"},
		"data":        {"<path", `<path data-n="412"`},
		"label":       {"<path", `<path aria-label="412"`},
		"entity":      {"<svg", `<!DOCTYPE svg [<!ENTITY n "412">]><svg`},
		"instruction": {"<svg", `<?n 412?><svg`},
		"not whole":   {"</svg>", ""},
	} {
		if !logoFinding(t, map[string]string{"assets/logo.svg": strings.Replace(mark, c.old, c.new, 1)}, "assets/logo.svg") {
			t.Errorf("%s passes", name)
		}
	}
	for _, file := range []string{"assets/chart.svg", "assets/logo.gif", "assets/more.css", "assets/photo.png"} {
		if !logoFinding(t, map[string]string{file: mark}, file) {
			t.Errorf("%s passes", file)
		}
	}
	for name, c := range map[string]struct{ old, new string }{
		"words with a number":   {"A council", "412 people"},
		"another picture":       {"assets/logo.svg", "assets/photo.png"},
		"another address":       {"assets/logo.svg", "https://example.org/logo.svg"},
		"another height":        {`height="44"`, `height="412"`},
		"an attribute of words": {`alt=`, `longdesc="412" alt=`},
	} {
		if !logoFinding(t, map[string]string{"assets/logo.svg": mark, "glossary.html": strings.Replace(showing, c.old, c.new, 1)}, "glossary.html") {
			t.Errorf("%s passes", name)
		}
	}
}
