package attack

import (
	"math"
	"slices"
	"strconv"
	"time"
)

// method is a way of working something out; several make a set.
type method uint16

// The methods.
const (
	subtraction method = 1 << iota
	percentages
	rolling
	geography
	editions
	bounds
	rounding
	charts
	audiences
	otherMeasure
	leftovers
	reported
)

var methodNames = []string{"subtraction", "percentages", "rolling years", "geography", "edition differences", "integer bounds",
	"rounding", "chart coordinates", "another audience", "another measure", "files left behind", "the report on what is hidden"}

// key names a count as its reader knows it.
type key struct {
	release                                          int
	measure, period, area, breakdown, category, part string

	edition, owner string // not part of what the count is
	threshold      int64
}

// bare is the key by what the count is.
func (k key) bare() key {
	k.edition, k.owner, k.threshold = "", "", 0
	return k
}

func (k key) cell() string {
	s := k.period + " " + k.area
	if k.breakdown != "" {
		s += " " + k.breakdown + " " + k.category
	}
	return s
}

// claims is all that a reader may hold to be true about one measure and those that count
// the same cases.
type claims struct {
	numbers      []numbers
	sums         []sum
	at           map[key]int
	order        []key
	printed      map[key]bool    // of the counts in order, those that the reader's files print
	same         map[where]where // to the count that stands for it
	slices       map[countSlice]countSlice
	area         string // the whole, to which slices belong
	contradicted bool
}

// far stands for no upper bound.
const far = int64(1) << 40

// shared is how far a reader takes counts of several measures to be one.
type shared int

const (
	alone    shared = iota // not at all
	series                 // where whole series agree
	sections               // and where one category agrees with all cases of another measure
)

func newClaims(held []*files, printed *seen, reader, id string, with shared) *claims {
	c := &claims{at: map[key]int{}, printed: map[key]bool{}, same: map[where]where{}, slices: map[countSlice]countSlice{}, area: held[0].Area}
	ids := []string{id}
	if with >= series {
		ids = append(ids, c.partners(printed, id)...)
	}
	if with >= sections {
		ids = append(ids, c.sliced(printed, id)...)
	}
	for _, f := range held {
		for _, m := range f.Measures {
			if slices.Contains(ids, m.ID) && m.Protects != "nobody" {
				c.rows(f, m, m.ID == id, reader)
			}
		}
	}
	for _, f := range held {
		for _, m := range f.Measures {
			if slices.Contains(ids, m.ID) && m.Protects != "nobody" {
				c.periods(f, m)
				c.tables(f, m, reader)
				c.charted(f, m)
				c.leftover(f, m)
			}
		}
	}
	c.unrevised(held, ids)
	return c
}

// number is the count of a key, made when first asked for.
func (c *claims) number(k key) int {
	b := k.bare()
	if to, there := c.same[where{b.measure, b.part, b.breakdown}]; there {
		b.measure, b.part = to.measure, to.part
	}
	if to, there := c.slices[countSlice{where{b.measure, b.part, b.breakdown}, b.category}]; there && b.area == c.area {
		b.measure, b.part, b.breakdown, b.category = to.measure, to.part, "", ""
	}
	v, there := c.at[b]
	if !there {
		v = len(c.numbers)
		c.numbers = append(c.numbers, numbers{lo: 0, hi: far, loBy: bounds})
		c.at[b] = v
	}
	if k.owner != "" {
		if _, noted := c.at[k]; !noted {
			c.at[k] = v
			c.order = append(c.order, k)
		}
	}
	return v
}

