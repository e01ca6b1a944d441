package audit

import "math"

// enoughBits is how unlikely by chance the agreement of two series has to be, as a power of
// two, for a reader to take them for one.
const enoughBits = 20

// printing is the series that some sources print, with what tells how much their agreement
// says.
type printing struct {
	series []*seen
	at     map[series]*seen
	under  map[series][]*seen // a count under each breakdown that gives it, by the count
	number map[place]int32
	strata []stratum // by the number of a place
	area   string    // the whole
}

// seen is what sources print of one series.
type seen struct {
	series
	distinct bool
	at       map[spot]int64
	round    map[int32]int64 // by source: what counts are rounded to
}

// spot is a place, by its number, as one source prints it.
type spot struct{ source, place int32 }

// agrees says whether two series print the same wherever both are printed.
func (x *seen) agrees(y *seen) bool {
	if len(y.at) < len(x.at) {
		x, y = y, x
	}
	for at, n := range x.at {
		if theirs, there := y.at[at]; there && theirs != n {
			return false
		}
	}
	return true
}

// stratum is counts that say something each for itself: a longer period and the whole repeat
// what shorter ones and areas say.
type stratum struct {
	kind  string
	whole bool
}

// bits is how unlikely by chance the agreement of x and y is: a count of about n is met by
// chance with odds of the root of 4πn, and by as many times more as it is rounded to. What
// several sources print of a place counts once, and of all strata only the one that says most.
func (p *printing) bits(x, y *seen) (most float64) {
	places := map[int32]float64{}
	for at, n := range x.at {
		if _, there := y.at[at]; there && n > 0 {
			fresh := float64(n)
			if p.strata[at.place].kind == "rolling" {
				fresh /= 4 // the year before it had the other quarters
			}
			says := math.Log2(4*math.Pi*fresh)/2 - math.Log2(float64(max(1, x.round[at.source])))
			places[at.place] = max(places[at.place], says)
		}
	}
	sums := map[stratum]float64{}
	for at, says := range places {
		k := p.strata[at]
		sums[k] += says
		most = max(most, sums[k])
	}
	return most
}

// sure says whether no chance makes the counts of two series agree under a breakdown: by what
// is printed under it or, where their wholes do not differ, under all breakdowns in which they
// agree.
func (p *printing) sure(x, y *seen) bool {
	together := p.bits(x, y)
	if together == 0 || together >= enoughBits {
		return together > 0
	}
	for _, other := range p.under[series{x.measure, x.part, ""}] {
		if other == x {
			continue
		}
		theirs := p.at[series{y.measure, y.part, other.breakdown}]
		switch {
		case theirs == nil:
		case other.agrees(theirs):
			together += p.bits(other, theirs)
		case other.breakdown == "":
			return false
		}
	}
	return together >= enoughBits
}

// printed is what sources print of every count that more than one measure may rest on, with
// the rest of a proportion where it follows from the same row.
func printed(sources []*audience) *printing {
	p := &printing{at: map[series]*seen{}, under: map[series][]*seen{}, number: map[place]int32{}, area: sources[0].Area}
	for i, a := range sources {
		for _, m := range a.Measures {
			if !m.people() {
				continue
			}
			for _, r := range m.rows {
				p.add(int32(i), m, r)
			}
		}
	}
	return p
}

func (p *printing) add(source int32, m *measure, r row) {
	switch {
	case m.isPart(r):
		p.note(source, m, r, partBase, r.numerator)
	case m.Kind == "rate":
		p.note(source, m, r, partMet, r.numerator)
	case m.Kind == "proportion":
		p.note(source, m, r, partMet, r.numerator)
		p.note(source, m, r, partBase, r.base)
		if r.base >= 0 && r.numerator >= 0 && m.RoundTo <= 1 {
			p.note(source, m, r, partRest, r.base-r.numerator)
		}
	default:
		p.note(source, m, r, partBase, r.base)
	}
}

// place is the number of a place.
func (p *printing) place(at place, kind string) int32 {
	n, there := p.number[at]
	if !there {
		n = int32(len(p.strata))
		p.number[at] = n
		p.strata = append(p.strata, stratum{kind, at.area == p.area})
	}
	return n
}

func (p *printing) note(source int32, m *measure, r row, part string, n int64) {
	if n < 0 {
		return
	}
	k := series{m.ID, part, r.breakdown}
	if p.at[k] == nil {
		p.at[k] = &seen{series: k, distinct: m.Distinct, at: map[spot]int64{}, round: map[int32]int64{}}
		p.series = append(p.series, p.at[k])
		count := series{m.ID, part, ""}
		p.under[count] = append(p.under[count], p.at[k])
	}
	p.at[k].at[spot{source, p.place(r.place(), r.kind)}] = n
	p.at[k].round[source] = m.RoundTo
}
