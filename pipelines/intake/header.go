package intake

import (
	"fmt"
	"slices"
	"strings"

	"wherry/config"
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
func readHeader(c *config.Contract, period config.Period, header []string) (*layout, *Refusal) {
	l := &layout{width: len(header), names: header}
	place := map[string]int{}
	for i, name := range header {
		key := normal(name)
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
	for _, column := range c.Columns {
		if !column.In(period) {
			continue
		}
		if column.StateOf != "" { // stands with its count, which comes before it
			if n := len(l.columns); n > 0 && l.columns[n-1].Kept() == column.StateOf {
				l.columns, l.at = append(l.columns, column), append(l.at, l.at[n-1])
			}
			continue
		}
		i, ok := place[normal(column.Name)]
		if !ok {
			missing = append(missing, column.Name)
			continue
		}
		delete(place, normal(column.Name))
		l.columns, l.at = append(l.columns, column), append(l.at, i)
	}
	for _, i := range place {
		l.extra = append(l.extra, i)
	}
	slices.Sort(l.extra)
	if r := personalHeaders(l); r != nil {
		return nil, r
	}
	if len(missing) > 0 {
		return nil, missingHeaders(missing, l)
	}
	return l, nil
}

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
			if config.Edits(normal(m), s) <= max(2, len(m)/4) {
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

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// personalHeaders refuses a file that has a personal column beside those of its contract.
func personalHeaders(l *layout) *Refusal {
	var found []string
	for _, i := range l.extra {
		if what := personalName(l.names[i]); what != "" {
			found = append(found, what)
		}
	}
	if len(found) == 0 {
		return nil
	}
	slices.Sort(found)
	found = slices.Compact(found)
	r := refuse("personal_data", "delete the file from the inbox, take the columns out at the agency and send it again",
		"has columns that hold personal data: %s; nothing of it was loaded", strings.Join(found, ", "))
	r.Line = 1
	return r
}