// rows writes down what each row of a file prints, and what its marks say.
func (c *claims) rows(f *files, m *measure, own bool, reader string) {
	for _, r := range m.rows {
		k := key{release: f.release, measure: m.ID, period: r.period, area: r.area, breakdown: r.breakdown, category: r.category}
		if f.Audience == reader && own {
			k.edition, k.owner, k.threshold = f.edition, reader, m.HideUpTo
		}
		part := func(p string) noted { k.part = p; return noted{k, c.number(k)} }
		by := method(0)
		if f.Audience != reader {
			by = audiences
		}
		if !own {
			by |= otherMeasure
		}
		none := m.Zeros == "hidden" || m.Zeros == "sometimes" && (r.area != f.Area || r.breakdown != "")
		few := none || r.base < 0
		if lo, _ := m.behind(max(r.base, 0)); lo < m.MinBase {
			few = true
		}
		switch {
		case m.Kind == "rate":
			c.print(m, part("met"), r.numerator, r.markOf(false), none, by)
		case m.divides(r):
			c.print(m, part("base"), r.numerator, r.markOf(false), few, by)
		case m.Kind == "proportion":
			base, met, rest := part("base"), part("met"), part("rest")
			c.print(m, base, r.base, r.markOf(true), none, by)
			c.print(m, met, r.numerator, r.markOf(false), few, by)
			c.sum(subtraction, base.v, met.v, rest.v)
		default:
			c.print(m, part("base"), r.base, r.markOf(true), none, by)
		}
		c.share(m, k, r, by)
	}
}

// leftover takes in the rows that files beside the data files hold.
func (c *claims) leftover(f *files, m *measure) {
	for _, r := range m.reported {
		if f.release == 0 { // what earlier ones say follows from what they print
			c.narrow(c.number(key{release: f.release, measure: m.ID, period: r.period, area: r.area, breakdown: r.breakdown, category: r.category, part: r.part}), r.least, r.most, reported)
		}
	}
	for _, r := range m.left {
		k := r.key()
		k.release, k.measure = f.release, m.ID
		for part, n := range m.counts(r) {
			k.part = part
			if n >= 0 {
				lo, hi := m.behind(n)
				c.narrow(c.number(k), lo, hi, leftovers)
			}
		}
	}
}

// noted is a count and its number.
type noted struct {
	key
	v int
}

// print takes in what stands in the place of a count: a number, or a mark.
func (c *claims) print(m *measure, at noted, n int64, mark string, maybeNone bool, by method) {
	switch {
	case n >= 0:
		lo, hi := m.behind(n)
		if lo < hi {
			by |= rounding
		}
		c.narrow(at.v, lo, hi, by)
		c.printed[at.key] = true
	case mark == "c" && !maybeNone:
		c.narrow(at.v, 1, far, by|bounds)
	}
}

// share inverts a percentage or rate that is printed where its numerator is not.
func (c *claims) share(m *measure, k key, r row, by method) {
	per := int64(100)
	if m.Kind == "rate" {
		per = m.Per
	}
	v, err := strconv.ParseFloat(r.value, 64)
	if err != nil || r.numerator >= 0 || r.base <= 0 || per == 0 || !(m.Kind == "proportion" || m.Kind == "rate" || m.divides(r)) {
		return
	}
	k.part = "met"
	if m.divides(r) {
		k.part = "base"
	}
	c.invert(m, c.number(k), v, 0.05, r.base, per, by|percentages, m.Kind == "rate")
}

// invert narrows a count by a share of a base, known to be off by no more than half.
func (c *claims) invert(m *measure, v int, value, half float64, base, per int64, by method, exactBase bool) {
	least, most := m.behind(base)
	if exactBase {
		least, most = base, base
	}
	lo := int64(math.Ceil((value-half)*float64(least)/float64(per) - 1e-9))
	hi := int64(math.Floor((value+half)*float64(most)/float64(per) + 1e-9))
	if lo <= hi {
		c.narrow(v, max(lo, 0), hi, by)
	}
}

// parts is the counts of a measure that add up.
func (m *measure) parts() []string {
	switch m.Kind {
	case "proportion":
		return []string{"base", "met", "rest"}
	case "rate":
		return []string{"met"}
	}
	return []string{"base"}
}

