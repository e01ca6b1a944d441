package config_test

import (
	"encoding/csv"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"wherry/config"
)

func example(t *testing.T) *config.Partnership {
	t.Helper()
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatalf("loading the example: %v", err)
	}
	return p
}

func TestTheExampleIsWhole(t *testing.T) {
	p := example(t)
	var feeds []string
	for _, c := range p.Contracts {
		feeds = append(feeds, c.Feed)
	}
	want := []string{"action_plan", "agency_referral", "audit_case", "champion_register", "csc_assessment",
		"csc_contact_referral", "da_service_episode", "da_service_outcome", "dvds_application", "health_activity", "health_enquiry_count",
		"homelessness_da", "information_request", "marac_action", "marac_agency_return", "marac_case",
		"op_encompass_notification", "part4_finance", "perpetrator_episode", "police_da_incident",
		"police_da_incident_child", "practitioner_survey", "probation_case", "probation_case_count", "protective_order",
		"safe_accommodation_referral", "safe_accommodation_stay", "safe_accommodation_unit", "sanctuary_install", "school_response_count",
		"training_booking", "training_evaluation", "training_event", "workforce_denominator"}
	if !slices.Equal(feeds, want) {
		t.Errorf("contracts: got %v, want %v", feeds, want)
	}
	if len(p.Areas) != 8 || p.Areas[0].Code != p.Area || p.Areas[1].Name != "Breckland" {
		t.Errorf("areas: %v", p.Areas)
	}
	if !p.Illustrative || p.AsAt != "2026-10-31" || len(p.Audiences) != 2 || len(p.Asks) != 3 {
		t.Errorf("settings: %+v", p.Settings)
	}
	for _, a := range p.Agencies {
		if !slices.ContainsFunc(p.Contracts, func(c *config.Contract) bool { return c.Sends(a.ID) }) {
			t.Errorf("agency %s sends nothing", a.ID)
		}
	}
	if a, ok := p.AreaOf(config.Unknown); !ok || a.Name == "" {
		t.Error("the unknown area has no name")
	}
	if _, ok := p.AreaOf("E07000240"); ok {
		t.Error("a Hertfordshire district is known in Norfolk")
	}
}

// An example's extract has exactly the columns of its contract, and every row is whole.
func TestExamplesHaveTheirContractsColumns(t *testing.T) {
	for _, c := range example(t).Contracts {
		for _, e := range c.Examples {
			r := csv.NewReader(strings.NewReader(e.CSV))
			if c.File.Delimiter != "" {
				r.Comma = rune(c.File.Delimiter[0])
			}
			rows, err := r.ReadAll()
			if err != nil {
				t.Errorf("%s, %s: %v", c.Feed, e.Name, err)
				continue
			}
			var want []string
			for _, col := range c.Version(period(t, e.Period)).Columns {
				if col.StateOf == "" && col.In(period(t, e.Period)) {
					want = append(want, col.Name)
				}
			}
			if !slices.Equal(rows[0], want) {
				t.Errorf("%s, %s: got columns %v, want %v", c.Feed, e.Name, rows[0], want)
			}
		}
	}
}

// A rule that no example breaks could say anything.
func TestEveryRowRuleHasAnExample(t *testing.T) {
	for _, c := range example(t).Contracts {
		broken := map[string]bool{}
		for _, e := range c.Examples {
			for rule := range e.Quarantined {
				broken[rule] = true
			}
			for rule := range e.Warned {
				broken[rule] = true
			}
		}
		for _, r := range c.EveryRule() {
			if !broken[r.Code] {
				t.Errorf("%s: no example breaks %s", c.Feed, r.Code)
			}
		}
	}
}

func TestPopulationOfTheWholeIsTheSumOfItsDistricts(t *testing.T) {
	p := example(t)
	total := map[string]int64{}
	for _, row := range p.Population {
		total[row.Area] += row.People
	}
	var districts int64
	for _, a := range p.Areas[1:] {
		if total[a.Code] == 0 {
			t.Errorf("nobody lives in %s", a.Name)
		}
		districts += total[a.Code]
	}
	if total[p.Area] != districts || districts != 914_039 {
		t.Errorf("the whole has %d people and its districts %d; the ONS has 914,039", total[p.Area], districts)
	}
}

