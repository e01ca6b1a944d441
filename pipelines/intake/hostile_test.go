package intake

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

func TestHostileExtracts(t *testing.T) {
	for _, c := range []struct {
		title, text      string
		accepted, broken int64
	}{
		{"SQL in an extra header", header + `,"x""; drop table ledger.delivery; --"` + "\n" + row(0, good) + ",1\n", 1, 0},
		{"SQL in values", visits(row(0, good), row(1, "2026-09-04,,'); drop table landing.visit; --,,,,,,")), 1, 1},
		{"markup in values", visits(row(0, good), row(1, "2026-09-04,,blue,,,,,</script><script>alert(1)</script>,")), 2, 0},
		{"formulas in values", visits(row(0, "2026-09-04,,blue,,,,,=cmd|'/c calc'!A1,")), 1, 0},
		{"a line of ten megabytes", visits(row(0, good), strings.Repeat("x", 10<<20), row(1, good)), 2, 1},
		{"a field of ten megabytes in quotes", visits(row(0, good), row(1, `2026-09-04,,blue,,,,,"`+strings.Repeat("x\n", 5<<20)+`",`), row(2, good)), 2, 5<<20 + 1},
		{"an open quote before good rows", visits(row(0, good), row(1, `2026-09-04,,blue,,,,,"T-1,`), row(2, good), row(3, good)), 3, 1},
		{"a line break in quotes", visits(row(0, good), row(1, "2026-09-04,,blue,,,,,\"two\nlines\","), row(2, good)), 3, 0},
		{"doubled quotes", visits(row(0, `2026-09-04,,blue,,,,,"a ""b"" c",`)), 1, 0},
		{"mixed line breaks", header + "\r\n" + row(0, good) + "\n" + row(1, good) + "\r\n", 2, 0},
		{"carriage returns", strings.ReplaceAll(visits(row(0, good), row(1, good)), "\n", "\r\n"), 2, 0},
		{"no last line break", strings.TrimSuffix(visits(row(0, good), row(1, good)), "\n"), 2, 0},
		{"a byte order mark", "\ufeff" + visits(row(0, good)), 1, 0},
		{"blank lines", visits(row(0, good), "", row(1, good), "", ",,,,,,,,,", ""), 2, 0},
		{"hard spaces", visits("\u00a0" + row(0, good) + "\u00a0"), 1, 0},
		{"commas after the last column", header + ",,\n" + row(0, good) + ",,\n", 1, 0},
		{"header in capitals", strings.ToUpper(header) + "\n" + row(0, good) + "\n", 1, 0},
		{"columns in another order", "on,visit_key,at,colour,kind,themes,n,score,ref,seen\n2026-09-04," + row(0, ",blue,,,,,,")[:33] + ",blue,,,,,,\n", 1, 0},
		{"header only", header + "\n", 0, 0},
		{"half of a character", visits(row(0, "2026-09-04,,blue,,,,,é,")), 1, 0},
	} {
		t.Run(c.title, func(t *testing.T) {
			p := partnership(t)
			put(t, p, "north/visit_2026-09.csv", c.text)
			o := one(t, p)
			if c.broken > mostReasons {
				if o.Status != Refused {
					t.Errorf("outcome: %+v", o)
				}
				return
			}
			if o.Status != Loaded || o.Accepted != c.accepted || o.Quarantined != c.broken {
				t.Errorf("%s: %d accepted, %d in quarantine by %v; it %s", o.Status, o.Accepted, o.Quarantined, o.Reasons, o.Message)
			}
		})
	}
}

func TestFileNamesThatAreGlobs(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-09 [1]*?.csv", visits(row(0, good)))
	put(t, p, "north/visit_2026-08'; drop table x; --.csv", visits(row(0, "2026-08-04,,blue,,,,,,")))
	for _, o := range receive(t, p).Outcomes {
		if o.Status != Loaded || o.Accepted != 1 {
			t.Errorf("%s: %s, it %s", o.File, o.Status, o.Message)
		}
	}
}

