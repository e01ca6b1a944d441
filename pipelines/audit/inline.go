package audit

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"time"

	"golang.org/x/net/html"
)

// checkSeries holds a chart in time against the data: each point must be at the place of a
// period of the whole that has a printed value, as high as that value.
func (a *audience) checkSeries(r *Report, name string, m *measure, svg *html.Node) {
	d := readDrawing(svg)
	if len(d.points) == 0 {
		return
	}
	r.Checked++
	down := d.down()
	if !down.ok {
		r.add(a.folder+"/"+name, m.ID, RuleDrawing, "the auditor cannot read the scale of a chart in time")
		return
	}
	rows, months, when := a.series(m, d)
	for _, p := range d.points {
		month := math.Inf(1)
		if when.ok {
			month = when.value(p.x)
		}
		if !slices.ContainsFunc(rows, func(row row) bool {
			inPlace := !when.ok || math.Abs(month-monthOf(row.start)) <= 0.3*months
			return inPlace && down.isOneOf(p.y, parsed(row.value), slack*down.unit())
		}) {
			r.add(a.folder+"/"+name, m.ID, RuleDrawing, "the chart has a point where the data file has no value")
			return
		}
	}
	if !when.ok && len(d.points) > len(rows) {
		r.add(a.folder+"/"+name, m.ID, RuleDrawing, "the chart has more points than the data file has values")
	}
}

// series is the rows of the whole that a chart in time may draw, the months from one step
// to the next, and where each month lies. Where a chart names one step alone, or none, its
// points are held against values without their place.
func (a *audience) series(m *measure, d drawing) (rows []row, months float64, when scale) {
	steps := d.steps()
	for _, k := range []struct {
		kind   string
		months float64
	}{{"month", 1}, {"quarter", 3}, {"rolling", 3}, {"year", 12}, {"pooled", 3}} {
		var of []row
		for _, r := range m.rows {
			if r.area == a.Area && r.breakdown == "" && r.kind == k.kind {
				of = append(of, r)
			}
		}
		if len(of) == 0 {
			continue
		}
		var at [][2]float64
		for _, s := range steps {
			for _, r := range of {
				if s.is(r) {
					at = append(at, [2]float64{s.x, monthOf(r.start)})
				}
			}
		}
		if len(at) > 1 {
			when = through(at)
		}
		return of, k.months, when
	}
	return nil, 1, scale{}
}

func monthOf(t time.Time) float64 { return float64(t.Year()*12 + int(t.Month())) }

// step is a label under the axis of a chart in time, in two lines.
type step struct {
	x             float64
	first, second string
}

// steps are the labels in two lines: words at one place, the second under the first.
func (d drawing) steps() []step {
	var ss []step
	for i, w := range d.words {
		if w.anchor != "middle" || i+1 >= len(d.words) {
			continue
		}
		under := d.words[i+1]
		if under.anchor == "middle" && under.x == w.x && under.y > w.y {
			ss = append(ss, step{w.x, w.text, under.text})
		}
	}
	return ss
}

var quarterForm = regexp.MustCompile(`^Q([1-4])$`)

// is says whether a label names the period of a row: Oct over 2024, Q3 over 2024-25, a year
// by its first or last month or by its name.
func (s step) is(r row) bool {
	year := s.second
	if q := quarterForm.FindStringSubmatch(s.first); q != nil && len(year) >= 4 && r.kind == "quarter" {
		n, _ := strconv.Atoi(q[1]) // the form holds one digit
		first, err := strconv.Atoi(year[:4])
		return err == nil && monthOf(r.start) == float64(first*12+1+3*n)
	}
	if r.kind == "month" {
		return r.start.Format("Jan") == s.first && r.start.Format("2006") == year
	}
	return r.end.Format("Jan") == s.first && r.end.Format("2006") == year ||
		slices.Contains([]string{s.first + " " + year, s.first + year}, r.period)
}
