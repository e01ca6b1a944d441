package intake

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"wherry/config"
)

// source is an extract made ready for DuckDB to read as text.
type source struct {
	*extract
	layout *layout
	form   string // tidy (CSV as sent), lines (CSV of ours, with line numbers first), parquet
	read   string // path that DuckDB reads
	comma  byte
	crlf   bool
	bare   bool    // no field has spaces or quotes around it
	rows   int64   // data rows DuckDB must find
	broken []int64 // lines that are no row of so many columns
}

const (
	longestLine  = 1 << 20 // of a CSV that DuckDB reads as sent
	longestField = 1 << 16
	joinedLines  = 20 // a quoted field may hold so many line breaks
)

// survey is what one pass over the lines of a CSV finds.
type survey struct {
	top     []string // the first lines
	rows    int64
	crlf    bool
	untidy  bool  // needs reading line by line
	edged   bool  // some field has spaces or quotes around it
	badUTF8 int64 // first line that is not UTF-8; 0 for none
	nul     bool
}

// lines calls take for each line without its line break; tooLong tells that only the start
// of the line is given.
func lines(r io.Reader, take func(n int64, line []byte, crlf, tooLong bool) error) error {
	b := bufio.NewReaderSize(r, longestLine)
	for n := int64(1); ; n++ {
		line, err := b.ReadSlice('\n')
		tooLong := errors.Is(err, bufio.ErrBufferFull)
		if len(line) == 0 && errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil && !tooLong && !errors.Is(err, io.EOF) {
			return err
		}
		crlf := bytes.HasSuffix(line, []byte("\r\n"))
		line = bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))
		if e := take(n, line, crlf, tooLong); e != nil {
			return e
		}
		for tooLong {
			_, rest := b.ReadSlice('\n')
			tooLong = errors.Is(rest, bufio.ErrBufferFull)
		}
	}
}

// look surveys a UTF-8 CSV.
func look(path string, comma byte) (*survey, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &survey{}
	width, mixed := 0, false
	err = lines(f, func(n int64, line []byte, crlf, tooLong bool) error {
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
			width, s.crlf = bytes.Count(line, []byte{comma}), crlf
		} else {
			s.rows++
			mixed = mixed || crlf != s.crlf
		}
		if n <= 12 {
			s.top = append(s.top, string(line[:min(len(line), 4*longestField)]))
		}
		if s.badUTF8 == 0 && !utf8.Valid(line) && !tooLong {
			s.badUTF8 = n
		}
		s.nul = s.nul || bytes.IndexByte(line, 0) >= 0
		s.untidy = s.untidy || tooLong || untidy(line, comma, width)
		s.edged = s.edged || edged(line, comma)
		return nil
	})
	if s.rows > 0 && mixed {
		s.untidy = true
	}
	return s, err
}

// untidy says whether DuckDB and we might disagree about a line: quotes other than around
// whole fields, a field too many or too few, a stray carriage return, nothing but commas.
func untidy(line []byte, comma byte, width int) bool {
	if len(line) == 0 || bytes.IndexByte(line, '\r') >= 0 || bytes.IndexByte(line, '\t') >= 0 && comma != '\t' || bytes.Contains(line, []byte("\u00a0")) {
		return true
	}
	if line[0] == comma && len(bytes.Trim(line, string(comma)+" ")) == 0 {
		return true
	}
	if bytes.IndexByte(line, '"') < 0 {
		return bytes.Count(line, []byte{comma}) != width
	}
	fields, ok := split(string(line), comma)
	return !ok || len(fields) != width+1
}

// edged says whether some field of a line has spaces or quotes around it.
func edged(line []byte, comma byte) bool {
	if bytes.IndexByte(line, '"') >= 0 {
		return true
	}
	for at := 0; ; at++ {
		i := bytes.IndexByte(line[at:], ' ')
		if i < 0 {
			return false
		}
		at += i
		if at == 0 || at == len(line)-1 || line[at-1] == comma || line[at+1] == comma {
			return true
		}
	}
}

// split takes a line apart; ok is false where its quotes do not close.
func split(line string, comma byte) (fields []string, ok bool) {
	for {
		if !strings.HasPrefix(line, `"`) {
			field, rest, more := strings.Cut(line, string(comma))
			fields = append(fields, field)
			if !more {
				return fields, true
			}
			line = rest
			continue
		}
		field, rest, closed := quoted(line[1:])
		if !closed {
			return fields, false
		}
		fields = append(fields, field)
		if rest == "" {
			return fields, true
		}
		if rest[0] != comma {
			return fields, false
		}
		line = rest[1:]
	}
}

// quoted reads to the closing quote; two quotes are one.
func quoted(s string) (field, rest string, closed bool) {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '"')
		if i < 0 {
			return "", "", false
		}
		b.WriteString(s[:i])
		if strings.HasPrefix(s[i+1:], `"`) {
			b.WriteByte('"')
			s = s[i+2:]
			continue
		}
		return b.String(), s[i+1:], true
	}
}

// prepareCSV makes a CSV ready: decoded, its header checked, its lines counted.
func prepareCSV(e *extract, scratch string, limits config.Limits) (*source, error) {
	if r := rawReturn(e.path); r != nil {
		return nil, r
	}
	path, refusal, err := decode(e, scratch)
	if err != nil || refusal != nil {
		return nil, errors.Join(err, asError(refusal))
	}
	comma := byte(',')
	if d := e.contract.File.Delimiter; d != "" {
		comma = d[0]
	}
	s, err := look(path, comma)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	if r := s.refuse(e, comma, limits); r != nil {
		return nil, r
	}
	header, _ := split(s.top[0], comma)
	l, r := readHeader(e.contract, e.period, header)
	if r != nil {
		return nil, elsewhere(r, s, e, comma)
	}
	src := &source{extract: e, layout: l, form: "tidy", read: path, comma: comma, crlf: s.crlf, bare: !s.edged, rows: s.rows}
	if !s.untidy {
		return src, nil
	}
	return src, src.tidy(scratch)
}

