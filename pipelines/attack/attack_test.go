package attack

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// cell names a count of the made-up edition by kind of period, quarter and area.
type cell struct {
	kind string
	n    int
	area string
}

// edition is a made-up edition of one proportion, by quarter, rolling year and area, with
// months of the whole, that a test breaks in one way.
type edition struct {
	audience          string
	hideUpTo, roundTo int64
	met               map[cell]int64 // of quarters and areas, where not as usual
	hide              map[cell]bool  // whose numerator is hidden
	share             map[cell]bool  // whose percentage is printed although it is hidden
	plot              []int          // months that are drawn although they are hidden
	geography         map[string][]string
	areas             []string
}

const quarters = 8

func clean() *edition {
	return &edition{audience: "board", hideUpTo: 5, roundTo: 1, met: map[cell]int64{}, hide: map[cell]bool{}, share: map[cell]bool{}, areas: []string{"A", "B", "C"}}
}

// count is the numerator and the base of a cell: the whole is its areas, a rolling year its
// quarters, a month a third of its quarter.
func (e *edition) count(c cell) (met, base int64) {
	if c.kind == "rolling" {
		for q := range 4 {
			m, b := e.count(cell{"quarter", c.n + q, c.area})
			met, base = met+m, base+b
		}
		return met, base
	}
	if c.kind == "month" {
		m, b := e.count(cell{"quarter", c.n / 3, "W"})
		k := int64(c.n % 3)
		if n, set := e.met[c]; set {
			return n, (b + k) / 3
		}
		return (m + k) / 3, (b + k) / 3
	}
	if c.area == "W" {
		for _, a := range e.areas {
			m, b := e.count(cell{c.kind, c.n, a})
			met, base = met+m, base+b
		}
		return met, base
	}
	i, q := int64(c.area[0]-'A'), int64(c.n)
	met, base = 30+9*i+2*q, 75+20*i+5*q
	if n, set := e.met[c]; set {
		met = n
	}
	return met, base
}

func (e *edition) cells() []cell {
	var cs []cell
	for _, a := range append([]string{"W"}, e.areas...) {
		for q := range quarters {
			cs = append(cs, cell{"quarter", q, a})
		}
		for q := range quarters - 3 {
			cs = append(cs, cell{"rolling", q, a})
		}
	}
	for m := range 3 * quarters {
		cs = append(cs, cell{"month", m, "W"})
	}
	return cs
}

// hideYears hides the rolling years of areas that hold quarter n.
func (e *edition) hideYears(n int, areas ...string) {
	for _, a := range areas {
		for q := max(0, n-3); q <= min(n, quarters-4); q++ {
			e.hide[cell{"rolling", q, a}] = true
		}
	}
}

func (e *edition) rounded(n int64) int64 {
	if e.roundTo <= 1 {
		return n
	}
	return (n + e.roundTo/2) / e.roundTo * e.roundTo
}

var header = []string{"measure", "title", "period", "period_kind", "period_start", "period_end", "area", "area_name", "breakdown", "category",
	"value", "unit", "low", "high", "numerator", "base", "marker_value", "marker_base"}

func (e *edition) line(c cell) []string {
	step, months := 3, map[string]int{"quarter": 3, "rolling": 12, "month": 1}[c.kind]
	if c.kind == "month" {
		step = 1
	}
	start := time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, step*c.n, 0)
	met, base := e.count(c)
	met, base = e.rounded(met), e.rounded(base)
	l := []string{"P1", "Title", c.kind + " from " + start.Format("2006-01"), c.kind, start.Format(time.DateOnly), start.AddDate(0, months, -1).Format(time.DateOnly),
		c.area, c.area, "", "", "", "percent", "", "", "", strconv.FormatInt(base, 10), "", ""}
	value := strconv.FormatFloat(100*float64(met)/float64(base), 'f', 1, 64)
	if e.hide[c] {
		l[16] = "c"
		if e.share[c] {
			l[10] = value
		}
		return l
	}
	l[10], l[14] = value, strconv.FormatInt(met, 10)
	return l
}

