package intake

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// limit is how many rows of a file may be like something before it goes back whole.
type limit struct {
	when    string // of rows in checked
	what    string // completes "has 3 of 40 rows that ..."
	written string // "5%"
	percent float64
}

// limits are the tolerances of the contract.
func (s *stage) limits() []limit {
	var all []limit
	c := s.plan.contract
	if percent, ok := config.Tolerated(c.Tolerance); ok {
		all = append(all, limit{`"rules broken" is not null or "stray" is not null or "key again"`, "are kept out", c.Tolerance, percent})
	}
	for _, rule := range c.Rules {
		percent, ok := config.Tolerated(rule.Tolerance)
		if !ok {
			continue
		}
		list := `"rules broken"`
		if rule.Warns() {
			list = `"rules warned"`
		}
		all = append(all, limit{fmt.Sprintf("list_contains(%s, %d)", list, s.numberOf(rule.Code)), "break " + rule.Code, rule.Tolerance, percent})
	}
	return all
}

func (s *stage) numberOf(code string) int {
	for i, r := range s.plan.reasons {
		if r.rule == code && r.column == "" {
			return i
		}
	}
	return -1
}

// tolerate refuses files of which more rows are at fault than their contract lets be. Lines that
// are no rows count among those kept out.
func (s *stage) tolerate(ctx context.Context) error {
	limits := s.limits()
	if len(limits) == 0 {
		return nil
	}
	counts := make([]string, len(limits))
	for i, l := range limits {
		counts[i] = "count(*) filter (where " + l.when + ")"
	}
	rows, err := s.conn.QueryContext(ctx, `select "file no", `+strings.Join(counts, ", ")+` from checked group by 1`)
	if err != nil {
		return fmt.Errorf("counting rows at fault: %w", hushed(err))
	}
	defer rows.Close()
	for rows.Next() {
		found := make([]int64, len(limits))
		var f int
		into := []any{&f}
		for i := range found {
			into = append(into, &found[i])
		}
		if err := rows.Scan(into...); err != nil {
			return fmt.Errorf("counting rows at fault: %w", err)
		}
		s.judge(f, limits, found)
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("counting rows at fault: %w", err)
	}
	return s.listFaults(ctx)
}

// overTolerance is the rule of the refusal of a file with too many rows at fault.
const overTolerance = "over_tolerance"

func (s *stage) judge(f int, limits []limit, found []int64) {
	broken := int64(len(s.batch[f].broken))
	total := s.results[f].rows + broken
	for i, l := range limits {
		n := found[i]
		if i == 0 && l.what == "are kept out" {
			n += broken
		}
		if s.results[f].refusal == nil && float64(n)*100 > l.percent*float64(total) {
			s.results[f].refusal = refuse(overTolerance, "put right the rows that the reasons name, and send the whole file again",
				"has %d of %d rows that %s, which is more than the %s that the contract lets be; none of it was loaded", n, total, l.what, l.written)
		}
	}
}

// listFaults takes down the reasons of each file that goes back, so that its sender can
// put them right.
func (s *stage) listFaults(ctx context.Context) error {
	for f, src := range s.batch {
		if r := s.results[f].refusal; r == nil || r.Rule != overTolerance {
			continue
		}
		rows, err := s.conn.QueryContext(ctx, fmt.Sprintf(`select coalesce("line no", "place" - %d + 2) as line, rule, column_name from (
  select *, unnest(list_concat("rules broken", "rules warned", case when "stray" is not null then ["stray"] end, case when "key again" then [-2] end)) as number from checked where "file no" = %d
) join (values (-2, 'duplicate_key', ''), %s) r(number, rule, column_name) using (number) order by all limit %d`, s.offset[f], f, s.ruleRows(), mostReasons))
		if err != nil {
			return fmt.Errorf("listing rows at fault: %w", hushed(err))
		}
		if s.results[f].listed, err = reasonsOf(rows); err != nil {
			return err
		}
		for _, n := range src.broken {
			s.results[f].listed = append(s.results[f].listed, warehouse.Reason{Line: n, Rule: "malformed_line"})
		}
	}
	return nil
}

func reasonsOf(rows *sql.Rows) ([]warehouse.Reason, error) {
	defer rows.Close()
	var all []warehouse.Reason
	for rows.Next() {
		var r warehouse.Reason
		if err := rows.Scan(&r.Line, &r.Rule, &r.Column); err != nil {
			return nil, fmt.Errorf("listing rows at fault: %w", err)
		}
		all = append(all, r)
	}
	return all, rows.Err()
}

// warned is the rows of a file that were kept and are reported: how many by rule, and the first
// of them.
func (s *stage) warned(ctx context.Context, f int) (counts map[string]int64, first []warehouse.Reason, err error) {
	if len(s.plan.warns) == 0 {
		return nil, nil, nil
	}
	from := fmt.Sprintf(`from (
  select *, unnest("rules warned") as number from checked where "file no" = %d and "rules broken" is null and not "key again"
) join (values %s) r(number, rule, column_name) using (number)`, f, s.ruleRows())
	rows, err := s.conn.QueryContext(ctx, `select coalesce("line no", "place" - `+strconv.FormatInt(s.offset[f], 10)+` + 2) as line, rule, column_name `+from+
		fmt.Sprintf(" order by all limit %d", mostReasons))
	if err != nil {
		return nil, nil, fmt.Errorf("listing rows that are reported: %w", hushed(err))
	}
	if first, err = reasonsOf(rows); err != nil || len(first) == 0 {
		return nil, nil, err
	}
	rows, err = s.conn.QueryContext(ctx, "select rule, count(*) "+from+" group by rule")
	if err != nil {
		return nil, nil, fmt.Errorf("counting rows that are reported: %w", hushed(err))
	}
	defer rows.Close()
	counts = map[string]int64{}
	for rows.Next() {
		var rule string
		var n int64
		if err := rows.Scan(&rule, &n); err != nil {
			return nil, nil, fmt.Errorf("counting rows that are reported: %w", err)
		}
		counts[rule] = n
	}
	return counts, first, rows.Err()
}
