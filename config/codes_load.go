package config

import (
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"
)

// loadCodes reads every config/codes/*.csv; a list is named after its file.
func loadCodes(fsys fs.FS) (map[string]*CodeList, Problems) {
	lists := map[string]*CodeList{}
	var found Problems
	names, err := fs.Glob(fsys, "codes/*.csv")
	if err != nil {
		return lists, Problems{{File: "config/codes", Msg: "the folder cannot be read: " + reason(err)}}
	}
	for _, name := range names {
		t := readTable(fsys, name, "code", "label", "valid_from", "valid_to")
		list := &CodeList{Name: strings.TrimSuffix(path.Base(name), ".csv")}
		if !lowerSnake.MatchString(list.Name) {
			t.add(0, fmt.Sprintf("%q is not the name of a code list", list.Name), "use small letters, digits and single underscores")
		}
		for i := range t.rows {
			list.Codes = append(list.Codes, t.code(i, list.Codes))
		}
		if len(list.Codes) == 0 && len(t.problems) == 0 {
			t.add(0, "the list has no codes", "")
		}
		lists[list.Name] = list
		found = append(found, t.problems...)
	}
	return lists, found
}

func (t *table) code(i int, before []Code) Code {
	row, line := t.rows[i], t.lines[i]
	c := Code{row["code"], row["label"], t.date(i, "valid_from"), t.date(i, "valid_to")}
	if c.Code == "" || c.Label == "" {
		t.add(line, "a code and its label are both needed", "")
	}
	if !c.ValidTo.IsZero() && c.ValidTo.Before(c.ValidFrom) {
		t.add(line, fmt.Sprintf("code %q ends before it begins", c.Code), "")
	}
	for _, b := range before {
		if b.Code == c.Code && c.Code != "" && overlap(b, c) {
			t.add(line, fmt.Sprintf("code %q is already in the list for some of these dates", c.Code), "end the earlier one by valid_to")
		}
	}
	return c
}

func overlap(a, b Code) bool {
	return (a.ValidTo.IsZero() || !a.ValidTo.Before(b.ValidFrom)) && (b.ValidTo.IsZero() || !b.ValidTo.Before(a.ValidFrom))
}

// ValidIn says whether the code may be used for at least one day of p.
func (c Code) ValidIn(p Period) bool {
	return c.ValidFrom.Before(p.End) && (c.ValidTo.IsZero() || !c.ValidTo.Before(p.Start))
}

// In is the codes of the list that may be used in p, in the list's order.
func (l *CodeList) In(p Period) []string {
	var codes []string
	for _, c := range l.Codes {
		if c.ValidIn(p) {
			codes = append(codes, c.Code)
		}
	}
	return codes
}

// Label is the words for a code on a date, and whether the list has it then; the zero time
// asks for any date.
func (l *CodeList) Label(code string, on time.Time) (string, bool) {
	for _, c := range l.Codes {
		open := on.IsZero() || (!on.Before(c.ValidFrom) && (c.ValidTo.IsZero() || !on.After(c.ValidTo)))
		if c.Code == code && open {
			return c.Label, true
		}
	}
	return "", false
}