func (e *edition) write(t *testing.T, dir string) string {
	t.Helper()
	put := func(name, text string) {
		path := filepath.Join(dir, e.audience, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	catalogue, err := json.Marshal(map[string]any{"audience": e.audience, "hide_up_to": e.hideUpTo, "round_to": e.roundTo, "min_base": 10, "area": "W", "geography": e.geography,
		"measures": []map[string]any{{"id": "P1", "kind": "proportion", "protects": "people", "file": "p1.csv"}}})
	if err != nil {
		t.Fatal(err)
	}
	put("data/catalogue.json", string(catalogue))
	var b strings.Builder
	w := csv.NewWriter(&b)
	lines := [][]string{header}
	for _, c := range e.cells() {
		lines = append(lines, e.line(c))
	}
	if err := w.WriteAll(lines); err != nil {
		t.Fatal(err)
	}
	put("data/p1.csv", b.String())
	put("charts/p1.svg", e.chart())
	return dir
}

// chart draws the months that are shown, and those that plot names.
func (e *edition) chart() string {
	var b strings.Builder
	b.WriteString("<svg>")
	for n := range 3 * quarters {
		c := cell{"month", n, "W"}
		x := 50 + 20*float64(n)
		when := time.Date(2024, 10, 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
		if n%3 == 0 {
			fmt.Fprintf(&b, `<text x="%g" y="310" text-anchor="middle">%s</text><text x="%g" y="325" text-anchor="middle">%s</text>`, x, when.Format("Jan"), x, when.Format("2006"))
		}
		if met, base := e.count(c); !e.hide[c] || slices.Contains(e.plot, n) {
			fmt.Fprintf(&b, `<circle cx="%.2f" cy="%.2f" r="4"></circle>`, x, 300-2.5*1000*float64(met)/float64(base)/10)
		}
	}
	for _, v := range []float64{0, 50, 100} {
		fmt.Fprintf(&b, `<text x="44" y="%g" text-anchor="end">%g%%</text>`, 300-2.5*v, v)
	}
	return b.String() + "</svg>"
}

func attacked(t *testing.T, dirs ...string) Report {
	t.Helper()
	r, err := Attack(context.Background(), dirs)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestPlantedLeaksAreRecovered breaks an edition by each method and wants the count back,
// with its value and the method's name.
func TestPlantedLeaksAreRecovered(t *testing.T) {
	for name, plant := range map[string]struct {
		method string
		broken func(e *edition) (want cell)
	}{
		"a sibling and its total": {"subtraction", func(e *edition) cell {
			at := cell{"quarter", 4, "A"}
			e.met[at], e.hide[at] = 3, true
			e.hideYears(4, "A", "B")
			return at
		}},
		"a month and its quarter": {"subtraction", func(e *edition) cell {
			at := cell{"month", 13, "W"}
			_, base := e.count(cell{"quarter", 4, "W"})
			whole, _ := e.count(cell{"quarter", 4, "W"})
			e.met[at], e.met[cell{"month", 12, "W"}] = 4, base/3-30
			e.met[cell{"month", 14, "W"}] = whole - 4 - (base/3 - 30)
			e.hide[at] = true
			return at
		}},
		"a printed percentage": {"percentages", func(e *edition) cell {
			at := cell{"quarter", 4, "A"}
			e.met[at], e.hide[at], e.share[at] = 3, true, true
			e.hide[cell{"quarter", 4, "B"}] = true
			e.hideYears(4, "A", "B")
			return at
		}},
		"two rolling years": {"rolling years", func(e *edition) cell {
			at := cell{"quarter", 4, "A"}
			e.met[at] = 2
			for q := 1; q < 5; q++ {
				e.hide[cell{"quarter", q, "A"}], e.hide[cell{"quarter", q, "B"}] = true, true
			}
			e.hideYears(7, "A", "B")
			return at
		}},
		"hidden counts are at least one": {"integer bounds", func(e *edition) cell {
			at := cell{"quarter", 4, "A"}
			for _, a := range []string{"A", "B"} {
				e.met[cell{"quarter", 4, a}] = 1
				e.hide[cell{"quarter", 4, a}] = true
			}
			e.hideYears(4, "A", "B")
			return at
		}},
		"a hidden month is drawn": {"chart coordinates", func(e *edition) cell {
			at := cell{"month", 13, "W"}
			e.met[at], e.hide[at], e.hide[cell{"month", 12, "W"}], e.plot = 4, true, true, []int{13}
			e.met[cell{"month", 12, "W"}], e.met[cell{"month", 14, "W"}] = 90, 0
			whole, _ := e.count(cell{"quarter", 4, "W"})
			e.met[cell{"month", 14, "W"}] = whole - 94
			return at
		}},
	} {
		t.Run(name, func(t *testing.T) {
			e := clean()
			at := plant.broken(e)
			want, _ := e.count(at)
			r := attacked(t, e.write(t, t.TempDir()))
			if !slices.ContainsFunc(r.Known, func(k Recovered) bool {
				return k.Count == "met" && k.Cell == e.line(at)[2]+" "+at.area && k.Low == want && slices.Contains(k.Methods, plant.method)
			}) {
				t.Errorf("not recovered by %s: %v", plant.method, r.Known)
			}
		})
	}
}

// TestAreasThatOverlap prints two sets of areas whose difference is a piece with few in it.
func TestAreasThatOverlap(t *testing.T) {
	e := clean()
	e.areas = []string{"A", "B", "C"}
	e.geography = map[string][]string{"A": {"p1"}, "B": {"p2"}, "C": {"p3"}, "D": {"p1", "p4"}}
	for q := range quarters {
		e.met[cell{"quarter", q, "A"}] = 40
	}
	dir := e.write(t, t.TempDir())
	// D is A and a piece that nothing prints; the areas of the first set leave it out
	path := filepath.Join(dir, "board", "data", "p1.csv")
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	_, base := e.count(cell{"quarter", 4, "A"})
	l := e.line(cell{"quarter", 4, "A"})
	l[6], l[7], l[14], l[15] = "D", "D", "43", strconv.FormatInt(base+60, 10)
	l[10] = strconv.FormatFloat(100*43/float64(base+60), 'f', 1, 64)
	whole := e.line(cell{"quarter", 4, "W"})
	met, all := e.count(cell{"quarter", 4, "W"})
	was := strings.Join(whole, ",")
	whole[14], whole[15] = strconv.FormatInt(met+3, 10), strconv.FormatInt(all+60, 10)
	whole[10] = strconv.FormatFloat(100*float64(met+3)/float64(all+60), 'f', 1, 64)
	broken := strings.Replace(string(text), was, strings.Join(whole, ","), 1) + strings.Join(l, ",") + "\n"
	// the months and years of the whole no longer fit its quarter: leave them out
	var kept []string
	for _, line := range strings.Split(broken, "\n") {
		if !strings.Contains(line, ",month,") && !strings.Contains(line, ",rolling,") {
			kept = append(kept, line)
		}
	}
	if err := os.WriteFile(path, []byte(strings.Join(kept, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	r := attacked(t, dir)
	if !slices.ContainsFunc(r.Known, func(k Recovered) bool {
		return strings.Contains(k.Cell, "p4") && k.Count == "met" && k.Low == 3 && slices.Contains(k.Methods, "geography")
	}) {
		t.Errorf("the piece was not recovered: %v", r.Known)
	}
}

// TestEditionsThatHideDifferently hides well in each of two editions, but not the same.
func TestEditionsThatHideDifferently(t *testing.T) {
	make := func(partner string) *edition {
		e := clean()
		e.met[cell{"quarter", 4, "A"}] = 3
		e.hide[cell{"quarter", 4, "A"}], e.hide[cell{"quarter", 4, partner}] = true, true
		e.hideYears(4, "A", "B", "C")
		return e
	}
	now, before := make("B").write(t, t.TempDir()), make("C").write(t, t.TempDir())
	for _, dir := range []string{now, before} {
		if r := attacked(t, dir); len(r.Known) > 0 {
			t.Errorf("alone an edition gives nothing away: %v", r.Known)
		}
	}
	r := attacked(t, now, before)
	if !slices.ContainsFunc(r.Known, func(k Recovered) bool {
		return k.Low == 3 && k.Count == "met" && slices.Contains(k.Methods, "edition differences")
	}) {
		t.Errorf("not recovered: %v", r.Known)
	}
}

// TestAnotherAudienceTellsMore has the board learn from what the public may read.
func TestAnotherAudienceTellsMore(t *testing.T) {
	dir := t.TempDir()
	for _, public := range []bool{false, true} {
		e := clean()
		e.met[cell{"quarter", 4, "A"}], e.met[cell{"quarter", 4, "B"}] = 1, 10
		e.hide[cell{"quarter", 4, "A"}] = true
		e.hideYears(4, "A", "B", "C")
		if public {
			e.audience, e.hideUpTo, e.roundTo = "public", 9, 5
			e.hide[cell{"quarter", 4, "C"}] = true
		} else {
			e.hide[cell{"quarter", 4, "B"}] = true
		}
		e.write(t, dir)
	}
	r := attacked(t, dir)
	if !slices.ContainsFunc(r.Known, func(k Recovered) bool {
		return k.Audience == "board" && k.Low == 1 && slices.Contains(k.Methods, "another audience")
	}) {
		t.Errorf("not recovered: %v", r.Known)
	}
}

// TestWellHiddenEditionsGiveNothing attacks editions whose small counts have company.
func TestWellHiddenEditionsGiveNothing(t *testing.T) {
	var dirs []string
	for range 2 {
		dir := t.TempDir()
		for _, audience := range []string{"board", "public"} {
			e := clean()
			if audience == "public" {
				e.audience, e.hideUpTo, e.roundTo = audience, 9, 5
			}
			e.met[cell{"quarter", 4, "A"}] = 3
			for _, a := range []string{"A", "B"} {
				e.hide[cell{"quarter", 4, a}], e.hide[cell{"quarter", 5, a}] = true, true
			}
			e.hideYears(4, "A", "B")
			e.hideYears(5, "A", "B")
			e.write(t, dir)
		}
		dirs = append(dirs, dir)
	}
	r := attacked(t, dirs...)
	for _, k := range r.Known {
		t.Error(k)
	}
	if r.Hidden < 20 || r.Claims < 100 {
		t.Errorf("only %d hidden counts attacked with %d claims", r.Hidden, r.Claims)
	}
	var out strings.Builder
	if err := r.Print(&out); err != nil || !strings.Contains(out.String(), "recovered nothing") {
		t.Errorf("%v: %s", err, out.String())
	}
}

func TestWhatIsNoEditionIsAnError(t *testing.T) {
	if _, err := Attack(context.Background(), []string{t.TempDir()}); err == nil {
		t.Error("an empty folder is attacked")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Attack(ctx, []string{clean().write(t, t.TempDir())}); err == nil {
		t.Error("a cancelled attack ends without an error")
	}
}
