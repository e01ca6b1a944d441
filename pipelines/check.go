package pipelines

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"wherry/config"
	"wherry/pipelines/intake"
	"wherry/queries"
)

// MeasureCheck is everything found in one measure.
type MeasureCheck struct {
	Problems config.Problems
	Examples []queries.ExampleOutcome
}

// OK says whether there is nothing to mend.
func (c MeasureCheck) OK() bool {
	for _, e := range c.Examples {
		if !e.OK() {
			return false
		}
	}
	return len(c.Problems) == 0
}

// CheckMeasures holds each measure's SELECT against the allow-list and, if it passes, runs
// its examples in an empty warehouse. say hears of each measure in turn.
func (p *Project) CheckMeasures(ctx context.Context, measures []*queries.Measure, say func(*queries.Measure, MeasureCheck)) error {
	db, err := p.template(ctx)
	if err != nil {
		return err
	}
	for _, m := range measures {
		c := MeasureCheck{Problems: inRoom("queries", queries.Check(ctx, db, m))}
		if len(c.Problems) == 0 {
			if c.Examples, err = queries.RunExamples(ctx, db, m); err != nil {
				return errors.Join(err, db.Close())
			}
		}
		say(m, c)
	}
	return db.Close()
}

// inRoom gives the problems' files as they are named from the partnership's directory.
func inRoom(room string, problems config.Problems) config.Problems {
	for i := range problems {
		if !strings.HasPrefix(problems[i].File, room+"/") {
			problems[i].File = room + "/" + problems[i].File
		}
	}
	return problems
}

// NewMeasure writes a measure file of a kind that runs as it stands, named family/name, and
// returns its path.
func (p *Project) NewMeasure(kind queries.Kind, name, id, title string) (string, error) {
	if p.BuiltIn {
		return "", fmt.Errorf("there is no partnership in %s to add a measure to: write one with wherry init", p.Root)
	}
	if m, err := p.Catalogue.Find(id); err == nil {
		return "", fmt.Errorf("%s is taken by %s: a measure keeps its id for ever", id, m.Path)
	}
	family, slug, ok := strings.Cut(name, "/")
	if !ok {
		return "", fmt.Errorf("%q has no family: write family/name, such as referral-quality/police-referrals-with-a-plan", name)
	}
	text, err := queries.New(kind, family, slug, id, title)
	if err != nil {
		return "", err
	}
	path := filepath.Join(p.Root, "queries", "measures", family, slug+".sql")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return "", fmt.Errorf("writing the measure: %w", err)
	}
	_, err = f.Write(text)
	return path, errors.Join(err, f.Close())
}

// ContractCheck is what came of one contract's examples.
type ContractCheck struct {
	Feed        string
	Examples    int
	Differences string // empty where every example came out as wanted
}

// OK says whether there is nothing to mend.
func (c ContractCheck) OK() bool { return c.Differences == "" }

// CheckContracts runs the worked examples of the named contracts, or of all.
func (p *Project) CheckContracts(ctx context.Context, feeds []string) ([]ContractCheck, error) {
	contracts := p.Contracts
	if len(feeds) > 0 {
		contracts = nil
		for _, feed := range feeds {
			c, ok := p.Contract(feed)
			if !ok {
				return nil, fmt.Errorf("no contract for %q: see wherry contract list", feed)
			}
			contracts = append(contracts, c)
		}
	}
	db, err := p.template(ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var checks []ContractCheck
	for _, c := range contracts {
		check := ContractCheck{Feed: c.Feed, Examples: len(c.Examples)}
		for _, example := range c.Examples {
			difference, err := p.checkExample(ctx, db, c, example)
			if err != nil {
				return nil, fmt.Errorf("running %s, example %q: %w", c.Feed, example.Name, err)
			}
			check.Differences += difference
		}
		checks = append(checks, check)
	}
	return checks, nil
}

func (p *Project) checkExample(ctx context.Context, db *sql.DB, c *config.Contract, x config.ContractExample) (string, error) {
	accepted, quarantined, err := intake.RunExample(ctx, db, p.Partnership, c, x)
	if err != nil {
		return "", err
	}
	got, want := counts(accepted, quarantined), counts(x.Accepted, x.Quarantined)
	if got == want {
		return "", nil
	}
	return fmt.Sprintf("  %s\n    want %s\n    got  %s\n", x.Name, want, got), nil
}

func counts(accepted int, quarantined map[string]int) string {
	rules := make([]string, 0, len(quarantined))
	for rule, n := range quarantined {
		rules = append(rules, fmt.Sprintf("%s %d", rule, n))
	}
	sort.Strings(rules)
	return fmt.Sprintf("accepted %d; %s", accepted, strings.Join(rules, ", "))
}
