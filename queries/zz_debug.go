package queries

import (
	"fmt"
	"os"

	"wherry/queries/disclosure"
)

func (t *table) debug(cells []disclosure.Cell, bare []int) {
	if os.Getenv("WH_DEBUG") == "" {
		return
	}
	for _, b := range bare {
		fmt.Fprintf(os.Stderr, "BARE %s %d\n", cells[b].Name, cells[b].Value)
	}
	seen := map[int]bool{}
	done := map[int]bool{}
	queue := bare[:1]
	for depth := 0; depth < 6; depth++ {
		var next []int
		for _, b := range queue {
			for ei, e := range t.equations {
				if done[ei] {
					continue
				}
				all := append([]int{e.Total}, e.Parts...)
				in := false
				for _, c := range all {
					in = in || c == b
				}
				if !in {
					continue
				}
				done[ei] = true
				fmt.Fprintf(os.Stderr, "EQ approx=%v\n", e.Approximate)
				for _, c := range all {
					x := cells[c]
					fmt.Fprintf(os.Stderr, "   %d %s free=%v unprinted=%v primary=%v least=%d\n", x.Value, x.Name, x.Free, x.Unprinted, x.Primary, x.Least)
					if !seen[c] && !x.Free {
						seen[c] = true
						next = append(next, c)
					}
				}
			}
		}
		queue = next
	}
}
