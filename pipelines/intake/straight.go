package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// errAtFault tells that some row of a file may be at fault, and newStage must say which.
var errAtFault = errors.New("a row may be at fault")

// straight reads one file in which no row is at fault straight into a file at path, in the form
// of the archive, without a table between. Its rows are held against every check of the
// plan, and its columns are screened where they lie, before the file becomes anything but a
// file of ours to work with. At the first row that is at fault, or at anything that might be, the error is
// errAtFault or wraps one of DuckDB's; nothing is left at path, and the file is for newStage.
func straight(ctx context.Context, conn *sql.Conn, p *config.Partnership, w *warehouse.Writer, src *source, path string) (s *stage, err error) {
	if len(src.broken) > 0 {
		return nil, errAtFault
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, remove(path))
		}
	}()
	if s, err = (batch{src}).planned(ctx, conn, p); err != nil {
		return nil, err
	}
	s.written = path
	if err := s.exec(ctx, "drop table if exists staged"); err != nil {
		return nil, err
	}
	if err := w.Write(ctx, conn, s.plan.clean(s.batch.withLines("row_number() over () + 1"), s.periods), path); err != nil {
		return nil, fmt.Errorf("reading %s: %w", src.contract.Feed, hushed(err))
	}
	kept := make([]string, len(src.contract.Columns))
	for i, c := range src.contract.Columns {
		kept[i] = warehouse.Ident(c.Kept())
	}
	if err := s.exec(ctx, fmt.Sprintf(`create or replace temp view checked as select 0::smallint as "file no", line as "line no", %s, null::integer[] as "rules broken",
null::integer[] as "rules warned", null::struct("at" integer, sent varchar)[] as "unfit", false as "key again", null::integer as "stray", file_row_number as "place"
from read_parquet(%s, hive_partitioning = false, file_row_number = true)`, strings.Join(kept, ", "), warehouse.Text(path))); err != nil {
		return nil, hushed(err)
	}
	if err := s.clean(ctx); err != nil {
		return nil, err
	}
	if err := s.screenExtras(ctx); err != nil {
		return nil, err
	}
	if err := s.screenColumns(ctx); err != nil {
		return nil, err
	}
	return s, s.tally(ctx)
}

// remove removes a file if there is one; "" is none.
func remove(path string) error {
	if err := os.Remove(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// clean is the statement that reads rows from a relation, as statement does, and gives the line
// and every kept column, as long as no row breaks a rule, be it one that only warns. At the
// first that does it fails. The rules that ask only for a value are for whoever reads what
// the statement gives: see stage.clean.
func (p *plan) clean(relation string, periods []config.Period) string {
	kept, typed := p.values(relation, periods)
	faults := []string{"false"}
	for i, check := range p.checks {
		if _, later := p.ofValue[i]; !later {
			faults = append(faults, check)
		}
	}
	return fmt.Sprintf(`select "line no" as line, %s from (%s) where case when (%s) then error('at fault') else true end`,
		kept, typed, strings.Join(faults, ") or ("))
}

// clean asks each value once whether it breaks a rule, and whether any key comes again.
func (s *stage) clean(ctx context.Context) error {
	faults := []string{"false"}
	for i, c := range s.plan.contract.Columns {
		var checks []string
		for number, place := range s.plan.ofValue {
			if place == i {
				checks = append(checks, s.plan.checks[number])
			}
		}
		if len(checks) > 0 {
			slices.Sort(checks)
			// As a condition, DuckDB would ask it of every row.
			faults = append(faults, fmt.Sprintf(`coalesce((select bool_or((%s)) from (select distinct %s as "sent %d" from checked)), false)`,
				strings.Join(checks, ") or ("), warehouse.Ident(c.Kept()), i))
		}
	}
	if len(s.plan.contract.Key) > 0 {
		faults = append(faults, s.sameHash())
	}
	var found bool
	if err := s.conn.QueryRowContext(ctx, "select "+strings.Join(faults, "\nor ")).Scan(&found); err != nil {
		return hushed(err)
	}
	if found {
		return errAtFault
	}
	return nil
}

// sameHash asks for keys that come again. Keys that differ may be found alike, by a chance of
// one in three hundred thousand among ten million of them, and then newStage tells them apart.
func (s *stage) sameHash() string {
	keys, present := make([]string, len(s.plan.contract.Key)), make([]string, len(s.plan.contract.Key))
	for i, k := range s.plan.contract.Key {
		keys[i] = warehouse.Ident(k)
		present[i] = keys[i] + " is not null"
	}
	return fmt.Sprintf(`(select count(distinct hash(%s)) < count(*) from checked where %s)`,
		strings.Join(keys, ", "), strings.Join(present, " and "))
}
