package dashboards

import (
	"slices"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// medians is the median of a breakdown into whole numbers, for each quarter that it is given
// for, newest first.
func (b *builder) medians(s *subject, name string) breakdown {
	br := breakdown{ID: "median-" + strings.ReplaceAll(name, "_", "-"), Columns: []string{b.fixed.stepName(config.Quarter), b.fixed.text("head.median")}}
	br.Title, br.Subtitle = b.fixed.text("split.median", "what", b.breakdownName(name)), b.fixed.text("chart.of", "what", sentenceStart(s.Measure.Counts), "place", b.Partnership.Place)
	for _, f := range slices.Backward(s.Series(config.Quarter, b.Partnership.Area, "", "")) {
		if len(s.At(f.Period, name)) == 0 {
			continue
		}
		text := orElse(mark(f.State), mark(queries.Suppressed))
		if category, ok := s.Median(f.Period, name); ok {
			text = b.categoryName(name, category)
		}
		br.Rows = append(br.Rows, dataRow{Name: b.fixed.periodName(f.Period), Cells: []tableCell{{Text: text}}})
	}
	br.Marks = marksOf(br.Rows)
	br.Words = []string{b.fixed.text("split.median.means")}
	return br
}

// mediansOf is the median of each breakdown that has one; of a range, its lowest number as the
// value and its ends as low and high.
func mediansOf(s *subject, p config.Period) [][]string {
	var ns [][]string
	for _, name := range s.Measure.Medians {
		category, ok := s.Median(p, name)
		if !ok {
			continue
		}
		from, to, open := queries.Numbers(category)
		low, high := strconv.Itoa(from), strconv.Itoa(to)
		if open {
			high = ""
		}
		ns = append(ns, []string{"median_" + name, low, low, high})
	}
	return ns
}
