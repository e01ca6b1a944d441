package dashboards

import (
	"slices"

	"wherry/queries"
)

// districts sets out the districts of the partnership; see places.
func (b *builder) districts(s *subject) (*breakdown, error) {
	return b.places(s, queries.DistrictBreakdown, &breakdown{ID: "by-district", noun: "district", figure: figure{Title: b.fixed.text("place.by-district")}, Columns: []string{b.fixed.text("head.district")}})
}

// unitaries sets out the councils to come, where the partnership has some, on their boundaries.
func (b *builder) unitaries(s *subject) (*breakdown, error) {
	all := b.Partnership.Unitaries
	if len(all) == 0 {
		return nil, nil
	}
	d := &breakdown{ID: "by-unitary", noun: "council", Columns: []string{b.fixed.text("head.council")}}
	d.Title = b.fixed.text("place.by-council", "month", b.fixed.month(all[0].From))
	d, err := b.places(s, queries.UnitaryBreakdown, d)
	if d != nil {
		d.Words = append([]string{b.fixed.text("place.council.from", "day", b.fixed.longDay(all[0].From))}, d.Words...)
		if slices.ContainsFunc(d.Marks, func(n markNote) bool { return n.Mark == mark(queries.Suppressed) }) {
			d.Words = append(d.Words, b.fixed.text("place.council.hidden"))
		}
	}
	return d, err
}
