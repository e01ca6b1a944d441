package dashboards

import (
	"fmt"
	"slices"

	"wherry/config"
	"wherry/queries"
)

// lineage is what a measure is made from, nearest first: views, then the extracts that these
// read, with the columns that are named on the way.
type lineage struct {
	Views  []*queries.View
	Feeds  []feedInput
	Others []string // tables that no agency sends
}

// feedInput is one extract that a measure rests on.
type feedInput struct {
	Feed, Title string
	Contract    *config.Contract // nil where there is none
	Header      bool             // the measure's header names it, so that a missing return is said to be missing
	Columns     []columnUse
}

// columnUse is a column of an extract and who names it: the measure, or a view between.
type columnUse struct {
	Name, By, Note string
}

// lineageOf follows a measure's SELECT back to columns that agencies send.
func (b *builder) lineageOf(m *queries.Measure) (lineage, error) {
	views, err := b.Lineage.Behind(m.SQL)
	if err != nil {
		return lineage{}, fmt.Errorf("following measure %s to its extracts: %w", m.ID, err)
	}
	l := lineage{Views: views}
	feeds := slices.Clone(m.Feeds)
	for _, v := range views {
		for _, f := range v.Feeds {
			if !slices.Contains(feeds, f) {
				feeds = append(feeds, f)
			}
		}
		for _, o := range v.Others {
			if !slices.Contains(l.Others, o) {
				l.Others = append(l.Others, o)
			}
		}
	}
	for _, f := range feeds {
		in := feedInput{Feed: f, Title: b.FeedTitle(f), Header: slices.Contains(m.Feeds, f)}
		if c, ok := b.Partnership.Contract(f); ok {
			in.Contract, in.Columns = c, columnsUsed(c, m, views)
		}
		l.Feeds = append(l.Feeds, in)
	}
	return l, nil
}

// columnsUsed is the columns of a contract that a measure or a view behind it names. It is by
// name: one that two extracts share counts for both.
func columnsUsed(c *config.Contract, m *queries.Measure, views []*queries.View) []columnUse {
	var used []columnUse
	own := queries.NamesIn(m.SQL)
	between := make([]map[string]bool, len(views))
	for i, v := range views {
		between[i] = queries.NamesIn(v.SQL)
	}
	for _, col := range c.Columns {
		use := columnUse{Name: col.Kept(), Note: col.Note}
		if own[use.Name] {
			use.By = "the measure"
		}
		for i, v := range views {
			if use.By == "" && between[i][use.Name] {
				use.By = "core." + v.Name
			}
		}
		if use.By != "" {
			used = append(used, use)
		}
	}
	return used
}
