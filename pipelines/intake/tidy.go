package intake

import (
	"os"
	"strings"
)

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
	t := &tidier{sieve: sieve{headed: src.headed, out: out, most: src.limits.ExtractRows}}
	t.left.above = src.headed.above
	err = lines(in, func(n int64, line []byte, _, tooLong bool) error {
		if n <= src.headed.n {
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
	t.end()
	src.form, src.read, src.rows, src.bare = "lines", out.path, out.rows, true
	src.comma, src.broken, src.left = ',', t.broken, t.left
	return err
}

// tidier puts the lines of a CSV together to rows.
type tidier struct {
	sieve
	held []string // lines of a row whose quotes are still open
	size int      // of them
	from int64    // number of the first of them
}

func (t *tidier) line(n int64, line string, tooLong bool) error {
	if tooLong {
		if err := t.giveUp(); err != nil {
			return err
		}
		return t.aside(n)
	}
	if len(t.held) == 0 {
		t.from, t.size = n, 0
	}
	t.held, t.size = append(t.held, line), t.size+len(line)
	text := strings.Join(t.held, "\n")
	fields, ok := split(text, t.comma)
	switch {
	case ok && (len(t.held) == 1 || len(fields) == t.width && !t.swallowed()):
		t.held = nil
		return t.row(t.from, fields)
	case !ok && len(t.held) < joinedLines && t.size < joinedBytes && open(text, t.comma):
		return nil
	}
	return t.giveUp()
}

// swallowed says whether a line held inside quotes is a row by itself: two stray quotes,
// lines apart, would make one value of everything between them.
func (t *tidier) swallowed() bool {
	for _, line := range t.held[1:] {
		if t.width > 1 && strings.Count(line, string(t.comma)) >= t.width-1 {
			return true
		}
	}
	return false
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
		t.held = nil
		if err := t.release(); err != nil {
			return err
		}
		if err := t.aside(from); err != nil {
			return err
		}
		for i, line := range rest {
			if err := t.line(from+1+int64(i), line, false); err != nil {
				return err
			}
		}
	}
	return nil
}
