package dashboards

import (
	"context"
	"image/color"
	"path/filepath"
	"testing"
	"time"

	"wherry/dashboards/browser"
)

// TestInOtherWaysOfSeeing: with forced colours, on a dark screen and without colour, charts keep a ground of their
// own, and the marks of a key and the icons are told apart.
func TestInOtherWaysOfSeeing(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	dir := written(t, madeUp("board"))
	ctx, cancel := context.WithTimeout(context.Background(), 4*time.Minute)
	defer cancel()
	b, stop, err := browser.Start(ctx, "")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for _, page := range []string{"measures/rq1.html", "measures/rq2.html", "exceptions.html"} {
		for _, way := range browser.Ways {
			seen, err := browser.Look(b, filepath.Join(dir, filepath.FromSlash(page)), way)
			if err != nil {
				t.Fatal(err)
			}
			for _, w := range seen.Wrong {
				t.Errorf("%s, %s: %s", page, way, w)
			}
			if page != "exceptions.html" && seen.Charts < 2 || seen.Marks < 4 {
				t.Errorf("%s, %s: %d charts and %d marks were seen: too few to be true", page, way, seen.Charts, seen.Marks)
			}
		}
	}
	ground, err := browser.Ground(b, filepath.Join(dir, "charts", "rq1.svg"))
	if err != nil {
		t.Fatal(err)
	}
	if white := color.GrayModel.Convert(ground).(color.Gray).Y; white < 250 {
		t.Errorf("an exported chart lies on a dark page without a ground of its own: %v", ground)
	}
	for _, page := range []string{"index.html", "measures/rq1.html"} {
		if at, err := browser.FollowSkip(b, filepath.Join(dir, filepath.FromSlash(page))); err != nil || at != "main" {
			t.Errorf("%s: skipping to the content gives the focus to %q, %v", page, at, err)
		}
	}
}
