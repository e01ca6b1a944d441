package attack

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Recovered is a count that an edition hides and its readers can work out, or the few by which
// one was revised between two editions. It lies from Low to High; where these are one, it is
// known.
type Recovered struct {
	Edition  string   `json:"edition"` // its folder
	Audience string   `json:"audience"`
	Measure  string   `json:"measure"`
	Cell     string   `json:"cell"`  // period, area and category
	Count    string   `json:"count"` // base, met, or the rest
	Low      int64    `json:"low"`
	High     int64    `json:"high"`
	Methods  []string `json:"methods"`
}

func (r Recovered) String() string {
	value := fmt.Sprintf("is %d", r.Low)
	if r.Low != r.High {
		value = fmt.Sprintf("is from %d to %d", r.Low, r.High)
	}
	return fmt.Sprintf("%s %s: %s %s, %s: %s (%s)", r.Edition, r.Audience, r.Measure, r.Cell, r.Count, value, strings.Join(r.Methods, ", "))
}

// Report is what an attack on some editions found. Known are hidden counts of 1 to the
// threshold that follow exactly; Small are those that follow to be no more than the
// threshold, but not which number they are.
type Report struct {
	Editions int         `json:"editions"`
	Hidden   int         `json:"hidden"` // counts attacked
	Claims   int         `json:"claims"` // sums and bounds used
	Known    []Recovered `json:"known"`
	Small    []Recovered `json:"small"`
}

// Print writes the report for a person.
func (r Report) Print(w io.Writer) error {
	lines := []string{fmt.Sprintf("%d hidden counts attacked with %d sums and bounds; editions: %d", r.Hidden, r.Claims, r.Editions)}
	for _, k := range r.Known {
		lines = append(lines, "recovered  "+k.String())
	}
	if len(r.Known) == 0 {
		lines = append(lines, "recovered nothing")
	}
	lines = append(lines, fmt.Sprintf("%d more are known to be small, but not which number", len(r.Small)))
	_, err := io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// Attack tries to recover what editions hide, given their folders, the latest first. Errors:
// a folder that holds no edition, a file that cannot be read, or the end of ctx.
func Attack(ctx context.Context, editions []string) (Report, error) {
	report := Report{Editions: len(editions), Known: []Recovered{}, Small: []Recovered{}}
	var all []*files
	for i, dir := range editions {
		read, err := readEdition(dir, i)
		if err != nil {
			return report, fmt.Errorf("attacking %s: %w", dir, err)
		}
		all = append(all, read...)
	}
	for _, name := range readers(all) {
		var held []*files
		least := threshold(all, name)
		for _, f := range all {
			if f.Audience == name || f.HideUpTo >= least {
				held = append(held, f)
			}
		}
		report.revised(name, held)
		printed := look(held)
		for _, id := range measures(held) {
			if err := ctx.Err(); err != nil {
				return report, fmt.Errorf("attacking: %w", err)
			}
			report.attack(name, id, held, printed)
		}
	}
	order := func(x, y Recovered) int { return cmp.Compare(x.String(), y.String()) }
	slices.SortFunc(report.Known, order)
	slices.SortFunc(report.Small, order)
	return report, nil
}

// attack works on one measure, together with what else seems to count the same cases.
func (r *Report) attack(reader, id string, held []*files, printed *seen) {
	var c *claims
	for with := sections; with >= alone; with-- {
		c = newClaims(held, printed, reader, id, with)
		c.conclude()
		if !c.contradicted {
			break // else they only happened to agree
		}
	}
	r.Claims += len(c.sums)
	for _, k := range c.order {
		if c.printed[k] || k.measure != id {
			continue
		}
		r.Hidden++
		n := c.numbers[c.at[k]]
		if n.lo < 1 || n.hi > k.threshold || c.contradicted {
			continue
		}
		found := Recovered{Edition: k.edition, Audience: reader, Measure: id, Cell: k.cell(), Count: k.part, Low: n.lo, High: n.hi, Methods: n.methods()}
		if n.lo == n.hi {
			r.Known = append(r.Known, found)
		} else {
			r.Small = append(r.Small, found)
		}
	}
}

// readers is the audiences, by name.
func readers(all []*files) []string {
	var names []string
	for _, f := range all {
		if !slices.Contains(names, f.Audience) {
			names = append(names, f.Audience)
		}
	}
	slices.Sort(names)
	return names
}

func threshold(all []*files, name string) int64 {
	least := int64(-1)
	for _, f := range all {
		if f.Audience == name && (least < 0 || f.HideUpTo < least) {
			least = f.HideUpTo
		}
	}
	return least
}

// measures is the measures about people that any of the files has, by id.
func measures(held []*files) []string {
	var ids []string
	for _, f := range held {
		for _, m := range f.Measures {
			if m.Protects != "nobody" && !slices.Contains(ids, m.ID) {
				ids = append(ids, m.ID)
			}
		}
	}
	slices.Sort(ids)
	return ids
}
