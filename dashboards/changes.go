package dashboards

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"wherry/queries"
)

// revisions is what differs from the edition before.
type revisions struct {
	before    string // quarter of the edition before; "" where there is none
	measures  []catalogueMeasure
	withdrawn []catalogueMeasure
	changed   map[string]string // measure and figure -> value in the edition before
}

// figureKey names a figure within a site, as the data files do.
func figureKey(measure, period, area, breakdown, category string) string {
	return strings.Join([]string{measure, period, area, breakdown, category}, "\x00")
}

func keyOf(id string, f queries.Figure) string {
	return figureKey(id, f.Period.String(), inert(f.Area), inert(f.Breakdown), inert(f.Category))
}

func (r revisions) has(id string, f queries.Figure) bool {
	_, ok := r.changed[keyOf(id, f)]
	return ok
}

// compare reads the data files of the edition before. A figure counts as revised only where
// both editions show it: a difference from a hidden figure would give it away.
func compare(s Site) (revisions, error) {
	r := revisions{changed: map[string]string{}}
	if s.Previous == "" {
		return r, nil
	}
	text, err := os.ReadFile(filepath.Join(s.Previous, "data", "catalogue.json"))
	if err != nil {
		return r, fmt.Errorf("reading the edition before: %w", err)
	}
	var old catalogueFile
	if err := json.Unmarshal(text, &old); err != nil {
		return r, fmt.Errorf("reading the catalogue of the edition before: %w", err)
	}
	r.before, r.measures = old.Quarter, old.Measures
	for _, m := range old.Measures {
		i := slices.IndexFunc(s.Results, func(n *queries.Result) bool { return n.Measure.ID == m.ID })
		if i < 0 {
			r.withdrawn = append(r.withdrawn, m)
			continue
		}
		if err := r.compareMeasure(filepath.Join(s.Previous, "data", filepath.Base(m.File)), s.Results[i]); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (r *revisions) compareMeasure(file string, now *queries.Result) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("reading the edition before: %s is not there", filepath.Base(file))
	}
	if err != nil {
		return fmt.Errorf("reading the edition before: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("reading %s of the edition before: %w", filepath.Base(file), err)
	}
	before := map[string]string{}
	for i, row := range rows {
		if i > 0 && len(row) == len(dataColumns)-1 && row[9] != "" {
			before[figureKey(row[0], row[1], row[5], row[7], row[8])] = row[9]
		}
	}
	for _, fig := range now.Figures {
		old, ok := before[keyOf(now.Measure.ID, fig)]
		if ok && fig.State == queries.Shown && old != plainNumber(now.Measure, fig.Value) {
			r.changed[keyOf(now.Measure.ID, fig)] = old
		}
	}
	return nil
}

// changesPage is the body of changes.html.
type changesPage struct {
	Before    string
	New       []*subject
	Withdrawn []catalogueMeasure
	Revised   []revision
	Held      []heldBack
	Others    int // revised districts and categories, which stand in the tables of their measures
}

// heldBack is the periods of a measure that stay as they were given before.
type heldBack struct {
	*subject
	Periods string
}

// revision is one figure of the whole partnership that both editions show, differently.
type revision struct {
	*subject
	Period, Old, New string
}

func (b *builder) changes() error {
	body := changesPage{Before: b.revised.before, Withdrawn: b.revised.withdrawn}
	for _, s := range b.subjects {
		known := slices.ContainsFunc(b.revised.measures, func(m catalogueMeasure) bool { return m.ID == s.Measure.ID })
		if b.revised.before != "" && !known {
			body.New = append(body.New, s)
		}
		if len(s.Held) > 0 {
			var names []string
			for _, p := range s.Held {
				names = append(names, b.fixed.periodName(p))
			}
			body.Held = append(body.Held, heldBack{s, b.fixed.comma(names)})
		}
		for _, f := range s.Figures {
			old, ok := b.revised.changed[keyOf(s.Measure.ID, f)]
			switch {
			case !ok:
			case f.Area == b.Partnership.Area && f.Breakdown == "":
				body.Revised = append(body.Revised, revision{s, b.fixed.periodName(f.Period), old, plainNumber(s.Measure, f.Value)})
			default:
				body.Others++
			}
		}
	}
	return b.render("changes.html", "changes.html", page{Title: b.fixed.text("title.changes"), Body: body})
}
