package intake

import (
	"fmt"
	"slices"
	"strings"

	"wherry/config"
)

// topRow is one of the first rows of a file, as a header that it might be.
type topRow struct {
	n      int64 // its line or row in the file
	above  int   // rows with something in them above it
	fields []string
	comma  byte // that it was taken apart by; 0 in a sheet
}

// headed is the header of a file and where it stands.
type headed struct {
	*layout
	topRow
}

// findHeader is the first of the rows that can be the header of the extract. Where none can,
// it refuses by the one that is most like it.
func findHeader(e *extract, rows []topRow) (*headed, *Refusal) {
	var refusal *Refusal
	best := -1
	for _, row := range rows {
		l, r := e.readHeader(row.fields)
		if r == nil {
			return &headed{l, row}, nil
		}
		r.Line = row.n
		if alike := matches(e.contract, e.period, row.fields); alike > best {
			best, refusal = alike, r
		}
	}
	if refusal == nil {
		refusal = emptyFile()
	}
	return nil, refusal
}

func emptyFile() *Refusal {
	return refuse("empty_file", "send it again; with nothing to report, send the header alone", "is empty")
}

// matches is how many columns of the contract a row names.
func matches(c *config.Contract, period config.Period, row []string) (n int) {
	named := map[string]bool{}
	for _, field := range row[:min(len(row), mostColumns)] {
		named[headerKey(field)] = true
	}
	for _, column := range c.Columns {
		if column.In(period) && slices.ContainsFunc(column.Headers(), func(h string) bool { return named[headerKey(h)] }) {
			n++
		}
	}
	return n
}

// commas is what may stand between the columns of a CSV: what its contract names, or any of
// these.
func commas(c *config.Contract) []byte {
	if d := c.File.Delimiter; d != "" {
		return []byte{d[0]}
	}
	return []byte{',', ';', '\t', '|'}
}

func commaName(b byte) string {
	switch b {
	case ',':
		return "commas"
	case ';':
		return "semicolons"
	case '\t':
		return "tabs"
	case '|':
		return "bars"
	}
	return fmt.Sprintf("%q", string(b))
}

// topRowsOf takes the first lines of a CSV apart, in every way that they may be.
func topRowsOf(lines []string, commas []byte) (rows []topRow) {
	above := -1
	for i, line := range lines {
		if strings.TrimSpace(line) == "" {
			continue
		}
		above++
		for _, comma := range commas {
			if fields, ok := split(line, comma); ok {
				rows = append(rows, topRow{n: int64(i + 1), above: above, fields: fields, comma: comma})
			}
		}
	}
	return rows
}

// csvHeader finds the header of a CSV among its first lines.
func csvHeader(e *extract, top []string) (*headed, *Refusal) {
	allowed := commas(e.contract)
	rows := topRowsOf(top, allowed)
	if len(rows) == 0 {
		r := refuse("unreadable_header", "close the quotes in line 1", "has a header whose quotes do not close")
		r.Line = 1
		return nil, r
	}
	h, refusal := findHeader(e, rows)
	if refusal == nil || len(allowed) > 1 {
		return h, refusal
	}
	for _, other := range []byte{',', ';', '\t', '|'} {
		if found, wrong := findHeader(e, topRowsOf(top, []byte{other})); wrong == nil && other != allowed[0] {
			r := refuse("wrong_delimiter", fmt.Sprintf("export it with %s between columns, or ask for the contract to leave the delimiter out", commaName(allowed[0])),
				"has %s between columns, and the contract says %s", commaName(other), commaName(allowed[0]))
			r.Line = found.n
			return nil, r
		}
	}
	return nil, refusal
}
