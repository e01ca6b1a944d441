package audit

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
)

// witnessFile holds, where an edition ships it, what else its hidden counts might be.
const witnessFile = "witnesses.json"

// witness is a set of changes to counts that leaves everything printed as it is: whoever can
// check that it does knows that the counts it moves cannot be worked out.
type witness struct {
	Moves []move `json:"moves"`
}

// move changes one count of the edition by so many.
type move struct {
	Measure   string `json:"measure"`
	Period    string `json:"period"`
	Area      string `json:"area"`
	Breakdown string `json:"breakdown"`
	Category  string `json:"category"`
	Part      string `json:"part"`
	By        int64  `json:"by"`
}

// checkWitnesses checks each witness by adding whole numbers: every sum that holds a count
// that it moves must come out as before, and it may move nothing that is printed.
func (a *audience) checkWitnesses(r *Report) error {
	text, err := os.ReadFile(filepath.Join(a.dir, "data", witnessFile))
	if os.IsNotExist(err) {
		return nil // none are shipped
	}
	if err != nil {
		return err
	}
	var all []witness
	if err := json.Unmarshal(text, &all); err != nil {
		return fmt.Errorf("%s: %w", witnessFile, err)
	}
	s := newSystem(nil)
	printed := map[int]bool{}
	for _, m := range a.Measures {
		s.addMeasure(a.release, []*audience{a}, m.ID)
	}
	for _, m := range a.Measures {
		if m.people() {
			s.sort(a, m, printed)
		}
	}
	for i, w := range all {
		r.Checked++
		if why := w.fault(s, a.release, printed); why != "" {
			r.add(a.folder+"/data/"+witnessFile, fmt.Sprintf("witness %d", i+1), RuleWitness, why)
		}
	}
	return nil
}

// fault is what is wrong with a witness, "" where nothing is.
func (w witness) fault(s *system, release int, printed map[int]bool) string {
	by := map[int]int64{}
	for _, m := range w.Moves {
		v := s.held(key{release, m.Measure, place{m.Period, m.Area, m.Breakdown, m.Category}, m.Part})
		switch {
		case v < 0:
			return "it moves a count that the edition does not have"
		case printed[v]:
			return "it moves a count that is printed"
		}
		by[v] += m.By
	}
	moved := false
	for v, n := range by {
		moved = moved || n != 0
		for _, j := range s.puzzle.of[v] {
			if total := s.sums[j].of(by); !s.sums[j].atMost && total != 0 {
				return "a sum does not come out as before"
			}
		}
	}
	if !moved {
		return "it moves nothing"
	}
	return ""
}

// of is what some changes of counts come to in a sum.
func (s sum) of(by map[int]int64) int64 {
	var total int64
	for i, v := range s.vars {
		total += s.coef[i] * by[v]
	}
	return total
}
