package queries_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
	"wherry/queries"
)

func load(t testing.TB) *queries.Catalogue {
	t.Helper()
	c, err := queries.Load(queries.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCatalogue is families in the order of the pack, and ids in order within them.
func TestCatalogue(t *testing.T) {
	c := load(t)
	var ids []string
	for _, m := range c.Measures {
		ids = append(ids, m.ID)
	}
	got := " " + strings.Join(ids, " ") + " "
	for _, want := range []string{" RQ1 RQ2 ", " IS4 IS5 ", " MA1 MA2 MA3 ", " CH1 CH2 CH3 ", " TR1 TR2 "} {
		if !strings.Contains(got, want) {
			t.Errorf("got %s, want %s in it", got, want)
		}
	}
	for i, family := range []string{"RQ", "IS", "MA", "CH", "TR", "SI", "SA", "EQ", "AP"} {
		if at := strings.Index(got, " "+family); at < 0 || (i > 0 && at < strings.Index(got, " RQ1 ")) {
			t.Errorf("%s is not in its place in %s", family, got)
		}
	}
	if n := len(c.Families()); n < 9 {
		t.Errorf("%d families", n)
	}
	for _, name := range []string{"rq1", "RQ1", "police-referrals-complete"} {
		if m, err := c.Find(name); err != nil || m.ID != "RQ1" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := c.Find("police-referals-complete"); err == nil || !strings.Contains(err.Error(), "did you mean police-referrals-complete?") {
		t.Errorf("got %v", err)
	}
	for _, m := range c.Measures {
		if facts := m.Facts(); len(facts) < 5 {
			t.Errorf("%s: %v", m.ID, facts)
		}
		if len([]rune(m.ShortTitle())) > 40 {
			t.Errorf("%s: %q is too long for lists", m.ID, m.ShortTitle())
		}
	}
}

const good = `/*
id: RQ9
title: Referrals from police
question: Who refers?
counts: referrals received
met: came from the police
kind: proportion
better: up
feeds: [agency_referral]
source: here
owner: me
cannot_tell: Much.
matures: 28 days
examples:
  - name: one
    given: {agency_referral: [{received_at: 2026-01-05 09:00, referring_agency: police}]}
    want: [{period: 2026-01, numerator: 1, denominator: 1}]
*/

select received_at as at, referring_agency = 'police' as met
from core.agency_referral
`

// TestProblemsAtTheirLines changes one thing of a good header at a time.
func TestProblemsAtTheirLines(t *testing.T) {
	if m, err := queries.ParseMeasure("measures/marac/x.sql", []byte(good)); err != nil {
		t.Fatal(err)
	} else if m.Matures != 28 || m.Line != 20 || !strings.HasPrefix(m.SQL, "select") || m.Family != "marac" || m.Slug != "x" {
		t.Errorf("got %+v", m)
	}
	for _, c := range []struct{ name, from, to, want string }{
		{"unknown key", "owner: me", "ownr: me", `x.sql:11:1: unknown key "ownr"`},
		{"suggestion", "owner: me", "ownr: me", "did you mean owner?"},
		{"missing key", "owner: me\n", "", "owner is missing"},
		{"twice", "owner: me", "owner: me\nowner: you", "x.sql:12:1: owner is given twice"},
		{"empty", "counts: referrals received", "counts:", "x.sql:5:1: counts is empty"},
		{"kind", "kind: proportion", "kind: proporton", "x.sql:7:1: unknown kind \"proporton\"\n  hint: did you mean proportion?"},
		{"better", "better: up", "better: higher", "x.sql:8:1: unknown better"},
		{"id", "id: RQ9", "id: rq-9", "x.sql:2:1: id \"rq-9\" is not two capitals and a number"},
		{"target without source", "better: up", "better: up\ntarget: {value: 95}", "x.sql:9:1: the target has no source"},
		{"target shape", "better: up", "better: up\ntarget: high", "x.sql:9:9: target:"},
		{"unknown inside", "better: up", "better: up\ntarget: {value: 95, from: me}", `x.sql:9:21: target: unknown field "from"`},
		{"periods", "better: up", "better: up\nperiods: [monthly]", "did you mean month?"},
		{"headline", "better: up", "better: up\nperiods: [month]", "the headline is by quarter"},
		{"breakdown name", "better: up", "better: up\nbreakdowns: [District]", "x.sql:9:1: breakdown \"District\" is not a column name"},
		{"breakdown reserved", "better: up", "better: up\nbreakdowns: [district]", "has a meaning of its own"},
		{"per", "better: up", "better: up\nper: 1000", "per and population belong to a rate"},
		{"rate", "kind: proportion", "kind: rate", "a rate needs per"},
		{"duration", "kind: proportion", "kind: duration", "a duration needs within"},
		{"finding", "better: up", "better: up\nanswers: [NFK9]", "unknown answers"},
		{"short", "better: up", "better: up\nshort: " + strings.Repeat("long ", 9), "short is longer than 40"},
		{"word", "title: Referrals from police", "title: Agencies that failed", `x.sql:3:1: title uses "failed"`},
		{"cause", "cannot_tell: Much.", "cannot_tell: Whether it led to change.", `uses "led to"`},
		{"matures", "matures: 28 days", "matures: soon", "x.sql:13:1: matures is not a number of days"},
		{"no example", good[strings.Index(good, "examples:"):strings.Index(good, "*/")], "", "no example"},
		{"example period", "period: 2026-01", "period: January", `"January" is not a period`},
		{"example empty", "numerator: 1, denominator: 1", "district: E07000148", "names no number"},
		{"example breakdown", "numerator: 1,", "breakdown: age, category: x, numerator: 1,", `"age" is not one of its breakdowns`},
		{"example key", "want:", "wants:", "unknown field"},
		{"yaml", "owner: me", "owner: [me", "x.sql:12:1: ',' or ']' must be specified"},
		{"no header", "/*\n", "", "no header"},
		{"no end", "*/", "", "no header"},
		{"no select", good[strings.Index(good, "\nselect"):], "", "no SELECT"},
	} {
		text := strings.Replace(good, c.from, c.to, 1)
		if text == good {
			t.Fatalf("%s: nothing was changed", c.name)
		}
		_, err := queries.ParseMeasure("measures/marac/x.sql", []byte(text))
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q in:\n%v", c.name, c.want, err)
		}
	}
}

// TestAllProblemsAtOnce: every fault of every file comes in one answer.
func TestAllProblemsAtOnce(t *testing.T) {
	fsys := fstest.MapFS{
		"measures/marac/a.sql":   {Data: []byte(strings.Replace(good, "owner: me", "ownr: me\nkin: x", 1))},
		"measures/marac/b.sql":   {Data: []byte(strings.Replace(good, "better: up", "better: more", 1))},
		"measures/marrac/a.sql":  {Data: []byte(good)},
		"measures/marac/C C.sql": {Data: []byte(strings.Replace(good, "RQ9", "RQ8", 1))},
	}
	_, err := queries.Load(fsys)
	var problems config.Problems
	if !errors.As(err, &problems) {
		t.Fatalf("got %v", err)
	}
	for _, want := range []string{`unknown key "ownr"`, `unknown key "kin"`, "owner is missing", `unknown better "more"`, `"marrac" is not a family`,
		"did you mean marac?", `id "RQ9" is taken by measures/marac/a.sql`, `title "Referrals from police" is taken`, `file name "a" is taken`,
		"the file name is not lower-case words"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("want %q in:\n%v", want, err)
		}
	}
}

// TestNewMeasureWorks: the skeleton passes in any family, and its example comes out.
func TestNewMeasureWorks(t *testing.T) {
	db := open(t)
	type wish struct {
		kind                queries.Kind
		family, title, want string
	}
	wishes := []wish{{queries.Proportion, "referral-quality", "Referrals from police, a new one", "Referrals from police, a new one"}}
	for _, k := range queries.Kinds() {
		wishes = append(wishes, wish{k, "action-plan", "", "A new one"})
	}
	for _, c := range wishes {
		text, err := queries.New(c.kind, c.family, "a-new-one", "RQ9", c.title)
		if err != nil {
			t.Fatal(err)
		}
		m, err := queries.ParseMeasure("measures/"+c.family+"/a-new-one.sql", text)
		if err != nil {
			t.Fatal(err)
		}
		outcomes, err := queries.RunExamples(context.Background(), db, m)
		if err != nil || len(outcomes) != 1 || !outcomes[0].OK() {
			t.Errorf("%s %s: %v %v", c.kind, c.family, outcomes, err)
		}
		if m.Kind != c.kind {
			t.Errorf("a new %s is a %s", c.kind, m.Kind)
		}
		if m.ID != "RQ9" || m.Title != c.want {
			t.Errorf("%s %q", m.ID, m.Title)
		}
	}
	for _, bad := range [][4]string{{"marrac", "x", "RQ9", "X"}, {"marac", "X Y", "RQ9", "X"}, {"marac", "x", "rq-9", "X"},
		{"marac", "x", "RQ9", "Agencies that failed"}, {"marac", "x", "RQ9", `say "x"`}, {"marac", "those-who-failed", "RQ9", ""}} {
		if _, err := queries.New(queries.Count, bad[0], bad[1], bad[2], bad[3]); err == nil {
			t.Errorf("%v was taken", bad)
		}
	}
	if _, err := queries.New("chnge", "marac", "x", "RQ9", "X"); err == nil || !strings.Contains(err.Error(), "did you mean change?") {
		t.Errorf("an unknown kind: %v", err)
	}
}

// TestShow has the definition, the SELECT and the examples.
func TestShow(t *testing.T) {
	shown := load(t).Measures[0].Show()
	for _, want := range []string{"RQ1", "Police referrals with every core detail completed", "Of police referrals received, the percentage that had every core detail",
		"from core.agency_referral", "one blank field is enough, refused is an answer", "1 of 2"} {
		if !strings.Contains(shown, want) {
			t.Errorf("want %q in:\n%s", want, shown)
		}
	}
}

// TestExamplesCanDiffer: a wrong example is told with what was got, and a broken one says
// why.
func TestExamplesCanDiffer(t *testing.T) {
	db := open(t)
	run := func(from, to string) queries.ExampleOutcome {
		t.Helper()
		m, err := queries.ParseMeasure("measures/marac/x.sql", []byte(strings.Replace(good, from, to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		outcomes, err := queries.RunExamples(context.Background(), db, m)
		if err != nil {
			t.Fatal(err)
		}
		return outcomes[0]
	}
	if o := run("x", "x"); !o.OK() {
		t.Errorf("the good one: %v %v", o.Err, o)
	}
	o := run("numerator: 1", "numerator: 3")
	if o.OK() || o.Err != nil {
		t.Errorf("a wrong number passed: %+v", o)
	}
	if got := o.String(); !strings.Contains(got, "wanted 3 of 1, got 1 of 1") {
		t.Errorf("said %s", got)
	}
	for _, c := range [][3]string{
		{"received_at", "recieved_at", "did you mean received_at?"},
		{"agency_referral: [{", "agency_referal: [{", "did you mean agency_referral?"},
		{"2026-01-05 09:00", "teatime", "row 1 of agency_referral"},
	} {
		if o := run(c[0], c[1]); o.Err == nil || !strings.Contains(o.Err.Error(), c[2]) {
			t.Errorf("%s: %v", c[1], o.Err)
		}
	}
}
