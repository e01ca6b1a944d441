package audit

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// sheetCell is a cell as its sheet gives it.
type sheetCell struct {
	text   string
	number bool
}

// The tags of a sheet beside its cells.
var sheetTags = regexp.MustCompile(`^<(worksheet xmlns="http://schemas\.openxmlformats\.org/spreadsheetml/2006/main" xmlns:r="http://schemas\.openxmlformats\.org/officeDocument/2006/relationships"|sheetViews|sheetView( tabSelected="true")? workbookViewId="0"|cols|col min="\d+" max="\d+" width="\d+" customWidth="1"/` +
	`|sheetData|hyperlinks|hyperlink ref="A\d+" location="&#39;\w+&#39;!A1"|tableParts count="1"|tablePart r:id="rId1")>$`)

var cellTag = regexp.MustCompile(`^<c r="([A-Z]+)(\d+)"( s="\d{1,2}")?( t="inlineStr")?>$`)

// readSheet is the cells of a sheet, row by row; refused names what is not of a known form.
func readSheet(part []byte) (rows [][]sheetCell, refused string) {
	refuse := func(what string) bool {
		refused = what
		return false
	}
	inCell, inText := false, false
	markup(part, func(text, tag string) bool {
		if text != "" && strings.TrimSpace(text) != "" && !inText {
			return refuse("text beside the cells")
		}
		switch {
		case inText:
			if tag != "</t>" && tag != "</v>" {
				return refuse("a cell")
			}
			row := rows[len(rows)-1]
			row[len(row)-1].text = html.UnescapeString(text)
			inText = false
		case strings.HasPrefix(tag, "<c "):
			form := cellTag.FindStringSubmatch(tag)
			if inCell || form == nil || len(rows) == 0 || form[2] != strconv.Itoa(len(rows)) || form[1] != columnName(len(rows[len(rows)-1])) {
				return refuse("a cell")
			}
			inCell = true
			rows[len(rows)-1] = append(rows[len(rows)-1], sheetCell{number: form[4] == ""})
		case tag == "</c>":
			inCell = false
		case inCell:
			switch tag {
			case "<t>", `<t xml:space="preserve">`, "<v>":
				inText = true
			case "<is>", "</is>":
			default:
				return refuse("a cell")
			}
		case strings.HasPrefix(tag, "<row "):
			if tag != fmt.Sprintf(`<row r="%d">`, len(rows)+1) {
				return refuse("a row")
			}
			rows = append(rows, nil)
		case !strings.HasPrefix(tag, "</") && tag != xmlHeader && !sheetTags.MatchString(tag):
			return refuse("something beside the cells")
		}
		return true
	})
	return rows, refused
}

// columnName is the letters of a column, from 0.
func columnName(n int) string {
	if n >= 26 {
		return columnName(n/26-1) + columnName(n%26)
	}
	return string(rune('A' + n))
}

// checkSheet holds the sheet at a place in the order against its data file; one that is of no
// measure may say no number.
func (w *workbook) checkSheet(r *Report, at int) {
	name := w.sheetName(at)
	rows, refused := readSheet(w.parts[sheetPart(at)])
	if refused != "" {
		r.add(w.file, name, RuleUnknown, "the auditor does not know what stands here: "+refused)
		return
	}
	var heads []string
	lines := 0
	switch {
	case at == 0:
	case at < len(otherSheets):
		heads = map[string][]string{"Contents": {"Worksheet", "Measure", "Family"}, "Notes": {"Note", "Meaning"}}[name]
		lines = slices.IndexFunc(rows, func(row []sheetCell) bool { return len(row) > 1 })
		lines = len(rows) - lines - 1
	default:
		t := w.tables[at-len(otherSheets)]
		drop := t.dropped()
		heads, lines = without(sheetHeads, drop), len(t.lines)
		for _, c := range t.beside.columns { // before the status
			heads = slices.Insert(heads, len(heads)-1, c.head(w.words.Names.Breakdowns))
		}
		if len(rows) < lines+2 {
			r.add(w.file, name, RuleCopy, "the sheet has not the rows of the data file")
			return
		}
		for i, l := range t.lines {
			w.checkBesideCells(r, name, t, l, &rows[len(rows)-lines+i])
			w.checkLine(r, name, rows[len(rows)-lines+i], l, drop)
		}
	}
	above := rows[:len(rows)-lines]
	if at >= len(otherSheets) {
		rows = above
	}
	for n, row := range rows {
		if heads != nil && n == len(above)-1 {
			if len(row) != len(heads) || slices.ContainsFunc(row, func(c sheetCell) bool { return c.number }) || !slices.EqualFunc(row, heads, func(c sheetCell, head string) bool { return c.text == head }) {
				r.add(w.file, name, RuleCopy, "the heads of a table are not those it should have")
			}
			continue
		}
		for _, c := range row {
			r.Checked++
			if c.number || !w.quiet(c.text) {
				r.add(w.file, fmt.Sprintf("%s row %d", name, n+1), RuleCopy, "a text has a number that the catalogue does not have")
			}
		}
	}
	w.checkTablePart(r, at, heads, len(above), lines)
}

const tableLook = `<tableStyleInfo name="TableStyleLight1" showFirstColumn="false" showLastColumn="false" showRowStripes="false" showColumnStripes="false"></tableStyleInfo></table>`

