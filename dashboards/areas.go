package dashboards

import (
	"slices"

	"wherry/queries"
)

// districts sets out the districts of the partnership; see places.
func (b *builder) districts(s *subject) (*breakdown, error) {
	return b.places(s, queries.DistrictBreakdown, &breakdown{ID: "by-district", noun: "district", figure: figure{Title: "By district"}, Columns: []string{"District"}})
}

// unitaries sets out the councils to come, where the partnership has some, on their boundaries.
func (b *builder) unitaries(s *subject) (*breakdown, error) {
	all := b.Partnership.Unitaries
	if len(all) == 0 {
		return nil, nil
	}
	d := &breakdown{ID: "by-unitary", noun: "new council", Columns: []string{"New council"}}
	d.Title = "On the boundaries of " + all[0].From.Format("January 2006")
	d, err := b.places(s, queries.UnitaryBreakdown, d)
	if d != nil {
		d.Words = append([]string{"The new councils begin on " + longDay(all[0].From) + ". Their boundaries need not follow those of districts."}, d.Words...)
		if slices.ContainsFunc(d.Marks, func(n markNote) bool { return n.Mark == mark(queries.Suppressed) }) {
			d.Words = append(d.Words, "Even a large figure may be hidden here: taken from those of the districts, it would tell of a few people in a part of a district that another council takes in.")
		}
	}
	return d, err
}
