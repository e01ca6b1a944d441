package audit

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// planted is an edition, with others that its readers hold, in which one hidden count can be
// worked out, and what that takes.
type planted struct {
	rule   string // of the Finding
	detail string // part of its words
	now    func() map[string]*draft
	before []func() map[string]*draft // of earlier editions, the latest first
	needs  int                        // equations without which it does not follow
}

func earlier(editions ...func() map[string]*draft) []func() map[string]*draft { return editions }

// boardOf is an edition for the board alone.
func boardOf(spoil func(d *draft)) func() map[string]*draft {
	return func() map[string]*draft {
		d := cleanDraft()
		spoil(d)
		return map[string]*draft{"board": d}
	}
}

// withoutYears takes the rolling years of areas out: quarters and years give each other away in
// more ways than one.
func (d *draft) withoutYears(areas ...string) {
	d.rows = slices.DeleteFunc(d.rows, func(r *draftRow) bool { return r.kind == "rolling" && slices.Contains(areas, r.area) })
}

// byKind adds a breakdown of the whole, in two kinds, to quarters n and on.
func (d *draft) byKind(n int, met, base int64) {
	whole := d.row("quarter", n, "W")
	one, other := *whole, *whole
	one.breakdown, one.categ, one.met, one.base, one.hideMet = "kind", "one", met, base, met <= d.hideUpTo
	other.breakdown, other.categ, other.met, other.base = "kind", "other", whole.met-met, whole.base-base
	d.rows = append(d.rows, &one, &other)
}

// alone adds a breakdown of the whole in two kinds, by month and in one quarter in which both
// are hidden, and another measure whose cases are those of one kind that met the first. That
// quarter it says that they are more by some.
func (d *draft) alone(more int64) {
	whole := d.row("quarter", 2, "W")
	add := func(at *draftRow, met, base int64, hide bool, cases int64) {
		one, other, second := *at, *at, *at
		one.breakdown, one.categ, one.met, one.base, one.hideMet = "kind", "one", met, base, hide
		other.breakdown, other.categ, other.met, other.base, other.hideMet = "kind", "other", at.met-met, at.base-base, hide
		second.measure, second.met, second.base = "P2", cases/2, cases
		d.rows = append(d.rows, &one, &other, &second)
	}
	for n := range int64(24) {
		if at := d.row("month", int(n), "W"); at.start.Before(whole.start) || at.start.After(whole.end()) {
			add(at, 10+n%7, 24+n%7, false, at.met-10-n%7)
		}
	}
	add(whole, 3, 60, true, whole.met-3+more)
}