// checkTablePart holds the mark of a sheet's table, and what leads to it, against what they
// must be, to the byte.
func (w *workbook) checkTablePart(r *Report, at int, heads []string, first, lines int) {
	if at == 0 {
		return
	}
	name := "Figures_" + w.sheetName(at)
	if at < len(otherSheets) {
		name = []string{"", "List_of_worksheets", "Notes_and_shorthand"}[at]
	}
	var b strings.Builder
	fmt.Fprintf(&b, `<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="%d" name="%s" displayName="%s" ref="A%d:%s%d"><tableColumns count="%d">`, at, name, name, first, columnName(len(heads)-1), first+lines, len(heads))
	for i, head := range heads {
		fmt.Fprintf(&b, `<tableColumn id="%d" name="%s"></tableColumn>`, i+1, head)
	}
	b.WriteString("</tableColumns>" + tableLook)
	relation := `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Target="../tables/table` + strconv.Itoa(at) +
		`.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/table"></Relationship></Relationships>`
	for part, want := range map[string]string{tablePart(at): b.String(), relsOf(sheetPart(at)): relation} {
		r.Checked++
		if given, ok := strings.CutPrefix(string(w.parts[part]), xmlHeader+"\n"); !ok || given != want {
			r.add(w.file, part, RuleCopy, "the mark of a table is not what it should be")
		}
	}
}

// sheetHeads are the columns of a measure's sheet. Those from the first end of the interval to
// the denominator are left out where no line of the data file has a number there.
var sheetHeads = []string{"Period", "Kind of period", "First day", "Last day", "Area code", "Area", "Breakdown", "Category", "Value", "Unit",
	"95% interval, low", "95% interval, high", "Numerator", "Denominator", "Status"}

// dropped is the places in sheetHeads of the columns that are left out.
func (t dataTable) dropped() map[int]bool {
	drop := map[int]bool{}
	for place, at := range map[int]int{10: 11, 11: 12, 12: 13, 13: 14} {
		drop[place] = !slices.ContainsFunc(t.lines, func(l []string) bool { return l[at] != "" })
	}
	return drop
}

func without(list []string, drop map[int]bool) []string {
	var kept []string
	for i, x := range list {
		if !drop[i] {
			kept = append(kept, x)
		}
	}
	return kept
}

var (
	kindWords   = map[string]string{"month": "Month", "quarter": "Quarter", "year": "Year", "rolling": "Twelve months", "pooled": "Years"}
	statusWords = map[string]string{"": "Given", "p": "Provisional", "c": "Hidden", "x": "Not supplied", "z": "Does not apply", "b": "Definition changed"}
)

// checkBesideCells holds the cells of numbers beside a line, which stand before the status, against their file, and
// takes them out of the row.
func (w *workbook) checkBesideCells(r *Report, sheet string, t dataTable, l []string, row *[]sheetCell) {
	n, last := len(t.beside.columns), len(*row)-1
	if n == 0 || last < n {
		return
	}
	r.Checked += n
	if !t.besideHolds(l, (*row)[last-n:last]) {
		r.add(w.file, sheet+" "+strings.TrimSpace(strings.Join([]string{l[1], l[5], l[7], l[8]}, " ")), RuleCopy, "a cell is not what the file of numbers beside the figures says")
	}
	*row = slices.Delete(slices.Clone(*row), last-n, last)
}

// checkLine holds a row of a sheet against its line of the data file.
func (w *workbook) checkLine(r *Report, sheet string, row []sheetCell, l []string, drop map[int]bool) {
	r.Checked += len(row)
	breakdown, category, status := "All", "All", statusWords[l[15]]
	if l[7] != "" {
		breakdown, category = w.words.Names.Breakdowns[l[7]], w.words.Names.Categories[l[7]][l[8]]
	}
	if l[15] == "p" && l[9] == "" {
		status = "Too early to judge"
	}
	mark := "[" + l[15] + "]"
	if l[9] != "" {
		mark = "[z]" // there is a value, and no such number beside it
	}
	value := orMark(l[9], mark)
	if l[9] == "0" && l[13] != "" && l[13] != "0" {
		value = sheetCell{text: "[low]"}
	}
	want := []sheetCell{{text: l[1]}, {text: kindWords[l[2]]}, {text: l[3]}, {text: l[4]}, {text: l[5]}, {text: l[6]}, {text: breakdown}, {text: category}, value, {text: l[10]},
		orMark(l[11], mark), orMark(l[12], mark), orMark(l[13], mark), orMark(l[14], "["+l[16]+"]"), {text: status}}
	at := 0
	for i, c := range want {
		if drop[i] {
			continue
		}
		if at >= len(row) || !c.is(row[at]) {
			r.add(w.file, sheet+" "+strings.TrimSpace(strings.Join([]string{l[1], l[5], l[7], l[8]}, " ")), RuleCopy, "a cell is not what the data file says: "+sheetHeads[i])
			return
		}
		at++
	}
	if at != len(row) {
		r.add(w.file, sheet+" "+l[1], RuleCopy, "a row goes on beside its table")
	}
}

func orMark(number, mark string) sheetCell {
	if number == "" {
		return sheetCell{text: mark}
	}
	return sheetCell{text: number, number: true}
}

// is says whether two cells say the same: numbers as numbers.
func (c sheetCell) is(given sheetCell) bool {
	if c.number != given.number {
		return false
	}
	if c.text == given.text {
		return true
	}
	x, errX := strconv.ParseFloat(c.text, 64)
	y, errY := strconv.ParseFloat(given.text, 64)
	return c.number && errX == nil && errY == nil && x == y
}
