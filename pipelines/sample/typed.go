package sample

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/xuri/excelize/v2"
)

const batchRows = 16_384

// each calls begin with the names of x's columns and f with the values of every row, in order.
func (w *writer) each(x extract, typed bool, begin func(names []string) error, f func(values []any) error) error {
	rows, err := w.conn.QueryContext(w.ctx, x.source(typed))
	if err != nil {
		return err
	}
	defer rows.Close()
	names, err := rows.Columns()
	if err != nil {
		return err
	}
	if err := begin(names); err != nil {
		return err
	}
	values := make([]any, len(names))
	into := make([]any, len(names))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		if err := f(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

// arrow writes x as an Arrow IPC file.
func (w *writer) arrow(x extract, to io.Writer) error {
	a := &arrowFile{to: to, x: x}
	defer a.release()
	if err := w.each(x, true, a.begin, a.add); err != nil {
		return err
	}
	if err := a.flush(); err != nil {
		return err
	}
	return a.file.Close()
}

// arrowFile gathers rows into record batches of an Arrow IPC file.
type arrowFile struct {
	to    io.Writer
	x     extract
	file  *ipc.FileWriter
	batch *array.RecordBuilder
	held  int
}

func (a *arrowFile) begin(names []string) (err error) {
	schema := arrowSchema(a.x, names)
	a.batch = array.NewRecordBuilder(memory.DefaultAllocator, schema)
	a.file, err = ipc.NewFileWriter(a.to, ipc.WithSchema(schema))
	return err
}

func (a *arrowFile) add(values []any) error {
	for i, v := range values {
		if err := appendValue(a.batch.Field(i), v); err != nil {
			return err
		}
	}
	if a.held++; a.held == batchRows {
		return a.flush()
	}
	return nil
}

func (a *arrowFile) flush() error {
	if a.held == 0 {
		return nil
	}
	a.held = 0
	record := a.batch.NewRecordBatch()
	defer record.Release()
	return a.file.Write(record)
}

func (a *arrowFile) release() {
	if a.batch != nil {
		a.batch.Release()
	}
}

func arrowSchema(x extract, names []string) *arrow.Schema {
	var fields []arrow.Field
	for _, name := range names {
		field := arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
		for _, c := range x.contract.Columns {
			if c.Name != name {
				continue
			}
			switch c.Type {
			case "date":
				field.Type = arrow.FixedWidthTypes.Date32
			case "timestamp":
				field.Type = &arrow.TimestampType{Unit: arrow.Microsecond}
			case "integer":
				field.Type = arrow.PrimitiveTypes.Int64
			case "decimal":
				field.Type = arrow.PrimitiveTypes.Float64
			}
		}
		fields = append(fields, field)
	}
	return arrow.NewSchema(fields, nil)
}

func appendValue(b array.Builder, v any) error {
	switch b := b.(type) {
	case *array.StringBuilder:
		if s, ok := v.(string); ok {
			b.Append(s)
			return nil
		}
	case *array.Date32Builder:
		if t, ok := v.(time.Time); ok {
			b.Append(arrow.Date32FromTime(t))
			return nil
		}
	case *array.TimestampBuilder:
		if t, ok := v.(time.Time); ok {
			b.Append(arrow.Timestamp(t.UnixMicro()))
			return nil
		}
	case *array.Int64Builder:
		if n, ok := v.(int64); ok {
			b.Append(n)
			return nil
		}
	case *array.Float64Builder:
		if n, ok := v.(float64); ok {
			b.Append(n)
			return nil
		}
	}
	if v != nil {
		return fmt.Errorf("a %T does not fit an Arrow column of %s", v, b.Type())
	}
	b.AppendNull()
	return nil
}

// workbook writes x as the first sheet of an Excel workbook, with real dates and numbers.
func (w *writer) workbook(x extract, to io.Writer) error {
	book := excelize.NewFile()
	defer book.Close()
	stamp := x.arrived.Format(time.RFC3339)
	if err := book.SetDocProps(&excelize.DocProperties{Created: stamp, Modified: stamp, Creator: x.agency}); err != nil {
		return err
	}
	style, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		return err
	}
	stream, err := book.NewStreamWriter(book.GetSheetName(0))
	if err != nil {
		return err
	}
	s := &sheet{stream: stream, x: x, dated: style}
	if err := w.each(x, false, s.begin, s.add); err != nil {
		return err
	}
	if err := stream.Flush(); err != nil {
		return err
	}
	return book.Write(to)
}

// sheet writes rows to a sheet of a workbook, one after another.
type sheet struct {
	stream *excelize.StreamWriter
	x      extract
	dated  int      // style of dates
	types  []string // of the columns, by the contract
	line   int
}

func (s *sheet) begin(names []string) error {
	cells := make([]any, len(names))
	for i, name := range names {
		cells[i] = name
		column, _ := s.x.contract.Column(name)
		s.types = append(s.types, column.Type)
	}
	return s.put(cells)
}

func (s *sheet) add(values []any) error {
	cells := make([]any, len(values))
	for i, v := range values {
		cells[i] = cell(v, s.types[i], s.dated)
	}
	return s.put(cells)
}

func (s *sheet) put(cells []any) error {
	s.line++
	return s.stream.SetRow(fmt.Sprintf("A%d", s.line), cells)
}

// cell is a value as a person would have typed it: a real date or number where it is one,
// the text otherwise.
func cell(v any, kind string, dated int) any {
	text, ok := v.(string)
	if !ok {
		return v
	}
	switch kind {
	case "date":
		if t, err := time.Parse(time.DateOnly, text); err == nil {
			return excelize.Cell{StyleID: dated, Value: t}
		}
	case "integer":
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return n
		}
	case "decimal":
		if n, err := strconv.ParseFloat(text, 64); err == nil {
			return n
		}
	}
	return text
}
