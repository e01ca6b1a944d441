package queries

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"wherry/config"
)

// Catalogue is every measure of a partnership.
type Catalogue struct {
	Measures []*Measure // in family order, then by id
}

// Load reads measures/*/*.sql below fsys. The error is config.Problems with every fault of
// every file, including ids and titles used twice.
func Load(fsys fs.FS) (*Catalogue, error) {
	paths, err := fs.Glob(fsys, "measures/*/*.sql")
	if err != nil {
		return nil, fmt.Errorf("listing measures: %w", err)
	}
	c := &Catalogue{}
	var problems config.Problems
	for _, p := range paths {
		text, err := fs.ReadFile(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("reading measure %s: %w", path.Base(p), err)
		}
		m, err := ParseMeasure(p, text)
		var found config.Problems
		if errors.As(err, &found) {
			problems = append(problems, found...)
		}
		c.Measures = append(c.Measures, m)
	}
	problems = append(problems, duplicates(c.Measures)...)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	slices.SortStableFunc(c.Measures, inOrder)
	return c, nil
}

// inOrder sorts by family, then by the letters and the number of the id.
func inOrder(a, b *Measure) int {
	order := familySlugs()
	if d := slices.Index(order, a.Family) - slices.Index(order, b.Family); d != 0 {
		return d
	}
	if d := strings.Compare(a.ID[:2], b.ID[:2]); d != 0 {
		return d
	}
	if d := len(a.ID) - len(b.ID); d != 0 {
		return d
	}
	return strings.Compare(a.ID, b.ID)
}

// duplicates is a problem for each id, title or short title that a second measure takes.
func duplicates(measures []*Measure) config.Problems {
	var problems config.Problems
	first := map[string]string{}
	claim := func(m *Measure, what, value string) {
		if value == "" {
			return
		}
		key := what + "\x00" + strings.ToLower(value)
		if other, taken := first[key]; taken {
			problems = append(problems, config.Problem{File: m.Path, Line: 1,
				Msg: fmt.Sprintf("%s %q is taken by %s", what, value, other), Hint: "choose another"})
			return
		}
		first[key] = m.Path
	}
	for _, m := range measures {
		claim(m, "id", m.ID)
		claim(m, "title", m.Title)
		claim(m, "file name", m.Slug)
	}
	return problems
}

// Find is the measure with an id (in any case) or a slug. The error suggests the nearest.
func (c *Catalogue) Find(idOrSlug string) (*Measure, error) {
	var names []string
	for _, m := range c.Measures {
		if strings.EqualFold(m.ID, idOrSlug) || m.Slug == idOrSlug {
			return m, nil
		}
		names = append(names, m.ID, m.Slug)
	}
	msg := fmt.Sprintf("no measure %q", idOrSlug)
	if hint := didYouMean(idOrSlug, names); strings.HasPrefix(hint, "did") {
		return nil, errors.New(msg + ": " + hint)
	}
	return nil, errors.New(msg + ": list them with wherry measure list")
}

// Families is the families that hold a measure, in order.
func (c *Catalogue) Families() []Family {
	var held []Family
	for _, f := range families() {
		if len(c.In(f.Slug)) > 0 {
			held = append(held, f)
		}
	}
	return held
}

// In is the measures of a family, in order.
func (c *Catalogue) In(family string) []*Measure {
	var in []*Measure
	for _, m := range c.Measures {
		if m.Family == family {
			in = append(in, m)
		}
	}
	return in
}
