package config_test

import (
	"errors"
	"io/fs"
	"math"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"wherry/config"
)

const header = "key,title,value,low,high,unit,period,area,source,url,as_of,review_by,verified\n"

// TestLedgerFaultsAtTheirLines puts one fault at a time in the ledger or the published values.
func TestLedgerFaultsAtTheirLines(t *testing.T) {
	entry := func(lines ...string) string {
		return "definitions:\n  - id: a-break\n    title: A break\n    says: It changed.\n    source: The book\n    " + strings.Join(lines, "\n    ") + "\n"
	}
	row := func(values string) string { return header + values + "\n" }
	for _, c := range []struct{ name, file, text, want string }{
		{"no kind", "definitions.yaml", entry("measures: [RQ1]"), `definitions.yaml:2:5: unknown kind ""`},
		{"kind", "definitions.yaml", entry("kind: brake", "measures: [RQ1]"), `definitions.yaml:6:5: unknown kind "brake"`},
		{"key", "definitions.yaml", entry("kind: break", "measure: [RQ1]", "measures: [RQ1]"), `definitions.yaml:7:5: unknown key "measure"`},
		{"date", "definitions.yaml", entry("kind: break", "on: 1 May 2025", "measures: [RQ1]"), `definitions.yaml:7:5: "1 May 2025" is not a date`},
		{"nothing", "definitions.yaml", entry("kind: break"), "definitions.yaml:2:5: it is about no measure"},
		{"measure", "definitions.yaml", entry("kind: break", "measures: [RQ1, rq2]"), `definitions.yaml:7:21: "rq2" is not the id`},
		{"feed", "definitions.yaml", entry("kind: break", "feeds: [visits]"), `definitions.yaml:7:13: there is no contract for feed "visits"`},
		{"refuses nothing", "definitions.yaml", entry("kind: refusal", "measures: [RQ1]"), "a refusal must say what it refuses"},
		{"refuses what", "definitions.yaml", entry("kind: refusal", "measures: [RQ1]", "refuses: [chance]"), `definitions.yaml:8:15: unknown refusal "chance"`},
		{"refuses wrongly", "definitions.yaml", entry("kind: break", "measures: [RQ1]", "refuses: [change]"), "definitions.yaml:8:5: refuses belongs to a refusal"},
		{"rebase without a day", "definitions.yaml", entry("kind: warning", "measures: [RQ1]", "rebase: true"), "definitions.yaml:8:5: only a warning with a day"},
		{"id", "definitions.yaml", strings.Replace(entry("kind: break", "measures: [RQ1]"), "a-break", "A break", 1), `definitions.yaml:2:5: "A break" is not an id`},
		{"twice", "definitions.yaml", entry("kind: break", "measures: [RQ1]") + strings.TrimPrefix(entry("kind: break", "measures: [RQ1]"), "definitions:\n"), `definition "a-break" is named twice`},
		{"no source", "definitions.yaml", strings.Replace(entry("kind: break", "measures: [RQ1]"), "    source: The book\n", "", 1), "source is missing"},
		{"columns", "reference/published.csv", "key,value\n", "published.csv:1: the first line must be"},
		{"number", "reference/published.csv", row("a,A,47%,,,percent,,,S,,2025-01-01,2026-01-01,yes"), `published.csv:2: value "47%" is not a number`},
		{"no value", "reference/published.csv", row("a,A,,,,percent,,,S,,2025-01-01,2026-01-01,yes"), "published.csv:2: value is missing"},
		{"half a band", "reference/published.csv", row("a,A,4,3,,percent,,,S,,2025-01-01,2026-01-01,yes"), "published.csv:2: low and high go together"},
		{"outside", "reference/published.csv", row("a,A,4,5,6,percent,,,S,,2025-01-01,2026-01-01,yes"), "published.csv:2: value is outside"},
		{"no source", "reference/published.csv", row("a,A,4,,,percent,,,,,2025-01-01,2026-01-01,yes"), "published.csv:2: source is missing"},
		{"not a web address", "reference/published.csv", row("a,A,4,,,percent,,,S,javascript:x,2025-01-01,2026-01-01,yes"), "published.csv:2: url is not an address"},
		{"review before", "reference/published.csv", row("a,A,4,,,percent,,,S,,2025-01-01,2024-01-01,yes"), "published.csv:2: review_by is before"},
		{"maybe", "reference/published.csv", row("a,A,4,,,percent,,,S,,2025-01-01,2026-01-01,maybe"), `published.csv:2: verified "maybe"`},
		{"key twice", "reference/published.csv", row("a,A,4,,,percent,,,S,,2025-01-01,2026-01-01,yes\na,B,5,,,percent,,,S,,2025-01-01,2026-01-01,yes"), `published.csv:3: key "a" is already on line 2`},
	} {
		t.Run(c.name, func(t *testing.T) {
			files := tree()
			files[c.file] = &fstest.MapFile{Data: []byte(c.text)}
			_, err := config.Load(".", files, nil)
			var found config.Problems
			if !errors.As(err, &found) || len(found) != 1 || !strings.Contains(found[0].String(), c.want) {
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}

func TestAMissingLedgerIsSaid(t *testing.T) {
	files := tree()
	delete(files, "definitions.yaml")
	if _, err := config.Load(".", files, nil); err == nil || !strings.Contains(err.Error(), "config/definitions.yaml: the file cannot be read") {
		t.Errorf("got %v", err)
	}
}

func TestDefinitionsAreFoundByMeasureAndFeed(t *testing.T) {
	files := tree()
	files["definitions.yaml"] = &fstest.MapFile{Data: []byte(`definitions:
  - {id: by-measure, title: T, kind: break, on: "2026-01-01", measures: [RQ1], says: S, source: B}
  - {id: by-feed, title: T, kind: warning, feeds: [visit], says: S, source: B}
  - {id: another, title: T, kind: warning, measures: [RQ2], says: S, source: B}
`)}
	settings, _ := fs.ReadFile(files, "wherry.yaml")
	files["wherry.yaml"] = &fstest.MapFile{Data: append(settings, []byte(`events:
  - {on: "2026-03-01", title: New form, measures: [RQ1], rebase: true}
  - {on: "2026-04-01", title: Briefing, measures: [RQ1]}
`)...)}
	p, err := config.Load(".", files, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := func(measure string, feeds ...string) (ids []string) {
		for _, d := range p.DefinitionsFor(measure, feeds) {
			ids = append(ids, d.ID+"/"+d.On)
		}
		return ids
	}
	if got := found("RQ1", "visit"); !slices.Equal(got, []string{"by-measure/2026-01-01", "by-feed/", "/2026-03-01"}) {
		t.Errorf("RQ1: %v", got)
	}
	if got := found("RQ3"); got != nil {
		t.Errorf("RQ3: %v", got)
	}
}

func TestThePublishedValuesThatShip(t *testing.T) {
	p := example(t)
	for key, want := range map[string]float64{"front_door_decision_days": 1, "assessment_days": 45, "conference_days": 15,
		"dvds_days": 28, "dvds_days_before_2023": 35, "marac_rate": 47, "marac_repeat_rate": 31, "csew_prevalence": 7.8} {
		if v, ok := p.PublishedValue(key); !ok || v.Value != want || v.Source == "" {
			t.Errorf("%s: %+v, %v", key, v, ok)
		}
	}
	if v, ok := p.PublishedValue("marac_repeat_band"); ok || v.Low != 28 || v.High != 40 {
		t.Errorf("a value that nobody verified is switched on: %+v", v)
	}
	if _, ok := p.PublishedValue("no_such_value"); ok {
		t.Error("an unknown key has a value")
	}
	if v, ok := p.PublishedValue("local_minoritised"); ok || !math.IsNaN(v.Value) {
		t.Errorf("a value that is still to be found is switched on: %+v", v)
	}
	before, after := p.PublishedWarnings(config.Day(2026, 3, 31)), p.PublishedWarnings(config.Day(2026, 4, 1))
	has := func(lines []string, text string) bool {
		return slices.ContainsFunc(lines, func(l string) bool { return strings.Contains(l, text) })
	}
	if has(before, "marac_rate was") || !has(after, "published value marac_rate was to be reviewed by 31 March 2026") || !has(before, "marac_repeat_band is not verified") || !has(before, "local_minoritised is still to be found") {
		t.Errorf("before: %v\nafter: %v", before, after)
	}
}

// Every definition of the example is about a measure or a feed, dated breaks have a day, and
// the topics that the ledger must hold are there.
func TestTheLedgerThatShips(t *testing.T) {
	kinds := map[string]config.DefinitionKind{}
	for _, d := range example(t).Definitions {
		kinds[d.ID] = d.Kind
	}
	for id, kind := range map[string]config.DefinitionKind{
		"marac-repeat": config.Break, "risk-tool": config.Break, "crime-survey-series": config.Break, "dvds-days": config.Break,
		"sex-codes": config.Break, "police-not-prevalence": config.Refusal, "encompass-clocks": config.Warning, "police-recording": config.Warning,
	} {
		if kinds[id] != kind {
			t.Errorf("%s is %q, want %q", id, kinds[id], kind)
		}
	}
}
