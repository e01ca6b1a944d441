package dashboards

import (
	"encoding/json"
	"fmt"
	"path"
	"strings"

	"wherry/config"
)

// catalogueFile is data/catalogue.json: what a reader of the data files, or an auditor of
// them, needs to know of how they were made.
type catalogueFile struct {
	Audience string `json:"audience"`
	catalogueWords
	catalogueRules
	Quarter      string `json:"quarter"`
	AsAt         string `json:"as_at"`
	Area         string `json:"area"`
	Illustrative bool   `json:"illustrative"`
	// Geography is the pieces that areas of two sets are made of; none without a second set.
	Geography map[string][]string `json:"geography,omitempty"`
	Names     catalogueNames      `json:"names"`
	Measures  []catalogueMeasure  `json:"measures"`
}

// catalogueWords are whose edition it is, for whom, and where every figure is in one file.
type catalogueWords struct {
	Partnership string `json:"partnership"`
	Title       string `json:"title"` // "Quarterly review, July to September 2026"
	For         string `json:"for"`   // the readers
	Marking     string `json:"marking,omitempty"`
	Handling    string `json:"handling,omitempty"`
	Contact     string `json:"contact"`
	Help        string `json:"help,omitempty"`
	NextRelease string `json:"next_release"`
	Workbook    string `json:"workbook"`
	Figures     string `json:"figures"` // the same rows are in the .json and the .parquet of this name
}

// catalogueNames are the words for the codes of breakdowns and of their categories, as the
// workbook prints them.
type catalogueNames struct {
	Breakdowns map[string]string            `json:"breakdowns"`
	Categories map[string]map[string]string `json:"categories"`
}

// catalogueRules are what figures were held to: those of a measure are at least as strict as
// its audience's.
type catalogueRules struct {
	HideUpTo int64  `json:"hide_up_to"`
	RoundTo  int64  `json:"round_to"`
	MinBase  int64  `json:"min_base"`
	Zeros    string `json:"zeros"` // shown or hidden
	Class    string `json:"class"` // off, everybody or all_but_one: what is looked at from level 2
	Level    int64  `json:"level"` // 1: not to be worked out; 2: it may be above hide_up_to, too
}

func rulesOf(a config.Audience) catalogueRules {
	return catalogueRules{a.HideUpTo, a.RoundTo, a.MinBase, a.Zeros, a.Class, a.Level}
}

type catalogueMeasure struct {
	ID         string   `json:"id"`
	Title      string   `json:"title"`
	Question   string   `json:"question,omitempty"`
	Counts     string   `json:"counts,omitempty"`
	Met        string   `json:"met,omitempty"`
	Source     string   `json:"source,omitempty"`
	Owner      string   `json:"owner,omitempty"`
	Note       string   `json:"note,omitempty"`
	CannotTell string   `json:"cannot_tell,omitempty"`
	Families   []string `json:"families"`
	Kind       string   `json:"kind"`
	Distinct   bool     `json:"distinct"` // counts a unit once however many rows it has, so parts need not add up
	Protects   string   `json:"protects"` // people or nobody
	Per        int64    `json:"per,omitempty"`
	Unit       string   `json:"unit"`
	Better     string   `json:"better"`
	Breakdowns []string `json:"breakdowns"`
	Matures    int      `json:"matures,omitempty"` // days before a row is counted: younger periods are not whole
	File       string   `json:"file"`
	Lowered    int      `json:"lowered,omitempty"` // counts that were to be open to level 2 and are kept to level 1
	catalogueRules
}

func (b *builder) catalogue(tables []dataTable) error {
	c := catalogueFile{Audience: b.Audience.ID, catalogueWords: b.words(), Names: b.names(tables), catalogueRules: rulesOf(b.Audience.For(nil, false)),
		Quarter: b.Quarter.String(), AsAt: b.AsAt.Format("2006-01-02"), Area: b.Partnership.Area, Illustrative: b.Partnership.Illustrative, Measures: []catalogueMeasure{}}
	for _, p := range b.Partnership.Pieces() {
		if c.Geography == nil {
			c.Geography = map[string][]string{}
		}
		c.Geography[p.District] = append(c.Geography[p.District], p.Code())
		c.Geography[p.Unitary] = append(c.Geography[p.Unitary], p.Code())
	}
	for _, s := range b.subjects {
		m := s.Measure
		protects := m.Protects
		if protects == "" {
			protects = "people"
		}
		c.Measures = append(c.Measures, catalogueMeasure{ID: m.ID, Title: m.Title, Question: m.Question, Counts: m.Counts, Met: m.Met, Source: m.Source, Owner: m.Owner,
			Note: m.Note, CannotTell: m.CannotTell, Families: []string{m.Family}, Kind: string(m.Kind), Distinct: m.Unit != "",
			Protects: protects, Per: m.Per, Unit: unit(m), Better: m.Better, Breakdowns: append([]string{}, m.Breakdowns...), Matures: m.Matures, File: s.ID + ".csv", Lowered: s.Hidden.Lowered, catalogueRules: rulesOf(s.Rules)})
	}
	out, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return fmt.Errorf("writing the data catalogue: %w", err)
	}
	b.put("data/catalogue.json", append(out, '\n'))
	return nil
}

func (b *builder) words() catalogueWords {
	p := b.Partnership
	w := catalogueWords{Partnership: p.Name, Title: b.board.Title + ", " + b.Quarter.Title(), For: b.Audience.Title, Marking: b.Audience.Marking, Handling: b.Audience.Handling,
		Contact: strings.Join(given(p.Contact.Team, p.Contact.Email), ", "), Help: p.Help.Text, Workbook: path.Base(b.Workbook()), Figures: "figures"}
	if !b.NextRelease.IsZero() {
		w.NextRelease = longDay(b.NextRelease)
	}
	return w
}

// names are those of every breakdown and category that has a figure.
func (b *builder) names(tables []dataTable) catalogueNames {
	n := catalogueNames{Breakdowns: map[string]string{}, Categories: map[string]map[string]string{}}
	for _, t := range tables {
		for _, f := range t.Figures {
			if f.Breakdown == "" {
				continue
			}
			breakdown, category := inert(f.Breakdown), inert(f.Category)
			if n.Categories[breakdown] == nil {
				n.Breakdowns[breakdown], n.Categories[breakdown] = inert(b.breakdownName(f.Breakdown)), map[string]string{}
			}
			if _, known := n.Categories[breakdown][category]; !known {
				n.Categories[breakdown][category] = inert(b.categoryName(f.Breakdown, f.Category))
			}
		}
	}
	return n
}
