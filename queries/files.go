package queries

import (
	"context"
	"database/sql"
	"embed"
)

// Files holds the measures, core views, macros and schema, at measures/<family>/*.sql,
// core/*.sql, macros/*.sql and schema/*.sql.
//
//go:embed measures core macros schema
var Files embed.FS

// DB is what the package asks of a database. *sql.DB, *sql.Conn and *sql.Tx give it.
type DB interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}
