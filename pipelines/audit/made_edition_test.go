package audit

import (
	"cmp"
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

// draft is a made-up edition of one proportion and one rate, true and additive, that each
// test breaks in one way.
type draft struct {
	hideUpTo, roundTo, minBase int64
	rows                       []*draftRow
	page                       string // of the proportion
	svg                        string
	quality, rowsAre           string // a number of rows, and the head of its column
	geography                  string // as the catalogue gives it
}

type draftRow struct {
	measure, kind          string
	start                  time.Time
	months                 int
	area, breakdown, categ string
	met, base              int64
	hideMet, hideBase      bool
	value                  string // instead of the one that follows
}

func (r *draftRow) period() string {
	switch r.kind {
	case "month":
		return r.start.Format("2006-01")
	case "rolling":
		return "year to " + r.end().Format("2006-01")
	}
	return r.start.Format("2006") + " Q of " + r.start.Format("01")
}

func (r *draftRow) end() time.Time { return r.start.AddDate(0, r.months, -1) }

// cleanDraft has two years of quarters for the whole and three areas, with months for the
// whole; every count is large.
func cleanDraft() *draft {
	d := &draft{hideUpTo: 5, roundTo: 1, minBase: 10}
	type sums struct{ met, base []int64 }
	series := map[string]sums{}
	for k, area := range []string{"W", "A", "B", "C"} {
		s := sums{}
		for q := range 8 {
			met, base := int64(0), int64(0)
			if k == 0 {
				for j := range 3 {
					met, base = met+areaMet(j, q), base+areaBase(j, q)
				}
			} else {
				met, base = areaMet(k-1, q), areaBase(k-1, q)
			}
			s.met, s.base = append(s.met, met), append(s.base, base)
			d.add("P1", "quarter", q*3, 3, area, met, base)
			if k == 0 {
				d.add("P1", "month", q*3, 1, area, met/3, base/3)
				d.add("P1", "month", q*3+1, 1, area, met/3, base/3)
				d.add("P1", "month", q*3+2, 1, area, met-2*(met/3), base-2*(base/3))
			}
		}
		series[area] = s
		for q := 0; q+4 <= 8; q++ {
			var met, base int64
			for i := q; i < q+4; i++ {
				met, base = met+s.met[i], base+s.base[i]
			}
			d.add("P1", "rolling", q*3, 12, area, met, base)
		}
	}
	for q := range 8 {
		d.add("R1", "quarter", q*3, 3, "W", 300+int64(q), 100_000)
	}
	return d
}

func areaMet(area, q int) int64  { return int64(20 + 7*area + 3*q) }
func areaBase(area, q int) int64 { return int64(60 + 20*area + 5*q) }

func (d *draft) add(measure, kind string, from, months int, area string, met, base int64) {
	d.rows = append(d.rows, &draftRow{measure: measure, kind: kind, months: months, area: area, met: met, base: base,
		start: time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, from, 0)})
}

// row is a row of P1 by kind, number in time and area.
func (d *draft) row(kind string, n int, area string) *draftRow {
	for _, r := range d.rows {
		if r.measure == "P1" && r.kind == kind && r.area == area && r.breakdown == "" {
			if n == 0 {
				return r
			}
			n--
		}
	}
	panic("no such row")
}

// set changes an area's quarter to small numbers, keeping every sum true.
func (d *draft) set(n int, area string, met, base int64) {
	at := d.row("quarter", n, area)
	dm, db := met-at.met, base-at.base
	for _, r := range d.rows {
		covers := r.kind != "month" && !r.start.After(at.start) && !r.end().Before(at.end())
		if r.measure == "P1" && covers && (r.area == area || r.area == "W") {
			r.met, r.base = r.met+dm, r.base+db
		}
	}
	whole := d.row("quarter", n, "W")
	for k := range 3 {
		m := d.row("month", 3*n+k, "W")
		m.met, m.base = (whole.met+int64(k))/3, (whole.base+int64(k))/3
	}
}

func (d *draft) rounded(n int64) int64 {
	if d.roundTo <= 1 {
		return n
	}
	return (n + d.roundTo/2) / d.roundTo * d.roundTo
}

func (d *draft) fields(r *draftRow) []string {
	f := []string{r.measure, r.period(), r.kind, r.start.Format(time.DateOnly), r.end().Format(time.DateOnly),
		r.area, "Area " + r.area, r.breakdown, r.categ, "", "percent", "", "", "", "", "", ""}
	met, base := d.rounded(r.met), d.rounded(r.base)
	if r.measure == "R1" {
		base, f[10] = r.base, "per 10000"
	}
	if r.hideBase {
		f[16] = "c"
	} else {
		f[14] = strconv.FormatInt(base, 10)
	}
	if r.hideMet || r.hideBase {
		f[15] = "c"
	} else {
		f[13] = strconv.FormatInt(met, 10)
		scale := 100.0
		if r.measure == "R1" {
			scale = 10_000
		}
		f[9] = strconv.FormatFloat(float64(int64(float64(met)*scale/float64(base)*10+0.5))/10, 'f', -1, 64)
	}
	if r.value != "" {
		f[9] = r.value
	}
	return f
}

