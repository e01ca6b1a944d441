package queries

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Fact is one thing to know about a measure, in words.
type Fact struct{ Name, Text string }

// Facts is what the header says of a measure, for people, in reading order; what it leaves
// out is left out.
func (m *Measure) Facts() []Fact {
	var facts []Fact
	say := func(name, text string) {
		if text = strings.TrimSpace(text); text != "" {
			facts = append(facts, Fact{name, text})
		}
	}
	say("Question", m.Question)
	say("What is counted", m.Rule())
	say("Better", map[string]string{"up": "Higher is better", "down": "Lower is better", "neither": "Neither higher nor lower is better"}[m.Better])
	if m.Target != nil {
		say("Target", fmt.Sprintf("%g (%s)", m.Target.Value, m.Target.Source))
	}
	say("Broken down by", strings.ReplaceAll(strings.Join(m.Breakdowns, ", "), "_", " "))
	if len(m.Medians) > 0 {
		say("Medians of", strings.ReplaceAll(strings.Join(m.Medians, ", "), "_", " ")+", for each quarter, worked out from the counts printed")
	}
	if len(m.Local) > 0 {
		say("Set beside local people", "by the published values "+strings.Join(slices.Compact(slices.Sorted(maps.Values(m.Local))), ", "))
	}
	if m.Unit != "" {
		say("Counted once", "each "+strings.ReplaceAll(m.Unit, "_", " ")+", however many rows it has")
	}
	if m.People != "" {
		say("People", "told by "+strings.ReplaceAll(m.People, "_", " ")+"; the interval allows for events that befall the same person again")
	}
	if m.Scale != nil {
		say("Scale", fmt.Sprintf("%g to %g", m.Scale.Min, m.Scale.Max))
	}
	if m.Chosen {
		say("Chosen by score", "people were chosen for their first score, so some of the change would come by itself")
	}
	if m.Pool > 0 {
		say("Pooled", fmt.Sprintf("groups are given for %d months together: they are too small for one year", m.Pool))
	}
	if m.Matures > 0 {
		say("Judged", fmt.Sprintf("when %d days old; younger is pending, not a no", m.Matures))
	}
	if m.LooksBack > 0 {
		say("Starts", fmt.Sprintf("when the extracts it rests on reach %d months back, because it looks back that far", m.LooksBack))
	}
	if !m.ProtectsPeople() {
		say("Small numbers", "shown: they count returns or actions, not people")
	}
	if m.Sensitive {
		say("Sensitive", "protected to level 2, and no row below the whole tells what is so of everybody in it")
	}
	say("Note", m.Note)
	say("What it cannot tell you", m.CannotTell)
	say("Rests on", strings.Join(m.Feeds, ", "))
	say("Made from", strings.Join(m.Reads, ", "))
	say("Answers", strings.Join(m.Answers, ", "))
	say("Source", m.Source)
	say("Owner", m.Owner)
	return facts
}

// Show is the measure for a terminal: what it is, its SELECT, and its examples.
func (m *Measure) Show() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s\nqueries/%s\n", m.ID, m.Title, m.Path)
	for _, f := range m.Facts() {
		fmt.Fprintf(&b, "\n%s\n  %s\n", f.Name, f.Text)
	}
	b.WriteString("\nThe SELECT, one row for each thing counted\n")
	for line := range strings.Lines(m.SQL) {
		b.WriteString("  " + line)
	}
	b.WriteString("\n\nExamples\n")
	for _, x := range m.Examples {
		fmt.Fprintf(&b, "  %s\n", x.Name)
		for _, w := range x.Want {
			fmt.Fprintf(&b, "    %s: %s\n", w.place(), w.numbers())
		}
	}
	return b.String()
}

// ratedPeople is who a rate is per, for analysts.
func ratedPeople(p *Population) string {
	who, form, ages := populated(p)
	switch form {
	case "aged.over":
		return fmt.Sprintf("%s aged %v and over", who, ages[1])
	case "aged.between":
		return fmt.Sprintf("%s aged %v to %v", who, ages[1], ages[3])
	case "aged":
		return fmt.Sprintf("%s aged %v", who, ages[1])
	}
	return who
}

// Rule is the measure's definition in one sentence.
func (m *Measure) Rule() string {
	switch m.Kind {
	case Proportion:
		return fmt.Sprintf("Of %s, the percentage that %s", m.Counts, m.Met)
	case Rate:
		return fmt.Sprintf("%s, for every %d %s", capital(m.Counts), m.Per, ratedPeople(m.Population))
	case Duration:
		return fmt.Sprintf("Days waited, for %s: the median, the days for nine in ten, and the share done within %s days", m.Counts, joined(m.Within))
	case Mean:
		return fmt.Sprintf("The mean, in %s, for %s", m.MeasuredIn, m.Counts)
	case PairedChange:
		return fmt.Sprintf("The mean change, in %s, of those counted both times among %s", m.MeasuredIn, m.Counts)
	case Distribution:
		return fmt.Sprintf("How %s divide", m.Counts)
	case Estimate:
		return fmt.Sprintf("An estimate, in %s, of %s, with its low and high: modelled, not counted", m.MeasuredIn, m.Counts)
	}
	return "The number of " + m.Counts
}

func joined(days []int) string {
	words := make([]string, len(days))
	for i, d := range days {
		words[i] = fmt.Sprint(d)
	}
	return strings.Join(words, ", ")
}
