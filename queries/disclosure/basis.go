package disclosure

import "slices"

// basis spans every change that keeps some equations and some shown cells as they are.
// Each row is such a change; dropping a row only narrows what the search can find.
type basis struct {
	s     *system
	rows  []vector // nil for a row that was used up
	where [][]int  // as in desk
}

// newBasis is the changes to the cells cols that keep every equation.
func newBasis(s *system, cols, eqs []int) *basis {
	b := &basis{s: s, rows: make([]vector, len(cols)), where: s.desk.where}
	for i, c := range cols {
		b.rows[i] = vector{{c, 1}}
		b.where[c] = []int{i}
	}
	for _, q := range eqs {
		b.keep(b.balance(s.eqs[q]))
	}
	return b
}

// balance is the equation q as a sum over the cells of b that must not change.
func (b *basis) balance(q Equation) vector {
	var sum vector
	if b.where[q.Total] != nil {
		sum = append(sum, entry{q.Total, -1})
	}
	for _, c := range q.Parts {
		if b.where[c] != nil {
			sum = append(sum, entry{c, 1})
		}
	}
	return sum
}

// crossing is the rows that would change the sum, with the product of each.
func (b *basis) crossing(sum vector) (ids []int, by map[int]int64) {
	by = map[int]int64{}
	for _, e := range sum {
		live := b.where[e.col][:0]
		for _, id := range b.where[e.col] {
			if v := b.rows[id].at(e.col); v != 0 {
				live = append(live, id)
				by[id] += e.val * v
			}
		}
		b.where[e.col] = live
	}
	for id, v := range by {
		if v != 0 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids, by
}

// keep narrows b to the changes that leave the sum as it is.
func (b *basis) keep(sum vector) {
	ids, by := b.crossing(sum)
	if len(ids) == 0 {
		return
	}
	b.rank(ids, by)
	b.use(ids[0], ids, by)
}

// use takes row pivot out of every other row that crosses the sum, and drops it.
func (b *basis) use(pivot int, ids []int, by map[int]int64) {
	p := b.rows[pivot]
	for _, id := range ids {
		if id == pivot {
			continue
		}
		row, ok := combine(by[pivot], b.rows[id], -by[id], p)
		if !ok {
			row = nil
		}
		b.rows[id] = row
		for _, e := range p {
			if at, found := slices.BinarySearch(b.where[e.col], id); !found && row.at(e.col) != 0 {
				b.where[e.col] = slices.Insert(b.where[e.col], at, id)
			}
		}
	}
	b.rows[pivot] = nil
}

// rank sorts rows by how well they serve as pivot: whole-number multiples first, then the
// roomiest, so that large cells take up what small ones give, then the shortest.
func (b *basis) rank(ids []int, by map[int]int64) {
	room := make(map[int]int64, len(ids))
	for _, id := range ids {
		room[id] = b.s.room(b.rows[id])
	}
	slices.SortFunc(ids, func(i, j int) int {
		switch {
		case abs(by[i]) != abs(by[j]):
			return int(abs(by[i]) - abs(by[j]))
		case room[i] != room[j]:
			return int(min(room[j], tooLarge) - min(room[i], tooLarge))
		case len(b.rows[i]) != len(b.rows[j]):
			return len(b.rows[i]) - len(b.rows[j])
		}
		return i - j
	})
}

// room is how often v can be taken from the true table before a cell gets too low.
func (s *system) room(v vector) int64 {
	least := int64(tooLarge)
	for _, e := range v {
		least = min(least, (s.cells[e.col].Value-s.low[e.col])/abs(e.val))
	}
	return least
}
