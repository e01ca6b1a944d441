package queries

import (
	"errors"
	"fmt"
	"math/rand"
	"slices"
	"testing"

	"wherry/config"
)

// judged is the cases of a month in a district, and how many of them met a measure.
type judged struct{ base, met int64 }

// judgedTo is the cells of a proportion over a county of eight districts up to a quarter, read
// a month after it ends, when the cases of its last month are too young to be judged.
func judgedTo(t *testing.T, quarter config.Period, cases map[config.Period]map[string]judged) *Cells {
	t.Helper()
	first, err := config.ParsePeriod("2023-10")
	if err != nil {
		t.Fatal(err)
	}
	m := &Measure{ID: "AB2", Kind: Proportion, SQL: "select 1", Matures: 59}
	span := Span{AsAt: quarter.End.AddDate(0, 1, 0), First: first, Quarter: quarter, Areas: []config.Area{{Code: "W"}}}
	for _, district := range county {
		if district != unknownArea {
			span.Areas = append(span.Areas, config.Area{Code: district})
		}
	}
	c := newCells(m, span.planFor(m), nil)
	c.byDistrict = true
	u := c.plan.unprinted
	for month, by := range cases {
		if !month.End.Before(quarter.End) {
			continue
		}
		for district, n := range by {
			add := func(p config.Period, area string) {
				if p.Holds(month.Start) {
					c.at(cellKey{period: p, area: area}).add(tally{base: n.base, met: n.met})
				}
			}
			for _, p := range slices.Concat(c.plan.whole, u.whole) {
				add(p, "W")
			}
			for _, p := range slices.Concat(c.plan.detail, u.detail) {
				add(p, district)
			}
		}
	}
	return c
}

var county = []string{"A", "B", "C", "D", "E", "F", "G", unknownArea}

// casesFrom is random small counts of every month and district from October 2023 on.
func casesFrom(t *testing.T, rng *rand.Rand) map[config.Period]map[string]judged {
	t.Helper()
	month, err := config.ParsePeriod("2023-10")
	if err != nil {
		t.Fatal(err)
	}
	cases := map[config.Period]map[string]judged{}
	for range 42 {
		cases[month] = map[string]judged{}
		for i, district := range county {
			n := judged{base: rng.Int63n(2 + int64(i)%5)}
			for range n.base {
				if rng.Intn(4) > 0 {
					n.met++
				}
			}
			cases[month][district] = n
		}
		month = month.Shift(1)
	}
	return cases
}

// TestAPartnershipMayBeginAtAnyQuarter publishes random small counts from a random quarter on,
// the first edition with all of the years before it: every edition can be protected, and
// nothing that is hidden and small follows from what all of them print. Seed 54 needs a witness
// far from the hidden count, which the last edition's no longer gives.
func TestAPartnershipMayBeginAtAnyQuarter(t *testing.T) {
	hidden := 0
	for seed := int64(40); seed < 60; seed++ {
		rng := rand.New(rand.NewSource(seed))
		cases := casesFrom(t, rng)
		quarter := config.Containing(config.Quarter, config.Day(2023, 10, 1)).Shift(rng.Intn(10))
		var earlier []*Release
		unknown := newUnknowns()
		t.Run(fmt.Sprintf("%d from %s", seed, quarter), func(t *testing.T) {
			for range 5 {
				c := judgedTo(t, quarter, cases)
				hidden += unknown.take(c, editionOf(t, c, &earlier))
				quarter = quarter.Shift(1)
			}
			for _, name := range unknown.determined() {
				t.Errorf("%s can be worked out", name)
			}
		})
	}
	if hidden < 2000 {
		t.Errorf("only %d counts were hidden, so little was tested", hidden)
	}
}

// TestARaisedThresholdIsRefused: what was told by a lower threshold cannot be hidden by a higher
// one, and the error says which measure it is of.
func TestARaisedThresholdIsRefused(t *testing.T) {
	quarter := config.Containing(config.Quarter, config.Day(2024, 10, 1))
	cases := map[config.Period]map[string]judged{}
	for _, month := range quarter.Split(config.Month) {
		cases[month] = map[string]judged{}
		for _, district := range county {
			cases[month][district] = judged{base: 40, met: 36}
		}
	}
	var earlier []*Release
	editionOf(t, judgedTo(t, quarter, cases), &earlier)
	h, err := NewHistory(earlier...)
	if err != nil {
		t.Fatal(err)
	}
	stricter := []config.Audience{{ID: "board", HideUpTo: 9, RoundTo: 1, MinBase: 10}}
	_, _, err = PublishAll([]*Cells{judgedTo(t, quarter, cases)}, stricter, AllSupplied, h)
	var told *ToldTooMuch
	if !errors.As(err, &told) || told.Measure != "AB2" {
		t.Errorf("with the threshold raised: %v", err)
	}
}