func TestANameThatIsAPatternFindsNoOtherFile(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-08[1].csv", visits(row(0, "2026-08-04,,blue,,,,,mine,")))
	put(t, p, "north/visit_2026-081.csv", visits(row(0, "2026-08-05,,blue,,,,,other,")))
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer w.Close()
	_, err = receiveWith(t, w, p)
	check(t, err)
	r := published(t, w, p)
	var mine int
	check(t, r.QueryRowContext(t.Context(), "select count(*) from landing.visit where reference = 'mine'").Scan(&mine))
	if mine != 1 {
		t.Errorf("the file's own row was loaded %d times", mine)
	}
}

func TestRulesThatReachFurtherAreRefused(t *testing.T) {
	for _, when := range []string{
		"(select count(*) from read_text('/etc/passwd')) > 0", "true) from read_text('/etc/passwd') --", "n in (select 1)", "getvariable('x') is null",
		"current_setting('home_directory') = ''", "x > 1", "n > 1, n < 1", "random() > 0.5", "n > 1 from kept; drop table t", "kept.n > 1", "nextval('s') > 1",
	} {
		p := partnership(t)
		p.Contracts[0].Rules[0].When = when
		put(t, p, "north/visit_2026-09.csv", visits(row(0, good)))
		w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
		check(t, err)
		if s, err := receiveWith(t, w, p); err == nil {
			t.Errorf("%s was run: %+v", when, s)
		} else if !strings.Contains(err.Error(), "red_without_n") {
			t.Errorf("%s: the error does not name the rule: %v", when, err)
		}
		check(t, w.Close())
	}
}

func TestARuleThatCannotBeWorkedOutKeepsTheRowOut(t *testing.T) {
	p := partnership(t)
	p.Contracts[0].Rules[0].When = "cast(reference as integer) > 3"
	put(t, p, "north/visit_2026-09.csv", visits(row(0, "2026-09-04,,blue,,,,,2,"), row(1, "2026-09-04,,blue,,,,,private,"),
		row(2, "2026-09-04,,blue,,,,,4,"), row(3, "2026-09-04,,blue,,,,,,")))
	if o := one(t, p); o.Accepted != 2 || o.Reasons["red_without_n"] != 2 {
		t.Errorf("outcome: %+v", o)
	}
}

func TestOtherEncodings(t *testing.T) {
	p := partnership(t)
	text, err := charmap.Windows1252.NewEncoder().String("site;beds\nCafé – north;4\n")
	check(t, err)
	put(t, p, "south/stock_2026-27-Q2.csv", text)
	p.Contracts[0].File.Encoding = "utf-16"
	put(t, p, "north/visit_2026-09.csv", "\xff\xfe"+utf16le(visits(row(0, "2026-09-04,,blue,,,,,né,"))))
	put(t, p, "north/visit_2026-08.csv", utf16le(visits(row(0, "2026-08-04,,blue,,,,,né,"))))
	w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
	check(t, err)
	defer w.Close()
	s, err := receiveWith(t, w, p)
	check(t, err)
	for _, o := range s.Outcomes {
		if o.Status != Loaded || o.Accepted != 1 {
			t.Errorf("%s: %s, it %s", o.File, o.Status, o.Message)
		}
	}
	r := published(t, w, p)
	var site, reference string
	check(t, r.QueryRowContext(t.Context(), "select site from landing.stock").Scan(&site))
	check(t, r.QueryRowContext(t.Context(), "select min(reference) from landing.visit").Scan(&reference))
	if site != "Café – north" || reference != "né" {
		t.Errorf("decoded as %q and %q", site, reference)
	}
}

