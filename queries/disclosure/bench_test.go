package disclosure

import (
	"fmt"
	"testing"
)

// BenchmarkProtect protects measures of the size of an edition's, from busy to sparse.
func BenchmarkProtect(b *testing.B) {
	for _, perMonth := range []float64{1500, 400, 120, 30, 8} {
		for _, hide := range []int64{5, 9} {
			c := makeCube(cubeShape{months: 36, perMonth: perMonth, share: 0.3, areas: 8, breakdowns: []int{6, 5, 4}, seed: 7})
			b.Run(fmt.Sprintf("permonth=%v/hide=%d", perMonth, hide), func(b *testing.B) {
				var r Report
				var err error
				for range b.N {
					if _, r, err = Protect(c.cells, c.eqs, Rules{HideUpTo: hide, ZerosShown: true}); err != nil {
						b.Fatal(err)
					}
				}
				b.ReportMetric(float64(r.Cells), "cells")
				b.ReportMetric(float64(r.Primary), "primary")
				b.ReportMetric(float64(r.Secondary), "secondary")
			})
		}
	}
}
