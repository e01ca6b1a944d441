package main

import (
	"fmt"
	"slices"
	"strings"

	"wherry/queries/disclosure"
)

// dimension is one way to divide records, by columns from the finest to the coarsest; the
// whole comes after the last and needs no column.
type dimension struct {
	name   string
	levels []string
}

// linkedTables is the tables of the linked benchmark: what they are crossed by, and how.
func linkedTables() (dims []dimension, tables [][]string) {
	dims = []dimension{{"area", []string{"area", "county"}}}
	for _, name := range []string{"quarter", "agency", "sex", "age", "eth", "risk", "outcome"} {
		dims = append(dims, dimension{name, []string{name}})
	}
	return dims, [][]string{{"quarter", "area", "agency"}, {"quarter", "area", "sex", "age"}, {"quarter", "area", "eth"}, {"quarter", "area", "risk", "outcome"}}
}

// tabulate counts records, given as columns by name, into tables: every cell of each table
// and of its margins that holds anybody, and for each level that has finer ones the sum of
// these. Cells with the same levels are one, whatever table they are of, so that tables
// share their margins.
func tabulate(columns map[string][]string, dims []dimension, tables [][]string) ([]disclosure.Cell, []disclosure.Equation, error) {
	c := &counter{columns: columns, index: map[string]int{}, sums: map[string]int{}}
	for _, table := range tables {
		var crossed []dimension
		for _, name := range table {
			at := slices.IndexFunc(dims, func(d dimension) bool { return d.name == name })
			if at < 0 {
				return nil, nil, fmt.Errorf("table %v is crossed by the unknown %s", table, name)
			}
			crossed = append(crossed, dims[at])
		}
		if err := c.table(crossed); err != nil {
			return nil, nil, fmt.Errorf("counting table %v: %w", table, err)
		}
	}
	return c.cells, c.eqs, nil
}

type counter struct {
	columns map[string][]string
	cells   []disclosure.Cell
	eqs     []disclosure.Equation
	index   map[string]int // cell by its levels
	sums    map[string]int // equation by its dimension and total

	known  int          // cells of the tables before this one, counted already
	summed map[int]bool // cells that stand in their sums of this table
}

func (c *counter) table(dims []dimension) error {
	c.known = len(c.cells)
	c.summed = map[int]bool{}
	for _, d := range dims {
		for _, level := range d.levels {
			if c.columns[level] == nil {
				return fmt.Errorf("no column %s", level)
			}
		}
	}
	at := make([][]string, len(dims))
	for row := range c.columns[dims[0].levels[0]] {
		for i, d := range dims {
			at[i] = at[i][:0]
			for _, level := range d.levels {
				at[i] = append(at[i], level+"="+c.columns[level][row])
			}
			at[i] = append(at[i], "")
		}
		c.record(dims, at, make([]int, len(dims)), 0)
	}
	return nil
}

// record adds one to every cell of a record: those of one level on each dimension.
func (c *counter) record(dims []dimension, at [][]string, level []int, d int) {
	if d < len(dims) {
		for level[d] = range at[d] {
			c.record(dims, at, level, d+1)
		}
		return
	}
	i := c.cell(at, level)
	if i >= c.known {
		c.cells[i].Value++
	}
	if c.summed[i] {
		return
	}
	c.summed[i] = true
	for d := range dims {
		c.sum(dims, at, level, d, i)
	}
}

// cell is the place of the cell of some levels, named after those that are not the whole.
func (c *counter) cell(at [][]string, level []int) int {
	var parts []string
	for d, l := range level {
		if at[d][l] != "" {
			parts = append(parts, at[d][l])
		}
	}
	slices.Sort(parts)
	name := strings.Join(parts, " ")
	i, there := c.index[name]
	if !there {
		i = len(c.cells)
		c.index[name] = i
		c.cells = append(c.cells, disclosure.Cell{Name: name})
	}
	return i
}

// sum makes cell i a part of the one above it on dimension d.
func (c *counter) sum(dims []dimension, at [][]string, level []int, d, i int) {
	if level[d]+1 == len(at[d]) {
		return
	}
	level[d]++
	total := c.cell(at, level)
	level[d]--
	key := dims[d].name + "|" + c.cells[total].Name
	e, there := c.sums[key]
	if !there {
		e = len(c.eqs)
		c.sums[key] = e
		c.eqs = append(c.eqs, disclosure.Equation{Total: total})
	}
	if !slices.Contains(c.eqs[e].Parts, i) {
		c.eqs[e].Parts = append(c.eqs[e].Parts, i)
	}
}
