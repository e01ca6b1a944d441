package contracts

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/intake"
)

// Draft is a contract guessed from a sample file.
type Draft struct {
	Text    []byte
	Columns int
	LeftOut []LeftOut    // columns of the sample that no contract may have, in their order
	Trial   intake.Trial // what becomes of the sample under it
	Refusal string       // why the sample itself would go back whole, "" where it would not
}

// LeftOut is a column of a sample that is not in its contract, and why.
type LeftOut struct{ Header, Why string }

// drafting is a contract on its way from a sample to its text.
type drafting struct {
	agency, feed string
	sample       *intake.Profile
	period       config.Period
	named        bool // the file's name gives the period
	columns      []guess
	key          []string
	periodBy     string
}

// New guesses at the contract of a feed from a sample of what the agency sends, and reads the
// sample under it. otherwise is the period that the sample is for where its name does not say.
func New(ctx context.Context, db *sql.DB, p *config.Partnership, agency, feed, path string, otherwise config.Period) (*Draft, error) {
	d := &drafting{agency: agency, feed: feed, period: otherwise}
	if found := periodInName.FindString(filepath.Base(path)); found != "" {
		if period, err := config.ParsePeriod(strings.ToUpper(found)); err == nil && (period.Kind == config.Month || period.Kind == config.Quarter) {
			d.period, d.named = period, true
		}
	}
	draft := &Draft{}
	err := intake.ProfileFile(ctx, db, path, p.Limits, d.period.Start, func(sample *intake.Profile) error {
		d.sample = sample
		d.guess(draft, p)
		return d.findKey(ctx)
	})
	if err != nil {
		return nil, err
	}
	if len(d.columns) == 0 {
		return nil, errors.New("no column of the sample may be in a contract")
	}
	draft.Text, draft.Columns = d.text(p), len(d.columns)
	return draft, draft.prove(ctx, db, p, feed, path, d.period)
}

var periodInName = regexp.MustCompile(`(?i)\d{4}-\d{2}-Q[1-4]|\d{4}-(0[1-9]|1[0-2])`)

func (d *drafting) guess(draft *Draft, p *config.Partnership) {
	taken := map[string]bool{}
	for _, c := range d.sample.Columns {
		if d.sample.Format == "xlsx" {
			serialDays(c)
		}
		g := guessColumn(c, d.sample.Rows, d.period, p.Codes)
		if g.leftOut != "" {
			draft.LeftOut = append(draft.LeftOut, LeftOut{c.Header, g.leftOut})
			continue
		}
		for n, base := 2, g.column.Kept(); taken[g.column.Kept()]; n++ {
			g.column.Keep = fmt.Sprintf("%s_%d", base, n)
		}
		taken[g.column.Kept()] = true
		d.columns = append(d.columns, g)
		day := readsAsDay(c)
		if d.named && d.periodBy == "" && day != "" && c.First[day] >= d.period.Start.Format("2006-01-02") && c.Last[day] <= d.period.Last().Format("2006-01-02") {
			d.periodBy = g.column.Kept()
		}
	}
}

var dayWord = regexp.MustCompile(`(^|_)(date|day|on|at|time)(_|$)`)

// serialDays makes days of a workbook's numbers where the header speaks of a date or time.
func serialDays(c intake.ProfiledColumn) {
	switch {
	case !c.All("serial") || !dayWord.MatchString(keptName(c.Header)):
	case c.All("integer"):
		c.Reads["date"] = c.Filled
	default:
		c.Reads["timestamp"] = c.Filled
	}
}

// findKey looks for the fewest columns that tell every row from every other: one, a pseudonym
// for choice, or two or three of those that name something.
func (d *drafting) findKey(ctx context.Context) error {
	var single, parts []int
	for i, g := range d.columns {
		if !g.column.Required || !slices.Contains([]string{"pseudonym", "code", "date", "text"}, g.column.Type) {
			continue
		}
		if g.unique && g.column.Type == "pseudonym" {
			single = append([]int{i}, single...)
		} else if g.unique {
			single = append(single, i)
		}
		if len(parts) < 8 {
			parts = append(parts, i)
		}
	}
	slices.SortStableFunc(single, func(a, b int) int { return rank(d.columns[a]) - rank(d.columns[b]) })
	if len(single) > 0 {
		d.key = []string{d.columns[single[0]].column.Kept()}
		return nil
	}
	if d.sample.Rows < 2 {
		return nil
	}
	for _, places := range combinations(parts) {
		unique, err := d.unique(ctx, places)
		if err != nil {
			return err
		}
		if unique {
			for _, i := range places {
				d.key = append(d.key, d.columns[i].column.Kept())
			}
			return nil
		}
	}
	return nil
}

func rank(g guess) int {
	if g.column.Type == "pseudonym" {
		return 0
	}
	return 1
}

// combinations are the pairs and then the triples of some places.
func combinations(of []int) (all [][]int) {
	for i := range of {
		for j := i + 1; j < len(of); j++ {
			all = append(all, []int{of[i], of[j]})
		}
	}
	for _, pair := range slices.Clone(all) {
		for _, k := range of {
			if k > pair[1] {
				all = append(all, []int{pair[0], pair[1], k})
			}
		}
	}
	return all
}

func (d *drafting) unique(ctx context.Context, places []int) (bool, error) {
	var at []int
	for _, i := range places {
		at = append(at, slices.IndexFunc(d.sample.Columns, func(c intake.ProfiledColumn) bool { return c.Header == d.columns[i].column.Name }))
	}
	return d.sample.Unique(ctx, at...)
}

// prove reads the contract as any other, and the sample under it.
func (d *Draft) prove(ctx context.Context, db *sql.DB, p *config.Partnership, feed, path string, period config.Period) (err error) {
	dir, err := os.MkdirTemp("", "wherry-draft-")
	if err != nil {
		return fmt.Errorf("making a folder to work in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	file := filepath.Join(dir, feed+".yaml")
	if err := os.WriteFile(file, d.Text, 0o600); err != nil {
		return fmt.Errorf("writing the contract out: %w", err)
	}
	c, problems := config.ReadContract(file, p)
	for i := range problems {
		problems[i].File = feed + ".yaml"
	}
	if err := problems.Err(); err != nil {
		return fmt.Errorf("the contract guessed from the sample is not sound:\n%w", err)
	}
	var refusal *intake.Refusal
	if d.Trial, err = intake.TryFile(ctx, db, p, c, path, period); errors.As(err, &refusal) {
		d.Refusal, err = refusal.Message, nil
	}
	return err
}
