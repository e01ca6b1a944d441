package attack

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// twoMeasures is an edition in which a measure breaks those who met it down in two kinds, by
// month, and hides both kinds in one; the other measure's cases are those of one kind, more by
// some in that month.
func twoMeasures(t *testing.T, more int64) string {
	t.Helper()
	root := t.TempDir()
	lines := map[string][][]string{"p1": {header}, "p2": {header}}
	for n := range int64(20) {
		start := time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, int(n), 0)
		line := func(measure, breakdown, category string, met, base int64, hide bool) {
			l := []string{measure, "Title", start.Format("2006-01"), "month", start.Format(time.DateOnly), start.AddDate(0, 1, -1).Format(time.DateOnly),
				"W", "W", breakdown, category, fmt.Sprintf("%.1f", 100*float64(met)/float64(base)), "percent", "", "", strconv.FormatInt(met, 10), strconv.FormatInt(base, 10), "", ""}
			if hide {
				l[10], l[14], l[16] = "", "", "c"
			}
			lines[strings.ToLower(measure)] = append(lines[strings.ToLower(measure)], l)
		}
		one, all, extra := 10+n%7, 40+2*n, int64(0)
		if n == 13 {
			one, extra = 3, more
		}
		line("P1", "", "", all, 200, false)
		line("P1", "kind", "one", one, 80, n == 13)
		line("P1", "kind", "other", all-one, 120, n == 13)
		line("P2", "", "", 12, all-one+extra, false)
	}
	dir := filepath.Join(root, "board", "data")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	catalogue := `{"audience":"board","hide_up_to":5,"round_to":1,"min_base":10,"area":"W","measures":[
		{"id":"P1","kind":"proportion","protects":"people"},{"id":"P2","kind":"proportion","protects":"people"}]}`
	if err := os.WriteFile(filepath.Join(dir, "catalogue.json"), []byte(catalogue), 0o644); err != nil {
		t.Fatal(err)
	}
	for name, ls := range lines {
		var b strings.Builder
		if err := csv.NewWriter(&b).WriteAll(ls); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name+".csv"), []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

// TestACategoryThatAnotherMeasureCountsAlone gives its sibling away; where the two cannot be
// the same after all, nothing follows.
func TestACategoryThatAnotherMeasureCountsAlone(t *testing.T) {
	r := attacked(t, twoMeasures(t, 0))
	if !slices.ContainsFunc(r.Known, func(k Recovered) bool {
		return k.Measure == "P1" && k.Cell == "2025-11 W kind one" && k.Count == "met" && k.Low == 3 && slices.Contains(k.Methods, "another measure")
	}) {
		t.Errorf("not recovered: %v", r.Known)
	}
	if r := attacked(t, twoMeasures(t, 5)); len(r.Known) > 0 || r.Hidden == 0 {
		t.Errorf("recovered from what only happens to agree: %v", r.Known)
	}
}

// TestRevisionsThatAllButCancel compares an edition with every earlier one.
func TestRevisionsThatAllButCancel(t *testing.T) {
	var dirs []string
	for _, met := range []int64{40, 70, 38} {
		e := clean()
		e.met[cell{"quarter", 4, "A"}] = met
		dirs = append(dirs, e.write(t, t.TempDir()))
	}
	late := func(dirs ...string) bool {
		return slices.ContainsFunc(attacked(t, dirs...).Known, func(k Recovered) bool {
			return strings.HasPrefix(k.Count, "met revised since") && k.Low == 2 && slices.Contains(k.Methods, "edition differences") && strings.HasSuffix(k.Cell, " A")
		})
	}
	if late(dirs[:2]...) || !late(dirs...) {
		t.Error("the two who came late between the first and the third edition were not seen, or were without the first")
	}
}