var leaks = map[string]planted{
	"the areas of a whole": {rule: RuleSums, detail: "numerator", needs: 1, now: boardOf(func(d *draft) {
		d.set(2, "A", 3, 70)
		d.row("quarter", 2, "A").hideMet = true
		d.withoutYears("W", "A", "B", "C")
	})},
	"areas that are given by their pieces": {rule: RuleSums, detail: "numerator", needs: 0, now: boardOf(func(d *draft) {
		leakBySums(d)
		d.withoutYears("W", "A", "B", "C")
		d.geography = `{"A":["a"],"B":["b"]}` // and C, which is a part of none
	})},
	"the months of a quarter, whatever the order of the lines": {rule: RuleSums, detail: "numerator", needs: 0, now: boardOf(func(d *draft) {
		m, o := d.row("month", 5, "W"), d.row("month", 4, "W")
		o.met, m.met = o.met+m.met-2, 2
		m.hideMet = true
		d.withoutYears("W")
		slices.Reverse(d.rows)
	})},
	"the months of a quarter": {rule: RuleSums, detail: "numerator", needs: 1, now: boardOf(func(d *draft) {
		m, o := d.row("month", 5, "W"), d.row("month", 4, "W")
		o.met, m.met = o.met+m.met-2, 2
		m.hideMet = true
		d.withoutYears("W")
	})},
	"the quarters of two years": {rule: RuleSums, detail: "numerator", needs: 2, now: boardOf(func(d *draft) {
		d.set(4, "A", 2, 70)
		for q := 1; q < 5; q++ {
			for _, area := range []string{"A", "B", "C"} {
				d.row("quarter", q, area).hideMet = true
			}
		}
		d.withoutYears("W", "B", "C")
		d.rows = slices.DeleteFunc(d.rows, func(r *draftRow) bool { return r.kind == "rolling" && r.start.Year() > 2024 && r.start.Month() != 1 })
	})},
	"the categories of a whole": {rule: RuleSums, detail: "numerator", needs: 1, now: boardOf(func(d *draft) { d.byKind(2, 3, 40) })},
	"those who met it and the rest": {rule: RuleComplement, detail: "did not meet", needs: 1, now: boardOf(func(d *draft) {
		d.rows = slices.DeleteFunc(d.rows, func(r *draftRow) bool { return r.kind != "month" }) // whose sums would tell as well
		m := d.row("month", 5, "W")
		m.met = m.base - 4
	})},
	"a category that another measure counts alone": {rule: RuleSums, detail: "numerator", needs: 0, now: boardOf(func(d *draft) { d.alone(0) })},
	"another audience": {rule: RuleAudiences, detail: "numerator", needs: 1, now: func() map[string]*draft {
		return twoAudiences()
	}},
	"an earlier edition": {rule: RuleReleases, detail: "numerator", needs: 1,
		now:    boardOf(func(d *draft) { hideWith(d, "B") }),
		before: earlier(boardOf(func(d *draft) { hideWith(d, "C") }))},
	"a count that an earlier edition printed": {rule: RuleReleases, detail: "numerator", needs: 0,
		now: boardOf(func(d *draft) {
			hideWith(d, "B")
			d.row("quarter", 2, "C").hideMet = true
		}),
		before: earlier(boardOf(func(d *draft) {
			d.set(2, "A", 3, 70)
			d.withoutYears("W", "A", "B", "C")
		}))},
	"a few who came late": {rule: RuleRevision, detail: "revised by a few", needs: 0,
		now:    boardOf(func(d *draft) {}),
		before: earlier(boardOf(func(d *draft) { d.set(2, "A", 32, 70) }))},
	"two revisions that all but cancel": {rule: RuleRevision, detail: "revised by a few", needs: 0,
		now:    boardOf(func(d *draft) {}),
		before: earlier(boardOf(func(d *draft) { d.set(2, "A", 46, 70) }), boardOf(func(d *draft) { d.set(2, "A", 24, 70) }))},
}

// hideWith hides a small numerator of A with that of a partner.
func hideWith(d *draft, partner string) {
	d.set(2, "A", 3, 70)
	d.row("quarter", 2, "A").hideMet, d.row("quarter", 2, partner).hideMet = true, true
	d.withoutYears("W", "A", "B", "C")
}

// twoAudiences hides well from each of two audiences, but not from who reads both.
func twoAudiences() map[string]*draft {
	board, public := cleanDraft(), cleanDraft()
	public.hideUpTo, public.roundTo = 9, 5
	for _, d := range []*draft{board, public} {
		d.set(2, "A", 1, 70)
		d.set(2, "B", 10, 85)
		d.withoutYears("W", "A", "B", "C")
		d.row("quarter", 2, "A").hideMet = true
	}
	board.row("quarter", 2, "B").hideMet = true
	public.row("quarter", 2, "C").hideMet = true
	return map[string]*draft{"board": board, "public": public}
}

func (p planted) write(t *testing.T) (now string, before []string) {
	t.Helper()
	now = t.TempDir()
	for folder, d := range p.now() {
		d.write(t, now, folder)
	}
	for _, edition := range p.before {
		before = append(before, t.TempDir())
		for folder, d := range edition() {
			d.write(t, before[len(before)-1], folder)
		}
	}
	return now, before
}

func (p planted) caught(r *Report) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Rule == p.rule && strings.Contains(f.Detail, p.detail) })
}

// TestPlantedLeaksAreFound wants each leak found, with what it takes, and not without: an
// auditor who left an audience or an edition out would miss it.
func TestPlantedLeaksAreFound(t *testing.T) {
	for name, p := range leaks {
		t.Run(name, func(t *testing.T) {
			now, before := p.write(t)
			r, err := Releases(now, before)
			if err != nil {
				t.Fatal(err)
			}
			if !p.caught(r) {
				t.Fatalf("not found: %v", r.Findings)
			}
			if before == nil {
				return
			}
			if r, err = Releases(now, before[:len(before)-1]); err != nil || p.caught(r) {
				t.Errorf("found without the earliest edition: %v, %v", err, r)
			}
		})
	}
}

