package queries

import (
	"cmp"
	"fmt"
	"runtime"
	"slices"

	"golang.org/x/sync/errgroup"

	"wherry/config"
)

// Supplied says how many of a measure's returns for a period had come by the as-at date,
// and how many were owed: both zero before its extracts begin.
type Supplied func(m *Measure, p config.Period) (got, want int)

// Publish is what an audience may see of one measure. See the function Publish.
func (c *Cells) Publish(a config.Audience, supplied Supplied) (*Result, error) {
	results, err := Publish([]*Cells{c}, a, supplied)
	if err != nil {
		return nil, err
	}
	return results[0], nil
}

// Publish runs disclosure control for one audience over all the measures of an edition and
// makes their Figures, in the order given. See PublishAll, which an edition with several
// audiences must use.
func Publish(all []*Cells, a config.Audience, supplied Supplied) ([]*Result, error) {
	results, err := PublishAll(all, []config.Audience{a}, supplied)
	if err != nil {
		return nil, err
	}
	return results[0], nil
}

// PublishAll runs disclosure control for every audience of an edition and gives each one's
// Results, in the orders given. Whatever is hidden from an audience is hidden from those
// with a higher threshold too: a reader who holds both editions learns nothing from the
// second. Measures that share counts throughout (the same cases, asked different questions)
// are protected as one table, so that a count hidden in one is hidden in all; see twins.
func PublishAll(all []*Cells, audiences []config.Audience, supplied Supplied) ([][]*Result, error) {
	results := make([][]*Result, len(audiences))
	for i := range results {
		results[i] = make([]*Result, len(all))
	}
	same := findTwins(all)
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	for _, group := range same.groups(all) {
		work.Go(func() error { return publishGroup(all, group, audiences, same, supplied, results) })
	}
	return results, work.Wait()
}

// publishGroup protects the measures of a group, by index, for one audience after another,
// and puts their Results in their places.
func publishGroup(all []*Cells, group []int, audiences []config.Audience, same twins, supplied Supplied, results [][]*Result) error {
	var before *table
	for _, which := range byThreshold(audiences) {
		t := newTable(audiences[which], same)
		for _, i := range group {
			t.add(all[i])
		}
		t.hideAlso(before)
		if err := t.protect(); err != nil {
			return fmt.Errorf("protecting %s for %s: %w", all[group[0]].measure.ID, audiences[which].ID, err)
		}
		for _, i := range group {
			results[which][i] = all[i].result(t, supplied)
		}
		before = t
	}
	return nil
}

// byThreshold is the audiences by index, the lowest threshold first.
func byThreshold(audiences []config.Audience) []int {
	order := make([]int, len(audiences))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Compare(audiences[a].HideUpTo, audiences[b].HideUpTo)
	})
	return order
}

// counts says whether k is one of the plan's cells.
func (c *Cells) counts(k cellKey) bool {
	if k.area == c.plan.wholeArea() {
		return slices.Contains(c.plan.whole, k.period)
	}
	return slices.Contains(c.districts(), k.area) && slices.Contains(c.plan.detail, k.period)
}

// value is the tally of a cell, zero where nothing was counted.
func (c *Cells) value(k cellKey) tally {
	if t := c.tallies[k]; t != nil {
		return *t
	}
	return tally{}
}
