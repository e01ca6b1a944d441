package audit

import (
	"math"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// panel is one of several small charts in time in a drawing, each of one area.
type panel struct {
	area        string
	left, top   float64 // where its name begins
	below       float64 // where the names of the next panels are, or infinity
	ends        float64 // the right end of its plot
	first, last row     // the periods of its first and last slot
	months      float64 // from one slot to the next
	rows        []row   // of its area
	scale       scale
	settled     bool
}

// monthsOf is the months from one step of a series of a kind to the next.
var monthsOf = map[string]float64{"month": 1, "quarter": 3, "rolling": 3, "year": 12, "pooled": 3}

// panelsShow is why a drawing of several small charts shows more than the data: each point
// must be at the slot of a period in which its area has a printed value, as high as that, and
// lines may bend only at points.
func (a *audience) panelsShow(m *measure, d drawing, svg *html.Node) string {
	panels := d.panels(m)
	for _, p := range d.points {
		in := nearest(panels, p)
		if in == nil || !in.settled || !in.scale.ok {
			return "the auditor cannot read a small chart"
		}
		if !in.holds(p) {
			return "a small chart has a point where the data file has no value"
		}
	}
	for _, s := range readShapes(svg) {
		if s.closed || s.dashed || s.width != "1.6" {
			continue
		}
		for _, ring := range s.rings {
			for _, v := range ring {
				if !slices.ContainsFunc(d.points, func(p point) bool { return math.Abs(p.x-v.x) < 0.3 && math.Abs(p.y-v.y) < 0.3 }) {
					return "a small chart has a line that bends where no point is"
				}
			}
		}
	}
	return ""
}

// holds says whether a point is that of a printed value of the panel's area.
func (p *panel) holds(at point) bool {
	slots := math.Round((monthOf(p.last.start)-monthOf(p.first.start))/p.months) + 1
	slot := (at.x-p.left)/(p.ends-p.left)*slots - 0.5
	if math.Abs(slot-math.Round(slot)) > 0.2 {
		return false
	}
	month := monthOf(p.first.start) + math.Round(slot)*p.months
	return slices.ContainsFunc(p.rows, func(r row) bool {
		return monthOf(r.start) == month && p.scale.isOneOf(at.y, parsed(r.value), slack*p.scale.unit())
	})
}

// nearest is the panel that a point lies in: its name is over the point and left of it, and
// none is nearer.
func nearest(panels []*panel, at point) *panel {
	var best *panel
	for _, p := range panels {
		if p.left > at.x+1 || p.top > at.y || p.below < at.y {
			continue
		}
		if best == nil || p.left > best.left {
			best = p
		}
	}
	return best
}

// panels finds the names of areas, which may take several lines, and what stands under them.
func (d drawing) panels(m *measure) []*panel {
	var found []*panel
	for i := 0; i < len(d.words); i++ {
		if lines := d.named(m, i); lines > 0 {
			w := d.words[i]
			found = append(found, &panel{area: d.joined(i, lines), left: w.x, top: w.y, below: math.Inf(1)})
			i += lines - 1 // the rest of a name may be another's: King's Lynn and West, Norfolk
		}
	}
	for _, p := range found {
		for _, q := range found {
			if q.top > p.top+1 {
				p.below = math.Min(p.below, q.top)
			}
		}
		p.settle(d, m)
	}
	return found
}

// named is how many words, one under the other from word i on, are the name of an area; 0 where
// they are none.
func (d drawing) named(m *measure, i int) int {
	for n := 1; i+n <= len(d.words) && d.words[i+n-1].anchor == "start" && d.words[i+n-1].x == d.words[i].x; n++ {
		name := d.joined(i, n)
		if slices.ContainsFunc(m.rows, func(r row) bool { return r.areaName == name && r.breakdown == "" }) {
			return n
		}
	}
	return 0
}

// joined is n words from word i on.
func (d drawing) joined(i, n int) string {
	var parts []string
	for _, w := range d.words[i : i+n] {
		parts = append(parts, w.text)
	}
	return strings.Join(parts, " ")
}

// settle reads the panel's scale, which stands left of the first panel of its line, and its
// first and last slot from the words at the two ends of its foot.
func (p *panel) settle(d drawing, m *measure) {
	var within drawing
	for _, w := range d.words {
		if w.y > p.top && w.y < p.below {
			within.words = append(within.words, w)
		}
	}
	p.scale = within.down()
	for _, w := range within.words {
		first, there := p.rowNamed(m, w.text, "")
		if w.anchor != "start" || w.x != p.left || !there {
			continue
		}
		p.ends = math.Inf(1)
		for _, o := range within.words {
			last, there := p.rowNamed(m, o.text, first.kind)
			if o.anchor == "end" && o.y == w.y && o.x > p.left && o.x < p.ends && there {
				p.ends, p.first, p.last, p.settled = o.x, first, last, true
			}
		}
		p.months, p.rows = monthsOf[first.kind], nil
		for _, r := range m.rows {
			if r.areaName == p.area && r.breakdown == "" && r.kind == first.kind {
				p.rows = append(p.rows, r)
			}
		}
	}
}

// rowNamed is a row of the measure whose period a label names, of a kind where one is given.
func (p *panel) rowNamed(m *measure, label, kind string) (row, bool) {
	at := strings.LastIndex(label, " ")
	if at < 0 {
		return row{}, false
	}
	s := step{first: label[:at], second: label[at+1:]}
	i := slices.IndexFunc(m.rows, func(r row) bool {
		return monthsOf[r.kind] > 0 && (kind == "" || r.kind == kind) && r.areaName == p.area && s.is(r)
	})
	if i < 0 {
		return row{}, false
	}
	return m.rows[i], true
}
