package main

import (
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
	_ "github.com/duckdb/duckdb-go/v2" // the hand-written program opens its own database
	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"wherry/config"
	"wherry/pipelines"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// byHand is what an engineer would write with DuckDB and no Wherry: one typed insert a file
// format and feed, then one grouped query a measure, for the periods, areas and breakdowns of
// an edition.
func byHand(dir string) error {
	ctx := context.Background()
	p, err := pipelines.Open(dir, nil, "bench", time.Now())
	if err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "wherry-by-hand-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(temp) }()
	db, err := sql.Open("duckdb", filepath.Join(temp, "by-hand.duckdb")+"?threads=2")
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := warehouse.Make(ctx, db, p.Partnership, p.Queries, p.AsAt); err != nil {
		return err
	}
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	for _, c := range p.Contracts {
		if err := loadFeed(ctx, conn, p, c, temp); err != nil {
			return fmt.Errorf("%s: %w", c.Feed, err)
		}
	}
	span, err := spanOf(p)
	if err != nil {
		return err
	}
	county := &county{Project: p, span: span}
	for _, m := range p.Catalogue.Measures {
		if err := aggregate(ctx, conn, county, m); err != nil {
			return fmt.Errorf("%s: %w", m.ID, err)
		}
	}
	return nil
}

// loadFeed inserts every extract of a feed, format by format.
func loadFeed(ctx context.Context, conn *sql.Conn, p *pipelines.Project, c *config.Contract, temp string) error {
	readers := map[string][]string{}
	for _, agency := range c.Agencies {
		pattern := strings.ReplaceAll(c.File.Pattern, "{period}", "[0-9]*")
		paths, err := filepath.Glob(filepath.Join(p.Path(p.Paths.Inbox), agency, pattern))
		if err != nil {
			return err
		}
		for _, path := range paths {
			readable, format, err := convert(path, c, temp)
			if err != nil {
				return err
			}
			readers[format] = append(readers[format], readable)
			if _, err := conn.ExecContext(ctx, "insert into ledger.delivery (delivery_id, agency, feed, period, submission) values (?, ?, ?, ?, 1)",
				readable, agency, c.Feed, filepath.Base(path)); err != nil {
				return err
			}
		}
	}
	for format, paths := range readers {
		from := fmt.Sprintf("read_parquet(%s, filename = true)", warehouse.List(paths))
		if format == "csv" {
			from = fmt.Sprintf("read_csv(%s, columns = {%s}, auto_detect = false, header = true, delim = ',', quote = '\"', escape = '\"', ignore_errors = true, filename = true)",
				warehouse.List(paths), columns(c))
		}
		if _, err := conn.ExecContext(ctx, insert(c, from)); err != nil {
			return err
		}
	}
	return nil
}

// columns names the columns of a CSV, all read as text, so that nothing need be sniffed.
func columns(c *config.Contract) string {
	var cs []string
	for _, column := range c.Columns {
		cs = append(cs, warehouse.Ident(column.Name)+": 'VARCHAR'")
	}
	return strings.Join(cs, ", ")
}

// insert types each column and takes everything that comes.
func insert(c *config.Contract, from string) string {
	var names, values []string
	for _, column := range c.Columns {
		name := warehouse.Ident(column.Name)
		value := fmt.Sprintf("try_cast(%s as %s)", name, warehouse.SQLType(column.Type))
		switch {
		case column.Type == "list":
			value = fmt.Sprintf("string_split(%s::varchar, '|')", name)
		case column.Format != "":
			value = fmt.Sprintf("try_strptime(%s::varchar, %s)", name, warehouse.Text(column.Format))
		}
		names, values = append(names, warehouse.Ident(column.Kept())), append(values, value)
	}
	return fmt.Sprintf("insert into landing.%s (delivery_id, line, %s) select filename, row_number() over (), %s from %s",
		warehouse.Ident(c.Feed), strings.Join(names, ", "), strings.Join(values, ", "), from)
}

// aggregate works out what an edition gives of a measure: see handWritten.
func aggregate(ctx context.Context, conn *sql.Conn, c *county, m *queries.Measure) error {
	return exhaust(conn.QueryContext(ctx, c.handWritten(m)))
}

// exhaust reads an answer to its end.
func exhaust(rows *sql.Rows, err error) error {
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
	}
	return rows.Err()
}

// convert makes an extract readable by DuckDB, which cannot read XLSX, Arrow files,
// Windows-1252 or every UTF-16, and says as what.
func convert(path string, c *config.Contract, temp string) (string, string, error) {
	base := filepath.Join(temp, filepath.Base(filepath.Dir(path))+"-"+filepath.Base(path))
	switch filepath.Ext(path) {
	case ".parquet":
		return path, "parquet", nil
	case ".arrow":
		return base + ".parquet", "parquet", arrowToParquet(path, base+".parquet")
	case ".xlsx":
		return base + ".csv", "csv", sheetToCSV(path, base+".csv")
	}
	var from transform.Transformer
	switch c.File.Encoding {
	case "windows-1252":
		from = charmap.Windows1252.NewDecoder()
	case "utf-16":
		from = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder()
	default:
		return path, "csv", nil
	}
	in, err := os.ReadFile(path)
	if err != nil {
		return "", "", err
	}
	text, _, err := transform.Bytes(from, in)
	if err != nil {
		return "", "", err
	}
	return base, "csv", os.WriteFile(base, text, 0o600)
}

func arrowToParquet(path, to string) error {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	r, err := ipc.NewFileReader(in)
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	w, err := pqarrow.NewFileWriter(r.Schema(), out, parquet.NewWriterProperties(), pqarrow.DefaultWriterProps())
	if err != nil {
		return err
	}
	for i := range r.NumRecords() {
		record, err := r.RecordBatch(i)
		if err != nil {
			return err
		}
		if err := w.WriteBuffered(record); err != nil {
			return err
		}
	}
	return w.Close()
}

func sheetToCSV(path, to string) error {
	book, err := excelize.OpenFile(path, excelize.Options{RawCellValue: true})
	if err != nil {
		return err
	}
	defer func() { _ = book.Close() }()
	rows, err := book.Rows(book.GetSheetName(0))
	if err != nil {
		return err
	}
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	w := csv.NewWriter(out)
	width := 0
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return err
		}
		width = max(width, len(cells))
		for len(cells) < width {
			cells = append(cells, "")
		}
		if err := w.Write(cells); err != nil {
			return err
		}
	}
	w.Flush()
	return out.Close()
}