// TestSeriesThatHappenToAgree: where two that agree wherever both are printed cannot be the
// same, nothing follows from their being so, and nothing is wrong.
func TestSeriesThatHappenToAgree(t *testing.T) {
	d := cleanDraft()
	d.alone(5)
	if r := audited(t, map[string]*draft{"board": d}); len(r.Findings) > 0 {
		t.Error(r.Findings)
	}
}

// TestEveryEquationIsNeeded takes the equations of each planted leak away, one at a time: the
// leak must be lost with those that it rests on, so that an auditor who forgot one of them
// would be caught by the test above.
func TestEveryEquationIsNeeded(t *testing.T) {
	for name, p := range leaks {
		if p.needs == 0 {
			continue
		}
		t.Run(name, func(t *testing.T) {
			now, before := p.write(t)
			a, sources := readSources(t, now, before)
			same := sameCounts(sources)
			follows := func(without string) int {
				s := assemble(sources, []string{"P1"}, same.of)
				names := s.names()
				for i := range s.sums {
					if names[i] == without {
						s.drop(i)
					}
				}
				s.solve()
				if s.misfit {
					t.Fatal("nothing fits")
				}
				return len(s.small(a, sources, []string{"P1"}))
			}
			all := follows("")
			if all == 0 {
				t.Fatal("nothing follows from all equations")
			}
			needed := 0
			tried := map[string]bool{}
			for _, equation := range assemble(sources, []string{"P1"}, same.of).names() {
				if !tried[equation] && follows(equation) < all {
					needed++
				}
				tried[equation] = true
			}
			if needed < p.needs {
				t.Errorf("only %d equations are needed, want at least %d", needed, p.needs)
			}
		})
	}
}

// names are the equations by the places that they tie, the same for each part of a row:
// whoever forgets that areas make a whole forgets it of numerators and bases alike.
func (s *system) names() []string {
	at := make([]key, len(s.lo))
	for k, v := range s.at {
		at[v] = k
	}
	var names []string
	for _, sum := range s.sums {
		name := ""
		for _, v := range sum.vars {
			name += fmt.Sprint(at[v].release, at[v].place, ";")
		}
		names = append(names, name)
	}
	return names
}

// drop takes a sum out of a puzzle.
func (p *puzzle) drop(i int) {
	for _, v := range p.sums[i].vars {
		p.of[v] = slices.DeleteFunc(p.of[v], func(j int) bool { return j == i })
	}
	p.sums[i] = sum{}
}

// TestEveryTableIsNeeded takes each table out of an edition whose leak needs it.
func TestEveryTableIsNeeded(t *testing.T) {
	for name, keep := range map[string]func(r row) bool{
		"the areas of a whole":      func(r row) bool { return r.area == "W" || r.area == "A" || r.kind != "quarter" },
		"the months of a quarter":   func(r row) bool { return r.kind != "quarter" || r.area != "W" },
		"the quarters of two years": func(r row) bool { return r.kind != "rolling" },
		"the categories of a whole": func(r row) bool { return r.breakdown == "" || r.category == "one" },
	} {
		t.Run(name, func(t *testing.T) {
			now, _ := leaks[name].write(t)
			a, sources := readSources(t, now, nil)
			follows := func() int {
				s := assemble(sources, []string{"P1"}, nil)
				s.solve()
				return len(s.small(a, sources, []string{"P1"}))
			}
			all := follows()
			m := a.measure("P1")
			m.rows = slices.DeleteFunc(m.rows, func(r row) bool { return !keep(r) })
			if left := follows(); left >= all {
				t.Errorf("%d counts follow with the table and %d without", all, left)
			}
		})
	}
}

// readSources reads what the board's readers hold.
func readSources(t *testing.T, now string, before []string) (*audience, []*audience) {
	t.Helper()
	var sources []*audience
	for i, dir := range append([]string{now}, before...) {
		as, err := readEdition(dir, i)
		if err != nil {
			t.Fatal(err)
		}
		sources = append(sources, as...)
	}
	for _, a := range sources {
		if a.folder == "board" && a.release == 0 {
			return a, sources
		}
	}
	t.Fatal("there is no board")
	return nil, nil
}
