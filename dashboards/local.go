package dashboards

import (
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
	w := b.fixed
	var held, missing []string
	for _, f := range figures {
		v, ok := b.localShare(s.Measure, f.Category)
		switch {
		case v.Key == "":
		case ok:
			held = append(held, w.text("local.source", "title", v.Title, "source", v.Source, "day", w.longDay(v.AsOf)))
		default:
			missing = append(missing, w.text("local.key", "title", v.Title, "key", v.Key, "source", v.Source))
		}
	}
	held, missing = once(held), once(missing)
	if len(missing) > 0 {
		br.Words = append(br.Words, w.text("local.missing", "values", strings.Join(missing, "; ")))
	}
	if len(held) == 0 {
		return
	}
	br.Columns = append(br.Columns, w.text("head.local"), w.text("head.ratio"))
	for i, f := range figures {
		share, ratio := "", ""
		v, ok := b.localShare(s.Measure, f.Category)
		switch {
		case ok:
			share, ratio = plainTick(math.Round(10*v.Value)/10)+"%", mark(f.State)
			if f.State == queries.Shown {
				value, low, high := ratioTo(f, v)
				ratio = w.withRange(thousands(value, 2), thousands(low, 2), thousands(high, 2))
			}
		case v.Key != "":
			share, ratio = w.text("local.none"), w.text("local.none")
		}
		br.Rows[i].Cells = append(br.Rows[i].Cells, tableCell{Text: share}, tableCell{Text: ratio})
	}
	br.Words = append(br.Words, w.text("local.ratio", "values", strings.Join(held, "; ")))
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