func TestLocalSharesFollowFromThePopulation(t *testing.T) {
	p := example(t)
	var adults, men, young, older float64
	for _, row := range p.Population {
		if row.Area != p.Area || row.Age < 16 {
			continue
		}
		adults += float64(row.People)
		if row.Sex == "male" {
			men += float64(row.People)
		}
		if row.Age >= 55 {
			older += float64(row.People)
		}
		if row.Age < 18 {
			young += float64(row.People)
		}
	}
	for key, want := range map[string]float64{"local_men_16": 100 * men / adults, "local_aged_16_17": 100 * young / adults, "local_aged_55": 100 * older / adults} {
		if v, ok := p.PublishedValue(key); !ok || math.Abs(v.Value-want) > 0.005 {
			t.Errorf("%s is %v, %v; the population gives %v", key, v.Value, ok, want)
		}
	}
}

func TestBankHolidaysNobodyForgets(t *testing.T) {
	days := map[string]string{}
	for _, h := range example(t).BankHolidays {
		days[h.Day.Format(time.DateOnly)] = h.Title
		if wd := h.Day.Weekday(); wd == time.Saturday || wd == time.Sunday {
			t.Errorf("%s is on a %s", h.Title, wd)
		}
	}
	for _, day := range []string{"2020-05-08", "2021-12-28", "2022-06-03", "2022-09-19", "2023-05-08", "2024-03-29", "2025-04-21", "2026-12-28", "2027-12-28"} {
		if days[day] == "" {
			t.Errorf("%s is missing", day)
		}
	}
	if days["2020-05-04"] != "" || days["2022-05-30"] != "" {
		t.Error("a holiday that was moved is on its old day as well")
	}
}

func TestWhatIsOwed(t *testing.T) {
	p := example(t)
	asAt := config.Day(2026, time.October, 31)
	owed := p.Owed(asAt)
	count := map[string]int{}
	for _, r := range owed {
		count[r.Agency+" "+r.Feed]++
		if r.Period.End.After(asAt) || !r.Due.After(r.Period.Last()) {
			t.Errorf("%+v is owed too soon", r)
		}
	}
	for what, want := range map[string]int{
		"police police_da_incident": 60, "police op_encompass_notification": 36, "housing workforce_denominator": 12,
		"provider_two safe_accommodation_referral": 12, "safeguarding_partnership action_plan": 36, "specialist_service marac_case": 0,
	} {
		if count[what] != want {
			t.Errorf("%s: %d returns owed, want %d", what, count[what], want)
		}
	}
	last := owed[len(owed)-1]
	if last.Period.String() != "2026-27 Q2" && last.Period.String() != "2026-09" {
		t.Errorf("the last return owed is %+v", last)
	}
	sa := owed[slices.IndexFunc(owed, func(r config.Return) bool { return r.Agency == "provider_two" && r.Period.String() == "2026-27 Q2" })]
	if got := sa.Due.Format(time.DateOnly); got != "2026-10-15" {
		t.Errorf("due on %s, want 2026-10-15", got)
	}
}

func TestLatestQuarterWaitsForItsCutOff(t *testing.T) {
	p := example(t)
	for day, want := range map[string]string{
		"2026-10-30": "2026-27 Q1", "2026-10-31": "2026-27 Q2", "2027-01-30": "2026-27 Q2", "2027-01-31": "2026-27 Q3",
	} {
		at, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		if got := p.LatestQuarter(at).String(); got != want {
			t.Errorf("latest quarter on %s: got %s, want %s", day, got, want)
		}
	}
	if got := p.MeetingOn(period(t, "2026-27 Q2")).Format(time.DateOnly); got != "2026-11-19" {
		t.Errorf("the board meets on %s, want 2026-11-19", got)
	}
}

func TestColumnsComeAndGo(t *testing.T) {
	c := config.Column{Since: "2026-04", Until: "2026-27 Q2"}
	for name, want := range map[string]bool{"2026-03": false, "2026-04": true, "2026-09": true, "2026-10": false, "2026-27 Q1": true} {
		if got := c.In(period(t, name)); got != want {
			t.Errorf("in %s: got %v, want %v", name, got, want)
		}
	}
}
