package intake

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"
)

// markup reads the XML of a workbook's parts piece by piece, in memory that does not grow
// with the file. It knows no document type, and so no entity beyond the five of XML itself.
type markup struct {
	in   *bufio.Reader
	tag  []byte // of the element that opens or closes, without brackets
	text []byte // between tags, with entities replaced; cut at longestField
	open []int  // for each element open, where its name ends in names
	path []byte // names of the elements open
	self bool   // the element that opened closes at once
}

type piece int

const (
	ends   piece = iota // of the document
	opens               // an element
	closes              // one
	says                // text
)

var errMarkup = errors.New("not the XML of a workbook")

func newMarkup(r io.Reader) *markup { return &markup{in: bufio.NewReaderSize(r, longestTag)} }

// next is the next piece. tag and text hold until the one after.
func (m *markup) next() (piece, error) {
	if m.self {
		m.self = false
		return closes, m.close(m.name())
	}
	for {
		text, err := m.says()
		if err != nil || text {
			return says, err
		}
		tag, err := m.in.ReadSlice('<')
		if errors.Is(err, io.EOF) && len(tag) == 0 && len(m.open) == 0 {
			return ends, nil
		}
		if err != nil {
			return ends, whole(err)
		}
		first, err := m.in.Peek(1)
		if err != nil {
			return ends, whole(err)
		}
		if first[0] == '?' {
			if err := m.skip("?>"); err != nil {
				return ends, err
			}
			continue
		}
		if first[0] == '!' {
			cdata, err := m.declared()
			if err != nil || cdata {
				return says, err
			}
			continue
		}
		return m.element()
	}
}

// whole is errMarkup for an end that comes too early, and any other fault as it is.
func whole(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, bufio.ErrBufferFull) {
		return errMarkup
	}
	return err
}

