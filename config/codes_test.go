package config_test

import (
	"slices"
	"testing"
	"time"

	"wherry/config"
)

func period(t *testing.T, text string) config.Period {
	t.Helper()
	p, err := config.ParsePeriod(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestCodesByDate(t *testing.T) {
	p, err := config.Load("", tree(), nil)
	if err != nil {
		t.Fatal(err)
	}
	list := p.Codes["reason"]
	for _, c := range []struct {
		period string
		want   []string
	}{
		{"2025-03", []string{"a"}},
		{"2025-04", []string{"a", "b"}},
		{"2025-12", []string{"a", "b"}},
		{"2025-26 Q4", []string{"a"}},
		{"2025-26", []string{"a", "b"}},
	} {
		if got := list.In(period(t, c.period)); !slices.Equal(got, c.want) {
			t.Errorf("codes in %s: got %v, want %v", c.period, got, c.want)
		}
	}
	for _, c := range []struct {
		on    time.Time
		label string
		ok    bool
	}{
		{config.Day(2025, time.March, 31), "", false},
		{config.Day(2025, time.April, 1), "Briefing", true},
		{config.Day(2025, time.December, 31), "Briefing", true},
		{config.Day(2026, time.January, 1), "", false},
		{time.Time{}, "Briefing", true},
	} {
		if label, ok := list.Label("b", c.on); label != c.label || ok != c.ok {
			t.Errorf("label of b on %v: got %q %v, want %q %v", c.on, label, ok, c.label, c.ok)
		}
	}
}

func TestTheSexCodesEndedIn2025(t *testing.T) {
	p, err := config.Load("", config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	sex := p.Codes["sex"]
	if got := sex.In(period(t, "2025-03")); !slices.Contains(got, "2") {
		t.Errorf("codes of March 2025: %v, want 2 among them", got)
	}
	if got := sex.In(period(t, "2025-04")); !slices.Equal(got, []string{"M", "F", "U"}) {
		t.Errorf("codes of April 2025: got %v, want M F U", got)
	}
}

func TestCodesOfTheCensusAreDated(t *testing.T) {
	p, err := config.Load("", config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		list, code string
		on         time.Time
		label      string
	}{
		{"need_code", "N1", config.Day(2025, time.March, 31), "Abuse or neglect"},
		{"need_code", "N1", config.Day(2025, time.April, 1), "Abuse, neglect and exploitation"},
		{"closure_reason", "RC9", config.Day(2022, time.March, 31), ""},
		{"closure_reason", "RC9", config.Day(2022, time.April, 1), "Case closed after assessment, early help"},
		{"cin_factor", "24A", config.Day(2021, time.March, 31), ""},
		{"cin_factor", "24A", config.Day(2021, time.April, 1), "Child criminal exploitation"},
	} {
		if label, _ := p.Codes[c.list].Label(c.code, c.on); label != c.label {
			t.Errorf("%s of %s on %v: got %q, want %q", c.code, c.list, c.on, label, c.label)
		}
	}
	if got := p.Codes["need_code"].In(period(t, "2024-25 Q4")); len(got) != 10 {
		t.Errorf("need codes of one quarter: %v", got)
	}
}
