package config

import (
	"fmt"
	"slices"
	"strings"
)

// Reference is the feed and the kept column that a column refers to; false for none.
func (c Column) Reference() (feed, column string, ok bool) { return strings.Cut(c.Refers, ".") }

// checkReferences adds a fault for each column of c that refers to what no contract has.
func checkReferences(c *Contract, s *source, all []*Contract) {
	for i, col := range c.Columns {
		if col.Refers == "" {
			continue
		}
		feed, column, _ := col.Reference()
		at := fmt.Sprintf("columns.%d.refers", i)
		to := slices.IndexFunc(all, func(o *Contract) bool { return o.Feed == feed })
		if to < 0 {
			var feeds []string
			for _, o := range all {
				feeds = append(feeds, o.Feed)
			}
			s.add(at, fmt.Sprintf("column %q refers to %q, which is no column of a feed", col.Name, col.Refers), didYouMean(feed, feeds))
			continue
		}
		var kept []string
		for _, o := range all[to].Columns {
			kept = append(kept, o.Kept())
		}
		if len(kept) > 0 && !slices.Contains(kept, column) { // a contract that cannot be read has none
			s.add(at, fmt.Sprintf("column %q refers to %q, which is no column of %s", col.Name, col.Refers, feed), didYouMean(column, kept))
		}
	}
}
