package audit

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/net/html"
)

// The words of a chart in time about its lines: which chart, the points that its limits rest
// on, and the level of the middle line.
var (
	chartForm    = regexp.MustCompile(`\((p|p'|u'|XmR|c|g|run) chart\)`)
	baselineForm = regexp.MustCompile(`(?:The usual range is set from|The median is of) the (\d+) (?:month|quarter|year)s? from (\w+ \d{4}) to (\w+ \d{4})\.`)
	middleForm   = regexp.MustCompile(`^(?:Average|Median) (-?[\d.,]+)`)
)

// checkLimits holds the middle line of a chart in time against the printed values of the
// stretch that it is said to rest on: a line made from hidden values would tell of them.
func (a *audience) checkLimits(r *Report, page string, m *measure, section *html.Node) {
	caption := strings.Join(texts(find(section, is("figcaption")), nil), " ")
	kind := chartForm.FindStringSubmatch(caption)
	var middle string
	for _, t := range texts(find(section, is("text")), nil) {
		if found := middleForm.FindStringSubmatch(t); found != nil {
			middle = strings.ReplaceAll(found[1], ",", "")
		}
	}
	if middle == "" {
		return
	}
	r.Checked++
	said, err := strconv.ParseFloat(middle, 64)
	file := a.folder + "/" + page
	if err != nil || kind == nil {
		r.add(file, m.ID, RuleUnknown, "the auditor does not know how the lines of a chart were made")
		return
	}
	rows, n, ok := a.baseline(m, caption)
	if !ok || n > len(rows) {
		r.add(file, m.ID, RuleDrawing, "the lines of a chart rest on more points than are printed")
		return
	}
	_, decimals, _ := strings.Cut(middle, ".")
	if v := m.middle(kind[1], rows); math.Abs(said-v) > 0.5*math.Pow10(-len(decimals))+0.06 {
		r.add(file, m.ID, RuleDrawing, "the middle line of a chart does not follow from the printed values")
	}
}

// baseline is the printed rows of the stretch that a caption names, all of the series where
// it names none, and how many points it says there are.
func (a *audience) baseline(m *measure, caption string) (rows []row, n int, ok bool) {
	from, to := time.Time{}, time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	if found := baselineForm.FindStringSubmatch(caption); found != nil {
		var err, err2, err3 error
		n, err = strconv.Atoi(found[1])
		from, err2 = time.Parse("January 2006", found[2])
		to, err3 = time.Parse("January 2006", found[3])
		if err != nil || err2 != nil || err3 != nil {
			return nil, 0, false
		}
		to = to.AddDate(0, 1, 0)
	}
	series, _, _ := a.series(m, drawing{})
	for _, r := range series {
		if r.value != "" && !r.start.Before(from) && r.end.Before(to) {
			rows = append(rows, r)
		}
	}
	return rows, n, len(rows) > 0
}

// middle is the middle line of a chart of some rows.
func (m *measure) middle(chart string, rows []row) float64 {
	var values []float64
	var events, size float64
	for _, r := range rows {
		values = append(values, parsed(r.value)...)
		events, size = events+float64(max(r.numerator, 0)), size+float64(max(r.base, 0))
	}
	switch chart {
	case "run":
		slices.Sort(values)
		k := len(values)
		return (values[(k-1)/2] + values[k/2]) / 2
	case "p", "p'", "u'":
		return events / size * float64(m.scale(rows[0]))
	}
	sum := 0.0
	for _, v := range values {
		sum += v
	}
	return sum / float64(len(values))
}
