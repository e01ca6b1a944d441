package queries

import (
	"cmp"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"wherry/config"
	"wherry/queries/disclosure"
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
	results, _, err := PublishAll(all, []config.Audience{a}, supplied, nil)
	if err != nil {
		return nil, err
	}
	return results[0], nil
}

// PublishAll runs disclosure control for every audience of an edition and gives each one's
// Results, in the orders given, with the Release to keep. Whatever is hidden from an audience
// is hidden from those with a higher threshold too: a reader who holds both editions learns
// nothing from the second. Measures that share counts throughout (the same cases, asked
// different questions) are protected as one table, so that a count hidden in one is hidden in
// all; see twins. What earlier editions told is part of the same system: figures they showed
// are taken as known, and what has changed by a few since is held back; see holdBack.
func PublishAll(all []*Cells, audiences []config.Audience, supplied Supplied, h *History) ([][]*Result, *Release, error) {
	e := edition{all: all, audiences: audiences, supplied: supplied, history: h,
		results: make([][]*Result, len(audiences)), shown: make([][]map[cellKey][]string, len(audiences))}
	for i := range audiences {
		e.protected = append(e.protected, map[string]*releasedWitnesses{})
		e.results[i], e.shown[i] = make([]*Result, len(all)), make([]map[cellKey][]string, len(all))
	}
	for _, c := range all {
		c.recall(h.past(c.measure))
		c.holdBack(h.past(c.measure), highest(audiences, c.measure), false)
	}
	e.same = findTwins(all)
	var work errgroup.Group
	work.SetLimit(runtime.GOMAXPROCS(0))
	for _, group := range e.same.groups(all) {
		work.Go(func() error { return e.publish(group) })
	}
	if err := work.Wait(); err != nil {
		return nil, nil, err
	}
	return e.results, h.release(all, audiences, e.shown, e.protected), nil
}

// highest is the highest threshold that any audience has for m.
func highest(audiences []config.Audience, m *Measure) (most int64) {
	for _, a := range audiences {
		most = max(most, a.For(m.Feeds, m.Sensitive).HideUpTo)
	}
	return most
}

// edition is one PublishAll.
type edition struct {
	all       []*Cells
	audiences []config.Audience
	supplied  Supplied
	history   *History
	same      twins
	results   [][]*Result              // by audience and measure
	shown     [][]map[cellKey][]string // the parts that each cell shows, likewise
	mutex     sync.Mutex
	protected []map[string]*releasedWitnesses // by audience and first measure of a group
}

// ToldTooMuch is the error of a measure that what earlier editions showed leaves no
// protection, whatever is hidden now.
type ToldTooMuch struct {
	Measure string
	err     error
}

func (e *ToldTooMuch) Error() string {
	return fmt.Sprintf("what earlier editions showed leaves %s no protection: %v", e.Measure, e.err)
}

func (e *ToldTooMuch) Unwrap() error { return e.err }

// publish protects the measures of a group, by index. Where what earlier editions showed
// leaves a revision no protection, every revision of the group is held back; where that is
// not enough the error is a *ToldTooMuch.
func (e *edition) publish(group []int) error {
	err := e.protect(group)
	var exposed *disclosure.Exposed
	if e.history == nil || e.history.latest == nil || !errors.As(err, &exposed) {
		return err
	}
	for _, i := range group {
		e.all[i].holdBack(e.history.past(e.all[i].measure), highest(e.audiences, e.all[i].measure), true)
	}
	if err = e.protect(group); errors.As(err, &exposed) {
		return &ToldTooMuch{e.all[group[0]].measure.ID, err}
	}
	return err
}

// protect protects the measures of a group, by index, for one audience after another, and
// puts their Results in their places.
func (e *edition) protect(group []int) error {
	var before *table
	var chosen []*Cells
	for _, i := range group {
		chosen = append(chosen, e.all[i])
	}
	for _, which := range byThreshold(e.audiences) {
		t := newTable(e.audiences[which], chosen, e.same)
		for _, c := range chosen {
			t.add(c, e.supplied)
		}
		for _, c := range chosen {
			t.addEarlier(c, e.history.past(c.measure))
			t.freshen(c, e.history.past(c.measure))
		}
		for _, w := range e.history.protected(e.audiences[which].ID, chosen) {
			t.keepLevels(w)
			t.hint(w)
		}
		t.hideAlso(before)
		for _, i := range group {
			t.addRevisions(e.all[i], e.history.past(e.all[i].measure))
		}
		if err := t.protect(); err != nil {
			return fmt.Errorf("protecting %s for %s: %w", e.all[group[0]].measure.ID, e.audiences[which].ID, err)
		}
		for _, i := range group {
			r := e.all[i].result(t, e.supplied)
			e.results[which][i], e.shown[which][i] = r, e.all[i].shownParts(t, r)
		}
		e.mutex.Lock()
		e.protected[which][chosen[0].measure.ID] = t.kept()
		e.mutex.Unlock()
		before = t
	}
	return nil
}

// shownParts is the parts of each cell that a Result shows, or that its readers can tell.
func (c *Cells) shownParts(t *table, r *Result) map[cellKey][]string {
	shown := map[cellKey][]string{}
	if !c.measure.ProtectsPeople() {
		return shown
	}
	for i, k := range c.keys() {
		f, nothing := r.Figures[i], c.value(k).base == 0
		if f.State == NotSupplied || f.State == NotApplicable && !nothing {
			continue
		}
		for _, part := range c.printedParts() {
			if !t.hides(c, k, part) {
				shown[k] = append(shown[k], part)
			}
		}
	}
	return shown
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
