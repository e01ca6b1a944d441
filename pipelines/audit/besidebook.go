package audit

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// besideBook is the numbers beside the rows of a measure, as its sheet of the workbook must hold them.
type besideBook struct {
	columns []besideColumn
	numbers map[place]map[string][]string // by row and name: value, low, high
}

// besideColumn is a column of a sheet: the value of a number beside rows, or an end of its interval.
type besideColumn struct {
	name string
	end  int // 0 value, 1 low, 2 high
}

// readBeside reads the file of numbers beside a measure's rows, which checkBeside holds against the rules. A
// column stands for each name, in the order of the file, and for each end that some line has.
func (a *audience) readBeside(m *measure) (besideBook, error) {
	book := besideBook{numbers: map[place]map[string][]string{}}
	lines, err := readLines(filepath.Join(a.dir, m.besideFile()))
	if os.IsNotExist(err) {
		return book, nil
	}
	if err != nil {
		return book, err
	}
	var names []string
	has := map[besideColumn]bool{}
	for _, l := range lines[min(1, len(lines)):] {
		at := place{l[1], l[2], l[3], l[4]}
		if book.numbers[at] == nil {
			book.numbers[at] = map[string][]string{}
		}
		book.numbers[at][l[5]] = l[6:9]
		if !slices.Contains(names, l[5]) {
			names = append(names, l[5])
		}
		for end, text := range l[6:9] {
			has[besideColumn{l[5], end}] = has[besideColumn{l[5], end}] || text != ""
		}
	}
	for _, name := range names {
		for end := range 3 {
			if c := (besideColumn{name, end}); has[c] {
				book.columns = append(book.columns, c)
			}
		}
	}
	return book, nil
}

// besideHeads are the heads of the columns of numbers beside rows.
var besideHeads = map[string]string{"people": "People", "open": "Not yet ended", "started": "Counted before", "paired": "Counted both times", "before": "Before", "after": "After",
	"nine_in_ten": "Days for nine in ten", "local_share": "Of local people, percent", "local_ratio": "Ratio to local people", "improved": "Improved, percent", "same": "Stayed the same, percent",
	"worse": "Worse, percent", "at_ceiling": "At the highest score, percent", "leavers_before": "Before, of those not counted after"}

// head is what a column of numbers beside rows is called; "" for one that the auditor does not know.
func (c besideColumn) head(breakdowns map[string]string) string {
	head := besideHeads[c.name]
	if days, ok := strings.CutPrefix(c.name, "within_"); ok {
		head = "Within " + days + " days, percent"
	}
	if breakdown, ok := strings.CutPrefix(c.name, "median_"); ok {
		head = "Median, " + inPhrase(breakdowns[breakdown])
	}
	return head + []string{"", ", low", ", high"}[c.end]
}

// inPhrase is a name within a phrase: without its capital, but for one such as MARAC.
func inPhrase(name string) string {
	if len(name) > 1 && (name[1] < 'A' || name[1] > 'Z') {
		return strings.ToLower(name[:1]) + name[1:]
	}
	return name
}

// lacking are the marks that may stand for a number beside a row that has none.
var lacking = []string{"[c]", "[p]", "[z]"}

// besideHolds says whether the cells of a row hold the numbers beside its line and no others: where a number
// is not there, a mark, which may be the line's own.
func (t dataTable) besideHolds(l []string, cells []sheetCell) bool {
	said := t.beside.numbers[place{l[1], l[5], l[7], l[8]}]
	for i, c := range t.beside.columns {
		text := ""
		if n, there := said[c.name]; there {
			text = n[c.end]
		}
		given := cells[i]
		switch {
		case text != "":
			if !(sheetCell{text: text, number: true}).is(given) {
				return false
			}
		case given.number || !slices.Contains(lacking, given.text) && given.text != "["+l[15]+"]":
			return false
		}
	}
	return true
}
