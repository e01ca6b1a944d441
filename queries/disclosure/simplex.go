package disclosure

import "math"

// program is a linear program in floats: the most of gain·x over x with rows·x = 0 and
// 0 <= x <= room. It only searches: what it finds is checked in whole numbers elsewhere.
type program struct {
	rows [][]float64
	gain []float64
	room []float64
}

const (
	nearly     = 1e-9
	pivotsMost = 4000
)

// tableau is the program on its way to the most. Every row has one basic column, or -1 for
// an artificial one that is and stays 0; other columns stand at 0 or, where full, at room.
type tableau struct {
	rows  [][]float64
	gain  []float64
	room  []float64
	value []float64 // of the basic column of each row
	basic []int
	full  []bool
	inUse []bool // column is basic
}

// most solves the program, starting from 0, and gives nil where it takes too long.
func (p program) most() []float64 {
	m, n := len(p.rows), len(p.gain)
	t := &tableau{rows: p.rows, gain: p.gain, room: p.room, value: make([]float64, m),
		basic: make([]int, m), full: make([]bool, n), inUse: make([]bool, n)}
	for i := range t.basic {
		t.basic[i] = -1
	}
	for step := range pivotsMost {
		j, up := t.entering(step > pivotsMost/2)
		if j < 0 {
			return t.solution()
		}
		t.advance(j, up)
	}
	return nil
}

// entering is the column to change, which gains most by a unit or, to end a circle, is the
// first that gains; up says whether it grows. It is -1 where none gains.
func (t *tableau) entering(first bool) (col int, up bool) {
	col = -1
	best := nearly
	for j, g := range t.gain {
		if t.inUse[j] || t.room[j] == 0 {
			continue
		}
		if t.full[j] {
			g = -g
		}
		if g > best {
			col, up, best = j, !t.full[j], g
			if first {
				break
			}
		}
	}
	return col, up
}

// advance moves column j as far as the rows and its own room allow.
func (t *tableau) advance(j int, up bool) {
	sign := 1.0
	if !up {
		sign = -1
	}
	step, at := t.room[j], -1
	for i, row := range t.rows {
		if math.Abs(row[j]) < nearly {
			continue
		}
		limit := 0.0
		if b := t.basic[i]; b >= 0 {
			if limit = t.value[i]; sign*row[j] < 0 {
				limit = t.room[b] - t.value[i]
			}
			limit = max(0, limit/math.Abs(row[j]))
		}
		if limit < step-nearly || (at >= 0 && limit <= step && math.Abs(row[j]) > math.Abs(t.rows[at][j])+nearly) {
			step, at = min(step, limit), i
		}
	}
	for i, row := range t.rows {
		if t.basic[i] >= 0 {
			t.value[i] -= sign * step * row[j]
		}
	}
	if at < 0 {
		t.full[j] = up
		return
	}
	start := 0.0
	if t.full[j] {
		start = t.room[j]
	}
	t.pivot(at, j, start+sign*step)
}

// pivot makes column j the basic one of row at, with the given value.
func (t *tableau) pivot(at, j int, value float64) {
	if out := t.basic[at]; out >= 0 {
		t.inUse[out] = false
		t.full[out] = t.value[at] > t.room[out]/2
	}
	row := t.rows[at]
	by := row[j]
	for k := range row {
		row[k] /= by
	}
	for i, other := range t.rows {
		if i != at {
			reduce(other, row, j)
		}
	}
	reduce(t.gain, row, j)
	t.basic[at], t.value[at], t.inUse[j], t.full[j] = j, value, true, false
}

// reduce takes from a row so much of another that its column j is 0.
func reduce(row, by []float64, j int) {
	k := row[j]
	if math.Abs(k) < nearly {
		row[j] = 0
		return
	}
	for c, v := range by {
		if v != 0 {
			row[c] -= k * v
		}
	}
	row[j] = 0
}

func (t *tableau) solution() []float64 {
	x := make([]float64, len(t.gain))
	for j, full := range t.full {
		if full {
			x[j] = t.room[j]
		}
	}
	for i, b := range t.basic {
		if b >= 0 {
			x[b] = t.value[i]
		}
	}
	return x
}
