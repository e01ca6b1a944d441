package audit

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

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
		for _, svg := range find(doc, is("svg")) {
			a.checkSeries(r, name, m, svg)
		}
	}
	return nil
}

// checkSection checks the drawings of one section of a measure's page: every point and bar
// is read back through the scales, and must be a number that is printed.
func (a *audience) checkSection(r *Report, page string, m *measure, section *html.Node) {
	series := hasClass(section, "chart-part")
	for _, svg := range find(section, is("svg")) {
		switch {
		case !hasClass(svg, "chart"):
		case series:
			a.checkSeries(r, page, m, svg)
		case m.people():
			r.Checked++
			if why := a.drawsMore(m, section, svg); why != "" {
				r.add(a.folder+"/"+page, "section "+sectionName(section), RuleDrawing, why)
			}
		}
	}
}

// drawsMore is why a drawing beside a table shows what is not printed, "" where it does not.
func (a *audience) drawsMore(m *measure, section, svg *html.Node) string {
	rows, read := a.rowsOf(m, section)
	if !read {
		return "the drawing has no table beside it that the auditor can read"
	}
	d := readDrawing(svg)
	across, down := d.across(), d.down()
	alt, _, _ := strings.Cut(attr(svg, "aria-label"), ".")
	switch {
	case strings.HasPrefix(alt, "Funnel plot"):
		return d.funnelShows(rows, across, down)
	case strings.HasPrefix(alt, "Curve of the share done"):
		return a.curveShows(m, rows, section, d, across, down)
	case strings.HasPrefix(alt, "Dumbbell chart"):
		return d.rowsShow(across, 2*shown(rows), meansOf(section), 0.051)
	case strings.HasPrefix(alt, "Stacked bar chart"):
		return d.stacksShow(across, append(meansOf(section), drawable(rows)...), readShapes(svg))
	case strings.HasPrefix(alt, "Bullet chart"):
		return d.rowsShow(across, 0, append(meansOf(section), drawable(rows)...), 0)
	case strings.HasPrefix(alt, "Small multiples"):
		return a.panelsShow(m, d, svg)
	case strings.HasPrefix(alt, "Heatmap"):
		return d.cellsShow(append(meansOf(section), drawable(rows)...), readShapes(svg))
	case strings.HasPrefix(alt, "Flow chart"):
		return d.flowsShow(append(meansOf(section), bases(rows)...), readShapes(svg))
	case strings.HasPrefix(alt, "Tile map"), strings.HasPrefix(alt, "Map"):
		return d.mapShows(rows, readShapes(svg))
	case strings.HasPrefix(alt, "Bar chart"), strings.HasPrefix(alt, "Chart of intervals"):
		return d.rowsShow(across, 2*shown(rows), append(drawable(rows), a.yearBefore(m, rows)...), 0)
	}
	return "the auditor does not know this kind of drawing"
}

// rowsOf is the rows of data that the tables of a section stand for.
func (a *audience) rowsOf(m *measure, section *html.Node) (rows []row, read bool) {
	for _, node := range find(section, func(n *html.Node) bool { return is("table")(n) && hasClass(n, "data") }) {
		t, ok := readTable(node)
		if !ok {
			continue
		}
		read = true
		if kind := m.columnsInTime(t); kind != "" {
			rows = append(rows, slices.Concat(a.rowsAlong(m, t, kind)...)...)
			continue
		}
		a.settle(m, &t)
		for _, l := range t.lines {
			if l.row != nil && !slices.Contains(rows, *l.row) {
				rows = append(rows, *l.row)
			}
		}
	}
	return rows, read
}

// shown is how many rows print a value.
func shown(rows []row) int {
	n := 0
	for _, r := range rows {
		if r.value != "" {
			n++
		}
	}
	return n
}

// drawable is the numbers that a drawing of rows may show: values and the ends of intervals.
func drawable(rows []row) []float64 {
	vs := []float64{0}
	for _, r := range rows {
		vs = append(vs, parsed(r.value, r.low, r.high)...)
	}
	return vs
}

// bases is what rows are parts of, where that is printed.
func bases(rows []row) []float64 {
	var vs []float64
	for _, r := range rows {
		if r.base >= 0 {
			vs = append(vs, float64(r.base))
		}
	}
	return vs
}

