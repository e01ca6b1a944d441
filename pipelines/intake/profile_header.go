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

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// valueForm matches what stands in rows and not in headers.
var valueForm = regexp.MustCompile(`^[-+]?[0-9.,/:£ -]+$|^[0-9a-f]{32,64}(:U[0-9]{4}-[0-9]{2})?$|^\d{4}-\d\d-\d\d`)

// looksLikeValue says whether a file may have no header: what stands in its first line is
// written into contracts and messages, and must not be somebody's.
func looksLikeValue(name string) bool {
	name = strings.TrimSpace(name)
	first, _, _ := strings.Cut(strings.ToLower(name), " ")
	return valueForm.MatchString(name) || identifier.MatchString(name) || givenName(first) || len(name) > 60
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
	}
	return nil, refuse("unknown_format", "give a .csv, .xlsx, .parquet or .arrow file", "is of a format this build cannot read")
}

func bareCSVHeader(e *extract, scratch string) ([]string, error) {
	start, err := head(e.path, 4096)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if what := found(start); strings.HasPrefix(what, "utf-16") {
		e.contract.File.Encoding = "utf-16"
	} else if s, err := look(e.path, ','); err == nil && s.badUTF8 > 0 && !s.nul {
		e.contract.File.Encoding = "windows-1252"
	}
	path, refusal, err := decode(e, scratch)
	if err != nil || refusal != nil {
		return nil, errors.Join(err, asError(refusal))
	}
	s, err := look(path, ',')
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	if len(s.top) == 0 {
		return nil, refuse("empty_file", "give a file with a header and some rows", "is empty")
	}
	var best []string
	for _, comma := range []byte{',', ';', '\t', '|'} {
		fields, ok := split(s.top[0], comma)
		if !ok || len(fields) <= len(best) {
			continue
		}
		best = fields
		if comma != ',' {
			e.contract.File.Delimiter = string(comma)
		}
	}
	return best, nil
}

func bareXLSXHeader(e *extract) (header []string, err error) {
	book, err := OpenWorkbook(e.path, 1<<28)
	if err != nil {
		return nil, refuse("unreadable_file", "save it again as .xlsx, without a password", "cannot be opened as an XLSX workbook")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	return firstRow(book, book.GetSheetList()[0])
}

func bareArrowHeader(e *extract) (header []string, err error) {
	unreadable := refuse("unreadable_file", "write it again", "cannot be read as an Arrow file")
	defer func() {
		if recover() != nil { // hostile lengths make the reader ask for too much
			header, err = nil, unreadable
		}
	}()
	in, err := os.Open(e.path)
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %w", err)
	}
	defer in.Close()
	_, schema, err := openArrow(in, &cappedMemory{left: math.MaxInt32})
	if err != nil {
		return nil, unreadable
	}
	for _, field := range schema.Fields() {
		header = append(header, field.Name)
	}
	return header, nil
}

// readSource makes a file ready to be read, by its format.
func readSource(ctx context.Context, conn *sql.Conn, e *extract, scratch string, limits config.Limits) (*source, error) {
	switch e.format {
	case "csv":
		return prepareCSV(e, scratch, limits)
	case "xlsx":
		return prepareXLSX(e, scratch, limits)
	case "arrow":
		return prepareArrow(e, scratch, limits)
	case "parquet":
		return prepareParquet(ctx, conn, e, limits)
	}
	return nil, refuse("unknown_format", "send it as CSV", "is of a format this build cannot read")
}
