package audit

import (
	"maps"
	"slices"
)

// checkSums puts together what an audience can: the sums within each measure, and measures
// that rest on the same counts; then, with all that, what the editions of audiences held to
// stricter rules print, which it may read as well; and then the editions before.
// What is left to guess of each hidden number is taken from the last of these.
func (a *audience) checkSums(r *Report, all, earlier []*audience) {
	mine := []*audience{a}
	learnt, left := a.stage(r, mine, RuleSums, nil)
	wider := slices.Clone(mine)
	for _, other := range all {
		if other != a && other.HideUpTo >= a.HideUpTo {
			wider = append(wider, other)
		}
	}
	if len(wider) > 1 {
		learnt, left = a.stage(r, wider, RuleAudiences, learnt)
	}
	past := slices.Clone(wider)
	for _, other := range earlier {
		if other.folder == a.folder || other.HideUpTo >= a.HideUpTo {
			past = append(past, other)
		}
	}
	if len(past) > len(wider) {
		a.checkRevisions(r, past)
		_, left = a.stage(r, past, RuleReleases, learnt)
	}
	for _, m := range a.Measures {
		if !m.people() { // what it rests on is hidden in other measures
			left[m.ID] = newSystem(nil).left(a, []string{m.ID})
		}
		r.Left = append(r.Left, left[m.ID]...)
	}
}

// learnt is the hidden counts that a stage has found already.
type learnt map[key]bool

// stage solves all that some sources print and adds a Finding for each hidden count, of any
// release that a reads, that comes out small and was not in before. It gives what it has found
// with before, and by measure what is left of those not found.
func (a *audience) stage(r *Report, sources []*audience, rule string, before learnt) (learnt, map[string][]Left) {
	found := maps.Clone(before)
	if found == nil {
		found = learnt{}
	}
	same := sameCounts(sources)
	left := map[string][]Left{}
	for _, ids := range same.clusters(sources) {
		s := a.solved(r, sources, ids, same, rule)
		if s == nil {
			continue
		}
		for _, k := range s.small(a, sources, ids) {
			if !found[k] {
				found[k] = true
				a.report(r, k, rule)
			}
		}
		s.classStage(r, a, ids, rule, found)
		s.groupStage(r, a, ids, rule, found)
		for _, l := range s.left(a, ids) {
			left[l.Measure] = append(left[l.Measure], l)
		}
	}
	return found, left
}

// solved is the system of some measures, worked out; nil where the counts of one of them
// contradict each other, which is a Finding. Counts that measures or releases seem to share
// are told apart where that is what does not fit.
func (a *audience) solved(r *Report, sources []*audience, ids []string, same *sameness, rule string) *system {
	build := func(ids []string, of func(key) key) *system {
		s := assemble(sources, ids, of)
		s.solve()
		return s
	}
	s := build(ids, same.of)
	if rule == RuleReleases && s.misfit {
		s = build(ids, same.withinRelease)
	}
	r.Checked += len(s.sums)
	if !s.misfit {
		return s
	}
	alone := false
	for _, id := range ids {
		if build([]string{id}, nil).misfit {
			alone = true
			a.misfit(r, sources, id)
		}
	}
	if alone {
		return nil
	}
	return build(ids, same.fitting(ids, func(of func(key) key) bool { return build(ids, of).misfit }).of)
}

// assemble is the system of some measures, before anything is drawn from it.
func assemble(sources []*audience, ids []string, same func(key) key) *system {
	s := newSystem(same)
	for _, id := range ids {
		for _, release := range releases(sources) {
			s.addMeasure(release, sources, id)
		}
	}
	return s
}

func (a *audience) misfit(r *Report, sources []*audience, id string) {
	detail := "the printed counts contradict each other"
	if len(sources) > 1 {
		detail += ", with what other audiences or earlier editions print"
	}
	r.add(a.folder+"/"+(&measure{ID: id}).file(), id, RuleMisfit, detail)
}

func releases(sources []*audience) []int {
	var rs []int
	for _, a := range sources {
		if !slices.Contains(rs, a.release) {
			rs = append(rs, a.release)
		}
	}
	return rs
}

// small is the counts, of those that a's own files hide, that came out as 1 to HideUpTo.
func (s *system) small(a *audience, sources []*audience, ids []string) []key {
	printed := map[int]bool{} // what a can read anyway, or has been told
	hidden := map[key]int{}
	for _, src := range sources {
		for _, id := range ids {
			m := src.measure(id)
			if m == nil || src.folder != a.folder || !m.people() {
				continue
			}
			s.sort(src, m, printed)
		}
	}
	for k, v := range s.at {
		if !printed[v] && s.known(v) && s.lo[v] >= 1 && s.lo[v] <= a.threshold(k.measure) {
			hidden[k] = v
		}
	}
	keys := slices.Collect(maps.Keys(hidden))
	slices.SortFunc(keys, compareKeys)
	return keys
}

// threshold is the largest count that is small in a measure.
func (a *audience) threshold(id string) int64 {
	if m := a.measure(id); m != nil {
		return m.HideUpTo
	}
	return a.HideUpTo
}

// sort notes which counts of m a source prints. What an earlier release printed of a count
// does not make it printed now.
func (s *system) sort(src *audience, m *measure, printed map[int]bool) {
	note := func(p place, part string) {
		k := s.same(key{src.release, m.ID, p, part})
		if v, there := s.at[k]; there && k.release == src.release {
			printed[v] = true
		}
	}
	for _, r := range m.rows {
		if r.numerator >= 0 {
			part := partMet
			if m.isPart(r) || m.Kind == "count" || m.Kind == "distribution" {
				part = partBase
			}
			note(r.place(), part)
		}
		if r.base >= 0 && m.Kind != "rate" && !m.isPart(r) {
			note(r.place(), partBase)
		}
	}
	for _, f := range m.facts {
		if f.lo == f.hi && !f.share {
			note(f.place, f.part)
		}
	}
}

// report adds the Finding of one count that came out.
func (a *audience) report(r *Report, k key, rule string) {
	file := a.folder + "/" + (&measure{ID: k.measure}).file()
	detail := map[string]string{
		partBase: "a hidden count can be worked out", partMet: "the hidden numerator can be worked out",
		partRest:    "those who did not meet the measure are few and can be worked out",
		partPeople:  "the number of people can be worked out and is small",
		partRepeats: "the events beyond the first of each person are few and can be worked out",
		partEnded:   "those who have ended are few and can be worked out",
		partLeft:    "those who gave no second score are few and can be worked out",
		partBelow:   "those below the highest score are few and can be worked out",
	}[k.part]
	if detail == "" {
		detail = "a share stands for a small count that can be worked out"
	}
	if rule == RuleSums && k.part == partRest {
		rule = RuleComplement
	}
	if k.release > 0 {
		detail += ", in an earlier edition"
	}
	where := row{period: k.place.period, area: k.place.area, breakdown: k.place.breakdown, category: k.place.category}.where()
	r.add(file, where, rule, detail)
}
