package dashboards

import (
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"wherry/dashboards/workbook/rules"
	"wherry/queries"
)

func workbookOf(t testing.TB, dir string) string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "data", "*.xlsx"))
	if err != nil || len(files) != 1 {
		t.Fatalf("workbooks %v, %v", files, err)
	}
	return files[0]
}

func TestTheWorkbookFollowsTheRules(t *testing.T) {
	for _, audience := range []string{"board", "public"} {
		found, err := rules.Check(workbookOf(t, written(t, madeUp(audience))))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s: %s", audience, f)
		}
	}
}

// TestLibreOfficeChangesNothing has LibreOffice open the workbook, save it again as XLSX and as
// ODS, and read each: every cell must be what was written.
func TestLibreOfficeChangesNothing(t *testing.T) {
	t.Parallel()
	file, dir := workbookOf(t, written(t, madeUp("board"))), t.TempDir()
	want, err := rules.Cells(file)
	if err != nil {
		t.Fatal(err)
	}
	if len(want) < 15 {
		t.Fatalf("only %d sheets", len(want))
	}
	files := []string{file}
	for _, form := range []string{"xlsx", "ods"} {
		made, err := rules.Converted(t.Context(), file, form, dir)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, made)
	}
	for _, f := range files {
		got, err := rules.Sheets(t.Context(), f)
		if err != nil {
			t.Fatal(err)
		}
		if len(got) != len(want) {
			t.Errorf("%s: %d sheets of %d", filepath.Base(f), len(got), len(want))
		}
		for sheet, lines := range want {
			same(t, filepath.Ext(f)+" "+sheet, lines, got[sheet])
		}
	}
}

func same(t *testing.T, where string, want, got [][]string) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d lines of %d", where, len(got), len(want))
		return
	}
	for i := range want {
		if !slices.EqualFunc(want[i], got[i], sameCell) {
			t.Errorf("%s, line %d:\n wrote %q\n read  %q", where, i+1, want[i], got[i])
			return
		}
	}
}

// sameCell holds numbers as numbers: 3.50 is 3.5.
func sameCell(a, b string) bool {
	x, errX := strconv.ParseFloat(a, 64)
	y, errY := strconv.ParseFloat(b, 64)
	return a == b || errX == nil && errY == nil && x == y
}

// TestAMeasureWithoutFiguresHasNoSheet: a table without rows would break the rules.
func TestAMeasureWithoutFiguresHasNoSheet(t *testing.T) {
	s := madeUp("board")
	s.Results[0].Figures, s.Results[0].Reading = nil, queries.Reading{Change: queries.TooFew, Headline: queries.Figure{State: queries.NotSupplied}}
	file := workbookOf(t, written(t, s))
	found, err := rules.Check(file)
	if err != nil || len(found) > 0 {
		t.Errorf("%v, %v", found, err)
	}
	sheets, err := rules.Cells(file)
	if err != nil {
		t.Fatal(err)
	}
	if sheets["RQ1"] != nil || sheets["RQ2"] == nil {
		t.Error("the sheets are not those of the measures that have figures")
	}
}

// TestTheWorkbookHoldsWhatStandsBesideFigures: people, shares done and scores, as data/<id>-beside.csv has them, with a
// mark where there is none.
func TestTheWorkbookHoldsWhatStandsBesideFigures(t *testing.T) {
	sheets, err := rules.Cells(workbookOf(t, written(t, madeUp("board"))))
	if err != nil {
		t.Fatal(err)
	}
	for id, heads := range map[string][]string{"PE1": {"People"}, "SI1": {"Within 2 days, percent", "Within 2 days, percent, low", "Days for nine in ten"}, "SI4": {"Counted before", "Before", "After"}} {
		at := slices.IndexFunc(sheets[id], func(row []string) bool { return len(row) > 0 && row[0] == "Period" })
		if at < 0 {
			t.Fatalf("%s has no table", id)
		}
		for _, head := range heads {
			column, numbers, marks := slices.Index(sheets[id][at], head), 0, 0
			for _, row := range sheets[id][at+1:] {
				switch _, err := strconv.ParseFloat(row[max(column, 0)], 64); {
				case err == nil:
					numbers++
				case slices.Contains([]string{"[c]", "[p]", "[x]", "[z]"}, row[max(column, 0)]):
					marks++
				}
			}
			if column < 0 || numbers == 0 || numbers+marks != len(sheets[id])-at-1 {
				t.Errorf("%s has %q at %d, with %d numbers and %d marks in %d rows", id, head, column, numbers, marks, len(sheets[id])-at-1)
			}
		}
		if row := sheets[id][at]; row[len(row)-1] != "Status" {
			t.Errorf("%s ends with %q, want Status", id, row[len(row)-1])
		}
	}
}
