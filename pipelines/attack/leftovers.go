package attack

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"
)

// leftBehind reads every other file of an audience's folder that holds rows as data files do:
// a copy in another form, or one that should have been removed.
func (f *files) leftBehind() error {
	known := []string{"catalogue.json"}
	for _, m := range f.Measures {
		known = append(known, filepath.Base(m.File), strings.TrimSuffix(filepath.Base(m.File), ".csv")+"-beside.csv")
	}
	return filepath.WalkDir(f.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || filepath.Base(filepath.Dir(path)) == "data" && slices.Contains(known, d.Name()) {
			return err
		}
		for _, sheet := range records(path) {
			f.takeIn(sheet)
		}
		return nil
	})
}

// takeIn keeps the rows of a table that has the columns of a data file; others tell nothing
// that can be placed.
func (f *files) takeIn(lines [][]string) {
	if len(lines) == 0 {
		return
	}
	at := map[string]int{}
	for i, name := range lines[0] {
		at[name] = i
	}
	if of, there := at["measure"]; there && missing(at) == "" {
		for _, l := range lines[1:] {
			l = append(l, make([]string, max(0, len(lines[0])-len(l)))...) // a workbook leaves the empty end of a row out
			for _, m := range f.Measures {
				if r, err := readRow(l, at); err == nil && m.ID == l[of] {
					m.left = append(m.left, r)
				}
			}
		}
	}
}

// records is the tables of a file, their first line the names of columns; none where it is
// no table that can be read.
func records(path string) [][][]string {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".csv":
		file, err := os.Open(path)
		if err != nil {
			return nil
		}
		defer file.Close()
		lines, err := csv.NewReader(file).ReadAll()
		if err != nil {
			return nil
		}
		return [][][]string{lines}
	case ".json":
		return [][][]string{objects(path)}
	case ".xlsx":
		book, err := excelize.OpenFile(path)
		if err != nil {
			return nil
		}
		defer book.Close()
		var sheets [][][]string
		for _, name := range book.GetSheetList() {
			if lines, err := book.GetRows(name); err == nil {
				sheets = append(sheets, lines)
			}
		}
		return sheets
	}
	return nil
}

// objects is a list of JSON objects as a table.
func objects(path string) [][]string {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil
	}
	var list []map[string]any
	if json.Unmarshal(text, &list) != nil || len(list) == 0 {
		return nil
	}
	var names []string
	for name := range list[0] {
		names = append(names, name)
	}
	slices.Sort(names)
	lines := [][]string{names}
	for _, o := range list {
		var l []string
		for _, name := range names {
			value := ""
			if v, there := o[name]; there && v != nil {
				value = fmt.Sprint(v)
			}
			l = append(l, value)
		}
		lines = append(lines, l)
	}
	return lines
}
