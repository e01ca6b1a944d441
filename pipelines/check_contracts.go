package pipelines

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/pflag"

	"wherry/config"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// ContractCheck is everything found in one contract.
type ContractCheck struct {
	Feed     string          `json:"feed"`
	File     string          `json:"file"`
	Examples int             `json:"examples"` // that were run
	Problems config.Problems `json:"problems"` // in the order of their lines
}

// OK says whether there is nothing to mend.
func (c ContractCheck) OK() bool { return len(c.Problems) == 0 }

// CheckContracts finds every problem of the named contracts, or of all those of the partnership
// in dir: of the file itself, of its rules, of its words, and of its examples, which are read
// as an agency's extract would be. A name is a feed or the path of a file, which need not be
// among the partnership's. A contract with a problem keeps no other from being checked.
func CheckContracts(ctx context.Context, dir string, flags *pflag.FlagSet, names []string) ([]ContractCheck, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding %s: %w", dir, err)
	}
	settings, queryFiles, _, _ := rooms(root)
	p, problems := config.LoadContracts(root, settings, flags)
	byFile := map[string]config.Problems{}
	for _, problem := range problems {
		byFile[problem.File] = append(byFile[problem.File], problem)
	}
	chosen, err := namedContracts(p, names, byFile)
	if err != nil {
		return nil, err
	}
	db, err := warehouse.Memory(ctx)
	if err != nil {
		return nil, err
	}
	defer db.Close()
	var checks []ContractCheck
	for _, c := range chosen {
		check := ContractCheck{Feed: c.Feed, File: c.Path, Problems: byFile[c.Path]}
		delete(byFile, c.Path)
		if len(check.Problems) == 0 {
			check.Examples = len(c.Examples)
			if check.Problems, err = contractProblems(ctx, db, p, c); err != nil {
				return nil, err
			}
			twice, err := queries.LintLate(queryFiles, []*config.Contract{c})
			if err != nil {
				return nil, err
			}
			check.Problems = append(check.Problems, twice...)
		}
		check.Problems.Sort()
		checks = append(checks, check)
	}
	if len(names) > 0 {
		return checks, nil
	}
	var rest config.Problems // of what contracts are checked against
	for _, file := range slices.Sorted(maps.Keys(byFile)) {
		rest = append(rest, byFile[file]...)
	}
	if len(rest) > 0 {
		rest.Sort()
		checks = append(checks, ContractCheck{File: rest[0].File, Problems: rest})
	}
	return checks, nil
}

// namedContracts finds contracts by feed or file; none named means all. The problems of files
// that are not the partnership's are added to byFile.
func namedContracts(p *config.Partnership, names []string, byFile map[string]config.Problems) ([]*config.Contract, error) {
	if len(names) == 0 {
		return p.Contracts, nil
	}
	var chosen []*config.Contract
	for _, name := range names {
		at := slices.IndexFunc(p.Contracts, func(c *config.Contract) bool {
			return c.Feed == name || c.Path == "config/contracts/"+name+".yaml" || sameFile(name, filepath.Join(p.Root, filepath.FromSlash(c.Path)))
		})
		if at >= 0 {
			chosen = append(chosen, p.Contracts[at])
			continue
		}
		if !strings.HasSuffix(name, ".yaml") {
			return nil, fmt.Errorf("no contract for %q: see wherry contract list", name)
		}
		c, problems := config.ReadContract(name, p)
		byFile[c.Path] = problems
		chosen = append(chosen, c)
	}
	return chosen, nil
}

func sameFile(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// contractProblems is what is wrong with a contract that is well-formed.
func contractProblems(ctx context.Context, db *sql.DB, p *config.Partnership, c *config.Contract) (config.Problems, error) {
	conn, err := db.Conn(ctx)
	if err != nil {
		return nil, err
	}
	found := queries.LintContract(c)
	unrunnable := 0
	for _, rule := range c.EveryRule() {
		fault, err := intake.RuleFault(ctx, conn, c, rule)
		if err != nil {
			return nil, errors.Join(err, conn.Close())
		}
		if fault != "" {
			unrunnable++
			found = append(found, c.Problem(rule.At+".when", fmt.Sprintf("rule %s cannot be run: %s", rule.Code, fault),
				"write one SQL expression over the kept columns, which is true for a row to keep out"))
		}
	}
	if err := conn.Close(); err != nil || unrunnable > 0 {
		return found, err
	}
	for i, example := range c.Examples {
		problems, err := exampleProblems(ctx, db, p, c, i, example)
		if err != nil {
			return nil, fmt.Errorf("running %s, example %q: %w", c.Feed, example.Name, err)
		}
		found = append(found, problems...)
	}
	return found, nil
}

// exampleProblems is where an example came out otherwise than it says.
func exampleProblems(ctx context.Context, db *sql.DB, p *config.Partnership, c *config.Contract, i int, x config.ContractExample) (config.Problems, error) {
	at := fmt.Sprintf("examples.%d.", i)
	trial, err := intake.RunExample(ctx, db, p, c, x)
	var refusal *intake.Refusal
	if errors.As(err, &refusal) && refusal.Rule == x.Refused {
		return nil, nil
	}
	if errors.As(err, &refusal) {
		return config.Problems{c.Problem(at+"csv", fmt.Sprintf("example %q: its file would go back whole: it %s", x.Name, refusal.Message), refusal.Hint)}, nil
	}
	if err != nil {
		return nil, err
	}
	var found config.Problems
	if x.Refused != "" {
		found = append(found, c.Problem(at+"refused", fmt.Sprintf("example %q: its file is loaded, and it says refused: %s", x.Name, x.Refused), ""))
	}
	if trial.Accepted != x.Accepted {
		found = append(found, c.Problem(at+"accepted", fmt.Sprintf("example %q: %s accepted, and it says %d", x.Name, rowsAre(trial.Accepted), x.Accepted), ""))
	}
	found = append(found, differing(c, at+"quarantined", "kept out by", x.Name, trial.Quarantined, x.Quarantined)...)
	return append(found, differing(c, at+"warned", "kept and reported by", x.Name, trial.Warned, x.Warned)...), nil
}

// differing is a problem for each rule that a different number of rows broke than is said.
func differing(c *config.Contract, at, how, name string, got, want map[string]int) config.Problems {
	rules := map[string]bool{}
	for rule := range got {
		rules[rule] = true
	}
	for rule := range want {
		rules[rule] = true
	}
	var found config.Problems
	for _, rule := range slices.Sorted(maps.Keys(rules)) {
		if got[rule] != want[rule] {
			found = append(found, c.Problem(at+"."+rule, fmt.Sprintf("example %q: %s %s %s, and it says %d", name, rowsAre(got[rule]), how, rule, want[rule]), ""))
		}
	}
	return found
}

func rowsAre(n int) string {
	if n == 1 {
		return "1 row is"
	}
	return fmt.Sprintf("%d rows are", n)
}
