package intake

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/pipelines/screen"
	"wherry/pipelines/warehouse"
)

// batch is extracts of one feed, of one form and layout, read by one statement.
type batch []*source

// stage is the batch as the relation "checked", with a row for each data row: its place among
// the rows of the batch from 0 on, and what plan.statement gives. Its methods are valid until
// the next one.
type stage struct {
	conn    *sql.Conn
	batch   batch
	plan    *plan
	periods []config.Period // of each file
	offset  []int64         // for each file, the rows before its first
	results []tally
	written string // a file that holds the rows as the archive keeps them, "" for none: see straight
}

// tally is what became of one file's rows.
type tally struct {
	rows, reasons int64
	refusal       *Refusal
	listed        []warehouse.Reason // of a file that goes back for too many rows
}

// errUnlike tells that DuckDB read a file differently from us.
var errUnlike = errors.New("the rows read are not the lines counted")

// newStage reads a batch into a temporary table and checks its rows. The error is errUnlike, or
// wraps one of DuckDB's, where a file is not what prepare took it for.
func newStage(ctx context.Context, conn *sql.Conn, p *config.Partnership, b batch) (*stage, error) {
	s, err := b.planned(ctx, conn, p)
	if err != nil {
		return nil, err
	}
	if err := s.screenExtras(ctx); err != nil {
		return nil, err
	}
	if err := s.exec(ctx, `create or replace temp table staged as select *, false as "key again", null::integer as "stray" from (`+
		s.plan.statement(b.relation(), s.periods)+")",
		`create or replace temp view checked as select *, rowid as "place" from staged`); err != nil {
		return nil, fmt.Errorf("reading %s: %w", b[0].contract.Feed, hushed(err))
	}
	if err := s.screenColumns(ctx); err != nil {
		return nil, err
	}
	if err := s.duplicates(ctx); err != nil {
		return nil, err
	}
	return s, s.tally(ctx)
}

// planned is the stage of a batch of which nothing is read yet.
func (b batch) planned(ctx context.Context, conn *sql.Conn, p *config.Partnership) (*stage, error) {
	first := b[0]
	s := &stage{conn: conn, batch: b, results: make([]tally, len(b)), plan: &plan{
		contract: first.contract, codes: p.Codes, period: first.period, layout: first.layout,
		bare: first.bare, lenient: first.format != "csv", screen: screen.Of(p.Screen.LocalIDs), keyIDs: p.Screen.KeyIDs}}
	before := int64(0)
	for _, src := range b {
		s.periods = append(s.periods, src.period)
		s.offset = append(s.offset, before)
		before += src.rows
	}
	return s, checkRules(ctx, conn, first.contract)
}

