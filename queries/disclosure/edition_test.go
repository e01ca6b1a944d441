package disclosure

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"wherry/pipelines/audit"
)

// TestTheAuditFindsNothing publishes protected cubes as an edition's files and sets the
// independent audit on them.
func TestTheAuditFindsNothing(t *testing.T) {
	for _, perMonth := range []float64{400, 60, 9} {
		for _, hide := range []int64{5, 9} {
			c := makeCube(cubeShape{months: 36, perMonth: perMonth, share: 0.3, areas: 8, breakdowns: []int{5, 4}, seed: int64(perMonth) + hide})
			hidden, report, err := Protect(c.cells, c.eqs, Rules{HideUpTo: hide, ZerosShown: true})
			if err != nil {
				t.Fatal(err)
			}
			found := c.audit(t, hidden, hide)
			t.Logf("%v a month, hidden up to %d: %d primary, %d secondary, %d statements checked", perMonth, hide, report.Primary, report.Secondary, found.Checked)
			for i, f := range found.Findings {
				if i < 5 {
					t.Error(f)
				}
			}
		}
	}
}

// TestTheAuditSeesWhatSecondariesPrevent shows that the audit can find what it did not find above:
// with the secondary cells printed, hidden ones come out.
func TestTheAuditSeesWhatSecondariesPrevent(t *testing.T) {
	c := makeCube(cubeShape{months: 36, perMonth: 60, share: 0.3, areas: 8, breakdowns: []int{5, 4}, seed: 11})
	hidden, _, err := Protect(c.cells, c.eqs, Rules{HideUpTo: 5, ZerosShown: true})
	if err != nil {
		t.Fatal(err)
	}
	for i, cell := range c.cells {
		hidden[i] = cell.Unprinted || (cell.Value > 0 && cell.Value <= 5)
	}
	if found := c.audit(t, hidden, 5); len(found.Findings) < 10 {
		t.Errorf("%d findings with no secondary cell hidden", len(found.Findings))
	}
}

func (c *cube) audit(t *testing.T, hidden []bool, hideUpTo int64) *audit.Report {
	t.Helper()
	root := t.TempDir()
	data := filepath.Join(root, "board", "data")
	if err := os.MkdirAll(data, 0o755); err != nil {
		t.Fatal(err)
	}
	catalogue := fmt.Sprintf(`{"hide_up_to":%d,"round_to":1,"min_base":0,"area":"all","measures":[{"id":"M1","kind":"proportion","protects":"people","breakdowns":["t1","t2"]}]}`, hideUpTo)
	if err := os.WriteFile(filepath.Join(data, "catalogue.json"), []byte(catalogue), 0o644); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	w := csv.NewWriter(&b)
	lines := [][]string{strings.Split("measure,period,period_kind,period_start,period_end,area,area_name,breakdown,category,value,unit,low,high,numerator,base,marker_value,marker_base", ",")}
	for _, cell := range c.cells {
		if name := strings.Split(cell.Name, "/"); name[1] == "base" {
			lines = append(lines, c.line(name[0], name[2], hidden))
		}
	}
	if err := w.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(data, "m1.csv"), []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	r, err := audit.Edition(root)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// line is a group's row for a period such as q3, r0 or m17.
func (c *cube) line(group, period string, hidden []bool) []string {
	n, _ := strconv.Atoi(period[1:])
	kind, first, months := "month", n, 1
	switch period[0] {
	case 'q':
		kind, first, months = "quarter", 3*n, 3
	case 'r':
		kind, first, months = "rolling", 3*n, 12
	}
	start := time.Date(2023, time.Month(10+first), 1, 0, 0, 0, 0, time.UTC)
	l := make([]string, 17)
	l[0], l[1], l[2] = "M1", period, kind
	l[3], l[4] = start.Format(time.DateOnly), start.AddDate(0, months, -1).Format(time.DateOnly)
	l[5] = group
	if table, _, _ := strings.Cut(group, "g"); table == "t1" || table == "t2" {
		l[5], l[7], l[8] = "all", table, group
	}
	base, met := c.index[group+"/base/"+period], c.index[group+"/num/"+period]
	all, some := c.cells[base].Value, c.cells[met].Value
	l[10], l[14], l[13] = "percent", fmt.Sprint(all), fmt.Sprint(some)
	switch {
	case all == 0:
		l[13], l[15] = "", "z"
	case !hidden[met] && !hidden[base]:
		l[9] = fmt.Sprintf("%.1f", 100*float64(some)/float64(all))
	}
	if hidden[base] {
		l[14], l[16] = "", "c"
	}
	if hidden[met] || hidden[base] {
		l[13], l[15] = "", "c"
	}
	return l
}