// says reads the text up to the next tag, and whether there is any within an element.
func (m *markup) says() (bool, error) {
	m.text = m.text[:0]
	for {
		part, err := m.in.ReadSlice('<')
		end := err == nil
		if end {
			part = part[:len(part)-1]
			if e := m.in.UnreadByte(); e != nil {
				return false, e
			}
		}
		if room := longestField + 16 - len(m.text); room > 0 {
			m.text = append(m.text, part[:min(room, len(part))]...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil && !errors.Is(err, io.EOF) {
			return false, err
		}
		break
	}
	if len(m.open) == 0 {
		if len(bytes.Trim(m.text, " \t\r\n\ufeff")) > 0 {
			return false, errMarkup
		}
		return false, nil
	}
	if len(m.text) == 0 {
		return false, nil
	}
	var ok bool
	m.text, ok = unescape(m.text)
	if !ok {
		return false, errMarkup
	}
	return true, nil
}

// element reads a tag. A bracket inside quotes does not end it.
func (m *markup) element() (piece, error) {
	m.tag = m.tag[:0]
	for {
		part, err := m.in.ReadSlice('>')
		if err != nil {
			return ends, whole(err)
		}
		if m.tag = append(m.tag, part...); len(m.tag) > longestTag {
			return ends, errMarkup
		}
		if bytes.Count(m.tag, []byte{'"'})%2 == 0 && (bytes.Count(m.tag, []byte{'\''})%2 == 0 || bytes.IndexByte(m.tag, '"') >= 0) {
			break
		}
	}
	m.tag = m.tag[:len(m.tag)-1]
	if len(m.tag) > 0 && m.tag[0] == '/' {
		m.tag = bytes.TrimSpace(m.tag[1:])
		return closes, m.close(m.tag)
	}
	if m.self = bytes.HasSuffix(m.tag, []byte("/")); m.self {
		m.tag = m.tag[:len(m.tag)-1]
	}
	name := m.name()
	if len(name) == 0 || len(m.open) >= deepestMarkup {
		return ends, errMarkup
	}
	m.path = append(m.path, name...)
	m.open = append(m.open, len(m.path))
	return opens, nil
}

func (m *markup) close(name []byte) error {
	n := len(m.open) - 1
	if n < 0 {
		return errMarkup
	}
	from := 0
	if n > 0 {
		from = m.open[n-1]
	}
	if !bytes.Equal(m.path[from:], name) {
		return errMarkup
	}
	m.open, m.path = m.open[:n], m.path[:from]
	return nil
}

// name is the element's name with its prefix.
func (m *markup) name() []byte {
	if i := bytes.IndexAny(m.tag, " \t\r\n"); i >= 0 {
		return m.tag[:i]
	}
	return m.tag
}

// local is the element's name without its prefix.
func (m *markup) local() string {
	name := m.name()
	return string(name[bytes.IndexByte(name, ':')+1:])
}

// attribute is the value of an attribute of the element that opened, "" for none. A prefix
// does not count.
func (m *markup) attribute(name string) string {
	rest := m.tag[len(m.name()):]
	for {
		eq := bytes.IndexByte(rest, '=')
		if eq < 0 {
			return ""
		}
		key := bytes.TrimSpace(rest[:eq])
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return ""
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return ""
		}
		if string(key[bytes.IndexByte(key, ':')+1:]) == name {
			value, _ := unescape(bytes.Clone(rest[1 : end+1]))
			return string(value)
		}
		rest = rest[end+2:]
	}
}

// declared reads past a comment, and gives the text of a CDATA section. Anything else that
// begins so is a document type, and refused.
func (m *markup) declared() (cdata bool, err error) {
	start, err := m.in.Peek(8)
	if bytes.HasPrefix(start, []byte("!--")) {
		return false, m.skip("-->")
	}
	if err != nil || string(start) != "![CDATA[" || len(m.open) == 0 {
		return false, errMarkup
	}
	if _, err := m.in.Discard(len(start)); err != nil {
		return false, err
	}
	m.text = m.text[:0]
	for !bytes.HasSuffix(m.text, []byte("]]>")) {
		c, err := m.in.ReadByte()
		if err != nil {
			return false, whole(err)
		}
		if m.text = append(m.text, c); len(m.text) > longestLine {
			return false, errMarkup
		}
	}
	m.text = m.text[:len(m.text)-3]
	return true, nil
}

// skip reads past the next place at which a text stands.
func (m *markup) skip(until string) error {
	var last []byte
	for {
		part, err := m.in.ReadSlice('>')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return whole(err)
		}
		last = append(last, part[max(0, len(part)-len(until)):]...)
		if bytes.HasSuffix(last, []byte(until)) {
			return nil
		}
		last = last[max(0, len(last)-len(until)):]
	}
}

// unescape replaces entities in place. It is not ok for one that XML does not define.
func unescape(b []byte) ([]byte, bool) {
	at := bytes.IndexByte(b, '&')
	if at < 0 {
		return b, true
	}
	out := b[:at]
	for at < len(b) {
		if b[at] != '&' {
			out = append(out, b[at])
			at++
			continue
		}
		end := bytes.IndexByte(b[at:min(len(b), at+12)], ';')
		if end < 0 {
			return out, len(b) >= longestField // the text was cut here
		}
		r, ok := entity(string(b[at+1 : at+end]))
		if !ok {
			return out, false
		}
		out = utf8.AppendRune(out, r) // never longer than what it stands for
		at += end + 1
	}
	return out, true
}

func entity(name string) (rune, bool) {
	switch name {
	case "amp":
		return '&', true
	case "lt":
		return '<', true
	case "gt":
		return '>', true
	case "quot":
		return '"', true
	case "apos":
		return '\'', true
	}
	if len(name) < 2 || name[0] != '#' {
		return 0, false
	}
	digits, base := name[1:], 10
	if digits[0] == 'x' {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n > utf8.MaxRune || !utf8.ValidRune(rune(n)) {
		return 0, false
	}
	return rune(n), true
}
