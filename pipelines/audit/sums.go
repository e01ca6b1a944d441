package audit

// checkSums puts together what an audience can: the sums within each measure, measures that
// rest on the same counts, and the editions of audiences held to stricter rules, which it
// may read as well.
func (a *audience) checkSums(r *Report, all []*audience) {
	models := a.models()
	a.share(models)
	for _, mo := range models {
		mo.solve(a.RoundTo <= 1)
		a.report(r, mo, RuleSums, nil)
	}
	for _, other := range all {
		if other == a || other.HideUpTo < a.HideUpTo {
			continue
		}
		again := a.models()
		a.share(again)
		for i, mo := range again {
			if !mo.borrow(other) || models[i].misfit {
				continue
			}
			mo.solve(a.RoundTo <= 1)
			a.report(r, mo, RuleAudiences, models[i])
		}
	}
}

func (a *audience) models() []*model {
	var models []*model
	for _, m := range a.Measures {
		if m.people() {
			models = append(models, a.newModel(m))
		}
	}
	return models
}

// report adds a Finding for each hidden count, and each rest of a proportion, that came out
// small. Those that before had come out already are left out.
func (a *audience) report(r *Report, mo *model, rule string, before *model) {
	file := a.folder + "/" + mo.m.file()
	r.Checked += len(mo.sums)
	if mo.misfit {
		r.add(file, mo.m.ID, RuleMisfit, "the printed counts contradict each other")
		return
	}
	small := func(v int) bool {
		if v < 0 || !mo.known(v) || mo.lo[v] < 1 || mo.lo[v] > a.HideUpTo {
			return false
		}
		return before == nil || !before.known(v)
	}
	for _, p := range mo.places {
		c, row := mo.at[p], mo.rows[p]
		if small(c.base) && row.base < 0 {
			r.add(file, row.where(), rule, "the hidden base can be worked out")
		}
		if small(c.met) && row.numerator < 0 {
			r.add(file, row.where(), rule, "the hidden numerator can be worked out")
		}
		if small(c.rest) {
			complement := rule
			if rule == RuleSums {
				complement = RuleComplement
			}
			r.add(file, row.where(), complement, "those who did not meet the measure are few and can be worked out")
		}
	}
}

// twins is how many equal bases, of how many different values, make two measures rest on
// the same cases.
const (
	twinRows   = 12
	twinValues = 6
)

// share narrows each measure's hidden bases by those of measures that rest on the same
// cases.
func (a *audience) share(models []*model) {
	for _, x := range models {
		for _, y := range models {
			if x != y && x.twin(y) {
				for _, p := range x.places {
					if c, ok := y.at[p]; ok && p.breakdown == "" {
						x.within(x.at[p].base, y.lo[c.base], y.hi[c.base])
					}
				}
			}
		}
	}
}

// twin says whether x and y print the same bases wherever both print one.
func (mo *model) twin(other *model) bool {
	if mo.m.Kind == "rate" || other.m.Kind == "rate" || mo.m.Distinct != other.m.Distinct {
		return false
	}
	same, values := 0, map[int64]bool{}
	for _, p := range mo.places {
		theirs, ok := other.rows[p]
		mine := mo.rows[p]
		if !ok || p.breakdown != "" || mine.base < 0 || theirs.base < 0 {
			continue
		}
		if mine.base != theirs.base {
			return false
		}
		same++
		values[mine.base] = true
	}
	return same >= twinRows && len(values) >= twinValues
}

// borrow narrows the counts that this audience hides by what another prints of them, and
// says whether there was anything to borrow.
func (mo *model) borrow(other *audience) bool {
	for _, m := range other.Measures {
		if m.ID != mo.m.ID {
			continue
		}
		theirs := other.newModel(m)
		found := false
		for _, p := range mo.places {
			c, ok := theirs.at[p]
			if !ok {
				continue
			}
			mine, row, printed := mo.at[p], mo.rows[p], theirs.rows[p]
			if mine.base >= 0 && row.base < 0 && printed.base >= 0 {
				mo.within(mine.base, theirs.lo[c.base], theirs.hi[c.base])
				found = true
			}
			if mine.met >= 0 && row.numerator < 0 && printed.numerator >= 0 {
				mo.within(mine.met, theirs.lo[c.met], theirs.hi[c.met])
				found = true
			}
		}
		return found
	}
	return false
}
