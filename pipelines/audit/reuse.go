package audit

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

// The columns of a data file that hold numbers, and days.
var (
	fractions = []string{"value", "low", "high"}
	counts    = []string{"numerator", "base"}
	days      = []string{"period_start", "period_end"}
)

func (c *copies) rows() int {
	n := 0
	for _, t := range c.tables {
		n += len(t.lines)
	}
	return n
}

// checkParquet writes the data files' rows as Parquet afresh, and the file must be the same to
// the byte: a value in a dictionary that no row has, the least and the most of a column, a word
// of metadata or bytes between the pages are all found.
func (c *copies) checkParquet(r *Report, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	want, err := c.parquet()
	if err != nil {
		return fmt.Errorf("writing %s afresh: %w", parquetFile, err)
	}
	r.Checked += c.rows()
	if !bytes.Equal(text, want) {
		r.add(c.folder+"/data/"+parquetFile, "file", RuleCopy, "it is not, to the byte, what the data files come to")
	}
	return nil
}

// titledColumns are those of the Parquet file, which says of each row what its measure is called.
func titledColumns() []string { return slices.Insert(slices.Clone(columns), 1, "title") }

func (c *copies) parquet() ([]byte, error) {
	var fields []arrow.Field
	for _, name := range titledColumns() {
		var of arrow.DataType = arrow.BinaryTypes.String
		switch {
		case slices.Contains(fractions, name):
			of = arrow.PrimitiveTypes.Float64
		case slices.Contains(counts, name):
			of = arrow.PrimitiveTypes.Int64
		case slices.Contains(days, name):
			of = arrow.FixedWidthTypes.Date32
		}
		fields = append(fields, arrow.Field{Name: name, Type: of, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	rows := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer rows.Release()
	for _, t := range c.tables {
		for _, l := range t.lines {
			for i, text := range slices.Insert(slices.Clone(l), 1, t.title()) {
				if text == "" {
					rows.Field(i).AppendNull()
				} else if err := rows.Field(i).AppendValueFromString(text); err != nil {
					return nil, err
				}
			}
		}
	}
	batch := rows.NewRecordBatch()
	defer batch.Release()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &out, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCreatedBy("wherry")), pqarrow.NewArrowWriterProperties())
	if err != nil {
		return nil, err
	}
	for _, h := range c.head() {
		if err := w.AppendKeyValueMetadata(h[0], h[1]); err != nil {
			return nil, err
		}
	}
	if err := w.Write(batch); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func dayOf(text string) (time.Time, bool) {
	day, err := time.Parse(time.DateOnly, text)
	return day, err == nil
}