// yearBefore is the values of the same rows a year earlier.
func (a *audience) yearBefore(m *measure, rows []row) []float64 {
	var vs []float64
	for _, r := range rows {
		for _, old := range m.rows {
			if old.kind == r.kind && old.area == r.area && old.breakdown == r.breakdown && old.category == r.category && old.start.Equal(r.start.AddDate(-1, 0, 0)) {
				vs = append(vs, parsed(old.value)...)
			}
		}
	}
	return vs
}

// meansOf is the numbers that the tables of a section print of means, before and after.
func meansOf(section *html.Node) []float64 {
	var vs []float64
	for _, td := range find(section, is("td")) {
		for _, n := range numbersIn(text(td)) {
			vs = append(vs, n.value)
		}
	}
	return vs
}

// rowsShow is why a drawing in rows shows more than some numbers: each point and each end of
// a bar must be one of them, to a step as printed, and there may be no more points than most.
func (d drawing) rowsShow(across scale, most int, vs []float64, step float64) string {
	empty := len(d.points) == 0 && !slices.ContainsFunc(d.bars, func(b bar) bool { return b.w >= 1 })
	if !across.ok && !empty {
		return "the auditor cannot read the scale of a drawing"
	}
	if empty {
		return "" // bars of no length
	}
	if len(d.points) > most {
		return "the drawing shows more than the table beside it"
	}
	for _, p := range d.points {
		if !across.isOneOf(p.x, vs, step+slack*across.unit()) {
			return "the drawing has a point that is not printed"
		}
	}
	for _, b := range d.bars {
		if near := step + barSlack*across.unit(); !across.isOneOf(b.x, vs, near) || !across.isOneOf(b.x+b.w, vs, near) {
			return "the drawing has a bar that is not printed"
		}
	}
	return ""
}

// funnelShows is why a funnel shows more than its rows: each point must be at the base and
// value of one.
func (d drawing) funnelShows(rows []row, across, down scale) string {
	if !across.ok || !down.ok {
		return "the auditor cannot read the scale of a drawing"
	}
	for _, p := range d.points {
		if !slices.ContainsFunc(rows, func(r row) bool {
			return r.base > 0 && across.isOneOf(p.x, []float64{float64(r.base)}, slack*across.unit()) && down.isOneOf(p.y, parsed(r.value), slack*down.unit())
		}) {
			return "the drawing has a point that is not printed"
		}
	}
	return ""
}

// sharesSaid is the share done by each day, as the tables of a section print it under the
// heads "Within <days> days".
func sharesSaid(section *html.Node) map[float64]float64 {
	said := map[float64]float64{}
	for _, node := range find(section, is("table")) {
		t, _ := readTable(node)
		for _, l := range t.lines {
			for i, cell := range l.cells {
				if i+1 >= len(t.heads) || !strings.HasPrefix(t.heads[i+1], "Within ") {
					continue
				}
				if day, share := numbersIn(t.heads[i+1]), numbersIn(cell); len(day) == 1 && len(share) > 0 {
					said[day[0].value] = share[0].value
				}
			}
		}
	}
	return said
}

// curveShows is why a curve of shares done shows more than its table prints: its points are
// finer than the table, and must be held against the rules as they stand.
func (a *audience) curveShows(m *measure, rows []row, section *html.Node, d drawing, across, down scale) string {
	if !across.ok || !down.ok || len(rows) == 0 {
		return "the auditor cannot read the scale of a drawing"
	}
	said := sharesSaid(section)
	for _, p := range d.points {
		day, share := math.Round(across.value(p.x)), down.value(p.y)
		if printed, there := said[day]; !there || math.Abs(printed-share) > 0.56+slack*down.unit() {
			return "the drawing has a point that is not printed"
		}
		n := number{text: fmt.Sprintf("%.1f", share), value: share, decimals: 1}
		if least, most := m.countOfShare(n, rows[0].base); m.people() && share >= 0.1 && most <= m.HideUpTo && (least > 0 || most > 0) {
			return "the drawing has a share that stands for a small count"
		}
	}
	return ""
}
