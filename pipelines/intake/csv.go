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
	left   leftOut

	headed *headed // of a CSV
	limits config.Limits
}

// survey is what one pass over the lines of a CSV finds.
type survey struct {
	header  []byte
	last    []byte // line that is not blank
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

// topLines is the first lines of a file, each as far as a header may be long.
func topLines(path string) (top []string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	err = lines(f, func(n int64, line []byte, _, _ bool) error {
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		top = append(top, string(line))
		if len(top) == topRows {
			return io.EOF
		}
		return nil
	})
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return top, err
}

// look surveys a UTF-8 CSV from its header on.
func look(path string, h *headed) (*survey, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	s := &survey{untidy: h.n > 1}
	mixed := false
	err = lines(f, func(n int64, line []byte, crlf, tooLong bool) error {
		switch {
		case n == h.n:
			s.header, s.crlf = append(s.header, bytes.TrimPrefix(line, []byte("\ufeff"))...), crlf
		case n > h.n:
			s.rows++
			mixed = mixed || crlf != s.crlf
			if len(line) == len(s.header) && bytes.EqualFold(line, s.header) {
				s.untidy = true
			}
			if len(line) > 0 {
				s.last = append(s.last[:0], line[:min(len(line), 4096)]...)
			}
		}
		s.take(n, line, h, tooLong)
		return nil
	})
	if s.rows > 0 && mixed {
		s.untidy = true
	}
	return s, err
}

func (s *survey) take(n int64, line []byte, h *headed, tooLong bool) {
	if s.badUTF8 == 0 && !tooLong && !utf8.Valid(line) {
		s.badUTF8 = n
	}
	s.nul = s.nul || bytes.IndexByte(line, 0) >= 0
	s.untidy = s.untidy || tooLong || untidy(line, h.comma, h.width-1)
	s.edged = s.edged || edged(line, h.comma)
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

// prepareCSV makes a CSV ready: decoded, its header found, its lines counted.
func prepareCSV(e *extract, scratch string, limits config.Limits) (*source, error) {
	if r := rawReturn(e.plain); r != nil {
		return nil, r
	}
	path, refusal, err := decode(e, scratch)
	if err != nil || refusal != nil {
		return nil, errors.Join(err, asError(refusal))
	}
	top, err := topLines(path)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	if r := refuseTop(e, top); r != nil {
		return nil, r
	}
	h, refusal := csvHeader(e, top)
	if refusal != nil {
		return nil, refusal
	}
	s, err := look(path, h)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	if r := s.refuse(e, limits); r != nil {
		return nil, r
	}
	src := &source{extract: e, layout: h.layout, headed: h, form: "tidy", read: path, comma: h.comma, crlf: s.crlf, bare: !s.edged, rows: s.rows, limits: limits}
	if fields, ok := split(string(s.last), h.comma); !s.untidy && ok {
		s.untidy = (&sieve{headed: h}).isFoot(fields)
	}
	if !s.untidy {
		return src, nil
	}
	return src, src.tidy(scratch)
}

// refuseTop refuses a file by its first lines, before they are taken for a header.
func refuseTop(e *extract, top []string) *Refusal {
	text := strings.Join(top, "\n")
	switch {
	case strings.TrimSpace(text) == "":
		return emptyFile()
	case strings.ContainsRune(text, 0):
		return refuse("wrong_encoding", "export it again as "+encodingOf(e.contract), "holds bytes that no text has")
	}
	for i, line := range top {
		if !utf8.ValidString(line) && len(line) < longestLine {
			return notUTF8(int64(i + 1))
		}
	}
	return nil
}

func notUTF8(line int64) *Refusal {
	r := refuse("wrong_encoding", "export it again as utf-8, or ask for the contract to say windows-1252",
		"is not utf-8 from line %d on; it looks like windows-1252", line)
	r.Line = line
	return r
}

// asError keeps a nil Refusal from becoming an error that is not nil.
func asError(r *Refusal) error {
	if r == nil {
		return nil
	}
	return r
}

func (s *survey) refuse(e *extract, limits config.Limits) *Refusal {
	switch {
	case s.nul:
		return refuse("wrong_encoding", "export it again as "+encodingOf(e.contract), "holds bytes that no text has")
	case s.badUTF8 > 0:
		return notUTF8(s.badUTF8)
	case limits.ExtractRows > 0 && s.rows > limits.ExtractRows:
		return tooManyRows(limits.ExtractRows)
	}
	return nil
}
