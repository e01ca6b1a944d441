package intake

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/config"
)

// sheetReader writes the rows of the one sheet of a workbook that has the contract's header
// out as lines.
type sheetReader struct {
	*extract
	book   *book
	kind   []string // type of the column at each place, "" for an extra one
	sieve  sieve
	hidden int64 // first row with something in it that the workbook hides
	behind int   // such rows
	first  int64 // row of data
	last   int64
}

func prepareXLSX(e *extract, scratch string, limits config.Limits) (src *source, err error) {
	limit := unpackedLimit(e.size, limits.ExtractBytes)
	b, err := openBook(e.plain, limit)
	if err != nil {
		return nil, unreadableBook(err, limit)
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	s := &sheetReader{extract: e, book: b}
	from, err := s.choose()
	if err == nil {
		src, err = s.read(from, scratch, limits)
	}
	var refusal *Refusal
	if err == nil || errors.As(err, &refusal) {
		return src, err
	}
	return nil, unreadableBook(err, limit)
}

func unreadableBook(err error, limit int64) *Refusal {
	switch {
	case errors.Is(err, ErrTooLarge):
		return tooLargeUnpacked(limit)
	case errors.Is(err, errMarkup):
		return refuse("unreadable_file", "save it again as .xlsx", "has a sheet that cannot be read")
	}
	return refuse("unreadable_file", "save it again as .xlsx, without a password", "cannot be opened as an XLSX workbook")
}

// top is the first rows of a sheet, and each of them with the row above it in its blanks:
// where header cells are merged, the words stand in either.
func (b *book) top(from sheet) (single, double []topRow, err error) {
	r, err := b.rows(from)
	if err != nil {
		return nil, nil, err
	}
	defer r.Close()
	for len(single) < topRows {
		row, err := r.next()
		if err != nil {
			return nil, nil, err
		}
		if row == nil {
			break
		}
		if !row.shown() {
			continue
		}
		cells := slices.Clone(row.cells)
		for len(cells) > 0 && blank(cells[len(cells)-1]) {
			cells = cells[:len(cells)-1]
		}
		if n := len(single); n > 0 {
			double = append(double, topRow{n: row.n, above: n - 1, fields: over(single[n-1].fields, cells)})
		}
		single = append(single, topRow{n: row.n, above: len(single), fields: cells})
	}
	return single, double, nil
}

// over is a row with the one above it where it is blank.
func over(above, row []string) []string {
	both := make([]string, max(len(above), len(row)))
	copy(both, above)
	for i, cell := range row {
		if !blank(cell) {
			both[i] = cell
		}
	}
	return both
}

// choose finds the sheet that is meant and its header: the one that the contract names, or
// the only one of those shown that has the contract's header.
func (s *sheetReader) choose() (chosen sheet, err error) {
	wanted := s.contract.File.Sheet
	var fits []string
	var refusal, named *Refusal
	var tops [][]topRow
	var names []string
	for _, candidate := range s.book.sheets {
		names = append(names, candidate.name)
		single, double, err := s.book.top(candidate)
		if errors.Is(err, ErrTooLarge) {
			return sheet{}, err
		}
		tops = append(tops, single)
		if wanted != "" && !strings.EqualFold(candidate.name, wanted) || wanted == "" && candidate.hidden {
			continue
		}
		if named = emptyFile(); err != nil {
			named = unreadableBook(err, 0)
		} else if len(single) > 0 {
			var h *headed
			if h, named = findHeader(s.extract, append(single, double...)); named == nil {
				fits = append(fits, candidate.name)
				chosen, s.sieve.headed = candidate, h
			}
		}
		if named != nil && (refusal == nil || refusal.Rule == "empty_file") {
			refusal = named
		}
	}
	if r := annexA(tops); r != nil {
		return sheet{}, r
	}
	if r := personalSheets(names, s.look()); r != nil {
		return sheet{}, r
	}
	switch {
	case len(fits) == 1:
		return chosen, nil
	case len(fits) > 1:
		return sheet{}, refuse("several_sheets", "leave the one that is meant, or ask for the contract to name its sheet", "has %d sheets with the header of the contract", len(fits))
	case refusal != nil:
		return sheet{}, refusal
	case wanted != "":
		return sheet{}, refuse("missing_sheet", "name the sheet "+wanted, "has no sheet %s", wanted)
	}
	return sheet{}, refuse("missing_sheet", "unhide the sheet with the rows, and save it again", "has no sheet that is shown")
}

func (s *sheetReader) read(from sheet, scratch string, limits config.Limits) (*source, error) {
	l := s.sieve.layout
	s.kind = make([]string, l.width)
	for i, at := range l.at {
		s.kind[at] = l.columns[i].Type
	}
	rows, err := s.book.rows(from)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out, err := newRowWriter(scratch)
	if err != nil {
		return nil, err
	}
	s.sieve.out, s.sieve.most, s.sieve.left.above = out, limits.ExtractRows, s.sieve.above
	err = s.body(rows)
	if e := out.close(); err == nil {
		err = e
	}
	if err == nil {
		err = asError(s.doubts(rows.merges))
	}
	s.sieve.end()
	return &source{extract: s.extract, layout: l, form: "lines", read: out.path, comma: ',', bare: true, rows: out.rows,
		broken: s.sieve.broken, left: s.sieve.left}, err
}

func (s *sheetReader) body(rows *cellReader) error {
	fields := make([]string, s.sieve.width)
	for {
		row, err := rows.next()
		if row == nil || err != nil {
			return err
		}
		if row.n <= s.sieve.n || !row.shown() {
			continue
		}
		if row.unmade >= 0 {
			return refuse("formula_without_value", "open it in a spreadsheet program, paste the cells as values, and save it",
				"has a formula in cell %s whose value is not in the file", cellName(row.unmade, row.n))
		}
		if row.hidden {
			if s.behind++; s.hidden == 0 {
				s.hidden = row.n
			}
			continue
		}
		cells := row.cells
		for i := range fields {
			fields[i] = ""
			if i < len(cells) {
				fields[i] = s.cell(cells[i], s.kind[i])
			}
		}
		whole := append(fields, cells[min(len(cells), len(fields)):]...)
		before := s.sieve.out.rows
		if err := s.sieve.row(row.n, whole); err != nil {
			return err
		}
		if s.sieve.out.rows > before {
			if s.last = row.n; s.first == 0 {
				s.first = row.n
			}
		}
	}
}

// doubts refuses a sheet that shows its sender something else than its rows.
func (s *sheetReader) doubts(merges []area) *Refusal {
	if s.behind > 0 {
		r := refuse("hidden_rows", "show the rows or delete them, so that what is sent is what is meant",
			"has %d hidden %s, the first in row %d", s.behind, plural(s.behind, "row", "rows"), s.hidden)
		r.Line = s.hidden
		return r
	}
	for _, m := range merges {
		if from := max(m.from, s.sieve.n+1); from <= m.to && s.first > 0 && from <= s.last && m.to >= s.first {
			r := refuse("merged_cells", "unmerge the cells, and fill each of them in", "has merged cells among its rows, at %s", m.name)
			r.Line = m.from
			return r
		}
	}
	return nil
}

// cell is a raw cell as text. What a date looks like in the workbook is not trusted: a
// number in a column of dates is a serial, by the workbook's own calendar.
func (s *sheetReader) cell(raw, kind string) string {
	raw = strings.TrimSpace(raw)
	if kind != "date" && kind != "timestamp" {
		return raw
	}
	raw = strings.TrimSuffix(raw, "T00:00:00")
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	t, ok := SerialTime(serial, s.book.since)
	if !ok {
		return raw
	}
	if kind == "date" {
		if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
			return raw
		}
		return t.Format(time.DateOnly)
	}
	return t.Format(time.DateTime)
}
