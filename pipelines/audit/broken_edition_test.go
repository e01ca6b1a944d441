package audit

import (
	"strconv"
)

var brokenEditions = map[string]struct {
	rule  string
	spoil func(d *draft)
}{
	"a small count is printed":            {RuleSmall, func(d *draft) { d.set(2, "A", 3, 70) }},
	"a count at the threshold is printed": {RuleSmall, func(d *draft) { d.set(2, "A", 5, 70) }},
	"another measure prints the base": {RuleSums, func(d *draft) {
		d.set(2, "A", 0, 4)
		for _, area := range []string{"A", "B"} {
			for i := range 5 {
				d.row("rolling", i, area).hideBase = true
			}
			d.row("quarter", 2, area).hideBase = true
		}
		hidden := d.row("quarter", 2, "A")
		for _, r := range d.rows {
			if r.measure == "P1" && r.kind == "quarter" {
				twin := *r
				twin.measure, twin.met, twin.hideBase = "P2", r.base-r.met, hidden.start.Equal(r.start) && (r.area == "A" || r.area == "C")
				d.rows = append(d.rows, &twin)
			}
		}
	}},
	"one sibling is hidden and the total is not": {RuleSums, func(d *draft) {
		d.set(2, "A", 3, 70)
		d.row("quarter", 2, "A").hideMet = true
		hideAround(d)
	}},
	"a quarter less its other months": {RuleSums, func(d *draft) {
		m := d.row("month", 5, "W")
		o := d.row("month", 4, "W")
		o.met, m.met = o.met+m.met-2, 2
		m.hideMet = true
	}},
	"two rolling years overlap": {RuleSums, func(d *draft) {
		d.set(4, "A", 2, 70)
		d.row("quarter", 4, "A").hideMet, d.row("quarter", 4, "B").hideMet = true, true
	}},
	"few did not meet it": {RuleComplement, func(d *draft) {
		d.set(2, "A", 66, 70)
	}},
	"a percentage gives its numerator": {RuleSums, func(d *draft) {
		d.set(2, "A", 3, 70)
		for _, area := range []string{"A", "B"} {
			for i := range 5 {
				d.row("rolling", i, area).hideMet = true
			}
			d.row("quarter", 2, area).hideMet = true
		}
		d.row("quarter", 2, "A").value = "4.3"
	}},
	"a value is finer than its counts": {RuleShare, func(d *draft) { d.row("quarter", 1, "A").value = "77.7" }},
	"a base is too small for a share":  {RuleBase, func(d *draft) { d.minBase = 62 }},
	"counts contradict":                {RuleMisfit, func(d *draft) { d.row("quarter", 2, "A").met += 6 }},
	"a table prints a hidden count": {RulePage, func(d *draft) {
		m := d.row("month", 5, "W")
		m.hideMet = true
		d.page = d.table(func(n int, cells []string) {
			if n == 5 {
				cells[1] = strconv.FormatInt(m.met, 10)
			}
		})
	}},
	"a table prints what no data file does": {RulePage, func(d *draft) {
		d.page = d.table(func(n int, cells []string) {
			if n == 7 {
				cells[0] = "9,999"
			}
		})
	}},
	"a chart draws a hidden month": {RuleDrawing, func(d *draft) {
		d.row("month", 5, "W").hideMet, d.row("month", 4, "W").hideMet = true, true
		d.svg = d.chart([]int{5})
	}},
	"a small return":      {RuleSmall, func(d *draft) { d.quality = "4" }},
	"a few rows kept out": {RuleSmall, func(d *draft) { d.rowsAre, d.quality = "Kept out", "4" }},
	"a few rows in doubt": {RuleSmall, func(d *draft) { d.rowsAre, d.quality = "In doubt", "4" }},
}

func hideAround(d *draft) {
	for i := range 5 {
		d.row("rolling", i, "A").hideMet = true
	}
}