// write puts the edition on disk, with a page and a drawing of P1 that follow from it.
func (d *draft) write(t *testing.T, root, folder string) {
	t.Helper()
	dir := filepath.Join(root, folder)
	put := func(name, text string) {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("data/catalogue.json", fmt.Sprintf(`{"audience":%q,"hide_up_to":%d,"round_to":%d,"min_base":%d,"quarter":"2026-27 Q2","area":"W","geography":%s,"measures":[
		{"id":"P1","kind":"proportion","distinct":false,"protects":"people","breakdowns":["kind"]},
		{"id":"P2","kind":"proportion","distinct":false,"protects":"people","breakdowns":[]},
		{"id":"R1","kind":"rate","per":10000,"distinct":false,"protects":"people","breakdowns":[]}]}`, folder, d.hideUpTo, d.roundTo, d.minBase, cmp.Or(d.geography, "null")))
	for _, id := range []string{"P1", "P2", "R1"} {
		var b strings.Builder
		w := csv.NewWriter(&b)
		lines := [][]string{columns}
		for _, r := range d.rows {
			if r.measure == id {
				lines = append(lines, d.fields(r))
			}
		}
		if err := w.WriteAll(lines); err != nil {
			t.Fatal(err)
		}
		put("data/"+strings.ToLower(id)+".csv", b.String())
	}
	page, svg := d.page, d.svg
	if page == "" {
		page = d.table(nil)
	}
	if svg == "" {
		svg = d.chart(nil)
	}
	put("measures/p1.html", "<html><body>"+page+"</body></html>")
	put("charts/p1.svg", svg)
	put("data-quality.html", "<table><tr><th scope=col>Agency</th><th scope=col>"+max(d.rowsAre, "Rows")+"</th></tr><tr><th scope=row>Police</th><td>"+max(d.quality, "1,200")+"</td></tr></table>")
}

// table is the months of the whole as a page prints them; change edits a row's cells.
func (d *draft) table(change func(n int, cells []string)) string {
	var b strings.Builder
	b.WriteString(`<table class="data"><tr><th scope="col">Month</th><th scope="col">All</th><th scope="col">Of these, met</th><th scope="col">Percentage</th><th scope="col">Reading</th></tr>`)
	for n := range 24 {
		f := d.fields(d.row("month", n, "W"))
		cells := []string{f[14], f[13], f[9] + "%", "Within usual range"}
		for i, c := range cells[:3] {
			if c == "" || c == "%" {
				cells[i] = "[c]"
			}
		}
		if change != nil {
			change(n, cells)
		}
		fmt.Fprintf(&b, `<tr><th scope="row">%s</th><td>%s</td></tr>`, d.row("month", n, "W").start.Format("Jan 2006"), strings.Join(cells, "</td><td>"))
	}
	return b.String() + "</table>"
}

// monthAt is where month n stands along the chart.
func monthAt(n int) float64 { return 60 + 19.4*float64(n) }

// chart has a symbol for each month whose value is printed, and those that also names.
func (d *draft) chart(also []int) string {
	var b strings.Builder
	b.WriteString(`<svg xmlns="http://www.w3.org/2000/svg">`)
	for n := range 24 {
		r := d.row("month", n, "W")
		if (!r.hideMet && !r.hideBase) || slices.Contains(also, n) {
			value, err := strconv.ParseFloat(d.fields(&draftRow{measure: "P1", met: r.met, base: r.base, start: r.start, months: 1})[9], 64)
			if err != nil {
				panic(err)
			}
			shape := `<circle cx="%.2f" cy="%.2f" r="4"></circle>`
			if n%5 == 0 {
				shape = `<path d="M1 0" transform="matrix(4,0,0,4,%.2f,%.2f)"></path>`
			}
			fmt.Fprintf(&b, shape, monthAt(n), 300-2*value)
		}
		if n%3 == 0 {
			fmt.Fprintf(&b, `<text x="%.2f" y="320" text-anchor="middle">%s</text><text x="%.2f" y="340" text-anchor="middle">%s</text>`,
				monthAt(n), r.start.Format("Jan"), monthAt(n), r.start.Format("2006"))
		}
	}
	for _, v := range []float64{0, 20, 40, 60, 80} {
		fmt.Fprintf(&b, `<text x="44" y="%g" text-anchor="end">%g%%</text>`, 300-2*v, v)
	}
	return b.String() + "</svg>"
}
