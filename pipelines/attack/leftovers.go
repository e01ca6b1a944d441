package attack

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
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
		sheets, err := records(path)
		for _, sheet := range sheets {
			f.takeIn(sheet)
		}
		return err
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
	if _, there := at["least"]; there && len(lines[0]) == len(reportColumns) {
		f.report(lines, at)
		return
	}
	if of, there := at["measure"]; there && missing(at) == "" {
		for _, l := range lines[1:] {
			l = append(l, make([]string, max(0, len(lines[0])-len(l)))...) // a workbook leaves the empty end of a row out
			for _, m := range f.Measures {
				if m.ID != l[of] {
					continue
				}
				if r, err := readRow(l, at); err == nil {
					m.left = append(m.left, r)
				}
			}
		}
	}
}

// reportColumns are those of the report on what is hidden that an edition ships.
var reportColumns = []string{"measure", "period", "area", "breakdown", "category", "hidden", "why", "level", "least", "most"}

// report keeps the ranges that such a report gives.
func (f *files) report(lines [][]string, at map[string]int) {
	for _, name := range reportColumns {
		if _, there := at[name]; !there {
			return
		}
	}
	for _, l := range lines[1:] {
		least, err := strconv.ParseInt(l[at["least"]], 10, 64)
		if err != nil {
			continue // a value, which is no count
		}
		s := spans{l[at["period"]], l[at["area"]], l[at["breakdown"]], l[at["category"]], "base", least, far}
		if l[at["hidden"]] == "how many met it" {
			s.part = "met"
		}
		if most, err := strconv.ParseInt(l[at["most"]], 10, 64); err == nil {
			s.most = most
		}
		for _, m := range f.Measures {
			if m.ID == l[at["measure"]] {
				m.reported = append(m.reported, s)
			}
		}
	}
}

// records is the tables of a file, their first line the names of columns; none where what it
// holds is no table.
func records(path string) ([][][]string, error) {
	form := strings.ToLower(filepath.Ext(path))
	if !slices.Contains([]string{".csv", ".json", ".xlsx"}, form) {
		return nil, nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	switch form {
	case ".csv":
		if lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll(); err == nil {
			return [][][]string{lines}, nil
		}
	case ".json":
		return [][][]string{objects(text)}, nil
	case ".xlsx":
		return sheets(text), nil
	}
	return nil, nil
}

// sheets is the sheets of a workbook.
func sheets(text []byte) [][][]string {
	book, err := excelize.OpenReader(bytes.NewReader(text))
	if err != nil {
		return nil
	}
	defer book.Close()
	var all [][][]string
	for _, name := range book.GetSheetList() {
		if lines, err := book.GetRows(name); err == nil {
			all = append(all, lines)
		}
	}
	return all
}

// objects is a list of JSON objects as a table.
func objects(text []byte) [][]string {
	var list []map[string]any
	reading := json.NewDecoder(bytes.NewReader(text))
	reading.UseNumber()
	if reading.Decode(&list) != nil || len(list) == 0 {
		return nil
	}
	names := slices.Sorted(maps.Keys(list[0]))
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
