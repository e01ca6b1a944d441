package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"wherry/config"
)

func encodingOf(c *config.Contract) string {
	if c.File.Encoding == "" {
		return "utf-8"
	}
	return c.File.Encoding
}

// decode gives a path of the extract as UTF-8 with line breaks that DuckDB knows: its own,
// or that of a copy in scratch. A mark at the start of a file says how it is written; one
// without a mark must be written as its contract says, and is refused where it shows that it
// is not.
func decode(e *extract, scratch string) (string, *Refusal, error) {
	start, err := head(e.plain, 1<<16)
	if err != nil {
		return "", nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	want := encodingOf(e.contract)
	found := found(start)
	wrong := func(what string) *Refusal {
		return refuse("wrong_encoding", "export it again as "+want, "is %s, and the contract says %s", what, want)
	}
	switch {
	case found == "zip":
		return "", refuse("wrong_format", "export it again as CSV, or name it .xlsx", "is a workbook or other packed file named .csv"), nil
	case found == "markup":
		return "", refuse("wrong_format", "export it again as CSV", "is a web page or XML file named .csv"), nil
	case found == "packed":
		return "", refuse("wrong_format", "send it as CSV, or as a zip named .zip", "is packed in a way that is not read here"), nil
	case found == "utf-32":
		return "", wrong("utf-32"), nil
	case !marked(start) && want == "utf-16" && found == "" && len(start) > 0:
		return "", wrong("not utf-16"), nil
	case !marked(start) && want != "utf-16" && strings.HasPrefix(found, "utf-16"):
		return "", wrong("utf-16"), nil
	case found == "utf-8 with a mark" || len(start) == 0 || (want == "utf-8" && found == ""):
		return loneReturns(e.plain, start, scratch)
	}
	decoder := transform.Transformer(charmap.Windows1252.NewDecoder())
	if strings.HasPrefix(found, "utf-16") {
		order := unicode.LittleEndian
		if found == "utf-16be" {
			order = unicode.BigEndian
		}
		policy := unicode.IgnoreBOM
		if marked(start) {
			policy = unicode.ExpectBOM
		}
		decoder = unicode.UTF16(order, policy).NewDecoder()
	}
	path, odd, err := transcode(e.plain, scratch, decoder, found == "")
	if err != nil {
		return "", nil, err
	}
	if odd != "" {
		return "", wrong(odd), nil
	}
	if start, err = head(path, 1<<16); err != nil {
		return "", nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	return loneReturns(path, start, scratch)
}

// marked says whether a file begins with a byte order mark.
func marked(start []byte) bool {
	return bytes.HasPrefix(start, []byte{0xff, 0xfe}) || bytes.HasPrefix(start, []byte{0xfe, 0xff}) || bytes.HasPrefix(start, []byte("\ufeff"))
}

// loneReturns gives a file whose lines end in carriage returns alone, as old programs write
// them, line breaks that are read everywhere.
func loneReturns(path string, start []byte, scratch string) (string, *Refusal, error) {
	if bytes.IndexByte(start, '\r') < 0 || bytes.IndexByte(start, '\n') >= 0 {
		return path, nil, nil
	}
	in, err := os.Open(path)
	if err != nil {
		return "", nil, err
	}
	defer in.Close()
	out, err := os.CreateTemp(scratch, "lines-*.csv")
	if err != nil {
		return "", nil, err
	}
	_, err = io.Copy(out, lineBreaks{in})
	return out.Name(), nil, errors.Join(err, out.Close())
}

// lineBreaks reads carriage returns as line breaks.
type lineBreaks struct{ from io.Reader }

func (l lineBreaks) Read(b []byte) (int, error) {
	n, err := l.from.Read(b)
	for i := range b[:n] {
		if b[i] == '\r' {
			b[i] = '\n'
		}
	}
	return n, err
}

// found is what the first bytes of a file show it to be, "" where they show nothing.
func found(start []byte) string {
	trimmed := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(start, []byte("\ufeff"))))
	switch {
	case bytes.HasPrefix(start, []byte("PK\x03\x04")):
		return "zip"
	case bytes.HasPrefix(start, []byte{0x1f, 0x8b}), bytes.HasPrefix(start, []byte("7z\xbc\xaf")), bytes.HasPrefix(start, []byte("Rar!")), bytes.HasPrefix(start, []byte("BZh")):
		return "packed"
	case bytes.HasPrefix(start, []byte{0xff, 0xfe, 0, 0}), bytes.HasPrefix(start, []byte{0, 0, 0xfe, 0xff}):
		return "utf-32"
	case bytes.HasPrefix(start, []byte{0xff, 0xfe}):
		return "utf-16le"
	case bytes.HasPrefix(start, []byte{0xfe, 0xff}):
		return "utf-16be"
	case bytes.HasPrefix(trimmed, []byte("<!doctype")), bytes.HasPrefix(trimmed, []byte("<html")), bytes.HasPrefix(trimmed, []byte("<?xml")):
		return "markup"
	case bytes.HasPrefix(start, []byte("\ufeff")):
		return "utf-8 with a mark"
	}
	even, odd := 0, 0
	for i, b := range start {
		if b == 0 && i%2 == 0 {
			even++
		} else if b == 0 {
			odd++
		}
	}
	switch half := len(start) / 2; {
	case odd > half*6/10:
		return "utf-16le"
	case even > half*6/10:
		return "utf-16be"
	}
	return ""
}

func head(path string, n int64) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, n))
}

// transcode writes path out as UTF-8. For windows-1252 odd says what it is instead: every
// byte stands for something there, so text in UTF-8 would load as nonsense unnoticed.
func transcode(path, scratch string, decoder transform.Transformer, single bool) (to, odd string, err error) {
	in, err := os.Open(path)
	if err != nil {
		return "", "", err
	}
	defer in.Close()
	out, err := os.CreateTemp(scratch, "decoded-*.csv")
	if err != nil {
		return "", "", err
	}
	var watch io.Reader = in
	seen := &highBytes{}
	if single {
		watch = io.TeeReader(in, seen)
	}
	_, err = io.Copy(out, transform.NewReader(watch, decoder))
	if err = errors.Join(err, out.Close()); err != nil {
		return "", "", fmt.Errorf("decoding: %w", err)
	}
	return out.Name(), seen.oddity(), nil
}

// highBytes watches for bytes that windows-1252 text would not have.
type highBytes struct {
	high, undefined bool
	broken          bool // some high byte is not part of a UTF-8 character
	tail            []byte
}

func (h *highBytes) Write(b []byte) (int, error) {
	text := append(h.tail, b...)
	for len(text) > 0 {
		if text[0] < utf8.RuneSelf {
			text = text[1:]
			continue
		}
		if !utf8.FullRune(text) {
			break
		}
		h.high = true
		h.undefined = h.undefined || bytes.IndexByte([]byte{0x81, 0x8d, 0x8f, 0x90, 0x9d}, text[0]) >= 0
		r, size := utf8.DecodeRune(text)
		h.broken = h.broken || (r == utf8.RuneError && size == 1)
		text = text[size:]
	}
	h.tail = append([]byte(nil), text...)
	return len(b), nil
}

func (h *highBytes) oddity() string {
	switch {
	case h.high && !h.broken && len(h.tail) == 0:
		return "utf-8"
	case h.undefined:
		return "neither utf-8 nor windows-1252"
	}
	return ""
}
