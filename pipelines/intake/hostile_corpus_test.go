package intake

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// verdict is a line of testdata/hostile/verdicts.csv: a file of that folder, how it is made
// and sent, and what must become of it.
type verdict struct {
	source, sentAs, recipe string
	refused                string // rule of the refusal; "" where it is loaded
	accepted, quarantined  int64
	rules                  string // "not_a_date 1; required 2"
	words                  string // in what is said, or what is to be done
	line                   int
}

func verdicts(t *testing.T) (all []verdict) {
	f, err := os.Open("testdata/hostile/verdicts.csv")
	check(t, err)
	defer f.Close()
	r := csv.NewReader(f)
	rows, err := r.ReadAll()
	check(t, err)
	number := func(s string) int64 {
		n, err := strconv.ParseInt("0"+s, 10, 64)
		check(t, err)
		return n
	}
	for i, row := range rows[1:] {
		all = append(all, verdict{row[0], row[1], row[2], row[3], number(row[4]), number(row[5]), row[6], row[7], i + 2})
	}
	return all
}

// corpusPartnership has, beside the feeds of partnership, one whose headers have aliases and
// one whose sheet has a name.
func corpusPartnership(t *testing.T) *config.Partnership {
	p := partnership(t)
	p.Limits.ExtractBytes, p.Limits.ExtractRows = 16<<20, 50_000
	all := []string{"csv", "xlsx", "parquet", "arrow", "jsonl"}
	p.Contracts[0].File.Formats = all
	least := int64(0)
	p.Contracts = append(p.Contracts,
		&config.Contract{Feed: "marac_form", Agencies: []string{"south"}, Every: config.Quarter, Starts: "2026-04", DueDays: 10, Key: []string{"marac"},
			File: config.FileForm{Pattern: "marac_form_{period}*", Formats: all, Sheet: "Return"},
			Columns: []config.Column{{Name: "marac", Type: "text", Required: true, Aliases: []string{"MARAC area"}},
				{Name: "cases", Type: "integer", Required: true, Min: &least, Aliases: []string{"Number of cases discussed"}},
				{Name: "repeats", Type: "integer", Min: &least, Aliases: []string{"Number of repeat cases"}},
				{Name: "children", Type: "integer", Min: &least, Aliases: []string{"Number of children in household"}}}},
		&config.Contract{Feed: "places", Agencies: []string{"south"}, Every: config.Month, Starts: "2026-04", DueDays: 10,
			File:    config.FileForm{Pattern: "places_{period}*", Formats: all},
			Columns: []config.Column{{Name: "site", Type: "code", Values: []string{"A", "B", "Total"}, Required: true}, {Name: "beds", Type: "integer", Required: true}}},
		&config.Contract{Feed: "wide16", Agencies: []string{"south"}, Every: config.Month, Starts: "2026-04", DueDays: 10,
			File:    config.FileForm{Pattern: "wide16_{period}*", Formats: all, Encoding: "utf-16"},
			Columns: []config.Column{{Name: "site", Type: "text", Required: true}}})
	return p
}

// Every file of the corpus is received into one warehouse, and what becomes of each is held
// against its verdict.
func TestTheCorpusOfHostileFiles(t *testing.T) {
	p := corpusPartnership(t)
	db, err := warehouse.Memory(t.Context())
	check(t, err)
	defer db.Close()
	all, sent := verdicts(t), map[string]verdict{}
	used := map[string]bool{"verdicts.csv": true, "README.md": true, ".gitattributes": true}
	for i, v := range all {
		if _, twice := sent[v.sentAs]; twice {
			t.Fatalf("verdicts.csv:%d: %s is sent twice", v.line, v.sentAs)
		}
		sent[v.sentAs], used[v.source] = v, true
		text, err := os.ReadFile(filepath.Join("testdata/hostile", v.source))
		check(t, err)
		path := put(t, p, v.sentAs, string(made(t, db, text, v.recipe)))
		on := config.Day(2026, time.October, 5).Add(time.Duration(i) * time.Minute)
		check(t, os.Chtimes(path, on, on))
	}
	if len(all) < 120 {
		t.Errorf("the corpus has %d files, and should have 120", len(all))
	}
	files, err := os.ReadDir("testdata/hostile")
	check(t, err)
	for _, f := range files {
		if !used[f.Name()] {
			t.Errorf("%s has no verdict", f.Name())
		}
	}
	for _, o := range receive(t, p).Outcomes {
		v := sent[o.File]
		delete(sent, o.File)
		t.Run(o.File, func(t *testing.T) { v.hold(t, o) })
	}
	for name := range sent {
		t.Errorf("%s had no outcome", name)
	}
	nothingIsEchoed(t, p)
}

// nothingIsEchoed looks for values of the corpus in all that was written, which says what is
// wrong with files and never what stands in them.
func nothingIsEchoed(t *testing.T, p *config.Partnership) {
	looked := 0
	for _, folder := range []string{"outbox", "archive"} {
		check(t, filepath.WalkDir(filepath.Join(p.Root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			looked++
			b, err := os.ReadFile(path)
			for _, value := range []string{"NR1 3JU", "N11AA", "9434765919", "2015-01-02", "drop table landing", "secret"} {
				if bytes.Contains(b, []byte(value)) {
					t.Errorf("%s holds %q", path, value)
				}
			}
			return err
		}))
	}
	if looked < 100 {
		t.Errorf("only %d files were written", looked)
	}
}

func (v verdict) hold(t *testing.T, o Outcome) {
	fail := func(format string, args ...any) {
		t.Helper()
		t.Errorf("verdicts.csv:%d: %s\nit is %s %s: %d accepted, %d quarantined by %q; it %s / %s", v.line, fmt.Sprintf(format, args...),
			o.Status, o.Rule, o.Accepted, o.Quarantined, rulesOf(o), o.Message, o.Hint)
	}
	switch {
	case v.refused != "" && (o.Status != Refused || o.Rule != v.refused):
		fail("should be refused by %s", v.refused)
	case v.refused != "" && o.Hint == "":
		fail("should say what to do")
	case v.refused == "" && (o.Status != Loaded || o.Accepted != v.accepted || o.Quarantined != v.quarantined || rulesOf(o) != v.rules):
		fail("should have %d accepted, %d quarantined by %q", v.accepted, v.quarantined, v.rules)
	case !strings.Contains(o.Message+" / "+o.Hint, v.words):
		fail("should say %q", v.words)
	}
}

func rulesOf(o Outcome) string {
	var parts []string
	for _, rule := range slices.Sorted(maps.Keys(o.Reasons)) {
		parts = append(parts, fmt.Sprintf("%s %d", rule, o.Reasons[rule]))
	}
	return strings.Join(parts, "; ")
}
