package attack

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

// TestTablesLeftBehind hides a pair well and leaves the line of one of them behind, as it was,
// in another file.
func TestTablesLeftBehind(t *testing.T) {
	pair := func(hide bool) *edition {
		e := clean()
		e.met[cell{"quarter", 4, "A"}] = 3
		if hide {
			e.hide[cell{"quarter", 4, "A"}], e.hide[cell{"quarter", 4, "B"}] = true, true
			e.hideYears(4, "A", "B")
		}
		return e
	}
	line := pair(false).line(cell{"quarter", 4, "A"})
	for name, leave := range map[string]func(path string) error{
		"data/p1-old.csv": func(path string) error {
			var b strings.Builder
			if err := csv.NewWriter(&b).WriteAll([][]string{header, line}); err != nil {
				return err
			}
			return os.WriteFile(path, []byte(b.String()), 0o644)
		},
		"data/protection.csv": func(path string) error {
			return os.WriteFile(path, []byte(strings.Join(reportColumns, ",")+"\nP1,"+line[2]+",A,,,how many met it,few,1,3,3\n"), 0o644)
		},
		"tables.xlsx": func(path string) error {
			book := excelize.NewFile()
			for i, l := range [][]string{header, line} {
				at, err := excelize.CoordinatesToCellName(1, i+1)
				if err != nil {
					return err
				}
				if err := book.SetSheetRow("Sheet1", at, &l); err != nil {
					return err
				}
			}
			return book.SaveAs(path)
		},
	} {
		dir := pair(true).write(t, t.TempDir())
		if r := attacked(t, dir); len(r.Known) > 0 {
			t.Fatalf("without it: %v", r.Known)
		}
		if err := leave(filepath.Join(dir, "board", name)); err != nil {
			t.Fatal(err)
		}
		r := attacked(t, dir)
		if !slices.ContainsFunc(r.Known, func(k Recovered) bool {
			return k.Count == "met" && k.Low == 3 && strings.HasSuffix(k.Cell, " A") && (slices.Contains(k.Methods, "files left behind") || slices.Contains(k.Methods, "the report on what is hidden"))
		}) {
			t.Errorf("%s: not recovered: %v", name, r.Known)
		}
	}
}
