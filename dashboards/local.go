package dashboards

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// localShare is the published share of local people that a category is set beside. ok is
// false where it is not verified, has no value, or the measure names none: then v.Key is "".
func (b *builder) localShare(m *queries.Measure, category string) (v config.Published, ok bool) {
	key := m.Local[category]
	if key == "" && !lacking(category) {
		key = m.Local["all"]
	}
	v, ok = b.Partnership.PublishedValue(key)
	return v, ok && v.Value > 0
}

// ratioTo is a shown percentage, with its interval, over that of local people, which is taken
// as known.
func ratioTo(f queries.Figure, v config.Published) (ratio, low, high float64) {
	return f.Value / v.Value, f.Low / v.Value, f.High / v.Value
}

// local sets a breakdown's shares beside those of local people: both numbers where the
// reference holds the share, and otherwise in words which is missing.
func (b *builder) local(s *subject, br *breakdown, figures []queries.Figure) {
	var held, missing []string
	for _, f := range figures {
		v, ok := b.localShare(s.Measure, f.Category)
		switch {
		case v.Key == "":
		case ok:
			held = append(held, fmt.Sprintf("%s (%s, %s)", v.Title, v.Source, longDay(v.AsOf)))
		default:
			missing = append(missing, fmt.Sprintf("%s, key %s (%s)", v.Title, v.Key, v.Source))
		}
	}
	held, missing = once(held), once(missing)
	if len(missing) > 0 {
		br.Words = append(br.Words, "Not yet set beside local people: "+strings.Join(missing, "; ")+". To add one, read it in its source and put the value, its dates and verified yes on the line of its key in config/reference/published.csv.")
	}
	if len(held) == 0 {
		return
	}
	br.Columns = append(br.Columns, "Of local people", "Ratio to local people")
	for i, f := range figures {
		share, ratio := "", ""
		v, ok := b.localShare(s.Measure, f.Category)
		switch {
		case ok:
			share, ratio = plainTick(math.Round(10*v.Value)/10)+"%", mark(f.State)
			if f.State == queries.Shown {
				value, low, high := ratioTo(f, v)
				ratio = fmt.Sprintf("%.2f (%.2f to %.2f)", value, low, high)
			}
		case v.Key != "":
			share, ratio = "not held", "not held"
		}
		br.Rows[i].Cells = append(br.Rows[i].Cells, tableCell{Text: share}, tableCell{Text: ratio})
	}
	br.Words = append(br.Words, "Local people: "+strings.Join(held, "; ")+". The ratio is the share over theirs, which is taken as known; 1 is the same share as among local people. For reference: it is not a target.")
}

// once is texts without those that came before.
func once(texts []string) []string {
	var kept []string
	for _, t := range texts {
		if !contains(kept, t) {
			kept = append(kept, t)
		}
	}
	return kept
}

// localOf is what stands beside a figure of a category in the data files.
func (b *builder) localOf(m *queries.Measure, f queries.Figure) [][]string {
	v, ok := b.localShare(m, f.Category)
	if !ok {
		return nil
	}
	ratio, low, high := ratioTo(f, v)
	text := func(v float64) string { return strconv.FormatFloat(v, 'f', 2, 64) }
	return [][]string{
		{"local_share", strconv.FormatFloat(v.Value, 'f', -1, 64), "", ""},
		{"local_ratio", text(ratio), text(low), text(high)},
	}
}
