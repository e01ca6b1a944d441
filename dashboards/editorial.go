package dashboards

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"wherry/config"
	"wherry/dashboards/charts"
)

// Editorial is what people contribute to the pages in words.
type Editorial struct {
	Boards     map[string]*Board // by audience
	Glossary   []Term
	Names      map[string]string            // of breakdowns, by column
	Needs      *Needs                       // nil without a needs.yaml
	Boundaries *charts.Boundaries           // of districts, nil where the settings name none: see LoadBoundaries
	words      map[string]map[string]string // by language, by key
	notes      map[string]*Commentary       // by quarter slug "/" measure id in lower case
}

// Board says what one readership sees, in which order: a file of boards/. A measure is on
// a board by its family, so that adding a measure touches no board.
type Board struct {
	Audience    string             `yaml:"audience"`     // id of Settings.Audiences
	Title       string             `yaml:"title"`        // "Quarterly review"
	Intro       string             `yaml:"intro"`        // under the title of the scorecard; may be empty
	ContentNote string             `yaml:"content_note"` // one sentence on the home page; may be empty
	Headlines   string             `yaml:"headlines"`    // over the findings: "What the board needs to know"
	Asks        string             `yaml:"asks"`         // over what is asked of the readers; empty leaves asks out
	Areas       []*ImprovementArea `yaml:"areas"`        // in order; may be empty
	Families    []BoardFamily      `yaml:"families"`     // in order
	Agencies    BoardAgencies      `yaml:"agencies"`
	LeaveOut    LeaveOut           `yaml:"leave_out"`
	Silence     []Silence          `yaml:"silence"` // measures of what nobody heard, for the page on data quality
	Exit        Exit               `yaml:"exit"`
	Statement   Accessibility      `yaml:"accessibility"`
}

// BoardFamily is a section of the scorecard and a page. The page holds every measure of the
// family; the scorecard those that Scorecard names, and any other that shows an unusual
// change this quarter.
type BoardFamily struct {
	Slug      string   `yaml:"slug"` // folder of queries/measures
	Title     string   `yaml:"title"`
	Blurb     string   `yaml:"blurb"`
	Scorecard []string `yaml:"scorecard"` // ids; every measure of the family where none is named
}

// LeaveOut names what this readership does not see.
type LeaveOut struct {
	Families []string `yaml:"families"`
	Measures []string `yaml:"measures"` // ids
}

// Exit is where "Exit this page" leads, where the audience has it.
type Exit struct {
	To     string `yaml:"to"`
	Safety string `yaml:"safety"` // address of advice on covering tracks
}

// Accessibility is what the accessibility statement says of testing. The tool claims no
// more than partial compliance until a named person has tested.
type Accessibility struct {
	Status   string   `yaml:"status"` // "partially compliant" or "fully compliant"
	TestedBy string   `yaml:"tested_by"`
	TestedOn string   `yaml:"tested_on"` // YYYY-MM-DD
	Prepared string   `yaml:"prepared"`  // YYYY-MM-DD
	Known    []string `yaml:"known"`     // what is not accessible, and why
	Answer   string   `yaml:"answer"`    // how soon a request is answered
}

// Term is an entry of the glossary.
type Term struct {
	Term    string `yaml:"term"`
	Means   string `yaml:"means"`
	Anchor  string `yaml:"anchor"` // lower case, of the link to it
	SeeAlso string `yaml:"see_also"`
}

// LoadEditorial reads boards/*.yaml, glossary.yaml, names.yaml, words/*.yaml and commentary/*/*.md of a
// folder laid out like Files. The error is config.Problems: every fault of every file.
func LoadEditorial(fsys fs.FS) (*Editorial, error) {
	e := &Editorial{Boards: map[string]*Board{}, notes: map[string]*Commentary{}}
	var problems config.Problems
	files, err := fs.Glob(fsys, "boards/*.yaml")
	if err != nil {
		return nil, fmt.Errorf("listing boards: %w", err)
	}
	if len(files) == 0 {
		problems = append(problems, config.Problem{File: "dashboards/boards", Msg: "there is no board", Hint: "add a file such as boards/board.yaml for each audience of wherry.yaml"})
	}
	for _, name := range files {
		b := &Board{}
		ps := decode(fsys, name, b)
		if len(ps) == 0 {
			ps = b.check(name)
		}
		if other := e.Boards[b.Audience]; other != nil {
			ps = append(ps, config.Problem{File: "dashboards/" + name, Msg: fmt.Sprintf("audience %q already has a board", b.Audience)})
		}
		e.Boards[b.Audience] = b
		problems = append(problems, ps...)
	}
	problems = append(problems, decode(fsys, "glossary.yaml", &e.Glossary)...)
	problems = append(problems, checkGlossary(e.Glossary)...)
	problems = append(problems, decode(fsys, "names.yaml", &e.Names)...)
	var ps config.Problems
	e.Needs, ps = loadNeeds(fsys)
	problems = append(problems, ps...)
	problems = append(problems, e.loadWords(fsys)...)
	problems = append(problems, e.loadCommentary(fsys)...)
	return e, problems.Err()
}

// decode reads a YAML file strictly: an unknown or repeated key is a fault.
func decode(fsys fs.FS, name string, into any) config.Problems {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return config.Problems{{File: "dashboards/" + name, Msg: "the file cannot be read", Hint: "it must stand in the dashboards folder"}}
	}
	return decodeText("dashboards/"+name, data, 0, into)
}

