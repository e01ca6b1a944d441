package intake

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"

	"wherry/config"
)

// prepareArrow writes the rows of an Arrow IPC file, or stream, out as lines.
func prepareArrow(e *extract, scratch string, limits config.Limits) (src *source, err error) {
	unreadable := refuse("unreadable_file", "write it again", "cannot be read as an Arrow file")
	memory := &cappedMemory{left: limits.ExtractBytes}
	defer func() {
		// Hostile lengths make the reader ask for too much, or panic.
		if recover() != nil {
			src, err = nil, unreadable
			if memory.exceeded {
				err = refuse("too_large", "split it, or raise limits.extract_bytes", "is larger than %d bytes when unpacked", limits.ExtractBytes)
			}
		}
	}()
	in, err := os.Open(e.plain)
	if err != nil {
		return nil, fmt.Errorf("opening the extract: %w", err)
	}
	defer in.Close()
	records, err := openArrow(in, memory)
	if err != nil {
		return nil, unreadable
	}
	header := make([]string, records.Schema().NumFields())
	for i, field := range records.Schema().Fields() {
		header[i] = field.Name
	}
	l, refusal := e.readHeader(header)
	if refusal != nil {
		return nil, refusal
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return nil, fmt.Errorf("reading local time: %w", err)
	}
	out, err := newRowWriter(scratch)
	if err != nil {
		return nil, err
	}
	err = writeRecords(out, records.Read, limits.ExtractRows, london)
	if e := out.close(); e != nil {
		return nil, e
	}
	if err != nil && !errors.As(err, &refusal) {
		err = unreadable
	}
	return &source{extract: e, layout: l, form: "lines", read: out.path, comma: ',', bare: true, rows: out.rows}, err
}

func writeRecords(out *rowWriter, next func() (arrow.RecordBatch, error), most int64, london *time.Location) error {
	for {
		record, err := next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		fields := make([]string, record.NumCols())
		for row := range int(record.NumRows()) {
			if most > 0 && out.rows >= most {
				return refuse("too_large", "split it, or raise limits.extract_rows", "has more than %d rows", most)
			}
			for i, column := range record.Columns() {
				fields[i] = arrowText(column, row, london)
			}
			// The first row stands for line 2, below where a header would be.
			if err := out.write(out.rows+2, fields); err != nil {
				return err
			}
		}
	}
}

// arrowText is a value as the text an agency would send, "" for null.
func arrowText(column arrow.Array, row int, london *time.Location) string {
	if column.IsNull(row) {
		return ""
	}
	switch c := column.(type) {
	case *array.String:
		return c.Value(row)
	case *array.Date32:
		return c.Value(row).ToTime().Format(time.DateOnly)
	case *array.Date64:
		return c.Value(row).ToTime().Format(time.DateOnly)
	case *array.Timestamp:
		kind := c.DataType().(*arrow.TimestampType)
		t := c.Value(row).ToTime(kind.Unit)
		if kind.TimeZone != "" {
			t = t.In(london)
		}
		return t.Format(time.DateTime)
	case *array.Dictionary:
		return arrowText(c.Dictionary(), c.GetValueIndex(row), london)
	case array.ListLike:
		from, to := c.ValueOffsets(row)
		var entries []string
		for i := from; i < min(to, from+mostEntries); i++ {
			entries = append(entries, arrowText(c.ListValues(), int(i), london))
		}
		return strings.Join(entries, "|")
	}
	return column.ValueStr(row)
}

// openArrow gives a reader of record batches for either form of Arrow IPC.
func openArrow(in *os.File, memory *cappedMemory) (*ipc.Reader, error) {
	info, err := in.Stat()
	if err != nil {
		return nil, err
	}
	stream, err := arrowStream(in, info.Size())
	if err != nil {
		return nil, err
	}
	if err := checkArrow(stream); err != nil {
		return nil, err
	}
	return ipc.NewReader(stream, ipc.WithAllocator(memory))
}

// cappedMemory gives out so many bytes in all, and panics when asked for more: the reader
// takes lengths from the file on trust.
type cappedMemory struct {
	left     int64
	exceeded bool
}

func (m *cappedMemory) Allocate(size int) []byte {
	if m.left > 0 && int64(size) > m.left {
		m.exceeded = true
		panic("more memory than an extract may take")
	}
	if m.left > 0 {
		m.left -= int64(size)
	}
	return make([]byte, size)
}

func (m *cappedMemory) Reallocate(size int, b []byte) []byte {
	if size <= cap(b) {
		return b[:size]
	}
	grown := m.Allocate(size)
	copy(grown, b)
	return grown
}

func (m *cappedMemory) Free([]byte) {}