func (s *stage) exec(ctx context.Context, statements ...string) error {
	for _, statement := range statements {
		if _, err := s.conn.ExecContext(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// hushed keeps what DuckDB says about a row's values out of messages: only the kind of the
// error is left.
func hushed(err error) error {
	kind, _, _ := strings.Cut(err.Error(), ":")
	if errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) || len(kind) > 40 {
		return err
	}
	return fmt.Errorf("%s (DuckDB's own words may quote the extract, and are left out)", strings.ToLower(kind))
}

// relation is the files of the batch as rows of text, in the order of the batch.
func (b batch) relation() string { return b.withLines("null::bigint") }

// withLines is relation with an expression for the lines of a CSV as it was sent.
func (b batch) withLines(line string) string {
	first := b[0]
	paths := make([]string, len(b))
	for i, src := range b {
		paths[i] = src.read
	}
	number := "0::smallint"
	if len(b) > 1 {
		var cases strings.Builder
		for i, path := range paths {
			fmt.Fprintf(&cases, " when %s then %d", warehouse.Text(path), i)
		}
		number = "(case \"file path\"" + cases.String() + " end)::smallint"
	}
	columns := make([]string, first.layout.width)
	for i := range columns {
		columns[i] = fmt.Sprintf(`"c %d"`, i)
	}
	if first.form == "parquet" {
		return first.parquetRelation(paths, number)
	}
	skip := 1
	named := make([]string, 0, len(columns)+1)
	if first.form == "lines" {
		line, skip = `try_cast("line" as bigint)`, 0
		named = append(named, "'line': 'VARCHAR'")
	}
	for i := range columns {
		named = append(named, fmt.Sprintf("'c %d': 'VARCHAR'", i))
	}
	newline := `\n`
	if first.crlf && first.form == "tidy" {
		newline = `\r\n`
	}
	return fmt.Sprintf(`(select %s as "file no", %s as "line no", %s from read_csv(%s, auto_detect = false, header = false, skip = %d,
columns = {%s}, delim = %s, quote = '"', escape = '"', new_line = '%s', filename = 'file path', strict_mode = true,
max_line_size = %d))`, number, line, strings.Join(columns, ", "), warehouse.List(paths), skip,
		strings.Join(named, ", "), warehouse.Text(string(first.comma)), newline, 4*longestLine)
}

// duplicates marks every row after the first with the same key in the same file.
func (s *stage) duplicates(ctx context.Context) error {
	if len(s.plan.contract.Key) == 0 {
		return nil
	}
	keys := make([]string, len(s.plan.contract.Key))
	for i, k := range s.plan.contract.Key {
		keys[i] = warehouse.Ident(k)
	}
	key := strings.Join(keys, ", ")
	return s.exec(ctx, fmt.Sprintf(`update staged set "key again" = true where rowid in (
select id from (
  select "place" as id, row_number() over (partition by "file no", %[1]s order by "place") as again
  from checked c semi join (
    select "file no", %[1]s from checked where "rules broken" is null and "stray" is null group by all having count(*) > 1
  ) d using ("file no", %[1]s)
  where "rules broken" is null and "stray" is null)
where again > 1)`, key))
}

func (s *stage) tally(ctx context.Context) error {
	rows, err := s.conn.QueryContext(ctx, `select "file no", count(*), coalesce(sum(len("rules broken")), 0)::bigint + count("stray"),
min("place"), max("place") from checked group by 1 order by 1`)
	if err != nil {
		return fmt.Errorf("counting rows: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var f int
		var t tally
		var first, last int64
		if err := rows.Scan(&f, &t.rows, &t.reasons, &first, &last); err != nil {
			return fmt.Errorf("counting rows: %w", err)
		}
		if first != s.offset[f] || last != s.offset[f]+t.rows-1 {
			return errUnlike
		}
		s.results[f].rows, s.results[f].reasons = t.rows, t.reasons+int64(len(s.batch[f].broken))
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("counting rows: %w", err)
	}
	for f, src := range s.batch {
		t := &s.results[f]
		if t.rows != src.rows {
			return errUnlike
		}
		if t.refusal == nil && t.reasons > mostReasons {
			t.refusal = refuse("unlike_contract", "check that it is the extract its name says, and how its columns are written",
				"breaks the contract of %s %d times in %d rows; so much is not listed, and none of it was loaded", src.contract.Feed, t.reasons, t.rows)
		}
	}
	return s.tolerate(ctx)
}

// views makes the relations that the warehouse takes: "accepted", in the order of the
// files and their lines, and "reasons".
func (s *stage) views(ctx context.Context) error {
	ids, offsets := make([]string, len(s.batch)), make([]string, len(s.batch))
	for f, src := range s.batch {
		ids[f], offsets[f] = warehouse.Text(src.id()), strconv.FormatInt(s.offset[f], 10)
		if s.results[f].refusal != nil {
			ids[f] = "null"
		}
	}
	kept := make([]string, len(s.plan.contract.Columns))
	for i, c := range s.plan.contract.Columns {
		kept[i] = warehouse.Ident(c.Kept())
	}
	// Lists, unlike a join, leave the rows in their order.
	return s.exec(ctx,
		fmt.Sprintf(`create or replace temp view numbered as
select * from (
  select *, [%s]["file no" + 1] as delivery_id, coalesce("line no", "place" - [%s]["file no" + 1] + 2) as line from checked
) where delivery_id is not null`, strings.Join(ids, ", "), strings.Join(offsets, ", ")),
		fmt.Sprintf(`create or replace temp view accepted as
select delivery_id, line, %s from numbered where "rules broken" is null and "stray" is null and not "key again"`, strings.Join(kept, ", ")),
		fmt.Sprintf(`create or replace temp view reasons as
select delivery_id, line, rule, column_name from (
  select delivery_id, line, unnest("rules broken") as number from numbered where "rules broken" is not null
  union all select delivery_id, line, "stray" from numbered where "stray" is not null
) join (values %s) r(number, rule, column_name) using (number)
union all select delivery_id, line, 'duplicate_key', '' from numbered where "key again"
union all select * from (values %s) b(delivery_id, line, rule, column_name) where line > 0`,
			s.ruleRows(), s.brokenRows()))
}

func (s *stage) ruleRows() string {
	rows := []string{"(-1, '', '')"}
	for i, r := range s.plan.reasons {
		rows = append(rows, fmt.Sprintf("(%d, %s, %s)", i, warehouse.Text(r.rule), warehouse.Text(r.column)))
	}
	return strings.Join(rows, ", ")
}

func (s *stage) brokenRows() string {
	rows := []string{"('', 0::bigint, '', '')"}
	for f, src := range s.batch {
		for _, n := range src.broken {
			if s.results[f].refusal == nil {
				rows = append(rows, fmt.Sprintf("(%s, %d, 'malformed_line', '')", warehouse.Text(src.id()), n))
			}
		}
	}
	return strings.Join(rows, ", ")
}

// batches groups sources, which are in order, so that neighbours that one statement can
// read are read together.
func batches(sources []*source, lists map[string]*config.CodeList) []batch {
	const (
		mostFiles = 200
		mostBytes = 32 << 20
	)
	var all []batch
	bytes := int64(0)
	for _, src := range sources {
		n := len(all)
		if n > 0 && len(all[n-1]) < mostFiles && bytes+src.size < mostBytes && alike(all[n-1][0], src, lists) {
			all[n-1] = append(all[n-1], src)
			bytes += src.size
			continue
		}
		all, bytes = append(all, batch{src}), src.size
	}
	return all
}

func alike(a, b *source, lists map[string]*config.CodeList) bool {
	return a.contract == b.contract && a.form == b.form && slices.Equal(a.layout.text, b.layout.text) && a.crlf == b.crlf && a.bare == b.bare && a.comma == b.comma &&
		a.format == b.format && a.layout.signature() == b.layout.signature() && sameCodes(a.contract, lists, a.period, b.period)
}

// sameCodes says whether every code list of the contract allows the same in both periods.
func sameCodes(c *config.Contract, lists map[string]*config.CodeList, a, b config.Period) bool {
	for _, column := range c.Columns {
		if !slices.Equal(allowed(column, lists, a), allowed(column, lists, b)) {
			return false
		}
	}
	return true
}