func decodeText(file string, data []byte, linesBefore int, into any) config.Problems {
	err := yaml.NewDecoder(bytes.NewReader(data), yaml.Strict()).Decode(into)
	if err == nil {
		return nil
	}
	p := config.Problem{File: file, Msg: "not as it should be", Hint: "compare with the other files of the folder"}
	var at yaml.Error
	if errors.As(err, &at) {
		p.Msg = at.GetMessage()
		if t := at.GetToken(); t != nil && t.Position != nil {
			p.Line, p.Col = t.Position.Line+linesBefore, t.Position.Column
		}
	}
	return config.Problems{p}
}

func (b *Board) check(name string) config.Problems {
	var ps config.Problems
	add := func(msg, hint string) {
		ps = append(ps, config.Problem{File: "dashboards/" + name, Msg: msg, Hint: hint})
	}
	if b.Audience == "" || b.Title == "" || b.Headlines == "" {
		add("audience, title and headlines must all be given", "audience is an id of audiences in wherry.yaml")
	}
	seen := map[string]bool{}
	for _, f := range b.Families {
		if f.Slug == "" || f.Title == "" {
			add("a family needs slug and title", "the slug is the folder of its measures in queries/measures")
		}
		if seen[f.Slug] {
			add(fmt.Sprintf("family %q is listed twice", f.Slug), "")
		}
		seen[f.Slug] = true
		if slices.Contains(b.LeaveOut.Families, f.Slug) {
			add(fmt.Sprintf("family %q is both listed and left out", f.Slug), "take it out of one of the two lists")
		}
	}
	b.checkAreas(add)
	b.Agencies.check(add)
	if s := b.Statement.Status; s != "partially compliant" && s != "fully compliant" {
		add(fmt.Sprintf("accessibility status %q is not known", s), `write "partially compliant", or "fully compliant" once a named person has tested`)
	}
	if b.Statement.Status == "fully compliant" && b.Statement.TestedBy == "" {
		add("full compliance needs the name of the person who tested", "fill in tested_by and tested_on")
	}
	return ps
}

// CheckMeasures gives a problem for each measure that a board names on a scorecard, in an area
// or under silence and that is not among the ids of the whole catalogue. Write leaves such a name out,
// because an edition may be made of fewer measures than the catalogue has.
func (e *Editorial) CheckMeasures(ids []string) config.Problems {
	var ps config.Problems
	for _, audience := range slices.Sorted(maps.Keys(e.Boards)) {
		b := e.Boards[audience]
		check := func(key, id string) {
			if !slices.Contains(ids, id) {
				ps = append(ps, config.Problem{File: "dashboards/boards/" + audience + ".yaml", Msg: fmt.Sprintf("%s names measure %q, which does not exist", key, id), Hint: "see `wherry measure list`"})
			}
		}
		for _, f := range b.Families {
			for _, id := range f.Scorecard {
				check("the scorecard of family "+f.Slug, id)
			}
		}
		for _, a := range b.Areas {
			for _, id := range a.Measures {
				check("area "+a.Slug, id)
			}
		}
		for _, s := range b.Silence {
			check("silence", s.Measure)
		}
	}
	if e.Needs != nil {
		named := e.Needs.measures()
		for _, id := range slices.Sorted(maps.Keys(named)) {
			if !slices.Contains(ids, id) {
				ps = append(ps, config.Problem{File: "dashboards/" + needsFile, Msg: fmt.Sprintf("%s names measure %q, which does not exist", named[id], id), Hint: "see `wherry measure list`"})
			}
		}
	}
	return append(ps, e.checkNotes(ids)...)
}

func checkGlossary(terms []Term) config.Problems {
	var ps config.Problems
	seen := map[string]bool{}
	for _, t := range terms {
		if t.Term == "" || t.Means == "" || t.Anchor == "" {
			ps = append(ps, config.Problem{File: "dashboards/glossary.yaml", Msg: fmt.Sprintf("term %q needs term, means and anchor", t.Term)})
		}
		if seen[t.Anchor] {
			ps = append(ps, config.Problem{File: "dashboards/glossary.yaml", Msg: fmt.Sprintf("anchor %q is used twice", t.Anchor)})
		}
		seen[t.Anchor] = true
	}
	return ps
}

func (e *Editorial) loadCommentary(fsys fs.FS) config.Problems {
	var problems config.Problems
	files, _ := fs.Glob(fsys, "commentary/*/*.md") // the pattern is constant and well formed
	for _, name := range files {
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			problems = append(problems, config.Problem{File: "dashboards/" + name, Msg: "the file cannot be read"})
			continue
		}
		c, ps := parseCommentary("dashboards/"+name, string(data))
		problems = append(problems, ps...)
		quarter := path.Base(path.Dir(name))
		e.notes[quarter+"/"+strings.ToLower(strings.TrimSuffix(path.Base(name), ".md"))] = c
	}
	return problems
}

// checkNotes gives a problem for each note on a measure that does not exist.
func (e *Editorial) checkNotes(ids []string) config.Problems {
	var ps config.Problems
	for _, of := range slices.Sorted(maps.Keys(e.notes)) {
		id := path.Base(of)
		if id != EditionNote && !slices.ContainsFunc(ids, func(known string) bool { return strings.EqualFold(known, id) }) {
			ps = append(ps, config.Problem{File: "dashboards/commentary/" + of + ".md", Msg: fmt.Sprintf("there is no measure %q to write of", strings.ToUpper(id)), Hint: "name the file by a measure's id, or " + EditionNote + ".md; see `wherry measure list`"})
		}
	}
	return ps
}

// Note is the commentary on a measure for a quarter, or on the whole edition where id is
// EditionNote; nil for none.
func (e *Editorial) Note(quarter config.Period, id string) *Commentary {
	return e.notes[quarter.Slug()+"/"+strings.ToLower(id)]
}
