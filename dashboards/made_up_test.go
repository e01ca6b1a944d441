package dashboards

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing/fstest"
	"time"

	"wherry/config"
	"wherry/queries"
)

// madeUp is a site of made-up Results: every kind of measure, every verdict, hidden and
// missing figures, late returns. The Readings are worked out by queries.Read.
func madeUp(audience string) Site {
	p := partnership()
	s := Site{Partnership: p, Quarter: quarter(), AsAt: config.Day(2026, time.October, 31), Meeting: config.Day(2026, time.November, 19),
		NextRelease: config.Day(2027, time.January, 31), Build: "test"}
	for _, a := range p.Audiences {
		if a.ID == audience {
			s.Audience = a
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for _, spec := range specs() {
		r := spec.result(random, p)
		r.Reading = queries.Read(r, quarter(), p.Area, spec.got, 6, p.DefinitionsFor(r.Measure.ID, nil)...)
		s.Results = append(s.Results, r)
	}
	s.Actions = []Action{
		{ID: "ACT-01", Title: "Agree one referral form", Agency: "police", Owner: "Constabulary data lead", Finding: "NFK2", Status: "blue", FirstDue: config.Day(2025, time.June, 30), Due: config.Day(2025, time.December, 1), Completed: config.Day(2025, time.December, 1), Measures: []string{"RQ1", "RQ2"}},
		{ID: "ACT-02", Title: "Train every team", Owner: "Training hub lead", Finding: "NFK5", Status: "amber", FirstDue: config.Day(2026, time.June, 30), Due: config.Day(2027, time.January, 31), Measures: []string{"TR1"}},
		{ID: "ACT-03", Title: "Share outcomes", Owner: "MARAC steering group chair", Finding: "NFK1", Status: "blue", Completed: config.Day(2026, time.September, 1), VisibleFrom: config.Day(2027, time.January, 1), Measures: []string{"MA2"}},
		{ID: "ACT-04", Title: "Write a guide", Owner: "Board manager", Status: "green"},
		{ID: "ACT-05", Title: "Record ethnicity in every referral", Owner: "Head of the front door", Finding: "NFK9", Status: "blue", Completed: config.Day(2025, time.December, 1), Measures: []string{"RQ2"}},
		{ID: "ACT-06", Title: "Decide within a day", Finding: "NFK4", Status: "red", Due: config.Day(2026, time.October, 19), Measures: []string{"IS1"}},
		{ID: "ACT-07", Title: "Hear each child", Status: "grey", Due: config.Day(2026, time.October, 30), Measures: []string{"VC2"}}}
	s.Lineage = lineageMadeUp()
	s.Returns, s.Quarantined = returned(), []queries.BrokenRule{
		{Agency: "police", Feed: "police_da_incident", Period: "2026-09", Rule: "not_in_codes", Rows: 42}, {Agency: "police", Feed: "police_da_incident", Period: "2026-08", Rule: "not_a_date", Rows: 3},
		{Agency: "training_hub", Feed: "training_event", Period: "2026-07", Rule: "duplicate_key", Rows: 12}}
	s.InDoubt = []queries.BrokenRule{{Agency: "police", Feed: "police_da_incident", Period: "2026-09", Rule: "closed_before_open", Rows: 131}, {Agency: "police", Feed: "police_da_incident", Period: "2026-09", Rule: "filed_at_night", Rows: 12}, {Agency: "police", Feed: "police_da_incident", Period: "2026-08", Rule: "filed_at_night", Rows: 4}}
	return s
}

func quarter() config.Period {
	q, _ := config.ParsePeriod("2026-27 Q2")
	return q
}

func partnership() *config.Partnership {
	p := &config.Partnership{Root: "."}
	p.Name, p.Place, p.Area, p.Board = "Norfolk Domestic Abuse Partnership", "Norfolk", "E10000020", "Domestic Abuse Partnership Board"
	p.Illustrative = true
	p.Contact = config.Contact{Team: "the analysis team", Email: "analysis@example.org"}
	p.Help = config.Help{Name: "NIDAS", Text: "Support for adults and children in Norfolk: see the service’s own page for its number."}
	p.Agencies = []config.Agency{{ID: "police", Name: "Norfolk Constabulary"}, {ID: "childrens_services", Name: "Children's services"},
		{ID: "marac_coordinator", Name: "MARAC coordinator"}, {ID: "training_hub", Name: "Training hub"}, {ID: "nidas", Name: "NIDAS"}, {ID: "leeway", Name: "Leeway"}}
	p.Audiences = []config.Audience{
		{ID: "board", Title: "Board", Marking: "OFFICIAL-SENSITIVE", Handling: "For members of the partnership boards and named officers. Do not forward. No personal data.", HideUpTo: 5, RoundTo: 1, MinBase: 10},
		{ID: "public", Title: "Public", HideUpTo: 10, RoundTo: 5, MinBase: 20, Exit: true}}
	p.Events = []config.Event{{On: "2026-01-12", Title: "New referral form", Measures: []string{"RQ1"}}}
	p.Asks = []config.Ask{
		{Title: "Agree a review of plans for children after MARAC", Detail: "Report back by 11 February 2027.", Owner: "MARAC steering group", Quarter: "2026-27 Q2"},
		{Title: "Confirm capacity for first contact to March 2027", Detail: "With the specialist service.", Owner: "Commissioning lead", Quarter: "2026-27 Q2"},
		{Title: "An ask of another quarter", Quarter: "2025-26 Q2"}}
	p.Definitions = []config.Definition{
		{ID: "repeat", Title: "Any instance of abuse counts", Kind: config.Break, On: "2025-07-01", Measures: []string{"MA2"}, Says: "The older definition counted crimes alone.", Source: "A guide, 2025"},
		{ID: "tool", Title: "Two risk tools", Kind: config.Break, Measures: []string{"MA1"}, Says: "The day it changed is not recorded.", Source: "A guide"},
		{ID: "practice", Title: "Recording practice differs", Kind: config.Refusal, Measures: []string{"MA1"}, Refuses: []string{config.RefuseCompare, config.RefuseDirection}, Says: "Districts record in different ways.", Source: "An audit, 2026"},
		{ID: "form", Title: "New form", Kind: config.Warning, On: "2025-04-01", Measures: []string{"TR1"}, Rebase: true, Says: "The form changed.", Source: "The hub"}}
	p.Published = []config.Published{
		{Key: "marac_rate", Title: "Cases heard at MARAC", Value: 3.6, Low: math.NaN(), High: math.NaN(), Unit: "per 10,000 adult females", Area: "England and Wales", Period: "2025-26", Source: "A charity, 2026",
			AsOf: config.Day(2026, time.July, 1), ReviewBy: config.Day(2027, time.July, 1), Verified: true},
		{Key: "old", Title: "An old value", Value: 45, Low: math.NaN(), High: math.NaN(), Unit: "days", Source: "A department", AsOf: config.Day(2020, time.July, 1), ReviewBy: config.Day(2021, time.July, 1), Verified: true},
		{Key: "unread", Title: "A value nobody read", Value: 31337, Low: math.NaN(), High: math.NaN(), Unit: "percent", Source: "Hearsay", AsOf: config.Day(2025, time.July, 1), ReviewBy: config.Day(2027, time.July, 1)}}
	p.Areas = []config.Area{{Code: "E10000020", Name: "Norfolk"}}
	for _, d := range districtCodes {
		p.Areas = append(p.Areas, config.Area{Code: d[0], Name: d[1], Parent: "E10000020"})
	}
	p.Tiles = map[string]config.Tile{}
	for i, d := range districtCodes {
		p.Tiles[d[0]] = config.Tile{Column: 1 + i%3, Row: 1 + i/3}
	}
	for _, c := range feedsMadeUp {
		p.Contracts = append(p.Contracts, &config.Contract{Feed: c.feed, Title: c.title, Every: c.every,
			Rules: []config.RowRule{{Code: "closed_before_open", When: "closed_at < received_at", Says: "the case closed before it was opened"}}})
	}
	p.Contracts[1].Agencies, p.Contracts[1].Grain, p.Contracts[1].DueDays, p.Contracts[1].Retention = []string{"police", "childrens_services"}, "one row per referral", 21, 6
	p.Contracts[1].Columns = columnsMadeUp()
	p.Codes = map[string]*config.CodeList{"sex": {Name: "sex", Codes: []config.Code{{Code: "F", Label: "Female"}, {Code: "M", Label: "Male", ValidFrom: config.Day(2025, time.April, 1)}}}}
	return p
}

func columnsMadeUp() []config.Column {
	most := int64(20)
	return []config.Column{
		{Name: "Referral ref", Keep: "referral_key", Type: "pseudonym", Required: true, Note: "one referral"},
		{Name: "received_at", Type: "timestamp", Required: true, Degrade: "hour"}, {Name: "closed_at", Type: "date", Since: "2026-04"},
		{Name: "referring_agency", Type: "code", Values: []string{"police", "health"}}, {Name: "district_code", Type: "code", Values: []string{"E07000148"}},
		{Name: "sex", Type: "code", Codes: "sex", Map: map[string]string{"1": "M", "2": "F"}}, {Name: "children", Type: "integer", Max: &most}}
}

// lineageMadeUp is two views, one upon the other.
func lineageMadeUp() queries.Lineage {
	l, err := queries.ReadLineage(fstest.MapFS{
		"core/agency_referral.sql": {Data: []byte("-- One row per referral.\ncreate or replace view core.agency_referral as\nselect feed.*, known.sex, known.closed_at from landing.agency_referral as feed join core.case_known as known using (referral_key)")},
		"core/case_known.sql":      {Data: []byte("-- One row per case.\ncreate or replace view core.case_known as\nselect * from landing.marac_case join reference.area using (code)")}})
	if err != nil {
		panic(err)
	}
	return l
}

// textMadeUp gives a measure the text of a whole file, with an example.
func textMadeUp(m *queries.Measure) {
	m.Path, m.Slug = "measures/"+m.Family+"/"+strings.ToLower(m.ID)+".sql", strings.ToLower(m.ID)
	m.Text = "/*\nid: " + m.ID + "\nexamples:\n  - name: the day after is late\n    given:\n      agency_referral:\n        - {received_at: 2026-01-09, days: 2.50}\n        - {received_at: 2026-01-10}\n    want:\n      - {period: 2026-01, numerator: 1, denominator: 2}\n*/\n" + m.SQL
	one, two := int64(1), int64(2)
	m.Examples = []queries.Example{{Name: "the day after is late", Given: map[string][]map[string]any{"agency_referral": {{"received_at": "2026-01-09", "days": 2.5}, {"received_at": "2026-01-10"}}},
		Want: []queries.Want{{Period: "2026-01", Numerator: &one, Denominator: &two}}}}
}

var districtCodes = [][2]string{{"E07000143", "Breckland"}, {"E07000144", "Broadland"}, {"E07000145", "Great Yarmouth"},
	{"E07000146", "King's Lynn and West Norfolk"}, {"E07000147", "North Norfolk"}, {"E07000148", "Norwich"}, {"E07000149", "South Norfolk"}}

var feedsMadeUp = []struct {
	agency, feed, title string
	every               config.PeriodKind
}{
	{"police", "police_da_incident", "Police incidents and crimes", config.Month},
	{"childrens_services", "agency_referral", "Referrals to the front door", config.Month},
	{"childrens_services", "csc_assessment", "Assessments", config.Month},
	{"marac_coordinator", "marac_case", "MARAC cases", config.Month},
	{"training_hub", "training_event", "Training sessions", config.Month},
	{"nidas", "da_service_episode", "Specialist service episodes", config.Quarter},
	{"leeway", "safe_accommodation_referral", "Safe accommodation referrals", config.Quarter},
}

func returned() []queries.Return {
	var rs []queries.Return
	for _, c := range feedsMadeUp {
		for i, per := range config.Containing(config.Rolling, quarter().Last()).Split(c.every) {
			r := queries.Return{Agency: c.agency, Feed: c.feed, Period: per, Due: per.Last().AddDate(0, 0, 21), Rows: 1200 + int64(i)*7, Submission: 1, Status: "on_time"}
			r.Arrived = r.Due.AddDate(0, 0, -3)
			switch {
			case c.feed == "csc_assessment" && i == 4:
				r.Status, r.Arrived = "late", r.Due.AddDate(0, 0, 9)
			case c.feed == "leeway" || (c.feed == "safe_accommodation_referral" && i == 3):
				r.Status, r.Arrived, r.Rows = "missing", time.Time{}, 0
				r.Remarks = []queries.Remark{{Kind: queries.Missing, Says: "has not come; it is shown as not supplied, and never counted as nothing"}}
			case c.feed == "police_da_incident" && i == 10:
				r.Submission, r.Quarantined = 2, 3
			case c.feed == "training_event" && i == 11:
				r.Status, r.Arrived = "not_due", time.Time{}
			case c.feed == "agency_referral" && i == 11:
				r.Remarks = []queries.Remark{{Kind: queries.Partial, Detail: "no rows with district_code E07000147", Says: "has no rows of an area or team that it usually has"}}
			}
			rs = append(rs, r)
		}
	}
	return rs
}

// spec is a made-up measure: its level, how it changes from a month on, and its base.
type spec struct {
	m          queries.Measure
	level, add float64
	since      int // month from which add is added; 36 for never
	base       int64
	got        int
	months     int // how many months there are
	hide       int // month that is hidden, -1 for none
}

func specs() []spec {
	m := func(id, family, title, short string, kind queries.Kind, better, counts, met string) queries.Measure {
		return queries.Measure{ID: id, Family: family, Title: title, Short: short, Kind: kind, Better: better, Counts: counts, Met: met,
			Question: "Does the front door get the whole picture first time?", Source: "A made-up extract, monthly", Owner: "Data lead",
			CannotTell: "Whether the details are right, or whether the child was kept safe", Feeds: []string{"agency_referral"}, SQL: "select received_at as at,\n  district_code as district, age_group, met\nfrom core.agency_referral\nwhere referring_agency = 'police' and 1 < 2"}
	}
	target := func(x queries.Measure, v float64) queries.Measure {
		x.Target = &queries.Target{Value: v, Source: "Local, agreed by the board in June 2025."}
		return x
	}
	compared := func(x queries.Measure) queries.Measure {
		x.Compare = []string{"district"}
		return x
	}
	breakdowns := func(x queries.Measure, names ...string) queries.Measure {
		x.Breakdowns = names
		return x
	}
	rate := m("MA1", "marac", "MARAC cases for each 10,000 adult females", "MARAC case rate", queries.Rate, "neither", "cases heard at MARAC", "")
	rate.Per, rate.Population = 10000, &queries.Population{Sex: "female", Age: "16+"}
	rate.Benchmark = "marac_rate"
	voice := m("VC2", "voice-of-the-child", "Strength of the child’s voice in audited records", "Child’s voice in records", queries.Mean, "up", "audited records", "")
	voice.MeasuredIn, voice.Scale = "points", &queries.Scale{Min: 0, Max: 5}
	safer := m("SI4", "service-impact", "How safe people feel at the end of support", "Feeling safer", queries.PairedChange, "up", "people supported", "")
	safer.MeasuredIn, safer.Scale, safer.Breakdowns = "points", &queries.Scale{Min: 1, Max: 5}, []string{"age_group"}
	leaving := m("SA6", "safe-accommodation", "Where people go on leaving safe accommodation", "Destinations", queries.Distribution, "neither", "people who left safe accommodation", "")
	leaving.Categories = []string{"own_home", "family_or_friends", "other_refuge", "not recorded"}
	need := m("SA9", "safe-accommodation", "Adults who need support, estimated", "Estimated need", queries.Estimate, "neither", "adults who experienced abuse in the year", "")
	need.MeasuredIn, need.Protects = "people", "nobody"
	again := m("PE1", "perpetrators", "Repeat incidents by people on a programme", "Repeat incidents", queries.Rate, "down", "incidents", "")
	again.Per, again.Population, again.People = 1000, &queries.Population{Age: "16+"}, "person"
	days := m("SI1", "service-impact", "Working days from referral to first specialist contact", "Days to first contact", queries.Duration, "down", "referrals to the specialist service", "were contacted")
	days.Within = []int{2, 5, 10}
	return []spec{
		{breakdowns(target(m("RQ1", "referral-quality", "Police referrals with every core detail completed", "Complete police referrals", queries.Proportion, "up", "police referrals received", "had every core detail"), 90), "age_group", "missing_detail"), 57, 17, 27, 420, 6, 36, -1},
		{compared(m("RQ2", "referral-quality", "Referrals with ethnicity recorded", "Ethnicity recorded", queries.Proportion, "up", "referrals", "had ethnicity recorded")), 71, 0, 36, 380, 6, 36, 9},
		{target(m("IS1", "information-sharing", "Decisions made within one working day", "Decisions in one day", queries.Proportion, "up", "contacts", "were decided within one working day"), 95), 95.5, -6, 29, 510, 5, 36, -1},
		{breakdowns(m("IS4", "information-sharing", "Schools told before the next school day", "Schools told in time", queries.Proportion, "up", "notifications", "were in time"), "age_group"), 80, 0, 36, 260, 6, 9, -1},
		{rate, 3.1, 0, 36, 0, 6, 36, -1},
		{target(m("MA2", "marac", "Cases that return to MARAC within 12 months", "Returns to MARAC", queries.Proportion, "neither", "cases heard", "had been heard in the twelve months before"), 40), 31, 9, 30, 120, 6, 36, -1},
		{breakdowns(m("CH1", "cumulative-harm", "Incidents with a child aged 0 to 7 or unborn linked", "Incidents with young children", queries.Count, "neither", "incidents with a child aged 0 to 7 or unborn", ""), "age_group"), 230, 0, 36, 0, 6, 36, -1},
		{target(m("TR1", "training", "Staff in scope who are up to date with training", "Staff up to date", queries.Proportion, "up", "staff in scope", "were up to date"), 85), 74, 8, 28, 900, 4, 36, -1},
		{days, 3, 3, 30, 140, 6, 36, -1},
		{m("SA2", "safe-accommodation", "Safe accommodation requests that were met", "Requests met", queries.Proportion, "up", "requests", "were met"), 69, 0, 36, 14, 5, 36, 20},
		{voice, 2.9, .5, 31, 60, 6, 36, -1},
		{safer, .8, 0, 36, 40, 6, 36, -1},
		{leaving, 70, 0, 36, 0, 6, 36, -1},
		{need, 14200, 0, 36, 0, 6, 36, -1},
		{again, 2.4, 0, 36, 0, 6, 36, -1},
		{returnsOnTime(m("AP3", "action-plan", "Returns that arrived on time", "Returns on time", queries.Proportion, "up", "returns owed", "arrived on time")), 88, 0, 36, 30, 6, 36, -1},
	}
}

// returnsOnTime compares agencies, and takes teams for places with room for so many.
func returnsOnTime(m queries.Measure) queries.Measure {
	m.Breakdowns, m.Compare, m.Capacity = []string{"agency", "team"}, []string{"agency"}, []string{"team"}
	return m
}

// result makes a spec's figures for every period, district and category.
func (s spec) result(random *rand.Rand, p *config.Partnership) *queries.Result {
	m := s.m
	textMadeUp(&m)
	r := &queries.Result{Measure: &m}
	months := config.Containing(config.Month, config.Day(2023, time.October, 1))
	figure := func(per config.Period, area, breakdown, category string, share float64, hidden bool) {
		f := queries.Figure{Period: per, Area: area, Breakdown: breakdown, Category: category, State: queries.Shown, BaseShown: true}
		n := map[config.PeriodKind]float64{config.Month: 1, config.Quarter: 3, config.Year: 12, config.Rolling: 12}[per.Kind] * share
		level := s.level
		for _, mo := range per.Split(config.Month) {
			if i := int(mo.Start.Sub(months.Start).Hours()/24/30.4 + .5); i >= s.since {
				level += s.add * float64(1) / float64(len(per.Split(config.Month)))
			}
		}
		s.fill(&f, random, level, n)
		f.Provisional = per.Kind == config.Month && per.Start.Equal(config.Day(2026, time.September, 1))
		if hidden {
			f = queries.Figure{Period: per, Area: area, Breakdown: breakdown, Category: category, State: queries.Suppressed, Value: math.NaN(), Low: math.NaN(), High: math.NaN()}
		}
		r.Figures = append(r.Figures, f)
	}
	for i := 36 - s.months; i < 36; i++ {
		figure(months.Shift(i), p.Area, "", "", 1, i == s.hide)
	}
	for q := quarter().Shift(-min(11, s.months/3-1)); !q.Start.After(quarter().Start); q = q.Shift(1) {
		figure(q, p.Area, "", "", 1, false)
		for k, d := range districtCodes {
			figure(q, d[0], "", "", []float64{.12, .14, .13, .15, .1, .26, .1}[k], s.hide >= 0 && k > 4)
		}
		if m.Kind == queries.Distribution {
			for k, c := range append(m.Categories[:3:3], "a_category_of_two", "not recorded") {
				figure(q, p.Area, queries.CategoryBreakdown, c, []float64{.41, .33, .15, .03, .08}[k], k == 3)
			}
		}
		for _, b := range m.Breakdowns {
			for k, c := range categories[b] {
				figure(q, p.Area, b, c, []float64{.3, .25, .2, .15, .07, .03}[k], k == 4)
			}
		}
	}
	return r
}

var categories = map[string][]string{
	"age_group":      {"0-4", "5-7", "8-11", "12-15", "16-17", "not recorded"},
	"agency":         {"police", "childrens_services", "nidas", "training_hub", "leeway", "not recorded"},
	"team":           {"north", "south", "east", "west", "night_team"},
	"missing_detail": {"ethnicity", "religion_or_belief", "school_or_nursery", "whether_the_child_was_seen", "address"},
}

// fill gives a shown figure its numbers. The noise is drawn, so that the usual range is real.
func (s spec) fill(f *queries.Figure, random *rand.Rand, level, n float64) {
	noise := random.NormFloat64()
	switch s.m.Kind {
	case queries.Proportion:
		f.Base = int64(math.Max(12, math.Round(float64(s.base)*n*(1+random.Float64()*.08))))
		f.Numerator = int64(math.Round(float64(f.Base) * math.Min(1, math.Max(0, level/100+noise*math.Sqrt(level*(100-level)/1e4/float64(f.Base))))))
		f.Value = 100 * float64(f.Numerator) / float64(f.Base)
		half := 196 * math.Sqrt(.25/float64(f.Base))
		f.Low, f.High = math.Max(0, f.Value-half), math.Min(100, f.Value+half)
	case queries.Rate:
		f.People, f.PeopleShown = int64(level*31*n), s.m.People != ""
		f.Base = int64(390000 * n)
		f.Numerator = int64(math.Max(0, math.Round(level*39*n+noise*math.Sqrt(level*39*n))))
		f.Value = float64(s.m.Per) * float64(f.Numerator) / float64(f.Base)
		f.Low, f.High = f.Value*.8, f.Value*1.25
	case queries.Duration:
		f.Base = int64(math.Max(12, math.Round(float64(s.base)*n)))
		f.Numerator, f.Value = f.Base, math.Max(0, math.Round(level+noise*.6))
		f.Low, f.High = math.Max(0, f.Value-1), f.Value+2
		f.Slowest = queries.Slowest{State: queries.Shown, Days: 9, Low: 8, High: 12}
		f.Within = []queries.Share{{Days: 2, Value: 30, Low: 25, High: 36}, {Days: 5, Value: 62, Low: 55, High: 70}, {Days: 10, Value: 91, Low: 86, High: 95}}
	case queries.Mean:
		f.Base, f.Value = int64(float64(s.base)*n)+1, level+noise*.2
		f.Low, f.High = f.Value-.3, f.Value+.3
	case queries.PairedChange:
		f.Base, f.Value = int64(float64(s.base)*n)+1, level+noise*.1
		f.Low, f.High = f.Value-.2, f.Value+.2
		f.Paired = &queries.Paired{Started: f.Base * 3 / 2, Paired: f.Base, Before: 2.4, After: 2.4 + f.Value, LeaversBefore: 2.1, AtCeiling: 12, MayRegress: true,
			Improved: queries.Share{Value: 61, Low: 50, High: 70}, Same: queries.Share{Value: 30, Low: 20, High: 40}, Worse: queries.Share{Value: math.NaN()}}
	case queries.Estimate:
		f.Value, f.BaseShown = level*n/12, false
		f.Low, f.High = f.Value*.8, f.Value*1.2
	case queries.Distribution:
		if f.Breakdown == queries.CategoryBreakdown {
			f.Base = int64(3 * level)
			f.Numerator = int64(n / 3 * float64(f.Base))
			f.Value, f.Low, f.High = 100*n/3, 100*n/3-4, 100*n/3+4
			return
		}
		f.Value = math.Max(0, math.Round(level*n+noise*math.Sqrt(level*n)))
		f.Numerator, f.Base, f.Low, f.High = int64(f.Value), int64(f.Value), math.NaN(), math.NaN()
	default:
		f.Value = math.Max(0, math.Round(level*n+noise*math.Sqrt(level*n)))
		f.Numerator, f.Low, f.High = int64(f.Value), math.NaN(), math.NaN()
	}
}
