package queries_test

import (
	"testing"

	"wherry/config"
	"wherry/queries"
)

// strict is a board to which every rule applies.
var strict = config.Audience{ID: "board", HideUpTo: 4, RoundTo: 1, MinBase: 5, Zeros: config.ZerosHidden}

// TestZerosAreHiddenWhereTheRuleSaysSo: with zeros shown there are some, and with zeros
// hidden, for the audience or for the feed alone, no figure prints one, in a count, a base or
// a mark that stands for one.
func TestZerosAreHiddenWhereTheRuleSaysSo(t *testing.T) {
	db := open(t)
	marac(t, db, 500)
	exec(t, db, "delete from core.marac_case where district = 'E07000144' and discussed_at >= date '2025-07-01'")
	byFeed := board
	byFeed.Feeds = []config.FeedRules{{Feeds: []string{"marac_case"}, Zeros: config.ZerosHidden}}
	for _, id := range []string{"MA1", "MA3", "MA7"} {
		m := measure(t, id)
		shown := zeros(publish(t, db, m, board))
		if shown == 0 {
			t.Errorf("%s has no zero to hide", id)
		}
		for _, a := range []config.Audience{strict, byFeed} {
			if n := zeros(publish(t, db, m, a)); n > 0 {
				t.Errorf("%s prints %d zeros that are to be hidden", id, n)
			}
		}
	}
	other := byFeed
	other.Feeds[0].Feeds = []string{"dvds_application"}
	if zeros(publish(t, db, measure(t, "MA3"), other)) == 0 {
		t.Error("the rule of one feed hides the zeros of another")
	}
}

// zeros is how many figures tell that nobody is in a count.
func zeros(r *queries.Result) (n int) {
	for _, f := range r.Figures {
		if f.State == queries.Shown && r.Measure.HasNumerator() && f.Numerator == 0 || f.BaseShown && f.Base == 0 || f.State == queries.NotApplicable && f.Area != "unknown" {
			n++
		}
	}
	return n
}

// TestStricterRulesOfAFeedApply: threshold and least base are the feed's, and are given with
// the figures.
func TestStricterRulesOfAFeedApply(t *testing.T) {
	db := open(t)
	marac(t, db, 3000)
	a := board
	a.Feeds = []config.FeedRules{{Feeds: []string{"marac_case"}, HideUpTo: 12, MinBase: 40}}
	usual, held := publish(t, db, measure(t, "MA3"), board), publish(t, db, measure(t, "MA3"), a)
	if held.Rules.HideUpTo != 12 || held.Rules.MinBase != 40 || held.Rules.Zeros != config.ZerosShown || held.Rules.Level != 1 {
		t.Errorf("held to %+v", held.Rules)
	}
	if held.Hidden.Hidden <= usual.Hidden.Hidden {
		t.Errorf("%d are hidden under the feed's rule, %d without", held.Hidden.Hidden, usual.Hidden.Hidden)
	}
	for _, f := range held.Figures {
		if f.State == queries.Shown && (f.Base < 40 || f.Numerator > 0 && f.Numerator <= 12) {
			t.Errorf("%s %s shows %d of %d", f.Period, f.Area, f.Numerator, f.Base)
		}
	}
}

// TestNoRowTellsOfEverybody: a sensitive measure prints no row below the whole of which all
// or none met it, and prints the same rows where it is not sensitive, or class is off.
func TestNoRowTellsOfEverybody(t *testing.T) {
	db := open(t)
	marac(t, db, 1200)
	exec(t, db, "update core.marac_case set referring_agency = 'police' where district = 'E07000143' and discussed_at >= date '2025-07-01'")
	m := measure(t, "MA3")
	sensitive := *m
	sensitive.Sensitive = true
	off := board
	off.Class = config.ClassOff
	if n := tellAll(publish(t, db, m, board)); n == 0 {
		t.Fatal("no row tells of everybody, so nothing is tested")
	}
	if n := tellAll(publish(t, db, &sensitive, off)); n == 0 {
		t.Error("with class off, rows are looked at all the same")
	}
	r := publish(t, db, &sensitive, board)
	if n := tellAll(r); n > 0 {
		t.Errorf("%d rows tell of everybody in them", n)
	}
	shown := 0
	for _, f := range r.Figures {
		if f.State == queries.Shown {
			shown++
		}
	}
	if shown < 20 || r.Rules.Level != config.SensitiveLevel || r.Rules.Zeros != config.ZerosSometimes {
		t.Errorf("%d shown, held to %+v", shown, r.Rules)
	}
}

// tellAll is how many rows below the whole print that all, or none, in them met the measure.
func tellAll(r *queries.Result) (n int) {
	for _, f := range r.Figures {
		if (f.Area != "E10000020" || f.Breakdown != "") && f.State == queries.Shown && (f.Numerator == 0 || f.Numerator == f.Base) {
			n++
		}
	}
	return n
}

