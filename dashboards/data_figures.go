package dashboards

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"wherry/queries"
)

// The columns of data files that are not text.
var (
	decimalColumns = []string{"value", "low", "high"}
	countColumns   = []string{"numerator", "base"}
	dayColumns     = []string{"period_start", "period_end"}
)

// figuresHead is what figures.json says before its rows, and figures.parquet in its metadata.
func (b *builder) figuresHead() [][2]string {
	w := b.words()
	return [][2]string{{"partnership", w.Partnership}, {"title", w.Title}, {"audience", b.Audience.ID}, {"marking", w.Marking}, {"handling", w.Handling},
		{"quarter", b.Quarter.String()}, {"as_at", b.AsAt.Format(time.DateOnly)}, {"illustrative", strconv.FormatBool(b.Partnership.Illustrative)}}
}

// The columns of a row of figures.json; the rest is told once, in "periods", "areas", the row's measure and
// its series.
var jsonColumns = []string{"period", "value", "low", "high", "numerator", "base", "marker_value", "marker_base"}

// seriesColumns are what the rows of a series share.
var seriesColumns = []string{"area", "breakdown", "category"}

// figuresJSON writes every row of the data files, the periods and areas that they name first:
//
//	{..., "periods": {"2023-10": ["month", "2023-10-01", "2023-10-31"], ...}, "areas": {"E10000020": "Norfolk", ...},
//	"columns": [...], "measures": [{"measure": "RQ1", "title": "...", "unit": "percent", "category_unit": "percent",
//	"series": [{"area": "E10000020", "breakdown": null, "category": null, "figures": [[...], ...]}, ...]}, ...]}
//
// one row, series, period or area to a line; what a data file leaves empty is null, and left out at the end of
// a row. category_unit is of
// the series that have a breakdown. Series come in the order of their first rows, and rows in theirs.
func (b *builder) figuresJSON(tables []dataTable) error {
	var out bytes.Buffer
	out.WriteString("{\n")
	for _, h := range b.figuresHead() {
		out.Write(quoted(h[0]))
		out.WriteString(": ")
		out.Write(quoted(h[1]))
		out.WriteString(",\n")
	}
	writeNames(&out, tables)
	columns, err := json.Marshal(jsonColumns)
	if err != nil {
		return fmt.Errorf("writing figures.json: %w", err)
	}
	out.WriteString(`"columns": ` + string(columns) + ",\n\"measures\": [")
	between := "\n"
	for _, t := range tables {
		whole, category := t.units()
		fmt.Fprintf(&out, `%s{"measure": %s, "title": %s, "unit": %s, "category_unit": %s, "series": [`, between,
			quoted(t.Measure.ID), quoted(inert(t.Measure.Title)), quoted(whole), quoted(category))
		writeSeries(&out, t.series())
		out.WriteString("\n]}")
		between = ",\n"
	}
	out.WriteString("\n]\n}\n")
	b.put("data/figures.json", out.Bytes())
	return nil
}

// series is the table's rows by what seriesColumns say of them.
func (t dataTable) series() [][][]string {
	var all [][][]string
	at := map[[3]string]int{}
	for _, row := range t.rows {
		key := [3]string{row[6], row[8], row[9]}
		i, there := at[key]
		if !there {
			i = len(all)
			at[key], all = i, append(all, nil)
		}
		all[i] = append(all[i], row)
	}
	return all
}

func writeSeries(out *bytes.Buffer, all [][][]string) {
	between := "\n"
	for _, rows := range all {
		out.WriteString(between + "{")
		for i, name := range dataColumns {
			if slices.Contains(seriesColumns, name) {
				fmt.Fprintf(out, "%s: %s, ", quoted(name), jsonCell(name, rows[0][i]))
			}
		}
		out.WriteString(`"figures": [`)
		between = "\n"
		for _, row := range rows {
			out.WriteString(between)
			between = ",\n"
			writeRow(out, row)
		}
		out.WriteString("\n]}")
	}
}

