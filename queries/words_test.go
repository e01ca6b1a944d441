package queries

import (
	"slices"
	"strings"
	"testing"

	"wherry/config"
)

func TestWordsToMend(t *testing.T) {
	for _, c := range []struct {
		text  string
		title bool
		want  []string
	}{
		{"Referrals that failed", false, []string{"failed"}},
		{"It fell because of the new form, which led to delay", false, []string{"because of", "led to"}},
		{"Only two domestic incidents", true, []string{"domestic incidents", "only"}},
		{"Only two were counted", false, nil},
		{"A breach of the target", false, []string{"breach"}},
		{"Breaches of protective orders acted on", true, nil},
		{"There is a breach of an order that was not issued.", false, nil},
		{"An order was made. The target saw a breach.", false, []string{"breach"}},
		{"Domestic Violence Disclosure Scheme", true, nil},
		{"Domestic violence in the home", true, []string{"domestic violence"}},
		{"People who did not take up support", true, nil},
	} {
		if got := wordsToMend(c.text, c.title); !slices.Equal(got, c.want) {
			t.Errorf("%q: got %v, want %v", c.text, got, c.want)
		}
	}
}

// TestWhatTheExampleSaysKeepsToTheWords reads everything the shipped partnership says.
func TestWhatTheExampleSaysKeepsToTheWords(t *testing.T) {
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := LintWords(p).Err(); err != nil {
		t.Error(err)
	}
	p.Definitions[0].Says += " Agencies failed."
	p.Asks[0].Detail += " It led to harm."
	p.Contracts[0].Rules = append(slices.Clone(p.Contracts[0].Rules), config.RowRule{Code: "x", Says: "poor data"})
	if err := LintWords(p).Err(); err == nil || strings.Count(err.Error(), "word list") != 3 {
		t.Errorf("got %v", err)
	}
}

func TestTheLedgerNamesWhatIsThere(t *testing.T) {
	c := &Catalogue{Measures: []*Measure{{ID: "RQ1", Path: "queries/measures/x.sql", Benchmark: "marac_rate"}, {ID: "RQ2", Path: "y.sql", Benchmark: "marac_rat", Local: map[string]string{"all": "marac_rate", "male": "men"}}}}
	p := &config.Partnership{Definitions: []config.Definition{{ID: "a", Measures: []string{"RQ1", "RQ9"}}},
		Published: []config.Published{{Key: "marac_rate"}}}
	p.Events = []config.Event{{On: "2026-01-01", Measures: []string{"RQ2", "XX1"}}}
	found := c.LintLedger(p)
	if len(found) != 4 || !strings.Contains(found[0].Msg, "definition a names RQ9") || !strings.Contains(found[1].Msg, "XX1") ||
		found[2].File != "y.sql" || found[2].Hint != "did you mean marac_rate?" || !strings.Contains(found[3].Msg, `the local share "men"`) {
		t.Errorf("found %v", found)
	}
}
