package disclosure

import (
	"fmt"
	"math/rand"
)

// cube is a made-up measure over 36 months as an edition would publish it: numerator, base
// and unprinted complement by month, quarter, rolling year and financial year, and by
// quarter and rolling year for areas and the categories of breakdowns.
type cube struct {
	cells []Cell
	eqs   []Equation
	index map[string]int
}

type cubeShape struct {
	months     int
	perMonth   float64 // records a month
	share      float64 // of records in the numerator
	areas      int
	breakdowns []int // number of categories of each
	seed       int64
}

// group is one column of the cube: the whole, an area or a category, with its counts by
// month, met and not met.
type group struct {
	name string
	met  []int64
	not  []int64
}

func makeCube(sh cubeShape) *cube {
	rng := rand.New(rand.NewSource(sh.seed))
	c := &cube{index: map[string]int{}}
	whole := group{"all", make([]int64, sh.months), make([]int64, sh.months)}
	tables := [][]group{}
	for t, n := range append([]int{sh.areas}, sh.breakdowns...) {
		var table []group
		for k := range n {
			table = append(table, group{fmt.Sprintf("t%dg%d", t, k), make([]int64, sh.months), make([]int64, sh.months)})
		}
		tables = append(tables, table)
	}
	for m := range sh.months {
		records := int(sh.perMonth * (0.7 + 0.6*rng.Float64()))
		for range records {
			met := rng.Float64() < sh.share
			for _, table := range tables {
				g := table[int(float64(len(table))*rng.Float64()*rng.Float64())]
				g.add(m, met)
			}
			whole.add(m, met)
		}
	}
	c.addGroup(whole, true, 5)
	for _, table := range tables {
		for _, g := range table {
			c.addGroup(g, false, 0)
		}
		c.addMargins(table)
	}
	return c
}

func (g group) add(m int, met bool) {
	if met {
		g.met[m]++
	} else {
		g.not[m]++
	}
}

func (c *cube) cell(name string, value int64, cost float64, unprinted bool) int {
	c.index[name] = len(c.cells)
	c.cells = append(c.cells, Cell{Name: name, Value: value, Cost: cost, Unprinted: unprinted})
	return len(c.cells) - 1
}

func span(vs []int64, from, to int) (sum int64) {
	for _, v := range vs[from:to] {
		sum += v
	}
	return sum
}

// triple adds the base, numerator and complement of a group over months [from, to).
func (c *cube) triple(g group, period string, from, to int, cost float64) {
	a, b := span(g.met, from, to), span(g.not, from, to)
	base := c.cell(g.name+"/base/"+period, a+b, cost+1, false)
	num := c.cell(g.name+"/num/"+period, a, cost, false)
	rest := c.cell(g.name+"/rest/"+period, b, 0, true)
	c.eqs = append(c.eqs, Equation{Total: base, Parts: []int{num, rest}})
}

func (c *cube) sums(g group, total string, parts []string) {
	for _, kind := range []string{"base", "num", "rest"} {
		e := Equation{Total: c.index[g.name+"/"+kind+"/"+total]}
		for _, p := range parts {
			e.Parts = append(e.Parts, c.index[g.name+"/"+kind+"/"+p])
		}
		c.eqs = append(c.eqs, e)
	}
}

func (c *cube) addGroup(g group, months bool, cost float64) {
	quarters := len(g.met) / 3
	for q := range quarters {
		c.triple(g, fmt.Sprint("q", q), 3*q, 3*q+3, cost)
		if months {
			var parts []string
			for m := 3 * q; m < 3*q+3; m++ {
				c.triple(g, fmt.Sprint("m", m), m, m+1, cost)
				parts = append(parts, fmt.Sprint("m", m))
			}
			c.sums(g, fmt.Sprint("q", q), parts)
		}
	}
	for r := 0; r+4 <= quarters; r++ {
		c.triple(g, fmt.Sprint("r", r), 3*r, 3*r+12, cost+2)
		c.sums(g, fmt.Sprint("r", r), []string{fmt.Sprint("q", r), fmt.Sprint("q", r+1), fmt.Sprint("q", r+2), fmt.Sprint("q", r+3)})
	}
}

// addMargins says that the groups of a table sum to the whole.
func (c *cube) addMargins(table []group) {
	quarters := len(table[0].met) / 3
	var periods []string
	for q := range quarters {
		periods = append(periods, fmt.Sprint("q", q))
	}
	for r := 0; r+4 <= quarters; r++ {
		periods = append(periods, fmt.Sprint("r", r))
	}
	for _, p := range periods {
		for _, kind := range []string{"base", "num", "rest"} {
			e := Equation{Total: c.index["all/"+kind+"/"+p]}
			for _, g := range table {
				e.Parts = append(e.Parts, c.index[g.name+"/"+kind+"/"+p])
			}
			c.eqs = append(c.eqs, e)
		}
	}
}
