package queries

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// View is one file of core/*.sql: a noun that measures read, and what it is made from.
type View struct {
	Name   string   // marac_case
	Path   string   // core/marac_case.sql
	Says   string   // what a row of it is: the comment above it, without its dashes
	SQL    string   // the statement, without that comment
	Feeds  []string // extracts it reads itself
	Views  []string // other core views it reads itself
	Others []string // tables that no agency sends: reference.population, ledger.delivery
	Once   bool     // it leaves out rows that came late and were received before
}

// Lineage is every core view, by name.
type Lineage map[string]*View

// ReadLineage reads core/*.sql below fsys. What a view is made from is read from its text:
// every table of a core view is written with its schema.
func ReadLineage(fsys fs.FS) (Lineage, error) {
	paths, err := fs.Glob(fsys, "core/*.sql")
	if err != nil {
		return nil, fmt.Errorf("listing core views: %w", err)
	}
	l := Lineage{}
	for _, p := range paths {
		text, err := fs.ReadFile(fsys, p)
		if err != nil {
			return nil, fmt.Errorf("reading core view %s: %w", path.Base(p), err)
		}
		v := readView(p, strings.ReplaceAll(string(text), "\r\n", "\n"))
		l[v.Name] = v
	}
	return l, nil
}

// receivedBefore is the rows that a view must leave out where a contract lets rows come late.
const receivedBefore = "ledger.received_before"

func readView(p, text string) *View {
	v := &View{Name: strings.TrimSuffix(path.Base(p), ".sql"), Path: p, SQL: strings.TrimSpace(text)}
	var says []string
	for strings.HasPrefix(v.SQL, "--") {
		line, rest, _ := strings.Cut(v.SQL, "\n")
		says, v.SQL = append(says, strings.TrimSpace(strings.TrimLeft(line, "-"))), strings.TrimSpace(rest)
	}
	v.Says = strings.Join(says, " ")
	for _, table := range tablesIn(text) {
		schema, name, _ := strings.Cut(table, ".")
		switch {
		case table == receivedBefore:
			v.Once = true
		case schema == "landing":
			v.Feeds = append(v.Feeds, name)
		case schema == "core" && name != v.Name:
			v.Views = append(v.Views, name)
		case schema != "core" && table != "ledger.current": // by which every view picks its deliveries
			v.Others = append(v.Others, table)
		}
	}
	return v
}

// Behind is the core views that a SELECT reads, by name, and then those that these read in
// their turn, each once. The error names a view that no file makes.
func (l Lineage) Behind(selectSQL string) ([]*View, error) {
	var views []*View
	var names []string
	for _, table := range tablesIn(selectSQL) {
		if name, ok := strings.CutPrefix(table, "core."); ok {
			names = append(names, name)
		}
	}
	for i := 0; i < len(names); i++ {
		v := l[names[i]]
		if v == nil {
			return nil, fmt.Errorf("core.%s is read, and there is no core/%s.sql", names[i], names[i])
		}
		views = append(views, v)
		for _, next := range v.Views {
			if !slices.Contains(names, next) {
				names = append(names, next)
			}
		}
	}
	return views, nil
}

var (
	unread   = regexp.MustCompile(`(?s)--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'`)
	inSchema = regexp.MustCompile(`\b(?:core|landing|ledger|reference)\.[a-z_][a-z0-9_]*`)
	plainID  = regexp.MustCompile(`[a-z_][a-z0-9_]*`)
)

// tablesIn is the tables that SQL names with their schema, sorted, each once.
func tablesIn(sql string) []string {
	return unique(inSchema.FindAllString(plainSQL(sql), -1))
}

// NamesIn is every name that SQL uses, of columns and of anything else.
func NamesIn(sql string) map[string]bool {
	names := map[string]bool{}
	for _, name := range plainID.FindAllString(plainSQL(sql), -1) {
		names[name] = true
	}
	return names
}

// plainSQL is SQL in small letters without comments and quoted text.
func plainSQL(sql string) string {
	return strings.ToLower(unread.ReplaceAllString(sql, " "))
}

func unique(texts []string) []string {
	set := map[string]bool{}
	for _, t := range texts {
		set[t] = true
	}
	return slices.Sorted(maps.Keys(set))
}
