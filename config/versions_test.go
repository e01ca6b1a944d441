package config_test

import (
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
)

const visitVersions = `versions:
  - from: 2025-06
    says: A room is sent, the reason under another header, and no minutes.
    columns:
      - {name: room, type: text, required: true}
      - {name: why, keep: reason, map: {}}
    without: [minutes]
    without_rules: [too_short]
    due_days: 5
  - from: 2025-08
    says: A room may be blank, and none is a cellar.
    columns:
      - {name: room, required: false}
    rules:
      - {code: below_ground, when: room = 'cellar', says: No visit takes place in a cellar.}
examples:
`

func versioned(t *testing.T) *config.Contract {
	t.Helper()
	p, err := config.Load(t.TempDir(), with("contracts/visit.yaml", "examples:\n", visitVersions), nil)
	if err != nil {
		t.Fatal(err)
	}
	return p.Contracts[0]
}

func TestAVersionSaysOnlyWhatDiffers(t *testing.T) {
	c := versioned(t)
	columns := func(of *config.Contract, name string) string {
		var said []string
		for _, col := range of.Columns {
			if col.In(period(t, name)) {
				word := col.Name + ">" + col.Kept()
				if col.Required {
					word += "!"
				}
				said = append(said, word)
			}
		}
		return strings.Join(said, " ")
	}
	for name, want := range map[string]string{
		"2025-04": "visit_key>visit_key! seen_on>seen_on! reason>reason minutes>minutes",
		"2025-05": "visit_key>visit_key! seen_on>seen_on! reason>reason minutes>minutes",
		"2025-06": "visit_key>visit_key! seen_on>seen_on! why>reason room>room!",
		"2025-08": "visit_key>visit_key! seen_on>seen_on! why>reason room>room",
		"2030-01": "visit_key>visit_key! seen_on>seen_on! why>reason room>room",
	} {
		if got := columns(c.Version(period(t, name)), name); got != want {
			t.Errorf("%s has %s, want %s", name, got, want)
		}
	}
	first, second, third := c.Version(period(t, "2025-04")), c.Version(period(t, "2025-06")), c.Version(period(t, "2025-08"))
	if first.Columns[2].Map["A"] != "a" || len(second.Columns[2].Map) > 0 {
		t.Error("the map of reason is not as each version has it")
	}
	codes := func(of *config.Contract) (codes []string) {
		for _, r := range of.Rules {
			codes = append(codes, r.Code)
		}
		return codes
	}
	if got := [][]string{codes(first), codes(second), codes(third)}; !slices.Equal(got[0], []string{"too_short"}) || len(got[1]) > 0 || !slices.Equal(got[2], []string{"below_ground"}) {
		t.Errorf("rules by version: %v", got)
	}
	if c.Due(period(t, "2025-05")).Day() != 10 || c.Due(period(t, "2025-06")).Day() != 5 {
		t.Error("a return is not due on the day of its version")
	}
	var kept []string
	for _, col := range c.Columns {
		kept = append(kept, col.Kept())
	}
	if diff := cmp.Diff([]string{"visit_key", "seen_on", "reason", "minutes", "room"}, kept); diff != "" {
		t.Errorf("the table has not the columns of all versions (-want +got):\n%s", diff)
	}
}

