package intake

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"unicode/utf8"
)

// rowWriter writes rows as a CSV of our own: the line number first, every field in quotes
// or blank, no space around and no line break inside. DuckDB reads it without any doubt.
type rowWriter struct {
	path string
	rows int64
	file *os.File
	buf  *bufio.Writer
	line []byte // reused
}

func newRowWriter(scratch string) (*rowWriter, error) {
	f, err := os.CreateTemp(scratch, "rows-*.csv")
	if err != nil {
		return nil, fmt.Errorf("writing rows out: %w", err)
	}
	return &rowWriter{path: f.Name(), file: f, buf: bufio.NewWriterSize(f, 1<<18)}, nil
}

func (w *rowWriter) write(line int64, fields []string) error {
	w.rows++
	text := strconv.AppendInt(w.line[:0], line, 10)
	for _, f := range fields {
		text = append(text, ',')
		if f = strings.Trim(f, " \t\r\n\u00a0"); f != "" {
			text = append(text, '"')
			text = append(text, plain(f)...)
			text = append(text, '"')
		}
	}
	w.line = append(text, '\n')
	_, err := w.buf.Write(w.line)
	return err
}

// plain is a field as one line of UTF-8 with its quotes doubled. A field longer than any
// contract takes is cut to a length that is still too long.
func plain(f string) string {
	if len(f) > longestField {
		f = strings.ToValidUTF8(f[:longestField], "")
	}
	if !utf8.ValidString(f) {
		f = strings.ToValidUTF8(f, "\ufffd")
	}
	if strings.ContainsAny(f, "\"\r\n\x00") {
		f = strings.NewReplacer(`"`, `""`, "\r\n", " ", "\r", " ", "\n", " ", "\x00", "\ufffd").Replace(f)
	}
	return f
}

func (w *rowWriter) close() error {
	err := w.buf.Flush()
	if e := w.file.Close(); err == nil {
		err = e
	}
	return err
}
