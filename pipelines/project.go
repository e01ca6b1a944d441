package pipelines

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/spf13/pflag"

	"wherry/config"
	"wherry/dashboards"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// Project is a partnership with everything its people contributed, read and checked.
type Project struct {
	*config.Partnership
	Catalogue *queries.Catalogue
	Queries   fs.FS // measures, core, macros, schema
	Boards    fs.FS // boards, commentary, glossary
	Editorial *dashboards.Editorial
	AsAt      time.Time
	Build     string // version of the binary
	BuiltIn   bool   // read from the binary, because dir has no config/wherry.yaml
}

// Open reads the partnership in dir. Where dir has no config/wherry.yaml the files built
// into the binary are read instead, and Project.BuiltIn says so. Problems of all files come
// back together as config.Problems. today is used where neither flag nor file gives a date.
func Open(dir string, flags *pflag.FlagSet, build string, today time.Time) (*Project, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding %s: %w", dir, err)
	}
	p := &Project{Build: build}
	settings, queryFiles, boards, builtIn := rooms(root)
	p.BuiltIn = builtIn
	var problems config.Problems
	p.Partnership, err = config.Load(root, settings, flags)
	if err != nil && !errors.As(err, &problems) {
		return nil, err
	}
	var measures config.Problems
	p.Catalogue, err = queries.Load(queryFiles)
	if err != nil && !errors.As(err, &measures) {
		return nil, err
	}
	var words config.Problems
	p.Editorial, err = dashboards.LoadEditorial(boards)
	if err != nil && !errors.As(err, &words) {
		return nil, err
	}
	if err := slices.Concat(problems, inRoom("queries", measures), words).Err(); err != nil {
		return nil, err
	}
	late, err := queries.LintLate(queryFiles, p.Contracts)
	if err != nil {
		return nil, err
	}
	if err := append(p.unfitting(), late...).Err(); err != nil {
		return nil, err
	}
	if p.Editorial.Boundaries, err = dashboards.LoadBoundaries(settings, p.Partnership); err != nil {
		return nil, err
	}
	p.Queries, p.Boards = queryFiles, boards
	p.AsAt, err = p.asAt(today)
	return p, err
}

// rooms is the partnership's files in root, or those built into the binary where root has none.
func rooms(root string) (settings, queryFiles, boards fs.FS, builtIn bool) {
	if _, err := os.Stat(filepath.Join(root, "config", "wherry.yaml")); errors.Is(err, fs.ErrNotExist) {
		return config.Files, queries.Files, dashboards.Files, true
	}
	return os.DirFS(filepath.Join(root, "config")), os.DirFS(filepath.Join(root, "queries")), os.DirFS(filepath.Join(root, "dashboards")), false
}

func (p *Project) asAt(today time.Time) (time.Time, error) {
	if p.Settings.AsAt == "" {
		return config.Day(today.Year(), today.Month(), today.Day()), nil
	}
	t, err := time.Parse(time.DateOnly, p.Settings.AsAt)
	if err != nil {
		return t, fmt.Errorf("as-at date %q: write it as YYYY-MM-DD", p.Settings.AsAt)
	}
	return t, nil
}

// Path is a folder of the partnership, from Settings.Paths.
func (p *Project) Path(folder string) string { return warehouse.Dir(p.Partnership, folder) }

// unfitting is the problems of files that are sound by themselves: names of one that the
// others do not know, and words that people should not read about themselves.
func (p *Project) unfitting() config.Problems {
	var ids []string
	for _, m := range p.Catalogue.Measures {
		ids = append(ids, m.ID)
	}
	return slices.Concat(p.unknownFeeds(), p.Catalogue.LintLedger(p.Partnership), queries.LintWords(p.Partnership), p.Editorial.CheckMeasures(ids), p.Editorial.CheckAsks(p.Asks), p.Editorial.CheckLanguage(p.Lang()))
}

// unknownFeeds is a problem for each feed that a measure rests on and no contract describes.
func (p *Project) unknownFeeds() config.Problems {
	var problems config.Problems
	for _, m := range p.Catalogue.Measures {
		for _, feed := range m.Feeds {
			if _, ok := p.Contract(feed); !ok {
				problems = append(problems, config.Problem{File: "queries/" + m.Path, Line: 1,
					Msg: fmt.Sprintf("feeds names %q, for which there is no contract", feed), Hint: "wherry contract list names the feeds"})
			}
		}
	}
	return problems
}
