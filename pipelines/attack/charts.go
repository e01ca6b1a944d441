package attack

import (
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	groupForm  = regexp.MustCompile(`<g( text-anchor="\w+")[^>]*>((?:<text [^>]*>[^<]*</text>)*)</g>`)
	textForm   = regexp.MustCompile(`<text ([^>]*)>([^<]*)</text>`)
	xForm      = regexp.MustCompile(`(?:^| )x="(-?[\d.]+)"`)
	yForm      = regexp.MustCompile(` y="(-?[\d.]+)"`)
	circleForm = regexp.MustCompile(`<circle cx="(-?[\d.]+)" cy="(-?[\d.]+)"`)
	symbolForm = regexp.MustCompile(`transform="matrix\([^,]+,[^,]+,[^,]+,[^,]+,(-?[\d.]+),(-?[\d.]+)\)"`)
	tickForm   = regexp.MustCompile(`^-?[\d,]+(\.\d+)?%?$`)
)

// charted reads the chart of a measure in time with a ruler: a point at the place of a month
// whose value is not printed gives the value.
func (c *claims) charted(f *files, m *measure) {
	text, err := os.ReadFile(filepath.Join(f.dir, "charts", strings.ToLower(m.ID)+".svg"))
	if err != nil {
		return // it is not drawn
	}
	up, along, ok := ruler(string(text))
	if !ok {
		return
	}
	for _, form := range []*regexp.Regexp{circleForm, symbolForm} {
		for _, p := range form.FindAllStringSubmatch(string(text), -1) {
			x, y := float(p[1]), float(p[2])
			for _, r := range m.rows {
				if r.kind == "month" && r.area == f.Area && r.breakdown == "" && r.value == "" && math.Abs(along.at(x)-monthOf(r.start)) < 0.3 {
					c.plotted(f, m, r, up.at(y), 0.06+0.06*math.Abs(up.per))
				}
			}
		}
	}
}

// plotted takes in that the value of a row is about v.
func (c *claims) plotted(f *files, m *measure, r row, v, off float64) {
	k := key{release: f.release, measure: m.ID, period: r.period, area: r.area, part: "met"}
	switch {
	case m.Kind == "proportion" && r.base > 0:
		c.invert(m, c.number(k), v, off, r.base, 100, charts, false)
	case m.Kind == "rate" && r.base > 0:
		c.invert(m, c.number(k), v, off, r.base, m.Per, charts, true)
	case m.Kind == "count" || m.Kind == "distribution":
		k.part = "base"
		c.narrow(c.number(k), int64(math.Round(v)), int64(math.Round(v)), charts)
	}
}

// line turns a place into a value.
type line struct{ from, per float64 }

func (l line) at(place float64) float64 { return l.from + l.per*place }

func lineThrough(a, b [2]float64) line {
	per := (b[1] - a[1]) / (b[0] - a[0])
	return line{a[1] - per*a[0], per}
}

// ruler reads the two scales of a chart: values up its left side, months along its foot.
func ruler(svg string) (up, along line, ok bool) {
	var values, months [][2]float64
	month, at := "", 0.0
	svg = groupForm.ReplaceAllStringFunc(svg, func(group string) string {
		parts := groupForm.FindStringSubmatch(group)
		return strings.ReplaceAll(parts[2], "<text", "<text"+parts[1])
	})
	for _, t := range textForm.FindAllStringSubmatch(svg, -1) {
		x, y := xForm.FindStringSubmatch(t[1]), yForm.FindStringSubmatch(t[1])
		if x == nil || y == nil {
			continue
		}
		switch {
		case strings.Contains(t[1], `text-anchor="end"`) && tickForm.MatchString(t[2]):
			values = append(values, [2]float64{float(y[1]), float(strings.NewReplacer(",", "", "%", "").Replace(t[2]))})
		case strings.Contains(t[1], `text-anchor="middle"`):
			if when, err := time.Parse("Jan 2006", month+" "+t[2]); err == nil && at == float(x[1]) {
				months = append(months, [2]float64{at, monthOf(when)})
			}
			month, at = t[2], float(x[1])
		}
	}
	if len(values) < 2 || len(months) < 2 || values[0][0] == values[1][0] || months[0][0] == months[1][0] {
		return up, along, false
	}
	return lineThrough(values[0], values[1]), lineThrough(months[0], months[len(months)-1]), true
}

func monthOf(t time.Time) float64 { return float64(t.Year()*12 + int(t.Month())) }

// float reads digits that a form has matched.
func float(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}
