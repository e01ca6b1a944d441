package browser

import (
	"context"
	"strings"
	"testing"
	"time"
)

// TestWalkFindsFaults: each fault of the keyboard, planted, is found, and a sound page is left alone.
func TestWalkFindsFaults(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	dir := site(t, map[string]string{
		"sound.html": `<p><a href="#main">A</a> <a href="#main">B</a></p>`,
		"order.html": `<p><a href="#main">A</a> <a href="#main" tabindex="1">B</a></p>`,
		"bare.html":  `<link rel="stylesheet" href="bare.css"><p><a class="bare" href="#main">A</a></p>`,
		"away.html":  `<link rel="stylesheet" href="bare.css"><p><a class="away" href="#main">A</a></p>`,
	})
	put(t, dir, "bare.css", `a:focus { outline: 3px solid } .bare:focus { outline: none } .away { position: fixed; left: -999px }`)
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	for page, want := range map[string]string{"sound.html": "", "order.html": "stop 0 of 2 by the Tab key is number 1", "bare.html": "shows no focus", "away.html": "has the focus out of sight"} {
		found, err := Walk(ctx, dir, page)
		if err != nil {
			t.Fatal(err)
		}
		if want == "" && len(found) > 0 || want != "" && (len(found) != 1 || !strings.HasPrefix(found[0].What, want)) {
			t.Errorf("%s: found %v, want %q", page, found, want)
		}
	}
}
