package config

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"
	"time"
)

// table is a contributed CSV file, read whole: its rows by column name, with the line of each.
type table struct {
	file     string
	rows     []map[string]string
	lines    []int
	problems Problems
}

// readTable reads a CSV file that must have exactly these columns, in this order.
func readTable(fsys fs.FS, name string, columns ...string) *table {
	t := &table{file: "config/" + name}
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		t.add(0, "the file cannot be read: "+reason(err), "")
		return t
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff"))))
	r.FieldsPerRecord = len(columns)
	header, err := r.Read()
	if err != nil || !slices.Equal(header, columns) {
		t.add(1, "the first line must be: "+strings.Join(columns, ","), "")
		return t
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t
		}
		line, _ := r.FieldPos(0)
		var bad *csv.ParseError
		if errors.As(err, &bad) {
			t.add(bad.StartLine, "the line is not valid CSV: "+bad.Err.Error(), fmt.Sprintf("%d values are wanted, in quotes where they hold a comma", len(columns)))
			if !errors.Is(bad.Err, csv.ErrFieldCount) {
				return t
			}
			continue
		}
		row := map[string]string{}
		for i, c := range columns {
			row[c] = strings.TrimSpace(record[i])
		}
		t.rows, t.lines = append(t.rows, row), append(t.lines, line)
	}
}

func (t *table) add(line int, msg, hint string) {
	t.problems = append(t.problems, Problem{File: t.file, Line: line, Msg: msg, Hint: hint})
}

// date reads an ISO date of row i; an empty one is the zero time.
func (t *table) date(i int, column string) time.Time {
	text := t.rows[i][column]
	if text == "" {
		return time.Time{}
	}
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.add(t.lines[i], fmt.Sprintf("%s %q is not a date", column, text), "write it as 2026-10-31")
	}
	return d
}
