package intake

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"slices"
	"strings"

	"wherry/config"
)

// prepareJSONLines writes the objects of a file, one a line, out as lines. A key is a
// header; a key that an object does not have is blank.
func prepareJSONLines(e *extract, scratch string, limits config.Limits) (*source, error) {
	start, err := head(e.plain, 4096)
	if err != nil {
		return nil, err
	}
	switch kind := found(start); {
	case kind != "" && kind != "utf-8 with a mark":
		return nil, refuse("wrong_encoding", "write it again as JSON lines in utf-8", "is not JSON lines in utf-8")
	case bytes.HasPrefix(bytes.TrimSpace(start), []byte("[")):
		return nil, refuse("wrong_format", "write one object on each line, without brackets around them all", "is one JSON list, and should have an object on each line")
	}
	keys, err := jsonKeys(e.plain)
	if err != nil {
		return nil, err
	}
	l, refusal := e.readHeader(keys)
	if refusal != nil {
		return nil, refusal
	}
	return writeJSONRows(e, l, scratch, limits.ExtractRows)
}

// jsonLines calls take for each line that is not blank; fields is nil where it is no object
// of plain values.
func jsonLines(path string, take func(n int64, fields []jsonField) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	return lines(f, func(n int64, line []byte, _, tooLong bool) error {
		if n == 1 {
			line = bytes.TrimPrefix(line, []byte("\ufeff"))
		}
		if line = bytes.TrimSpace(line); len(line) == 0 {
			return nil
		}
		if tooLong {
			return take(n, nil)
		}
		fields, ok := jsonObject(line)
		if !ok {
			fields = nil
		}
		return take(n, fields)
	})
}

// jsonKeys is every key of the file's objects, in the order in which they come.
func jsonKeys(path string) (keys []string, err error) {
	at := map[string]bool{}
	objects, wrong := 0, 0
	err = jsonLines(path, func(_ int64, fields []jsonField) error {
		if fields == nil {
			if wrong++; wrong > mostReasons {
				return notJSONLines()
			}
			return nil
		}
		objects++
		for _, f := range fields {
			if at[f.key] {
				continue
			}
			at[f.key] = true
			if keys = append(keys, f.key); len(keys) > mostColumns {
				return tooManyColumns(len(keys))
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return nil, err
	case objects == 0 && wrong == 0:
		return nil, refuse("empty_file", "send it again; with nothing to report, send a CSV with the header alone", "is empty")
	case objects == 0:
		return nil, notJSONLines()
	}
	return keys, nil
}

func notJSONLines() *Refusal {
	return refuse("unreadable_file", "write one object of plain values on each line", "cannot be read as JSON lines")
}

func writeJSONRows(e *extract, l *layout, scratch string, most int64) (*source, error) {
	out, err := newRowWriter(scratch)
	if err != nil {
		return nil, err
	}
	place := map[string]int{}
	for i, key := range l.names {
		place[key] = i
	}
	s := &sieve{headed: &headed{layout: l}, out: out, most: most}
	row := make([]string, l.width)
	err = jsonLines(e.plain, func(n int64, fields []jsonField) error {
		if fields == nil {
			return s.aside(n)
		}
		clear(row)
		for _, f := range fields {
			row[place[f.key]] = f.text
		}
		return s.data(n, row)
	})
	return &source{extract: e, layout: l, form: "lines", read: out.path, comma: ',', bare: true, rows: out.rows, broken: s.broken}, errors.Join(err, out.close())
}

type jsonField struct{ key, text string }

// jsonObject is the keys of one object and its values as text. It is not ok where the line
// is anything else, where a key comes twice, or where a value is an object, a list of lists
// or a list of texts that hold the mark between them.
func jsonObject(line []byte) (fields []jsonField, ok bool) {
	d := json.NewDecoder(bytes.NewReader(line))
	d.UseNumber()
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return nil, false
	}
	fields = []jsonField{}
	for d.More() {
		t, err := d.Token()
		key, is := t.(string)
		if err != nil || !is || slices.ContainsFunc(fields, func(f jsonField) bool { return f.key == key }) || len(fields) > mostColumns {
			return nil, false
		}
		text, ok := jsonText(d)
		if !ok {
			return nil, false
		}
		fields = append(fields, jsonField{key, text})
	}
	if _, err := d.Token(); err != nil {
		return nil, false
	}
	_, err := d.Token()
	return fields, errors.Is(err, io.EOF)
}

func jsonText(d *json.Decoder) (string, bool) {
	t, err := d.Token()
	if err != nil {
		return "", false
	}
	if t != json.Delim('[') {
		return plainJSON(t)
	}
	var entries []string
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return "", false
		}
		text, ok := plainJSON(t)
		if !ok || strings.Contains(text, "|") {
			return "", false
		}
		entries = append(entries, text)
	}
	_, err = d.Token()
	return strings.Join(entries, "|"), err == nil
}

func plainJSON(t json.Token) (string, bool) {
	switch v := t.(type) {
	case nil:
		return "", true
	case string:
		return v, true
	case json.Number:
		return v.String(), true
	case bool:
		if v {
			return "true", true
		}
		return "false", true
	}
	return "", false
}