// tie writes down that counts make up another: exactly, or, of distinct people, that none is
// more than the whole and the whole no more than all of them.
func (c *claims) tie(m *measure, by method, whole key, of []key) {
	for _, part := range m.parts() {
		whole.part = part
		total := c.number(whole.bare())
		var vs []int
		for _, k := range of {
			k.part = part
			vs = append(vs, c.number(k.bare()))
		}
		if !m.Distinct {
			c.sum(by, total, vs...)
			continue
		}
		c.atMost(by, total, vs)
		for _, v := range vs {
			if part != "rest" {
				c.atMost(by, v, []int{total})
			}
		}
	}
}

// periods ties longer periods to the quarters or months that fill them; a quarter that is
// not printed is one that nothing is known of yet.
func (c *claims) periods(f *files, m *measure) {
	type span struct {
		area, breakdown, category string
		start, end                time.Time
	}
	printed := map[span]row{}
	for _, r := range m.rows {
		printed[span{r.area, r.breakdown, r.category, r.start, r.end}] = r
	}
	months := map[string][]int{"quarter": {1}, "year": {3, 1}, "rolling": {3, 1}, "pooled": {12, 3, 1}}
	for _, r := range m.rows {
		for _, n := range months[r.kind] {
			var of []key
			all := true
			for at := r.start; at.Before(r.end); at = at.AddDate(0, n, 0) {
				k := key{release: f.release, measure: m.ID, period: "from " + at.Format(time.DateOnly), area: r.area, breakdown: r.breakdown, category: r.category}
				if p, there := printed[span{r.area, r.breakdown, r.category, at, at.AddDate(0, n, -1)}]; there {
					k.period = p.period
				} else {
					all = false
				}
				of = append(of, k)
			}
			if all || n == 3 && r.start.Month()%3 == 1 {
				by := subtraction
				if r.kind == "rolling" {
					by = rolling
				}
				c.tie(m, by, key{release: f.release, measure: m.ID, period: r.period, area: r.area, breakdown: r.breakdown, category: r.category}, of)
			}
		}
	}
}

// tables ties the whole to its areas, or to the pieces they are made of, and to the
// categories of each breakdown.
func (c *claims) tables(f *files, m *measure, reader string) {
	type table struct{ period, breakdown string }
	of := map[table][]key{}
	pieces := map[string]map[string]bool{}
	crosses := f.crosses(m)
	for _, r := range m.rows {
		k := key{release: f.release, measure: m.ID, period: r.period, area: r.area, breakdown: r.breakdown, category: r.category}
		at := table{r.period, r.breakdown}
		switch made := f.Geography[r.area]; {
		case r.area == f.Area && r.breakdown == "":
		case r.breakdown == "" && len(made) > 0 && crosses:
			var parts []key
			for _, piece := range made {
				p := k
				p.area = piece
				parts = append(parts, p)
				c.piece(f, m, p, reader)
				if pieces[r.period] == nil {
					pieces[r.period] = map[string]bool{}
				}
				if !pieces[r.period][piece] {
					pieces[r.period][piece] = true
					of[at] = append(of[at], p)
				}
			}
			c.tie(m, geography, k, parts)
		default:
			of[at] = append(of[at], k)
		}
	}
	for at, keys := range of {
		by := subtraction
		if len(pieces[at.period]) > 0 && at.breakdown == "" {
			by = geography
		}
		c.tie(m, by, key{release: f.release, measure: m.ID, period: at.period, area: f.Area}, keys)
	}
}

// piece notes the counts of a piece of an area, which nothing prints, as worth having.
func (c *claims) piece(f *files, m *measure, k key, reader string) {
	if f.Audience == reader {
		k.edition, k.owner, k.threshold = f.edition, reader, m.HideUpTo
	}
	for _, part := range m.parts() {
		k.part = part
		c.number(k)
	}
}
