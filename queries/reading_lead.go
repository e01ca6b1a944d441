package queries

import (
	"math"
	"slices"
	"strings"
)

// lead gives the headline figure in a sentence, or says why there is none.
func lead(w Words, m *Measure, r Reading) string {
	in := inPeriod(w, r.Period)
	if why := map[State]string{Suppressed: "hidden", NotSupplied: "not-supplied", NotApplicable: "nothing", Pending: "early", Broken: "broken"}[r.Headline.State]; why != "" {
		return w.Text("reading.lead."+why, "period", in)
	}
	with := []any{"value", amount(w, m, r.Headline.Value), "counts", m.Counts, "met", m.Met, "title", m.Title, "period", in}
	switch m.Kind {
	case Proportion:
		return w.Text("reading.lead.share", with...)
	case Rate:
		return w.Text("reading.lead.rate", append(with, "per", whole(float64(m.Per)), "people", peopleWords(w, m.Population))...)
	case Duration:
		return w.Text("reading.lead.median"+when(m.Met != "", ".met"), with...)
	case Mean:
		return w.Text("reading.lead.average", with...)
	case PairedChange:
		return pairedLead(w, m, r.Headline, in)
	case Estimate:
		f := r.Headline
		return w.Text("reading.lead.estimate"+when(!math.IsNaN(f.Low) && !math.IsNaN(f.High), ".range"), append(with, "low", number(m, f.Low), "high", number(m, f.High))...)
	case Distribution:
		return distributionLead(w, m, r, in)
	}
	return countLead(w, m, r, in)
}

// shortLead is lead for where other sentences need the room.
func shortLead(w Words, m *Measure, r Reading) string {
	if r.Headline.State != Shown {
		return lead(w, m, r)
	}
	return w.Text("reading.lead.short", "title", m.ShortTitle(), "value", amount(w, m, r.Headline.Value), "period", inPeriod(w, r.Period))
}

func countLead(w Words, m *Measure, r Reading, in string) string {
	return w.Some("reading.lead.count", math.Round(r.Headline.Value), "counts", m.Counts, "period", in)
}

// pairedLead says how far what the measure follows moved, and for how many of those who began.
func pairedLead(w Words, m *Measure, f Figure, in string) string {
	what, both := m.Moves, ""
	if what == "" {
		what, both = w.Text("reading.moves.scores"), ".both"
	}
	if m.Against != "" {
		what = w.Text("reading.moves.against", "against", m.Against, "what", what)
	}
	moved := ".none"
	if number(m, f.Value) != number(m, 0) {
		moved = ".fell"
		if f.Value > 0 {
			moved = ".rose"
		}
	}
	with := []any{"what", capital(what), "size", amount(w, m, math.Abs(f.Value)), "period", in, "counts", m.Counts}
	if p := f.Paired; p != nil && p.Started > 0 && p.Paired > 0 {
		return w.Text("reading.lead.moved"+moved+both, append(with, "paired", whole(float64(p.Paired)), "started", whole(float64(p.Started)))...)
	}
	return w.Text("reading.lead.moved"+moved+".all", with...)
}

// distributionLead names the largest part, where every part is shown: a hidden one might be
// larger.
func distributionLead(w Words, m *Measure, r Reading, in string) string {
	shown := len(r.Parts) > 0 && !slices.ContainsFunc(r.Parts, func(f Figure) bool { return f.State != Shown })
	if !shown || r.Headline.Value == 0 {
		return countLead(w, m, r, in)
	}
	largest := slices.MaxFunc(r.Parts, func(a, b Figure) int {
		switch {
		case a.Value < b.Value:
			return -1
		case a.Value > b.Value:
			return 1
		}
		return 0
	})
	return w.Text("reading.lead.largest", "all", whole(r.Headline.Value), "counts", m.Counts, "period", in,
		"part", strings.ReplaceAll(largest.Category, "_", " "), "share", whole(largest.Value))
}

// trustWords is what to bear in mind, the most important first.
func trustWords(w Words, m *Measure, r Reading) []string {
	var ws []string
	if r.Returns < r.ReturnsExpected {
		ws = append(ws, w.Text("reading.trust.returns", "n", r.Returns, "all", r.ReturnsExpected))
	}
	if n := len(r.Points); n > 0 && r.Points[n-1].Figure.Provisional {
		ws = append(ws, w.Text("reading.trust.provisional", "period", capital(inPeriod(w, r.Points[n-1].Figure.Period))))
	}
	h := r.Headline
	if h.State == Shown && h.PeopleShown && h.People > 0 && h.People < h.Numerator {
		ws = append(ws, w.Some("reading.trust.people", float64(h.People)))
	}
	if p := h.Paired; h.State == Shown && p != nil && p.MayRegress {
		ws = append(ws, w.Text("reading.trust.regress"))
	}
	if h.State == Shown && h.BaseShown && h.Base < smallBase && restsOnCases(m.Kind) {
		ws = append(ws, w.Some("reading.trust.cases", float64(h.Base)))
	}
	if r.Limits.OK && r.Limits.Trial {
		ws = append(ws, w.Text("reading.trust.trial"))
	}
	return ws
}

// restsOnCases says whether a kind's value is worked out from Base cases.
func restsOnCases(k Kind) bool {
	switch k {
	case Proportion, Duration, Mean, PairedChange:
		return true
	}
	return false
}
