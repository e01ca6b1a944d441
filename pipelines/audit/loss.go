package audit

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Loss is what disclosure control costs one audience in a measure: of its Figures, which are
// rows of its data file that print or hide something, how many hide something. Least to Most is
// the narrowest range left for any hidden count, -1 for no limit and both where no count is
// hidden; Few is how many hidden counts are known to be few, but not which number; Known is
// how many can be worked out, being nobody or more than few: the rest of them is a Finding.
type Loss struct {
	Folder, Measure    string
	Figures, Hidden    int
	Level, Least, Most int64
	Few, Known         int
}

// Losses are those of every measure, by audience and in the order of its catalogue.
func (r *Report) Losses() []Loss {
	var all []Loss
	for _, a := range r.audiences {
		var mine []Left
		for _, l := range r.Left {
			if l.Folder == a.folder {
				mine = append(mine, l)
			}
		}
		all = append(all, a.losses(mine)...)
	}
	return all
}

func (a *audience) losses(left []Left) []Loss {
	var all []Loss
	at := map[string]int{}
	for i, m := range a.Measures {
		l := Loss{Folder: a.folder, Measure: m.ID, Level: max(1, m.Level), Least: -1, Most: -1}
		for _, row := range m.rows {
			hides := len(m.hides(row)) > 0
			if hides {
				l.Hidden++
			}
			if hides || row.value != "" || row.base >= 0 {
				l.Figures++
			}
		}
		at[m.ID] = i
		all = append(all, l)
	}
	for _, one := range left {
		i, there := at[one.Measure]
		if !there || one.Least < 0 {
			continue
		}
		l := &all[i]
		if one.Least == one.Most {
			l.Known++
			continue
		}
		if one.Most >= 0 && (l.Most < 0 || one.Most-one.Least < l.Most-l.Least) {
			l.Least, l.Most = one.Least, one.Most
		}
		if one.Least >= 1 && one.Most >= 0 && one.Most <= a.threshold(one.Measure) {
			l.Few++
		}
	}
	return all
}

// protectionPage is the page that tells each measure's Loss.
const protectionPage = "protection.html"

// Shipped holds what was put into the edition in dir after it was audited against the rest of
// it: the auditor's report, and the page about it. Neither needs to be there.
func Shipped(dir string) (*Report, error) {
	audiences, err := readEdition(dir, 0)
	if err != nil {
		return nil, err
	}
	report := &Report{audiences: audiences}
	err = report.each(audiences, func(a *audience, r *Report) error {
		if err := a.checkLeft(r); err != nil {
			return err
		}
		file, err := os.Open(filepath.Join(a.dir, protectionPage))
		if os.IsNotExist(err) {
			return nil
		}
		if err != nil {
			return err
		}
		defer file.Close()
		doc, err := html.Parse(file)
		if err != nil {
			return fmt.Errorf("%s: %w", protectionPage, err)
		}
		a.checkPage(r, protectionPage, doc)
		return nil
	})
	return report, err
}

// lossHeads head the table of losses; the auditor knows it by them.
var lossHeads = []string{"Measure", "Figures", "Hidden", "Share hidden", "Promised", "Narrowest range left", "Known to be few", "Can be worked out"}

// checkLosses holds each line of the tables of losses against the data files and the report
// that is shipped. Every measure must have a line.
func (a *audience) checkLosses(r *Report, page string, tables []*html.Node) {
	want := map[string][]string{}
	for _, l := range a.losses(a.left) {
		want[l.Measure] = l.printed(a.threshold(l.Measure))
	}
	for _, t := range tables {
		if heads := columnHeads(t); !slices.Equal(heads, lossHeads) {
			r.add(a.folder+"/"+page, "table", RuleUnknown, "the auditor does not know this kind of table")
			return
		}
		for _, tr := range find(t, is("tr")) {
			cells := texts(find(tr, is("td")), nil)
			if len(cells) == 0 {
				continue
			}
			r.Checked++
			id, _, _ := strings.Cut(strings.Join(texts(find(tr, is("th")), nil), ""), ":")
			if !slices.Equal(cells, want[id]) {
				r.add(a.folder+"/"+page, id, RuleProtection, "the line says what the data files and the report do not")
			}
			delete(want, id)
		}
	}
	if len(want) > 0 {
		r.add(a.folder+"/"+page, "table", RuleProtection, fmt.Sprintf("%d measures are not told of", len(want)))
	}
}

// printed is the cells of a measure's line after its name.
func (l Loss) printed(threshold int64) []string {
	share, promised, left := "0%", "cannot be worked out", "none hidden"
	if l.Hidden > 0 {
		share = fmt.Sprintf("%d%%", max(1, (200*l.Hidden+l.Figures)/(2*l.Figures)))
	}
	if l.Level > 1 {
		promised = fmt.Sprintf("may be more than %d", threshold)
	}
	switch {
	case l.Most >= 0:
		left = thousands(int(l.Least)) + " to " + thousands(int(l.Most))
	case l.Hidden > l.Known:
		left = "no upper limit"
	}
	return []string{thousands(l.Figures), thousands(l.Hidden), share, promised, left, thousands(l.Few), thousands(l.Known)}
}

// thousands is how pages print a number.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}
