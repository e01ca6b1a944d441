package audit

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// checkDrawings holds each measure's chart file against its data.
func (a *audience) checkDrawings(r *Report) error {
	for _, m := range a.Measures {
		name := "charts/" + strings.ToLower(m.ID) + ".svg"
		text, err := os.ReadFile(filepath.Join(a.dir, name))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return err
		}
		doc, err := html.Parse(strings.NewReader(string(text)))
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		a.checkSeries(r, name, m, doc)
	}
	return nil
}

// checkSection checks the drawings of one section of a measure's page: the chart in time by
// the places of its points, the others by their marks for hidden figures, which must be as
// many as in the table beside them.
func (a *audience) checkSection(r *Report, page string, m *measure, section *html.Node) {
	drawings := find(section, is("svg"))
	if hasClass(section, "chart-part") {
		for _, svg := range drawings {
			if hasClass(svg, "chart") {
				a.checkSeries(r, page, m, svg)
			}
		}
		return
	}
	tables := find(section, func(n *html.Node) bool { return is("table")(n) && hasClass(n, "data") })
	if len(drawings) == 0 || len(tables) != 1 {
		return
	}
	for _, svg := range drawings {
		r.Checked++
		if a.drawsMore(svg, tables[0]) {
			r.add(a.folder+"/"+page, "section "+attr(section, "aria-labelledby")+attr(section, "id"), RuleDrawing, "the drawing shows more than the table beside it")
		}
	}
}

// drawsMore says whether a drawing has more points than its table has printed values, or
// fewer marks than it has lines, by name, that the table hides.
func (a *audience) drawsMore(svg, table *html.Node) bool {
	words := texts(find(svg, is("text")), nil)
	shown, hidden, marks := 0, 0, 0
	for _, tr := range find(table, is("tr")) {
		cells := texts(find(tr, is("td")), nil)
		names := texts(find(tr, is("th")), nil)
		switch {
		case len(cells) == 0:
		case !a.valueHidden(table, cells):
			shown++
		case slices.Contains(words, names[0]):
			hidden++
		}
	}
	for _, w := range words {
		if strings.HasPrefix(w, "[") {
			marks++
		}
	}
	return marks < hidden || len(symbols(svg)) > shown
}

// valueHidden says whether the value column of a table row holds a mark.
func (a *audience) valueHidden(table *html.Node, cells []string) bool {
	heads := texts(find(table, is("th")), func(n *html.Node) bool { return attr(n, "scope") == "col" })
	for i, h := range heads[1:] {
		switch h {
		case "Percentage", "Rate", "Median days":
			return i < len(cells) && strings.HasPrefix(cells[i], "[")
		}
	}
	return strings.HasPrefix(cells[0], "[")
}

// checkSeries holds a chart in time against the data: counted back from the last point,
// there may be a point only where the series has a printed value.
func (a *audience) checkSeries(r *Report, name string, m *measure, svg *html.Node) {
	xs := places(svg)
	if len(xs) < 2 {
		return
	}
	r.Checked++
	slot := math.Inf(1)
	for i := 1; i < len(xs); i++ {
		slot = min(slot, xs[i]-xs[i-1])
	}
	shown := a.printedSteps(m)
	for _, x := range xs {
		back := int(math.Round((xs[len(xs)-1] - x) / slot))
		if !shown[back] {
			r.add(a.folder+"/"+name, m.ID, RuleDrawing, "the chart has a point where the data file has no value")
			return
		}
	}
}

// printedSteps is the steps of the measure's series that have a printed value, counted back
// from the last that has: of its shortest kind of period, for the whole partnership.
func (a *audience) printedSteps(m *measure) map[int]bool {
	for _, k := range []struct {
		kind   string
		months int
	}{{"month", 1}, {"quarter", 3}, {"rolling", 3}, {"year", 12}} {
		var ends []time.Time
		any := false
		for _, row := range m.rows {
			if row.area != a.Area || row.breakdown != "" || row.kind != k.kind {
				continue
			}
			any = true
			if row.value != "" {
				ends = append(ends, row.end)
			}
		}
		if !any {
			continue
		}
		slices.SortFunc(ends, func(x, y time.Time) int { return x.Compare(y) })
		shown := map[int]bool{}
		for _, e := range ends {
			last := ends[len(ends)-1]
			shown[((last.Year()-e.Year())*12+int(last.Month())-int(e.Month()))/k.months] = true
		}
		return shown
	}
	return nil
}

var symbolAt = regexp.MustCompile(`^matrix\([^,]+,[^,]+,[^,]+,[^,]+,(-?[\d.]+),(-?[\d.]+)\)$`)

// places is where along a drawing there are symbols for points, from left to right, each
// place once.
func places(svg *html.Node) []float64 {
	var xs []float64
	for _, at := range symbols(svg) {
		xs = append(xs, at[0])
	}
	slices.Sort(xs)
	return slices.CompactFunc(xs, func(a, b float64) bool { return math.Abs(a-b) < 0.5 })
}

// symbols is where a drawing has symbols for points, each place once: a symbol may be made
// of several shapes.
func symbols(svg *html.Node) [][2]float64 {
	var at [][2]float64
	for _, n := range find(svg, is("path")) {
		m := symbolAt.FindStringSubmatch(attr(n, "transform"))
		if m == nil {
			continue
		}
		x, err := strconv.ParseFloat(m[1], 64)
		y, err2 := strconv.ParseFloat(m[2], 64)
		if p := [2]float64{x, y}; err == nil && err2 == nil && !slices.Contains(at, p) {
			at = append(at, p)
		}
	}
	return at
}
