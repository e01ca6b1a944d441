package dashboards

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"wherry/queries"
)

// dataColumns are the columns of every data file, one row to a Figure. A figure that may not
// be read has an empty value and its mark in marker_value; marker_base does the same for
// base. period_end is the last day of the period. data/figures.parquet holds the rows of every
// measure. data/<id>.csv leaves out the title, which its description beside it gives, and
// data/figures.json says the same in fewer words.
var dataColumns = []string{"measure", "title", "period", "period_kind", "period_start", "period_end", "area", "area_name", "breakdown", "category",
	"value", "unit", "low", "high", "numerator", "base", "marker_value", "marker_base"}

// dataTable is one measure's figures as every data file holds them: a row of dataColumns to a figure.
type dataTable struct {
	*subject
	rows   [][]string
	beside [][][]string // of each row, the numbers beside it: see besides
}

// data writes the figures in every form, all from the same rows.
func (b *builder) data() error {
	tables := make([]dataTable, len(b.subjects))
	var work errgroup.Group
	for i, s := range b.subjects {
		tables[i] = dataTable{subject: s}
		for _, f := range s.Figures {
			tables[i].rows, tables[i].beside = append(tables[i].rows, b.dataRow(s, f)), append(tables[i].beside, b.besides(s, f))
		}
		work.Go(func() error { return b.csvOf(tables[i]) })
	}
	for _, write := range []func([]dataTable) error{b.workbook, b.figuresJSON, b.figuresParquet, b.catalogue} {
		work.Go(func() error { return write(tables) })
	}
	return work.Wait()
}

// csvOf writes data/<id>.csv, what stands beside it, and what they mean.
func (b *builder) csvOf(t dataTable) error {
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	for _, row := range append([][]string{dataColumns}, t.rows...) {
		if err := w.Write(untitled(row)); err != nil {
			return fmt.Errorf("writing the data of %s: %w", t.Measure.ID, err)
		}
	}
	w.Flush() // into memory, which takes everything
	b.put("data/"+t.ID+".csv", out.Bytes())
	beside, err := b.besideFile(t.subject)
	if err != nil {
		return err
	}
	if beside != nil {
		b.put("data/"+t.ID+"-beside.csv", beside)
	}
	return b.csvw(t, beside != nil)
}

// untitled is a row of dataColumns without its title.
func untitled(row []string) []string { return slices.Delete(slices.Clone(row), 1, 2) }

func (b *builder) dataRow(s *subject, f queries.Figure) []string {
	m := s.Measure
	row := []string{m.ID, inert(m.Title), f.Period.String(), string(f.Period.Kind), f.Period.Start.Format("2006-01-02"), f.Period.Last().Format("2006-01-02"),
		inert(f.Area), inert(b.areaName(f.Area)), inert(f.Breakdown), inert(f.Category), "", inert(unitOf(m, f)), "", "", "", "", "", ""}
	if f.State == queries.Shown {
		row[10], row[12], row[13] = plainNumber(m, f.Value), plainNumber(m, f.Low), plainNumber(m, f.High)
		if m.HasNumerator() {
			row[14] = strconv.FormatInt(f.Numerator, 10)
		}
		if f.Provisional {
			row[16] = "p"
		}
	} else {
		row[16] = letter(f.State)
	}
	switch {
	case f.BaseShown:
		row[15] = strconv.FormatInt(f.Base, 10)
	case f.State == queries.Shown:
		row[17] = letter(queries.Suppressed)
	default:
		row[17] = letter(f.State)
	}
	return row
}

// letter is a mark without its brackets.
func letter(s queries.State) string {
	m := mark(s)
	if m == "" {
		return ""
	}
	return m[1 : len(m)-1]
}

func plainNumber(m *queries.Measure, v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(held(m, v)+0, 'f', -1, 64) // adding nothing makes -0 a plain zero
}

// inert is text that a spreadsheet reads as text: one that begins as a formula does has an
// apostrophe put before it.
func inert(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// unit names what a measure's values are in.
func unit(m *queries.Measure) string {
	switch m.Kind {
	case queries.Proportion:
		return "percent"
	case queries.Rate:
		return fmt.Sprintf("per %d", m.Per)
	case queries.Duration:
		return "days"
	case queries.Mean, queries.PairedChange, queries.Estimate:
		if m.MeasuredIn != "" {
			return m.MeasuredIn
		}
	}
	return "number"
}

// unitOf names what a figure's value is in: a category of a distribution is a percentage of
// its whole.
func unitOf(m *queries.Measure, f queries.Figure) string {
	if isPart(m, f) {
		return "percent"
	}
	return unit(m)
}
