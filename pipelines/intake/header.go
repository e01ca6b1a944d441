package intake

import (
	"fmt"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/screen"
)

// layout says where in a file the columns of its contract stand.
type layout struct {
	columns []config.Column // those the period has, in contract order
	at      []int           // for each, its place in the file
	width   int             // columns in the file
	extra   []int           // places of columns the contract does not have
	names   []string        // as sent
	text    []string        // of Parquet: the expression that reads each column as text
}

// signature is equal for files that one statement can read together.
func (l *layout) signature() string {
	var names []string
	for _, c := range l.columns {
		names = append(names, c.Name)
	}
	return fmt.Sprint(l.width, names, l.at, l.extra)
}

// readHeader holds the header of an extract against its contract.
func (e *extract) readHeader(header []string) (*layout, *Refusal) {
	if len(header) > mostColumns {
		return nil, tooManyColumns(len(header))
	}
	l := &layout{width: len(header), names: header}
	place := map[string]int{}
	for i, name := range header {
		key := headerKey(name)
		if key == "" {
			l.extra = append(l.extra, i)
			continue
		}
		if _, twice := place[key]; twice {
			return nil, &Refusal{Rule: "duplicate_header", Line: 1, Message: fmt.Sprintf("has two columns with the same header, at places %d and %d", place[key]+1, i+1),
				Hint: "leave one of them out"}
		}
		place[key] = i
	}
	var missing []string
	for _, column := range e.contract.Columns {
		if !column.In(e.period) {
			continue
		}
		if column.StateOf != "" { // stands with its count, which comes before it
			if n := len(l.columns); n > 0 && l.columns[n-1].Kept() == column.StateOf {
				l.columns, l.at = append(l.columns, column), append(l.at, l.at[n-1])
			}
			continue
		}
		switch found := standing(column, place); len(found) {
		case 0:
			missing = append(missing, column.Name)
		case 1:
			l.columns, l.at = append(l.columns, column), append(l.at, place[found[0]])
			delete(place, found[0])
		default:
			return nil, &Refusal{Rule: "duplicate_header", Line: 1, Column: column.Name, Hint: "leave one of them out",
				Message: fmt.Sprintf("has two columns for %s, at places %d and %d", column.Name, place[found[0]]+1, place[found[1]]+1)}
		}
	}
	for _, i := range place {
		l.extra = append(l.extra, i)
	}
	slices.Sort(l.extra)
	if r := personalHeaders(l, e.look()); r != nil {
		return nil, r
	}
	if len(missing) > 0 {
		return nil, missingHeaders(missing, l)
	}
	return l, nil
}

// standing is the headers, among those of a file, that stand for a column.
func standing(c config.Column, place map[string]int) (found []string) {
	for _, header := range c.Headers() {
		key := headerKey(header)
		if _, ok := place[key]; ok && !slices.Contains(found, key) {
			found = append(found, key)
		}
	}
	return found
}

// headerKey is a header of a file as config.HeaderKey gives it. A header longer than any
// contract has is no more than its start.
func headerKey(name string) string { return config.HeaderKey(name[:min(len(name), 1000)]) }

// normal is a header without what people and spreadsheets add to it.
func normal(name string) string {
	return strings.ToLower(strings.Trim(name, " \t\u00a0\ufeff\""))
}

func missingHeaders(missing []string, l *layout) *Refusal {
	var spare []string
	for _, i := range l.extra {
		if name := normal(l.names[i]); name != "" && len(name) <= 60 {
			spare = append(spare, name)
		}
	}
	var hints []string
	for _, m := range missing {
		for _, s := range spare {
			if near(headerKey(m), headerKey(s)) {
				hints = append(hints, fmt.Sprintf("%s stands there as %s", m, s))
				break
			}
		}
	}
	hint := "add them to the header as the contract writes them"
	if len(missing) == 1 {
		hint = "add it to the header as the contract writes it"
	}
	if len(hints) > 0 {
		hint += ": " + strings.Join(hints, "; ")
	}
	r := refuse("missing_header", hint, "has no %s", plural(len(missing), "column ", "columns ")+strings.Join(missing, ", "))
	r.Line, r.Column = 1, missing[0]
	return r
}

// near says whether a header may be a mistyped, a shortened or a lengthened other.
func near(wanted, sent string) bool {
	if config.Edits(wanted, sent) <= max(2, len(wanted)/4) {
		return true
	}
	short, long := wanted, sent
	if len(short) > len(long) {
		short, long = long, short
	}
	return len(short) >= 4 && strings.Contains("_"+long+"_", "_"+short+"_")
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// personalHeaders refuses a file that has a personal column beside those of its contract, or
// a header that is itself a value: then the file has no header, and its first row is there.
func personalHeaders(l *layout, look *screen.Screen) *Refusal {
	var found []string
	values := 0
	for _, i := range l.extra {
		if kind := look.Label(l.names[i]); kind != "" {
			found = append(found, look.Title(kind))
			values++
		} else if kind := screen.Header(l.names[i]); kind != "" {
			found = append(found, look.Title(kind))
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.Sort(found)
	kinds := strings.Join(slices.Compact(found), ", ")
	r := refuse("personal_data", "delete the file from the inbox, take the columns out at the agency and send it again",
		"has columns that hold personal data: %s; nothing of it was loaded", kinds)
	if values > 0 {
		r = refuse("personal_data", "delete the file from the inbox, write the contract's headers in its first row at the agency and send it again",
			"has personal data in its header: %s in %d of %d columns; nothing of it was loaded", kinds, values, l.width)
	}
	r.Line = 1
	return r
}