// A contract without versions is its own only version.
func TestNoVersions(t *testing.T) {
	p, err := config.Load(t.TempDir(), tree(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c := p.Contracts[0]; c.Version(period(t, "2030-01")) != c {
		t.Error("a contract without versions has another")
	}
}

func TestFaultsOfVersions(t *testing.T) {
	for old, c := range map[string]struct{ new, want string }{
		"from: 2025-08": {"from: 2025-05", `config/contracts/visit.yaml:31:5: "2025-05" is not after what stands before it`},
		"from: 2025-06": {"from: 2025-04", `config/contracts/visit.yaml:23:5: "2025-04" is not after`},
		"says: A room may be blank, and none is a cellar.": {"says: \"\"", "config/contracts/visit.yaml:32:5: says is missing"},
		"{name: room, type: text":                          {"{name: room, type: txt", `config/contracts/visit.yaml:26:22: unknown type "txt"`},
		"{name: why, keep: reason, map":                    {"{name: why, keep: reason, type: date, map", `config/contracts/visit.yaml:27:35: column "reason" is of type code, and cannot become date`},
		"without: [minutes]":                               {"without: [minute]", `config/contracts/visit.yaml:28:15: there is no column "minute" to take out`},
		"without: [minutes]\n":                             {"without: [minutes, seen_on]\n", `config/contracts/visit.yaml:28:24: column "seen_on" is in the key or places rows`},
		"without_rules: [too_short]":                       {"without_rules: [too_long]", `config/contracts/visit.yaml:29:21: there is no rule "too_long" to take out`},
		"due_days: 5":                                      {"due_days: -1", "config/contracts/visit.yaml:30:5: -1 is outside 0 to 366"},
		"{name: room, required: false}":                    {"{name: minutes, type: integer}", `config/contracts/visit.yaml:34:10: column "minutes" was taken out, and cannot come back`},
		"{code: below_ground":                              {"{code: required", `config/contracts/visit.yaml:36:10: rule code "required" is already in use`},
		"{name: room, required: false}\n":                  {"{name: visit_key, required: false}\n", `config/contracts/visit.yaml:34:27: key column "visit_key" may be blank`},
	} {
		files := with("contracts/visit.yaml", "examples:\n", strings.Replace(visitVersions, strings.TrimSuffix(old, "\n"), strings.TrimSuffix(c.new, "\n"), 1))
		found := problems(t, files)
		if !slices.ContainsFunc(found, func(p config.Problem) bool { return strings.HasPrefix(p.String(), c.want) }) || len(found) > 2 {
			t.Errorf("%s:\ngot  %v\nwant %s", c.new, found, c.want)
		}
	}
	quarterly := with("contracts/visit.yaml", "examples:\n", visitVersions)
	maps.Copy(quarterly, fstest.MapFS{"contracts/visit.yaml": {Data: []byte(strings.NewReplacer("every: month", "every: quarter", "period: 2025-05", "period: 2025-26 Q1").Replace(string(quarterly["contracts/visit.yaml"].Data)))}})
	if found := problems(t, quarterly); len(found) != 2 || !strings.Contains(found[0].Msg, `"2025-06" is not the beginning of a quarter`) {
		t.Errorf("a version from the middle of a quarter: %v", found)
	}
}

func TestASmallCountHasAStateBesideIt(t *testing.T) {
	files := with("contracts/visit.yaml", "max: 600}", `max: 600, small: ["<5", "*"]}`)
	p, err := config.Load(t.TempDir(), files, nil)
	if err != nil {
		t.Fatal(err)
	}
	columns := p.Contracts[0].Columns
	last := columns[len(columns)-1]
	if last.Kept() != "minutes_state" || last.StateOf != "minutes" || !slices.Equal(last.Values, []string{"given", "small"}) {
		t.Errorf("beside the count stands %+v", last)
	}
}

func TestFaultsOfCounts(t *testing.T) {
	for new, want := range map[string]string{
		`max: 600, small: ["4"]}`: `config/contracts/visit.yaml:19:62: "4" is no mark for a small count`,
		`max: 600, small: [""]}`:  `config/contracts/visit.yaml:19:62: "" is no mark`,
		"max: 600, small: [\"<5\"]}\n  - {name: minutes_state, type: text}":        `config/contracts/visit.yaml:20:6: column "minutes_state" is kept twice`,
		"max: 600}\n  - {name: why, type: text, small: [\"<5\"]}":                  `config/contracts/visit.yaml:20:29: a column of type text has no marks for small counts`,
		"max: 600}\n  - {name: n, type: integer, required: true, small: [\"<5\"]}": "",
	} {
		found := problems(t, with("contracts/visit.yaml", "max: 600}", new))
		if want == "" && len(found) == 0 {
			continue
		}
		if len(found) != 1 || !strings.HasPrefix(found[0].String(), want) {
			t.Errorf("%s:\ngot  %v\nwant %s", new, found, want)
		}
	}
	found := problems(t, with("contracts/visit.yaml", "every: month", "instead_of: visits\nevery: month"))
	if len(found) != 1 || !strings.HasPrefix(found[0].String(), `config/contracts/visit.yaml:6:1: unknown feed "visits"`) {
		t.Errorf("counts instead of no feed: %v", found)
	}
}
