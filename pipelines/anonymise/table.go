package anonymise

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"wherry/config"
	"wherry/pipelines/intake"
)

// table is a file's rows as text, each as wide as its header.
type table struct {
	header    []string
	rows      [][]string
	since1904 bool
}

// largestTable is the most bytes of a file that is anonymised in one go, unpacked.
const largestTable = 1 << 30

// readTable reads a CSV of any usual encoding and delimiter, or a sheet of a workbook. No
// error holds a value of it.
func readTable(path string, c *config.Contract) (*table, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	if info.Size() == 0 || info.Size() > largestTable {
		return nil, fmt.Errorf("%s is empty, or larger than can be anonymised in one go", path)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("opening the file: %w", err)
	}
	t := &table{}
	if bytes.HasPrefix(text, []byte("PK\x03\x04")) {
		err = t.workbook(path, c.File.Sheet)
	} else {
		err = t.csv(text)
	}
	if err != nil {
		return nil, err
	}
	return t, t.tidy()
}

func (t *table) csv(text []byte) error {
	switch {
	case bytes.HasPrefix(text, []byte{0xff, 0xfe}), bytes.HasPrefix(text, []byte{0xfe, 0xff}):
		decoded, err := unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Bytes(text)
		if err != nil {
			return errors.New("reading the file: it is not UTF-16, though it begins as if it were")
		}
		text = decoded
	case !utf8.Valid(text):
		decoded, err := charmap.Windows1252.NewDecoder().Bytes(text)
		if err != nil {
			return errors.New("reading the file: it is in no encoding that is read")
		}
		text = decoded
	}
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	first, _, _ := bytes.Cut(text, []byte("\n"))
	r := csv.NewReader(bytes.NewReader(text))
	r.Comma, r.FieldsPerRecord = ',', -1
	for _, other := range []byte{';', '\t', '|'} {
		if bytes.Count(first, []byte{other}) > bytes.Count(first, []byte{byte(r.Comma)}) {
			r.Comma = rune(other)
		}
	}
	rows, err := r.ReadAll()
	var fault *csv.ParseError
	if errors.As(err, &fault) {
		return fmt.Errorf("reading the file: line %d has quotes that do not close, or stand inside a value", fault.Line)
	}
	t.rows = rows
	return err
}

func (t *table) workbook(path, sheet string) (err error) {
	book, err := intake.OpenWorkbook(path, largestTable)
	if err != nil {
		return errors.New("reading the workbook: it cannot be opened, or is too large unpacked")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	if properties, err := book.GetWorkbookProps(); err == nil && properties.Date1904 != nil {
		t.since1904 = *properties.Date1904
	}
	if sheet == "" || !slices.Contains(book.GetSheetList(), sheet) {
		sheet = book.GetSheetList()[0]
	}
	if t.rows, err = book.GetRows(sheet); err != nil {
		return errors.New("reading the workbook: its sheet cannot be read")
	}
	return nil
}

// tidy takes the header off the rows and makes every row as wide.
func (t *table) tidy() error {
	for len(t.rows) > 0 && strings.TrimSpace(strings.Join(t.rows[0], "")) == "" {
		t.rows = t.rows[1:]
	}
	if len(t.rows) == 0 {
		return errors.New("reading the file: there is nothing in it")
	}
	t.header, t.rows = t.rows[0], t.rows[1:]
	for i := range t.header {
		t.header[i] = strings.Trim(t.header[i], " \t\r\u00a0\"")
	}
	var rows [][]string
	for i, row := range t.rows {
		for len(row) > len(t.header) && strings.TrimSpace(row[len(row)-1]) == "" {
			row = row[:len(row)-1]
		}
		if len(row) > len(t.header) {
			return fmt.Errorf("reading the file: row %d has more values than the header has columns", i+2)
		}
		wide := make([]string, len(t.header))
		for j, v := range row {
			wide[j] = strings.Trim(v, " \t\r\n\u00a0")
		}
		if strings.Join(wide, "") != "" {
			rows = append(rows, wide)
		}
	}
	t.rows = rows
	return nil
}

// place is where one of some headers stands, -1 for nowhere. Capitals, spaces and
// underscores make no difference.
func (t *table) place(names ...string) int {
	for _, name := range names {
		for i, header := range t.header {
			if plainHeader(header) == plainHeader(name) {
				return i
			}
		}
	}
	return -1
}

func plainHeader(s string) string {
	return strings.ToLower(strings.NewReplacer("_", "", " ", "", "-", "", "'", "", "’", "").Replace(s))
}

// moment reads a date, or date and time, in the contract's own form, in ISO, day first, or
// as a workbook's serial number.
func (t *table) moment(v, format string) (time.Time, bool) {
	forms := []string{time.DateOnly, time.DateTime, "2006-01-02T15:04:05", "2006-01-02 15:04", "02/01/2006", "02/01/2006 15:04:05", "02/01/2006 15:04", "2006-01"}
	if format != "" {
		forms = append([]string{goForm(format)}, forms...)
	}
	for _, form := range forms {
		if on, err := time.Parse(form, v); err == nil {
			return on, true
		}
	}
	if serial, err := strconv.ParseFloat(v, 64); err == nil {
		return intake.SerialTime(serial, t.since1904)
	}
	return time.Time{}, false
}
