package intake

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"wherry/config"
)

// ErrTooLarge tells that a packed file is larger, unpacked, than an extract may be.
var ErrTooLarge = errors.New("too large unpacked")

// OpenWorkbook opens an XLSX of at most so many bytes unpacked, with raw cell values, after unpacking it once to nowhere, so that its real size is
// known: the sizes a packed file states of itself can lie.
func OpenWorkbook(path string, most int64) (*excelize.File, error) {
	if most <= 0 {
		most = 1 << 31
	}
	if err := weigh(path, most); err != nil {
		return nil, err
	}
	return excelize.OpenFile(path, excelize.Options{RawCellValue: true, UnzipSizeLimit: most, UnzipXMLSizeLimit: min(most, 64<<20)})
}

func weigh(path string, most int64) error {
	z, err := zip.OpenReader(path)
	if err != nil {
		return err
	}
	defer z.Close()
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			return err
		}
		n, err := io.Copy(io.Discard, io.LimitReader(r, most+1))
		if e := r.Close(); err == nil && n <= most {
			err = e
		}
		if most -= n; most < 0 {
			return ErrTooLarge
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func prepareXLSX(e *extract, scratch string, limits config.Limits) (src *source, err error) {
	book, err := OpenWorkbook(e.path, limits.ExtractBytes)
	if errors.Is(err, ErrTooLarge) || errors.Is(err, excelize.ErrOptionsUnzipSizeLimit) {
		return nil, refuse("too_large", "split it, or raise limits.extract_bytes", "is larger than %d bytes when unpacked", limits.ExtractBytes)
	}
	if err != nil {
		return nil, refuse("unreadable_file", "save it again as .xlsx, without a password", "cannot be opened as an XLSX workbook")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	if r := annexA(book); r != nil {
		return nil, r
	}
	if r := personalSheets(book.GetSheetList()); r != nil {
		return nil, r
	}
	sheet := e.contract.File.Sheet
	if sheet == "" {
		sheet = book.GetSheetList()[0]
	} else if !slices.Contains(book.GetSheetList(), sheet) {
		return nil, refuse("missing_sheet", fmt.Sprintf("name the sheet %s", sheet), "has no sheet %s", sheet)
	}
	rows, err := book.Rows(sheet)
	if err != nil {
		return nil, refuse("unreadable_file", "save it again as .xlsx", "has a sheet that cannot be read")
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	properties, err := book.GetWorkbookProps()
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	if cell, err := openFormula(e.path, sheet); err != nil {
		return nil, refuse("unreadable_file", "save it again as .xlsx", "has a sheet that cannot be read")
	} else if cell != "" {
		return nil, refuse("formula_without_value", "open it in a spreadsheet program, paste the cells as values, and save it",
			"has a formula in cell %s whose value is not in the file", cell)
	}
	s := &sheetReader{extract: e, rows: rows, limits: limits, since1904: properties.Date1904 != nil && *properties.Date1904}
	return s.read(scratch)
}

// sheetReader writes the rows of a sheet out as lines.
type sheetReader struct {
	*extract
	rows      *excelize.Rows
	limits    config.Limits
	since1904 bool

	layout *layout
	kind   []string // type of the column at each place, "" for an extra one
	broken []int64
}

func (s *sheetReader) read(scratch string) (*source, error) {
	if err := s.header(); err != nil {
		return nil, err
	}
	out, err := newRowWriter(scratch)
	if err != nil {
		return nil, err
	}
	err = s.body(out)
	if e := out.close(); err == nil {
		err = e
	}
	if err != nil {
		return nil, err
	}
	return &source{extract: s.extract, layout: s.layout, form: "lines", read: out.path, comma: ',', bare: true, rows: out.rows, broken: s.broken}, nil
}

func (s *sheetReader) header() error {
	if !s.rows.Next() {
		return refuse("empty_file", "send it again; with nothing to report, send the header alone", "is empty")
	}
	header, err := s.rows.Columns()
	if err != nil {
		return refuse("unreadable_file", "save it again as .xlsx", "has a header that cannot be read")
	}
	for len(header) > 0 && normal(header[len(header)-1]) == "" {
		header = header[:len(header)-1]
	}
	l, refusal := readHeader(s.contract, s.period, header)
	if refusal == nil {
		s.layout, s.kind = l, make([]string, l.width)
		for i, at := range l.at {
			s.kind[at] = l.columns[i].Type
		}
		return nil
	}
	if refusal.Rule == "missing_header" {
		for n := 2; n <= 12 && s.rows.Next(); n++ {
			row, err := s.rows.Columns()
			if err != nil {
				break
			}
			if _, wrong := readHeader(s.contract, s.period, row); wrong == nil {
				refusal = refuse("rows_above_header", "remove the rows above it", "has its header on row %d", n)
				refusal.Line = int64(n)
				break
			}
		}
	}
	return refusal
}

func (s *sheetReader) body(out *rowWriter) error {
	for n := int64(2); s.rows.Next(); n++ {
		row, err := s.rows.Columns()
		if err != nil {
			return refuse("unreadable_file", "save it again as .xlsx", "has a row that cannot be read, row %d", n)
		}
		if s.limits.ExtractRows > 0 && n-1 > s.limits.ExtractRows {
			return refuse("too_large", "split it, or raise limits.extract_rows", "has more than %d rows", s.limits.ExtractRows)
		}
		if err := s.row(out, n, row); err != nil {
			return err
		}
	}
	if s.rows.Error() != nil {
		return refuse("unreadable_file", "save it again as .xlsx", "cannot be read to its end")
	}
	return nil
}

func (s *sheetReader) row(out *rowWriter, n int64, row []string) error {
	for len(row) > s.layout.width && strings.TrimSpace(row[len(row)-1]) == "" {
		row = row[:len(row)-1]
	}
	if strings.TrimSpace(strings.Join(row, "")) == "" {
		return nil
	}
	if len(row) > s.layout.width {
		s.broken = append(s.broken, n)
		return nil
	}
	fields := make([]string, s.layout.width)
	for i := range fields {
		if i < len(row) {
			fields[i] = s.cell(row[i], s.kind[i])
		}
	}
	return out.write(n, fields)
}

// cell is a raw cell as text. What a date looks like in the workbook is not trusted: a
// number in a column of dates is a serial, by the workbook's own calendar.
func (s *sheetReader) cell(raw, kind string) string {
	raw = strings.TrimSpace(raw)
	if kind != "date" && kind != "timestamp" {
		return raw
	}
	serial, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	t, ok := SerialTime(serial, s.since1904)
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

// SerialTime is the moment of a spreadsheet's serial number, to the second. Serials up to
// 60 are not read: the calendar has a 29 February 1900 there.
func SerialTime(serial float64, since1904 bool) (time.Time, bool) {
	if serial <= 60 || serial > 73_050 || math.IsNaN(serial) {
		return time.Time{}, false
	}
	epoch := config.Day(1899, time.December, 30)
	if since1904 {
		epoch = config.Day(1904, time.January, 1)
	}
	days, part := math.Modf(serial)
	seconds := math.Round(part * 86_400)
	return epoch.AddDate(0, 0, int(days)).Add(time.Duration(seconds) * time.Second), true
}