// asError keeps a nil Refusal from becoming an error that is not nil.
func asError(r *Refusal) error {
	if r == nil {
		return nil
	}
	return r
}

func (s *survey) refuse(e *extract, comma byte, limits config.Limits) *Refusal {
	switch {
	case len(s.top) == 0 || (s.rows == 0 && strings.TrimSpace(s.top[0]) == ""):
		return refuse("empty_file", "send it again; with nothing to report, send the header alone", "is empty")
	case s.nul:
		return refuse("wrong_encoding", "export it again as "+encodingOf(e.contract), "holds bytes that no text has")
	case s.badUTF8 > 0:
		r := refuse("wrong_encoding", "export it again as utf-8, or ask for the contract to say windows-1252",
			"is not utf-8 from line %d on; it looks like windows-1252", s.badUTF8)
		r.Line = s.badUTF8
		return r
	case limits.ExtractRows > 0 && s.rows > limits.ExtractRows:
		return refuse("too_large", "split it, or raise limits.extract_rows", "has %d lines, more than the %d allowed", s.rows, limits.ExtractRows)
	}
	if _, ok := split(s.top[0], comma); !ok {
		r := refuse("unreadable_header", "close the quotes in line 1", "has a header whose quotes do not close")
		r.Line = 1
		return r
	}
	return nil
}

// elsewhere improves a refusal of the header where the header stands further down, or is
// separated by something else.
func elsewhere(r *Refusal, s *survey, e *extract, comma byte) *Refusal {
	if r.Rule != "missing_header" {
		return r
	}
	for i, line := range s.top {
		for _, other := range []byte{comma, ',', ';', '\t', '|'} {
			fields, ok := split(line, other)
			if _, wrong := readHeader(e.contract, e.period, fields); !ok || wrong != nil {
				continue
			}
			if other != comma {
				r := refuse("wrong_delimiter", fmt.Sprintf("export it with %q between columns", string(comma)),
					"has %s between columns, and the contract says %q", map[byte]string{',': "commas", ';': "semicolons", '\t': "tabs", '|': "bars"}[other], string(comma))
				r.Line = int64(i + 1)
				return r
			}
			r := refuse("rows_above_header", plural(i, "remove the line above it", "remove the lines above it"), "has its header on line %d", i+1)
			r.Line = int64(i + 1)
			return r
		}
	}
	return r
}

// tidy writes the data lines out anew, each row with the number of the line it starts on.
// A line that cannot be a row is put aside by its number; the next line is read for itself,
// so that one open quote does not swallow what follows.
func (src *source) tidy(scratch string) error {
	in, err := os.Open(src.read)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := newRowWriter(scratch)
	if err != nil {
		return err
	}
	t := &tidier{source: src, out: out}
	err = lines(in, func(n int64, line []byte, _, tooLong bool) error {
		if n == 1 {
			return nil
		}
		return t.line(n, string(line), tooLong)
	})
	if err == nil {
		err = t.giveUp()
	}
	if e := out.close(); err == nil {
		err = e
	}
	src.form, src.read, src.rows, src.bare = "lines", out.path, out.rows, true
	return err
}

type tidier struct {
	*source
	out  *rowWriter
	held []string // lines of a row whose quotes are still open
	from int64    // number of the first of them
}

func (t *tidier) line(n int64, line string, tooLong bool) error {
	if tooLong {
		if err := t.giveUp(); err != nil {
			return err
		}
		t.broken = append(t.broken, n)
		return nil
	}
	if len(t.held) == 0 {
		t.from = n
	}
	t.held = append(t.held, line)
	fields, ok := split(strings.Join(t.held, "\n"), t.comma)
	switch {
	case ok && (len(t.held) == 1 || len(fields) == t.layout.width):
		t.held = nil
		return t.row(t.from, fields)
	case !ok && len(t.held) < joinedLines && open(strings.Join(t.held, "\n"), t.comma):
		return nil
	}
	return t.giveUp()
}

// open says whether the text ends inside quotes that were well placed so far.
func open(s string, comma byte) bool {
	for {
		if !strings.HasPrefix(s, `"`) {
			_, rest, more := strings.Cut(s, string(comma))
			if !more {
				return false
			}
			s = rest
			continue
		}
		_, rest, closed := quoted(s[1:])
		if !closed {
			return true
		}
		if rest == "" || rest[0] != comma {
			return false
		}
		s = rest[1:]
	}
}

// giveUp puts the first held line aside and reads the others for themselves.
func (t *tidier) giveUp() error {
	for len(t.held) > 0 {
		rest, from := t.held[1:], t.from
		t.broken = append(t.broken, from)
		t.held = nil
		for i, line := range rest {
			if err := t.line(from+1+int64(i), line, false); err != nil {
				return err
			}
		}
	}
	return nil
}

func (t *tidier) row(n int64, fields []string) error {
	for len(fields) > t.layout.width && strings.TrimSpace(fields[len(fields)-1]) == "" {
		fields = fields[:len(fields)-1]
	}
	if strings.TrimSpace(strings.Join(fields, "")) == "" {
		return nil
	}
	if len(fields) != t.layout.width {
		t.broken = append(t.broken, n)
		return nil
	}
	return t.out.write(n, fields)
}
