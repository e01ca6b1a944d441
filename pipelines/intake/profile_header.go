package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"os"
	"regexp"
	"strings"
	"unicode/utf8"

	"wherry/config"
	"wherry/pipelines/screen"
	"wherry/pipelines/warehouse"
)

// valueForm matches what stands in rows and not in headers.
var valueForm = regexp.MustCompile(`^[-+]?[0-9.,/:£ -]+$|^` + config.PseudonymForm(nil) + `$|^\d{4}-\d\d-\d\d`)

// looksLikeValue says whether a file may have no header: what stands in its first line is
// written into contracts and messages, and must not be somebody's.
func looksLikeValue(name string) bool {
	name = strings.TrimSpace(name)
	return valueForm.MatchString(name) || screen.Of(nil).Label(name) != "" || screen.Of(nil).Find(name, nil) != "" || len(name) > 60
}

// bareHeader is the header of a file of any form. For CSV it finds out the encoding and what
// stands between columns, and enters them into the extract's contract.
func bareHeader(ctx context.Context, conn *sql.Conn, e *extract, scratch string) ([]string, error) {
	switch e.format {
	case "csv":
		return bareCSVHeader(e, scratch)
	case "xlsx":
		return bareXLSXHeader(e)
	case "parquet":
		header, _, err := parquetColumns(ctx, conn, warehouse.Text(e.plain))
		if err != nil {
			return nil, unreadableParquet(ctx)
		}
		return header, nil
	case "arrow":
		return bareArrowHeader(e)
	case "jsonl":
		return jsonKeys(e.plain)
	}
	return nil, refuse("unknown_format", "give a .csv, .xlsx, .jsonl, .parquet or .arrow file", "is of a format this build cannot read")
}

func bareCSVHeader(e *extract, scratch string) ([]string, error) {
	start, err := head(e.plain, 1<<16)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if what := found(start); strings.HasPrefix(what, "utf-16") {
		e.contract.File.Encoding = "utf-16"
	} else if ok, err := isUTF8(e.plain); err == nil && !ok {
		e.contract.File.Encoding = "windows-1252"
	}
	path, refusal, err := decode(e, scratch)
	if err != nil || refusal != nil {
		return nil, errors.Join(err, asError(refusal))
	}
	top, err := topLines(path)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if r := refuseTop(e, top); r != nil {
		return nil, r
	}
	header := widest(topRowsOf(top, commas(e.contract)))
	if header.comma != ',' && header.comma != 0 {
		e.contract.File.Delimiter = string(header.comma)
	}
	return header.fields, nil
}

func isUTF8(path string) (ok bool, err error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	ok = true
	err = lines(f, func(_ int64, line []byte, _, tooLong bool) error {
		ok = ok && (tooLong || utf8.Valid(line))
		return nil
	})
	return ok, err
}

// widest is the first of the rows with the most fields: titles above a header are narrower.
func widest(rows []topRow) topRow {
	var best topRow
	for _, row := range rows {
		if len(row.fields) > len(best.fields) {
			best = row
		}
	}
	return best
}

func bareXLSXHeader(e *extract) (header []string, err error) {
	b, err := openBook(e.plain, 1<<28)
	if err != nil {
		return nil, unreadableBook(err, 1<<28)
	}
	defer func() { err = errors.Join(err, b.Close()) }()
	for _, sheet := range b.sheets {
		if sheet.hidden {
			continue
		}
		single, _, err := b.top(sheet)
		if err != nil {
			return nil, unreadableBook(err, 1<<28)
		}
		if len(single) > 0 {
			return widest(single).fields, nil
		}
	}
	return nil, emptyFile()
}

func bareArrowHeader(e *extract) (header []string, err error) {
	unreadable := refuse("unreadable_file", "write it again", "cannot be read as an Arrow file")
	defer func() {
		if recover() != nil { // hostile lengths make the reader ask for too much
			header, err = nil, unreadable
		}
	}()
	in, err := os.Open(e.plain)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer in.Close()
	records, err := openArrow(in, &cappedMemory{left: math.MaxInt32})
	if err != nil {
		return nil, unreadable
	}
	defer records.Release()
	for _, field := range records.Schema().Fields() {
		header = append(header, field.Name)
	}
	return header, nil
}

// readSource makes a file ready to be read, by its format.
func readSource(ctx context.Context, conn *sql.Conn, e *extract, scratch string, limits config.Limits) (*source, error) {
	if e.format == "zip" {
		if err := e.unpack(scratch, limits.ExtractBytes); err != nil {
			return nil, err
		}
	}
	switch e.format {
	case "csv":
		return prepareCSV(e, scratch, limits)
	case "xlsx":
		return prepareXLSX(e, scratch, limits)
	case "arrow":
		return prepareArrow(e, scratch, limits)
	case "jsonl":
		return prepareJSONLines(e, scratch, limits)
	case "parquet":
		return prepareParquet(ctx, conn, e, limits)
	}
	return nil, refuse("unknown_format", "send it as CSV", "is of a format this build cannot read")
}
