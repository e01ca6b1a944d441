package audit

import "testing"

// TestNumbersBesideARowAreHeldAgainstTheirFile: a number that is not there, or stands where none is, is found.
func TestNumbersBesideARowAreHeldAgainstTheirFile(t *testing.T) {
	book := besideBook{columns: []besideColumn{{"people", 0}, {"within_5", 0}, {"within_5", 1}},
		numbers: map[place]map[string][]string{{"2026-07", "E1", "", ""}: {"people": {"120", "", ""}, "within_5": {"61.5", "55", "68"}}}}
	line := make([]string, 17)
	line[1], line[5], line[9] = "2026-07", "E1", "140"
	hidden := make([]string, 17)
	hidden[1], hidden[5], hidden[15] = "2026-08", "E1", "x"
	n := func(text string) sheetCell { return sheetCell{text: text, number: true} }
	said := func(text string) sheetCell { return sheetCell{text: text} }
	for _, c := range []struct {
		line  []string
		cells []sheetCell
		want  bool
	}{
		{line, []sheetCell{n("120"), n("61.5"), n("55")}, true},
		{line, []sheetCell{n("121"), n("61.5"), n("55")}, false},
		{line, []sheetCell{said("[c]"), n("61.5"), n("55")}, false},
		{hidden, []sheetCell{said("[x]"), said("[x]"), said("[x]")}, true},
		{hidden, []sheetCell{n("3"), said("[x]"), said("[x]")}, false},
		{hidden, []sheetCell{said("three"), said("[x]"), said("[x]")}, false},
	} {
		if got := (dataTable{beside: book}).besideHolds(c.line, c.cells); got != c.want {
			t.Errorf("%v beside %v: %v, want %v", c.cells, c.line, got, c.want)
		}
	}
	if head := book.columns[2].head(nil); head != "Within 5 days, percent, low" {
		t.Errorf("the head is %q", head)
	}
}
