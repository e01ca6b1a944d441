package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	trustBox   = regexp.MustCompile(`<h2>(\w+) data quality</h2><p>([^<]*)`)
	unlikeLine = regexp.MustCompile(`<li>[^<]*, (partial|unusually small|unusually large): [^<]*</li>`)
	affected   = regexp.MustCompile(`(?s)<h2 id="affected">.*?</section>`)
)

// unlikeTheUsual: wherever a measure's page names a return that is partial, or unusually small or
// large, its verdict on the data does too, and is not that they are good. The sample's housing
// sent a third of its usual rows, which SA10 reads; its training hub half as many again.
func unlikeTheUsual(t *testing.T, dir string) {
	for _, audience := range []string{"board", "public"} {
		site := filepath.Join(dir, "published", "current", audience)
		pages, err := filepath.Glob(filepath.Join(site, "measures", "*.html"))
		if err != nil {
			t.Fatal(err)
		}
		named := map[string][]string{}
		for _, page := range pages {
			text, err := os.ReadFile(page)
			if err != nil {
				t.Fatal(err)
			}
			box := trustBox.FindStringSubmatch(string(text))
			if box == nil {
				t.Fatalf("%s has no verdict on its data", page)
			}
			for _, line := range unlikeLine.FindAllStringSubmatch(string(text), -1) {
				if box[1] == "Good" || !strings.Contains(box[2], line[1]) {
					t.Errorf("%s: %s, beside %q", page, box[0], line[0])
				}
				named[filepath.Base(page)] = box[1:]
			}
		}
		quality, err := os.ReadFile(filepath.Join(site, "data-quality.html"))
		if err != nil {
			t.Fatal(err)
		}
		means := affected.FindString(string(quality))
		for page, want := range map[string][]string{
			"sa10.html": {"Weak", "1 of 1 returns arrived. It is unusually small."},
			"tr5.html":  {"Fair", "7 of 7 returns arrived. 1 of them is unusually large."},
		} {
			got := named[page]
			if len(got) != 2 || got[0] != want[0] || !strings.HasPrefix(got[1], want[1]) || !strings.Contains(means, want[1]) {
				t.Errorf("%s: the data of %s are %q, want %q there and on the data quality page", audience, page, got, want)
			}
		}
		if !strings.Contains(string(quality), ", partial: it has no rows from 1 September to 30 September 2026.") {
			t.Errorf("%s: the partial return of the health service is not named", audience)
		}
	}
}