func TestALaterSubmissionSupersedes(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-09.csv", visits(row(0, good)))
	if o := one(t, p); o.Submission != 1 || o.Supersedes != 0 {
		t.Errorf("first: %+v", o)
	}
	second := put(t, p, "north/visit_2026-09_again.csv", visits(row(0, good), row(1, good)))
	later := config.Day(2026, time.October, 20)
	check(t, os.Chtimes(second, later, later))
	copied := put(t, p, "north/visit_2026-09_copy.csv", visits(row(0, good), row(1, good)))
	check(t, os.Chtimes(copied, later, later))
	got := map[string]string{}
	for _, o := range receive(t, p).Outcomes {
		got[o.File] = fmt.Sprintf("%s %s, submission %d after %d", o.Status, o.Rule, o.Submission, o.Supersedes)
	}
	want := map[string]string{
		"north/visit_2026-09.csv":       "unchanged , submission 1 after 0",
		"north/visit_2026-09_again.csv": "loaded , submission 2 after 1",
		"north/visit_2026-09_copy.csv":  "unchanged , submission 0 after 0", // of the file beside it,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("outcomes (-want +got):\n%s", diff)
	}
}

func TestTheSameBytesForAnotherMonthAreQuestioned(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-09.csv", visits(row(0, good)))
	one(t, p)
	put(t, p, "north/visit_2026-08.csv", visits(row(0, good)))
	s := receive(t, p)
	if len(s.Refused()) != 1 || s.Refused()[0].Rule != "sent_for_another_period" {
		t.Errorf("outcomes: %+v", s.Outcomes)
	}
}

func TestAReturnWithNothingToReportMayBeSentEveryMonth(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/visit_2026-08.csv", header+"\n")
	put(t, p, "north/visit_2026-09.csv", header+"\n")
	for _, o := range receive(t, p).Outcomes {
		if o.Status != Loaded || o.Message != "is a return with nothing to report" {
			t.Errorf("%s: %s, it %s", o.File, o.Status, o.Message)
		}
	}
}

// The oracle reads the same rules from Go's own CSV reader.
func oracle(text string, period config.Period) (rows, accepted int64, rules map[string]int64) {
	r := csv.NewReader(strings.NewReader(text))
	r.FieldsPerRecord = -1
	records, err := r.ReadAll()
	if err != nil {
		panic(err)
	}
	rules = map[string]int64{}
	seen := map[string]bool{}
	key := regexp.MustCompile(`^[0-9a-f]{32,64}$`)
	for _, f := range records[1:] {
		if strings.Join(f, "") == "" {
			continue // nothing but commas is no row
		}
		rows++
		var broken []string
		add := func(rule string, is bool) {
			if is {
				broken = append(broken, rule)
			}
		}
		on, dateErr := time.Parse(time.DateOnly, f[1])
		n, numberErr := strconv.Atoi(f[6])
		add("required", f[0] == "")
		add("not_a_pseudonym", f[0] != "" && !key.MatchString(f[0]))
		add("required", f[1] == "")
		add("not_a_date", f[1] != "" && dateErr != nil)
		add("not_in_codes", f[3] != "" && f[3] != "red" && f[3] != "blue" && f[3] != "R")
		add("not_an_integer", f[6] != "" && numberErr != nil)
		add("out_of_range", numberErr == nil && (n < 0 || n > 27))
		add("outside_period", dateErr == nil && !period.Holds(on))
		add("red_without_n", (f[3] == "red" || f[3] == "R") && numberErr != nil)
		if len(broken) == 0 && seen[f[0]] {
			broken = append(broken, "duplicate_key")
		}
		if len(broken) == 0 {
			seen[f[0]] = true
			accepted++
		}
		for _, rule := range broken {
			rules[rule]++
		}
	}
	return rows, accepted, rules
}

