package dashboards

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"wherry/dashboards/browser"
)

// TestInABrowser opens every page of both audiences as readers do.
func TestInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	board, public := madeUp("board"), madeUp("public")
	public.Results = public.Results[:3]
	board.Previous = written(t, madeUp("board"))
	for _, s := range []Site{board, public} {
		t.Run(s.Audience.ID, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), 8*time.Minute)
			defer cancel()
			r, err := browser.Check(ctx, written(t, s), nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := r.Err(); err != nil {
				t.Error(err)
			}
			if r.Pages < 12 || r.Rules < 30*r.Pages {
				t.Errorf("%d pages were opened and %d rules passed: too few to be true", r.Pages, r.Rules)
			}
			t.Logf("%d pages, %d rules passed, the scorecard prints on %d pages", r.Pages, r.Rules, r.PaperPages)
		})
	}
}

// TestEveryChartIsLabelled: a label for each drawing that is not hidden, each once but for
// the widths of one chart, none too long to hear out.
func TestEveryChartIsLabelled(t *testing.T) {
	dir := written(t, madeUp("board"))
	for name := range tree(t, dir) {
		if !strings.HasSuffix(name, ".html") {
			continue
		}
		labels := map[string]int{}
		for _, part := range strings.Split(read(t, dir, name), `<svg class="chart`)[1:] {
			_, label, ok := strings.Cut(part[:strings.IndexByte(part, '>')], `aria-label="`)
			if label = strings.TrimSuffix(label, `"`); !ok || label == "" || len(label) > 600 {
				t.Errorf("%s has a chart labelled %q", name, label)
			}
			labels[label]++
		}
		for label, n := range labels {
			kind, _, _ := strings.Cut(label, ".")
			wide := slices.Contains([]string{"Line chart", "Small multiples", "Flow chart", "Stacked bar chart"}, kind) || strings.HasPrefix(kind, "Control chart")
			if want := map[bool]int{true: 3, false: 2}[wide]; n != want {
				t.Errorf("%s has the label %q %d times, want %d: one for each width", name, label, n, want)
			}
		}
	}
}
