package anonymise

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/google/renameio/v2"
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"wherry/config"
)

// periods settles the reporting period of each row.
func (x *extractor) periods() error {
	x.period = make([]config.Period, len(x.out))
	column, dated := x.contract.Column(x.contract.PeriodBy)
	if x.options.Period != "" {
		period, err := config.ParsePeriod(x.options.Period)
		if err != nil || period.Kind != x.contract.Every {
			return fmt.Errorf("%s is sent by the %s: %q is none", x.contract.Feed, x.contract.Every, x.options.Period)
		}
		for r := range x.period {
			x.period[r] = period
		}
		return nil
	}
	at := -1
	if dated {
		at = x.table.place(append(column.Headers(), column.Kept())...)
	}
	if at < 0 {
		return fmt.Errorf("no column of the file gives the period of %s: say it with --period", x.contract.Feed)
	}
	for r, row := range x.table.rows {
		if on, ok := x.table.moment(row[at], column.Format); ok {
			x.period[r] = config.Containing(x.contract.Every, on)
		} else {
			x.drop("rows without a date in %s, which gives the period", column.Name)
		}
	}
	return nil
}

// anyPeriod is the period of the first row that has one.
func (x *extractor) anyPeriod() config.Period {
	for _, p := range x.period {
		if !p.Start.IsZero() {
			return p
		}
	}
	return config.Period{}
}

// write makes one extract for each period, its rows in an order that tells nothing of the
// file's.
func (x *extractor) write() error {
	if err := os.MkdirAll(x.options.To, 0o700); err != nil {
		return fmt.Errorf("making the folder to write to: %w", err)
	}
	rows, periods := map[string][][]string{}, map[string]config.Period{}
	for r, period := range x.period {
		if period.Start.IsZero() {
			continue
		}
		rows[period.Slug()] = append(rows[period.Slug()], x.out[r])
		periods[period.Slug()] = period
	}
	if len(rows) == 0 {
		return errors.New("no row of the file has a period, so there is nothing to write")
	}
	for _, slug := range slices.Sorted(maps.Keys(rows)) {
		if err := x.extract(periods[slug], rows[slug]); err != nil {
			return fmt.Errorf("writing %s for %s: %w", x.contract.Feed, slug, err)
		}
	}
	return nil
}

func (x *extractor) extract(period config.Period, rows [][]string) error {
	var places []int
	var header []string
	for i, c := range x.contract.Columns {
		if c.In(period) && c.StateOf == "" {
			places, header = append(places, i), append(header, c.Name)
		}
	}
	lines := make([][]string, len(rows))
	for r, row := range rows {
		for _, i := range places {
			lines[r] = append(lines[r], row[i])
		}
	}
	slices.SortFunc(lines, slices.Compare)
	name := strings.NewReplacer("{period}", period.Slug(), "*", "", "?", "").Replace(x.contract.File.Pattern)
	text, ending, err := x.text(append([][]string{header}, lines...))
	if err != nil {
		return err
	}
	if err := renameio.WriteFile(filepath.Join(x.options.To, name+ending), text, 0o600); err != nil {
		return err
	}
	x.report.Files = append(x.report.Files, Written{name + ending, x.contract.Feed, len(lines)})
	return nil
}

// text is an extract's bytes, as its contract asks for them.
func (x *extractor) text(lines [][]string) ([]byte, string, error) {
	if !slices.Contains(x.contract.File.Formats, "csv") {
		return sheet(lines, x.contract.File.Sheet)
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if d := x.contract.File.Delimiter; d != "" {
		w.Comma = rune(d[0])
	}
	if err := w.WriteAll(lines); err != nil {
		return nil, "", err
	}
	var encoder *encoding.Encoder
	switch x.contract.File.Encoding {
	case "windows-1252":
		encoder = encoding.ReplaceUnsupported(charmap.Windows1252.NewEncoder())
	case "utf-16":
		encoder = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder()
	default:
		return b.Bytes(), ".csv", nil
	}
	text, err := encoder.Bytes(b.Bytes())
	return text, ".csv", err
}

func sheet(lines [][]string, name string) (text []byte, ending string, err error) {
	book := excelize.NewFile()
	defer func() { err = errors.Join(err, book.Close()) }()
	if name == "" {
		name = "Sheet1"
	} else if err := book.SetSheetName("Sheet1", name); err != nil {
		return nil, "", err
	}
	for i, line := range lines {
		if err := book.SetSheetRow(name, fmt.Sprintf("A%d", i+1), &line); err != nil {
			return nil, "", err
		}
	}
	b, err := book.WriteToBuffer()
	if err != nil {
		return nil, "", err
	}
	return b.Bytes(), ".xlsx", nil
}