// TestNoBreakdownTellsTheCategoryOfEverybody: where everybody of a quarter was referred by one
// agency, a sensitive measure prints neither that agency's count nor that all others are none;
// with class off it does. It is so of cases, of people counted once, and of a whole divided.
func TestNoBreakdownTellsTheCategoryOfEverybody(t *testing.T) {
	db := open(t)
	marac(t, db, 1200)
	exec(t, db, "update core.marac_case set referring_agency = 'police' where discussed_at >= date '2025-07-01' and discussed_at < date '2025-10-01'")
	divided := *byVictim(t)
	divided.Kind, divided.Breakdowns, divided.Unit = queries.Distribution, nil, ""
	divided.SQL = "select discussed_at as at, district, coalesce(referring_agency, 'not recorded') as category from core.marac_case"
	off := board
	off.Class = config.ClassOff
	for name, m := range map[string]*queries.Measure{"cases": measure(t, "MA2"), "people": byVictim(t), "divided": &divided} {
		sensitive := *m
		sensitive.Sensitive = true
		if n := everybodyInOne(publish(t, db, &sensitive, off)); n == 0 {
			t.Fatalf("%s: nobody is in one category, so nothing is tested", name)
		}
		r := publish(t, db, &sensitive, board)
		if n := everybodyInOne(r); n > 0 {
			t.Errorf("%s: %d breakdowns tell the category of everybody", name, n)
		}
		if shown := shownFigures(r); shown < 50 || r.Rules.Zeros != config.ZerosSometimes {
			t.Errorf("%s: %d shown, held to %+v", name, shown, r.Rules)
		}
	}
}

func shownFigures(r *queries.Result) (n int) {
	for _, f := range r.Figures {
		if f.State == queries.Shown {
			n++
		}
	}
	return n
}

// everybodyInOne is how many breakdowns of a period print that all are in one category, or that
// nobody is in any but one.
func everybodyInOne(r *queries.Result) (n int) {
	type row struct{ period, breakdown string }
	whole, categories, nobody, all := map[string]int64{}, map[row]int{}, map[row]int{}, map[row]bool{}
	count := func(f queries.Figure) (int64, bool) {
		if r.Measure.Kind == queries.Distribution && f.Breakdown != "" {
			return f.Numerator, f.State == queries.Shown
		}
		return f.Base, f.BaseShown
	}
	for _, f := range r.Figures {
		if c, shown := count(f); f.Area == "E10000020" && f.Breakdown == "" && shown {
			whole[f.Period.String()] = c
		}
	}
	for _, f := range r.Figures {
		at := row{f.Period.String(), f.Breakdown}
		c, shown := count(f)
		if f.Breakdown == "" {
			continue
		}
		categories[at]++
		if shown && c == 0 {
			nobody[at]++
		}
		all[at] = all[at] || shown && c > 0 && c == whole[at.period] && f.Category != "not recorded"
	}
	for at, of := range categories {
		if of > 1 && (all[at] || nobody[at] == of-1) {
			n++
		}
	}
	return n
}

// TestAZeroThatLongerPeriodsPrintHidesNothing: where everybody of a quarter is in one category,
// the category beside it that is hidden is none of which a longer period prints that it holds
// nobody; where every one is such a category, the longer period's zero is hidden with it.
func TestAZeroThatLongerPeriodsPrintHidesNothing(t *testing.T) {
	const quarter = "discussed_at >= date '2025-07-01' and discussed_at < date '2025-10-01'"
	for name, changes := range map[string]string{
		"one is open": "delete from core.marac_case where referring_agency = 'housing' and discussed_at between date '2024-07-01' and date '2026-06-30'",
		"none is open": `delete from core.marac_case where referring_agency = 'housing' and discussed_at between date '2024-07-01' and date '2025-09-30'
or referring_agency = 'idva' and discussed_at between date '2025-07-01' and date '2026-06-30'`,
	} {
		db := open(t)
		marac(t, db, 1200)
		exec(t, db, "update core.marac_case set referring_agency = 'idva' where referring_agency is null")
		exec(t, db, changes)
		exec(t, db, "update core.marac_case set referring_agency = 'police' where "+quarter)
		sensitive := *measure(t, "MA2")
		sensitive.Sensitive = true
		if n := openZeros(publish(t, db, &sensitive, board), publish(t, db, measure(t, "MA2"), all), "2025-26 Q2"); n == 0 {
			t.Errorf("%s: what is hidden beside the police is printed as nobody by a longer period", name)
		}
	}
}

// openZeros is how many categories hold nobody in a quarter, are hidden, and are not printed as
// nobody by a longer period.
func openZeros(r, truth *queries.Result, quarter string) (n int) {
	var within config.Period
	empty := map[string]bool{}
	for _, f := range truth.Figures {
		if f.Breakdown == "referring_agency" && f.Period.String() == quarter && f.Base == 0 {
			within, empty[f.Category] = f.Period, true
		}
	}
	hidden, printed := map[string]bool{}, map[string]bool{}
	for _, f := range r.Figures {
		if f.Breakdown != "referring_agency" || f.Period.Start.After(within.Start) || f.Period.End.Before(within.End) {
			continue
		}
		if f.Period.String() == quarter && !f.BaseShown {
			hidden[f.Category] = empty[f.Category]
		} else if f.BaseShown && f.Base == 0 {
			printed[f.Category] = true
		}
	}
	for category, nobody := range hidden {
		if nobody && !printed[category] {
			n++
		}
	}
	return n
}