func TestRandomExtractsAgreeWithGo(t *testing.T) {
	p := partnership(t)
	db, err := warehouse.Memory(t.Context())
	check(t, err)
	defer db.Close()
	period, err := config.ParsePeriod("2026-09")
	check(t, err)
	pick := func(r *rapid.T, name string, of ...string) string { return rapid.SampledFrom(of).Draw(r, name) }
	rapid.Check(t, func(r *rapid.T) {
		var b strings.Builder
		b.WriteString(header + "\n")
		for i := range rapid.IntRange(0, 30).Draw(r, "rows") {
			raw := ""
			if i < mostRaw-1 { // more, and the file would go back for the column
				raw = "x"
			}
			fmt.Fprintf(&b, "%s,%s,,%s,,,%s,,%s,\n",
				pick(r, "key", "", raw, fmt.Sprintf("%032x", 1), fmt.Sprintf("%032x", 2), fmt.Sprintf("%064x", 3)),
				pick(r, "on", "", "2026-09-01", "2026-09-30", "2026-10-01", "2026-09-31", "soon"),
				pick(r, "colour", "", "red", "blue", "R", "green", `"blue"`),
				pick(r, "n", "", "0", "27", "28", "-1", "x", "1.5"),
				pick(r, "ref", "", "T-1", `"a, b"`, `"a ""b"""`, "\"two\nlines\""))
		}
		rows, accepted, rules := oracle(b.String(), period)
		c := *p.Contracts[0]
		got, broken, err := countExample(t, db, p, &c, b.String())
		if err != nil {
			r.Fatal(err)
		}
		if got.accepted != accepted {
			r.Errorf("%d accepted, Go says %d", got.accepted, accepted)
		}
		if diff := cmp.Diff(rules, broken, cmpopts.EquateEmpty()); diff != "" {
			r.Errorf("rules broken (-Go +DuckDB):\n%s", diff)
		}
		if got.accepted+got.quarantined != rows {
			r.Errorf("%d rows in, %d accepted and %d in quarantine", rows, got.accepted, got.quarantined)
		}
	})
}

type counted struct{ accepted, quarantined int64 }

// countExample stages one file and counts what the warehouse would be given.
func countExample(t *testing.T, db *sql.DB, p *config.Partnership, c *config.Contract, text string) (n counted, rules map[string]int64, err error) {
	dir, err := os.MkdirTemp("", "oracle-")
	if err != nil {
		return n, nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	src, err := exampleSource(c, config.ContractExample{Period: "2026-09", CSV: text}, dir, p.Limits)
	if err != nil {
		return n, nil, err
	}
	conn, err := db.Conn(t.Context())
	if err != nil {
		return n, nil, err
	}
	defer conn.Close()
	s, err := newStage(t.Context(), conn, p, batch{src})
	if err != nil {
		return n, nil, err
	}
	if err := s.views(t.Context()); err != nil {
		return n, nil, err
	}
	if err := conn.QueryRowContext(t.Context(), "select count(*) from accepted").Scan(&n.accepted); err != nil {
		return n, nil, err
	}
	if err := conn.QueryRowContext(t.Context(), "select count(distinct line) from reasons").Scan(&n.quarantined); err != nil {
		return n, nil, err
	}
	rules = map[string]int64{}
	rows, err := conn.QueryContext(t.Context(), "select rule, count(*) from reasons group by rule")
	if err != nil {
		return n, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var rule string
		var times int64
		if err := rows.Scan(&rule, &times); err != nil {
			return n, nil, err
		}
		rules[rule] = times
	}
	return n, rules, rows.Err()
}

func TestLargeExtractKeepsItsLineNumbers(t *testing.T) {
	p := partnership(t)
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := range 300_000 {
		fmt.Fprintf(&b, "%032x,2026-09-04,,blue,,,%d,,,\n", i, i%28+i%1000/999)
	}
	put(t, p, "north/visit_2026-09.csv", b.String())
	one(t, p)
	for _, r := range deliveries(t, p)[0].Reasons {
		i := r.Line - 2
		if i%28+i%1000/999 <= 27 || r.Rule != "out_of_range" {
			t.Fatalf("line %d is said to break %s", r.Line, r.Rule)
		}
	}
	if n := len(deliveries(t, p)[0].Reasons); n < 5 {
		t.Errorf("only %d rows were out of range", n)
	}
}
