package pipelines

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"wherry/config"
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
