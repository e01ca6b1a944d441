package queries

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Session is one connection to a database: what EvaluateAll puts aside on it lives as long
// as the connection. *sql.Conn gives it.
type Session interface {
	DB
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// EvaluateAll counts measures over a span, in the order given, as Evaluate does. A core view
// that several of them read is worked out once, into a table of the session with the columns
// they name, and dropped after the last of them. longest bounds each measure; 0 is no bound.
func EvaluateAll(ctx context.Context, db Session, measures []*Measure, span Span, longest time.Duration) ([]*Cells, error) {
	if len(measures) == 0 {
		return nil, nil
	}
	if err := checkAll(ctx, db, measures).Err(); err != nil {
		return nil, err
	}
	s := &sharing{db: db, sources: map[*Measure]*source{}, wanted: map[string]int{}, aside: map[string]bool{}}
	if err := s.read(ctx, measures); err != nil {
		return nil, err
	}
	all := make([]*Cells, len(measures))
	for i, m := range measures {
		var err error
		if all[i], err = s.evaluate(ctx, m, span, longest); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// sharing is the core views that several measures read, put aside while they are needed.
type sharing struct {
	db      Session
	sources map[*Measure]*source
	wanted  map[string]int  // noun -> measures yet to read it
	aside   map[string]bool // nouns put aside
}

// source is what a SELECT reads: the places of its core tables, and every name in it that
// may be a column of theirs. whole says that it may read every column.
type source struct {
	tables map[int]string // byte offset -> noun
	names  map[string]bool
	whole  bool
}

// nouns is the core tables of a source, once each.
func (s *source) nouns() []string {
	return slices.Compact(slices.Sorted(maps.Values(s.tables)))
}

// read finds what each measure reads.
func (s *sharing) read(ctx context.Context, measures []*Measure) error {
	for _, m := range measures {
		tree, err := parseSQL(ctx, s.db, m.SQL)
		if err != nil {
			return fmt.Errorf("reading what %s rests on: %w", m.ID, err)
		}
		found := &source{tables: map[int]string{}, names: map[string]bool{}}
		found.walk(tree.Statements[0].Node)
		s.sources[m] = found
		for _, noun := range found.nouns() {
			s.wanted[noun]++
		}
	}
	return nil
}

// walk collects the tables and names of a piece of a syntax tree.
func (s *source) walk(piece any) {
	switch p := piece.(type) {
	case []any:
		for _, item := range p {
			s.walk(item)
		}
	case map[string]any:
		switch {
		case text(p, "type") == "BASE_TABLE" && strings.EqualFold(text(p, "schema_name"), "core"):
			s.tables[place(p)] = strings.ToLower(text(p, "table_name"))
		case text(p, "class") == "STAR", text(p, "ref_type") == "NATURAL":
			s.whole = true
		}
		for _, key := range []string{"column_names", "using_columns"} {
			names, _ := p[key].([]any)
			for _, name := range names {
				s.names[strings.ToLower(fmt.Sprint(name))] = true
			}
		}
		for _, v := range p {
			s.walk(v)
		}
	}
}

var coreTable = regexp.MustCompile(`^(?i)"?core"?\s*\.\s*"?([a-z_0-9]+)"?`)

// rewritten is a measure's SELECT reading the nouns put aside in the place of the views. ok
// is false where it cannot be told how to write it.
func (s *source) rewritten(selectSQL string, aside map[string]bool) (out string, ok bool) {
	out = selectSQL
	for _, at := range slices.Backward(slices.Sorted(maps.Keys(s.tables))) {
		noun := s.tables[at]
		if !aside[noun] {
			continue
		}
		found := coreTable.FindStringSubmatch(out[at:])
		if found == nil || !strings.EqualFold(found[1], noun) || s.names["core"] {
			return selectSQL, false
		}
		out = out[:at] + "temp." + identifier(noun) + out[at+len(found[0]):]
	}
	return out, true
}

// evaluate counts one measure, from what is put aside where that serves it.
func (s *sharing) evaluate(ctx context.Context, m *Measure, span Span, longest time.Duration) (*Cells, error) {
	if longest > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, longest)
		defer cancel()
	}
	from := s.sources[m]
	for _, noun := range from.nouns() {
		if s.wanted[noun] > 1 && !s.aside[noun] {
			if err := s.putAside(ctx, noun); err != nil {
				return nil, fmt.Errorf("putting core.%s aside for %s: %w", noun, m.ID, withoutValues(err))
			}
		}
	}
	shared := *m
	shared.SQL, _ = from.rewritten(m.SQL, s.aside)
	cells, err := evaluate(ctx, s.db, &shared, span.planFor(m))
	if err != nil {
		return nil, err
	}
	cells.measure = m
	return cells, s.release(ctx, from)
}

// putAside works a core view out into a table of the session.
func (s *sharing) putAside(ctx context.Context, noun string) error {
	types, err := columnTypes(ctx, s.db, noun)
	if err != nil {
		return err
	}
	named := map[string]bool{}
	for _, from := range s.sources {
		if !slices.Contains(from.nouns(), noun) {
			continue
		}
		for column := range types {
			if from.whole || from.names[strings.ToLower(column)] {
				named[identifier(column)] = true
			}
		}
	}
	if len(named) == 0 {
		return nil
	}
	_, err = s.db.ExecContext(ctx, fmt.Sprintf("create temp table %s as select %s from core.%s",
		identifier(noun), strings.Join(slices.Sorted(maps.Keys(named)), ", "), identifier(noun)))
	s.aside[noun] = err == nil
	return err
}

// release drops what no later measure reads.
func (s *sharing) release(ctx context.Context, from *source) error {
	for _, noun := range from.nouns() {
		s.wanted[noun]--
		if s.wanted[noun] == 0 && s.aside[noun] {
			if _, err := s.db.ExecContext(ctx, "drop table temp."+identifier(noun)); err != nil {
				return fmt.Errorf("dropping what was put aside of core.%s: %w", noun, err)
			}
			delete(s.aside, noun)
		}
	}
	return nil
}