// writeNames writes what the rows' periods and areas are, in the order that they come in.
func writeNames(out *bytes.Buffer, tables []dataTable) {
	for _, names := range []struct {
		of      string
		key     int // by place in dataColumns
		meaning func(row []string) string
	}{
		{"periods", 2, func(row []string) string {
			return fmt.Sprintf("[%s,%s,%s]", quoted(row[3]), quoted(row[4]), quoted(row[5]))
		}},
		{"areas", 6, func(row []string) string { return string(quoted(row[7])) }},
	} {
		out.WriteString(string(quoted(names.of)) + ": {")
		between, told := "\n", map[string]bool{}
		for _, t := range tables {
			for _, row := range t.rows {
				if told[row[names.key]] {
					continue
				}
				told[row[names.key]] = true
				out.WriteString(between + string(quoted(row[names.key])) + ": " + names.meaning(row))
				between = ",\n"
			}
		}
		out.WriteString("\n},\n")
	}
}

// units are that of the measure's rows without a breakdown, and that of those with one: a
// measure's categories may be shares of its number.
func (t dataTable) units() (whole, category string) {
	whole = inert(unit(t.Measure))
	category = whole
	if t.Measure.Kind == queries.Distribution {
		category = "percent"
	}
	return whole, category
}

// writeRow writes the cells of row that jsonColumns name, up to the last that is not empty.
func writeRow(out *bytes.Buffer, row []string) {
	between := byte('[')
	last := len(row) - 1
	for row[last] == "" {
		last--
	}
	for i, name := range dataColumns[:last+1] {
		if slices.Contains(jsonColumns, name) {
			out.WriteByte(between)
			between = ','
			out.Write(jsonCell(name, row[i]))
		}
	}
	out.WriteByte(']')
}

func jsonCell(name, text string) []byte {
	switch {
	case text == "":
		return []byte("null")
	case slices.Contains(decimalColumns, name) || slices.Contains(countColumns, name):
		return []byte(text)
	}
	return quoted(text)
}

// quoted is text as JSON.
func quoted(s string) []byte {
	text, err := json.Marshal(s)
	if err != nil {
		panic("a string that is no JSON: " + err.Error()) // Marshal makes every string valid
	}
	return text
}

// figuresParquet writes every row of the data files with typed columns; what a data file leaves
// empty is null.
func (b *builder) figuresParquet(tables []dataTable) error {
	fields := make([]arrow.Field, len(dataColumns))
	for i, name := range dataColumns {
		fields[i] = arrow.Field{Name: name, Type: columnType(name), Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	rows := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer rows.Release()
	for _, t := range tables {
		for _, row := range t.rows {
			for i, text := range row {
				if err := appendText(rows.Field(i), text); err != nil {
					return fmt.Errorf("writing %s of %s to figures.parquet: %w", dataColumns[i], t.Measure.ID, err)
				}
			}
		}
	}
	batch := rows.NewRecordBatch()
	defer batch.Release()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &out, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCreatedBy("wherry")), pqarrow.NewArrowWriterProperties())
	if err != nil {
		return fmt.Errorf("writing figures.parquet: %w", err)
	}
	for _, h := range b.figuresHead() {
		if err := w.AppendKeyValueMetadata(h[0], h[1]); err != nil {
			return fmt.Errorf("writing figures.parquet: %w", err)
		}
	}
	if err := w.Write(batch); err != nil {
		return fmt.Errorf("writing figures.parquet: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("writing figures.parquet: %w", err)
	}
	b.put("data/figures.parquet", out.Bytes())
	return nil
}

func columnType(name string) arrow.DataType {
	switch {
	case slices.Contains(decimalColumns, name):
		return arrow.PrimitiveTypes.Float64
	case slices.Contains(countColumns, name):
		return arrow.PrimitiveTypes.Int64
	case slices.Contains(dayColumns, name):
		return arrow.FixedWidthTypes.Date32
	}
	return arrow.BinaryTypes.String
}

func appendText(to array.Builder, text string) error {
	if text == "" {
		to.AppendNull()
		return nil
	}
	return to.AppendValueFromString(text)
}
