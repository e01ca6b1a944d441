package dashboards

import (
	"fmt"
	"slices"

	"wherry/queries"
)

// exceptionsPage is the body of exceptions.html.
type exceptionsPage struct {
	Groups []signalGroup // without those that are empty
	Chance string        // signals, against the number to expect by chance
	Judged int           // measures that can be judged
	Grid   signalGrid
}

// signalGroup is the measures that show one kind of unusual change, the newest first.
type signalGroup struct {
	ID, Title string
	Subjects  []*subject
}

// signalGrid sets how measures vary against whether they will meet their targets.
type signalGrid struct {
	Targets []verdict
	Rows    []gridLine
}

// gridLine is one kind of change in the grid, with a cell for each target verdict.
type gridLine struct {
	verdict
	N     int
	Cells []gridBox
}

// gridBox is the measures that share a kind of change and a target verdict.
type gridBox struct {
	Target   string
	Subjects []*subject
}

// Many says that the box is folded up.
func (g gridBox) Many() bool { return len(g.Subjects) > mostOpen }

// mostOpen is how many measures a box of the grid lists without being opened.
const mostOpen = 8

// signals is the kinds of unusual change in the order in which they are told.
var signals = []queries.Change{queries.Concern, queries.Improving, queries.Different}

var signalGroups = map[queries.Change]string{queries.Concern: "concern", queries.Improving: "improving", queries.Different: "changed"}

// exceptions writes exceptions.html: the measures with a signal, and all of them in a grid.
func (b *builder) exceptions() error {
	observed, err := queries.SignalsOf(results(b.subjects))
	if err != nil {
		return fmt.Errorf("counting signals: %w", err)
	}
	body := exceptionsPage{Chance: b.fixed.chanceWords(observed), Judged: observed.Judged, Grid: gridOf(b.subjects)}
	for _, change := range signals {
		g := signalGroup{ID: signalGroups[change], Title: b.fixed.text("board.group." + signalGroups[change])}
		for _, s := range b.subjects {
			if s.Reading.Change == change {
				g.Subjects = append(g.Subjects, s)
			}
		}
		slices.SortStableFunc(g.Subjects, func(x, y *subject) int { return y.Reading.Since.Start.Compare(x.Reading.Since.Start) })
		if len(g.Subjects) > 0 {
			body.Groups = append(body.Groups, g)
		}
	}
	return b.render("exceptions.html", "exceptions.html", page{Title: b.fixed.text("title.exceptions"), Nav: "exceptions.html", Body: body})
}

// gridOf counts every subject once, by its change and its target.
func gridOf(all []*subject) signalGrid {
	grid := signalGrid{Targets: []verdict{
		{Icon: "expected", Word: "Expected to meet"}, {Icon: "may-or-may-not", Word: "May or may not meet"}, {Icon: "not-expected", Word: "Not expected"},
		{Icon: "no-target", Word: "Too early to say"}, {Icon: "no-target", Word: "No target"},
	}}
	for _, k := range []struct {
		verdict
		changes []queries.Change
	}{
		{verdict{Icon: "concern-down", Class: "concern", Word: "Concern"}, []queries.Change{queries.Concern}},
		{verdict{Icon: "improve-up", Class: "improve", Word: "Improving"}, []queries.Change{queries.Improving}},
		{verdict{Icon: "changed-up", Class: "changed", Word: "Changed"}, []queries.Change{queries.Different}},
		{verdict{Icon: "same", Word: "No significant change"}, []queries.Change{queries.NoChange}},
		{verdict{Icon: "few", Word: "Cannot be judged yet"}, []queries.Change{queries.TooFew, queries.NotJudged}},
	} {
		line := gridLine{verdict: k.verdict}
		for _, target := range grid.Targets {
			box := gridBox{Target: target.Word}
			for _, s := range all {
				if slices.Contains(k.changes, s.Reading.Change) && s.Target.Word == target.Word {
					box.Subjects = append(box.Subjects, s)
				}
			}
			line.N += len(box.Subjects)
			line.Cells = append(line.Cells, box)
		}
		grid.Rows = append(grid.Rows, line)
	}
	return grid
}
