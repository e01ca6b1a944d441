package intake

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// prepareParquet reads the footer of a Parquet file. The rows are read later, as text.
func prepareParquet(ctx context.Context, conn *sql.Conn, e *extract, limits config.Limits) (*source, error) {
	path := warehouse.Text(e.plain)
	var rows, unpacked int64
	err := conn.QueryRowContext(ctx, fmt.Sprintf(`select
(select coalesce(sum(num_rows), 0)::bigint from parquet_file_metadata(%[1]s)),
(select coalesce(sum(total_uncompressed_size), 0)::bigint from parquet_metadata(%[1]s))`, path)).Scan(&rows, &unpacked)
	if err != nil {
		return nil, unreadableParquet(ctx)
	}
	switch {
	case limits.ExtractRows > 0 && rows > limits.ExtractRows:
		return nil, refuse("too_large", "split it, or raise limits.extract_rows", "has %d rows, more than the %d allowed", rows, limits.ExtractRows)
	case limits.ExtractBytes > 0 && unpacked > limits.ExtractBytes:
		return nil, refuse("too_large", "split it, or raise limits.extract_bytes", "is larger than %d bytes when unpacked", limits.ExtractBytes)
	}
	header, text, err := parquetColumns(ctx, conn, path)
	if err != nil {
		return nil, unreadableParquet(ctx)
	}
	l, refusal := e.readHeader(header)
	if refusal != nil {
		return nil, refusal
	}
	l.text = text
	return &source{extract: e, layout: l, form: "parquet", read: e.plain, rows: rows}, nil
}

// unreadableParquet leaves out what DuckDB says, which may quote the file.
func unreadableParquet(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return refuse("unreadable_file", "write it again", "cannot be read as a Parquet file")
}

// parquetColumns is the columns of a Parquet file, and for each the expression that reads
// it as the text an agency would send.
func parquetColumns(ctx context.Context, conn *sql.Conn, path string) (header, text []string, err error) {
	rows, err := conn.QueryContext(ctx, "select column_name, column_type from (describe from read_parquet(["+path+"], hive_partitioning = false))")
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var name, kind string
		if err := rows.Scan(&name, &kind); err != nil {
			return nil, nil, err
		}
		quoted := warehouse.Ident(name)
		expression := "try_cast(" + quoted + " as varchar)"
		switch {
		case strings.HasSuffix(kind, "[]"):
			expression = "array_to_string(try_cast(" + quoted + " as varchar[]), '|')"
		case kind == "TIMESTAMP WITH TIME ZONE":
			expression = "(" + quoted + " at time zone 'Europe/London')::varchar"
		}
		header, text = append(header, name), append(text, expression)
	}
	return header, text, rows.Err()
}

// parquetRelation is Parquet files as rows of text; the first row of each stands for line
// 2, below where a header would be.
func (src *source) parquetRelation(paths []string, number string) string {
	columns := ""
	for i, text := range src.layout.text {
		columns += fmt.Sprintf(`, %s as "c %d"`, text, i)
	}
	return fmt.Sprintf(`(select %s as "file no", file_row_number + 2 as "line no"%s
from read_parquet(%s, file_row_number = true, filename = 'file path', hive_partitioning = false))`,
		number, columns, warehouse.List(paths))
}
