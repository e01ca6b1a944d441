package sample

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// write writes one extract in its format and says whether it did: not where it had not
// arrived by the as-at day. With nothing to report, it is the header alone.
func (w *writer) write(x extract) (bool, error) {
	if day(x.arrived).After(w.asAt) {
		return false, nil
	}
	rows := w.rows[x.agency+"/"+x.period.Slug()]
	var err error
	switch x.format {
	case "parquet":
		err = w.copyTo(x, true, "(format parquet, compression zstd)", "")
	case "arrow":
		err = w.place(x, func(to io.Writer) error { return w.arrow(x, to) })
	case "xlsx":
		err = w.place(x, func(to io.Writer) error { return w.workbook(x, to) })
	default:
		err = w.csv(x)
	}
	if err != nil {
		return false, err
	}
	w.summary.Files++
	w.summary.Rows += rows + int64(len(w.brokenLines(x)))
	return true, nil
}

func (w *writer) csv(x extract) error {
	delimiter := x.contract.File.Delimiter
	if delimiter == "" {
		delimiter = ","
	}
	how := "(format csv, header, delimiter " + literal(delimiter) + ")"
	return w.copyTo(x, false, how, strings.Join(w.brokenLines(x), ""))
}

// copyTo has DuckDB write the file, adds the lines after and changes its encoding where the
// contract names another.
func (w *writer) copyTo(x extract, typed bool, how, after string) error {
	path := filepath.Join(w.inbox, filepath.FromSlash(x.name()))
	plain := path + ".plain"
	defer func() { _ = os.Remove(plain) }()
	if _, err := w.conn.ExecContext(w.ctx, fmt.Sprintf("copy (%s) to %s %s", x.source(typed), literal(plain), how)); err != nil {
		return fmt.Errorf("writing %s: %w", x.name(), err)
	}
	into := encoderOf(x)
	if into == nil && after == "" {
		if err := finish(plain, path, x.arrived); err != nil {
			return fmt.Errorf("writing %s: %w", x.name(), err)
		}
		return nil
	}
	data, err := os.ReadFile(plain)
	if err != nil {
		return fmt.Errorf("writing %s: %w", x.name(), err)
	}
	data = append(data, after...)
	return w.place(x, func(to io.Writer) error {
		if into != nil {
			to = transform.NewWriter(to, into.NewEncoder())
		}
		_, err := io.Copy(to, bytes.NewReader(data))
		return err
	})
}

// encoderOf is the encoding of a CSV file, nil for UTF-8.
func encoderOf(x extract) encoding.Encoding {
	switch {
	case x.format != "csv":
	case x.contract.File.Encoding == "windows-1252":
		return charmap.Windows1252
	case x.contract.File.Encoding == "utf-16":
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM)
	}
	return nil
}
