package warehouse

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestIncrementalEqualsFull takes random sequences of deliveries, resubmissions and withdrawals
// of a person, in batches of any size and over many runs, some of which publish nothing, and
// has Rebuild prove each outcome equal to what the archive alone makes, table by table.
func TestIncrementalEqualsFull(t *testing.T) {
	for seed := range uint64(6) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			dice := rand.New(rand.NewPCG(seed, 2026))
			p := partnership(t.TempDir())
			sent := map[string]int{}
			for run := range 6 {
				w := openWriter(t, p)
				for range 1 + dice.IntN(3) {
					var batch []*Delivery
					for i := range 1 + dice.IntN(3) {
						agency, period := []string{"north", "south"}[dice.IntN(2)], fmt.Sprintf("2026-%02d", 7+dice.IntN(3))
						d := visit(agency, period, run*100+len(w.Deliveries())*10+i)
						d.ArrivedOn = fmt.Sprintf("2026-10-%02d", 1+dice.IntN(30))
						batch = append(batch, d)
						sent[agency+period]++
					}
					check(t, accept(t.Context(), w, dice.IntN(40), batch...))
					if dice.IntN(2) == 0 {
						must(w.Publish(t.Context()))(t)
					}
				}
				if all := w.Deliveries(); dice.IntN(3) == 0 {
					must(w.Forget(t.Context(), []string{person(all[dice.IntN(len(all))], dice.IntN(30))}))(t)
				}
				check(t, w.Close())
			}
			proof := must(Rebuild(t.Context(), p, sqlFiles(), asAt))(t)
			if proof.Difference != "" || !proof.Compared {
				t.Fatalf("after %v: compared %v, %q", sent, proof.Compared, proof.Difference)
			}
			for key, n := range sent {
				got := rowsIn(t, p, fmt.Sprintf("select coalesce(max(submission), 0) from ledger.delivery where agency || period = '%s'", key))
				if got != n {
					t.Errorf("%s was sent %d times, its last submission is %d", key, n, got)
				}
			}
		})
	}
}
