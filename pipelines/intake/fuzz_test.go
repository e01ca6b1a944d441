package intake

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/rogpeppe/go-internal/txtar"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// A reader may refuse what it is given, and may put rows aside. It may not panic, may not
// fail in any other way, and may not write more than it was given room for.
func readWhole(t *testing.T, format string, data []byte) {
	t.Helper()
	dir := t.TempDir()
	path := filepath.Join(dir, "sent."+format)
	check(t, os.WriteFile(path, data, 0o600))
	period, err := config.ParsePeriod("2026-09")
	check(t, err)
	limits := config.Limits{ExtractBytes: 4 << 20, ExtractRows: 5_000}
	e := &extract{agency: "north", name: filepath.Base(path), path: path, plain: path, size: int64(len(data)), format: format, period: period,
		contract: &config.Contract{Feed: "visit", File: config.FileForm{Pattern: "visit_{period}*", Formats: []string{"csv", "xlsx", "arrow", "jsonl"}},
			Columns: []config.Column{{Name: "key", Type: "text"}, {Name: "on", Type: "date", Aliases: []string{"day"}}}}}
	var src *source
	if format == "zip" {
		err = e.unpack(dir, limits.ExtractBytes)
	}
	if err == nil {
		switch e.format {
		case "csv":
			src, err = prepareCSV(e, dir, limits)
		case "xlsx":
			src, err = prepareXLSX(e, dir, limits)
		case "jsonl":
			src, err = prepareJSONLines(e, dir, limits)
		case "arrow":
			src, err = prepareArrow(e, dir, limits)
		}
	}
	var refusal *Refusal
	if err != nil && !errors.As(err, &refusal) {
		t.Fatalf("neither read nor refused: %v", err)
	}
	if err != nil {
		return
	}
	if src.rows > limits.ExtractRows || len(src.broken) > mostReasons || src.rows < 0 {
		t.Fatalf("%d rows and %d broken ones", src.rows, len(src.broken))
	}
	if src.form == "lines" {
		linesAreWhole(t, src)
	}
}

// linesAreWhole reads what was written out as DuckDB would: a row on each line, in order.
func linesAreWhole(t *testing.T, src *source) {
	text, err := os.ReadFile(src.read)
	check(t, err)
	if n := int64(bytes.Count(text, []byte("\n"))); n != src.rows {
		t.Fatalf("%d lines written for %d rows", n, src.rows)
	}
	for line := range strings.Lines(string(text)) {
		fields, ok := split(strings.TrimSuffix(line, "\n"), ',')
		if !ok || len(fields) != src.layout.width+1 {
			t.Fatalf("%d fields written, not %d", len(fields), src.layout.width+1)
		}
	}
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{"", "key,on\n", "key,on\na,2026-09-04\n", "x\n\nkey;on\n\"a\nb\";c\nTotal;3\n", "\ufeffkey\ton\r\n1\t2\r\n", "key,on\ra,b\r",
		"\xff\xfek\x00e\x00y\x00,\x00o\x00n\x00\n\x00", "key,on\n\"a,b\nkey,on\n\"\",\n", "Day|Key\n1|2\n|\n(2 rows affected)\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readWhole(t, "csv", data) })
}

func FuzzJSONLines(f *testing.F) {
	for _, seed := range []string{"", "{}", `{"key":"a","on":"2026-09-04"}` + "\n" + `{"key":[1,true,null],"day":2}`, "[{}]", "{\"key\":{}}\nx", `{"key":"` + "\\ud800" + `"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readWhole(t, "jsonl", data) })
}

// FuzzXLSX fuzzes the sheet of a workbook that is else whole: a packed file that is fuzzed
// as it is would seldom be more than a damaged one.
func FuzzXLSX(f *testing.F) {
	const start = `<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>on</t></is></c></row>`
	for _, seed := range []string{
		start + `<row r="2"><c r="A2" t="e"><v>#N/A</v></c><c r="B2"><v>46269.5</v></c></row></sheetData><mergeCells><mergeCell ref="A2:A3"/></mergeCells></worksheet>`,
		start + `<row r="7" hidden="1"><c><f>1+1</f></c></row></sheetData></worksheet>`,
		`<?xml version="1.0"?><!-- a --><x:worksheet><x:row><x:c t='str'><x:v><![CDATA[key]]>&amp;&#65;_x000D_</x:v></x:c></x:row></x:worksheet>`,
		`<!DOCTYPE a><worksheet/>`, `<worksheet a=">"/>`, `<worksheet>`} {
		f.Add([]byte(seed), []byte(`<sst><si><t>key</t></si><si><r><t>a</t></r><rPh><t>b</t></rPh></si></sst>`))
	}
	f.Fuzz(func(t *testing.T, sheet, shared []byte) {
		parts := workbookParts(t, txtar.Parse([]byte("-- Sheet1 --\nkey,on\n")))
		for i, part := range parts {
			switch part.Name {
			case "xl/worksheets/sheet1.xml":
				parts[i].Data = sheet
			case "xl/sharedStrings.xml":
				parts[i].Data = shared
			}
		}
		readWhole(t, "xlsx", packed(t, parts))
	})
}

func FuzzBook(f *testing.F) {
	f.Add(packed(f, workbookParts(f, txtar.Parse([]byte("-- Sheet1 --\nkey,on\na,46269\n")))))
	f.Fuzz(func(t *testing.T, data []byte) { readWhole(t, "xlsx", data) })
}

func FuzzZip(f *testing.F) {
	for _, names := range [][]string{{"a.csv"}, {"a.jsonl", "b.csv"}, {"../a.csv"}, {"d/", "d/a.csv", ".x"}, {"a.xlsx"}, {"a.zip"}, {}} {
		var files []txtar.File
		for _, name := range names {
			files = append(files, txtar.File{Name: name, Data: []byte("key,on\na,2026-09-04\n")})
		}
		f.Add(packed(f, files))
	}
	f.Fuzz(func(t *testing.T, data []byte) { readWhole(t, "zip", data) })
}

func FuzzArrow(f *testing.F) {
	f.Add(arrowOf(f, []byte("key,on\na,2026-09-04\nb,\n"), true))
	f.Add(arrowOf(f, []byte("key,on\na,2026-09-04\n"), false))
	f.Fuzz(func(t *testing.T, data []byte) { readWhole(t, "arrow", data) })
}

func FuzzParquet(f *testing.F) {
	db, err := warehouse.Memory(f.Context())
	check(f, err)
	defer db.Close()
	conn, err := db.Conn(f.Context())
	check(f, err)
	defer conn.Close()
	_, err = conn.ExecContext(f.Context(), "set memory_limit = '200MB'")
	check(f, err)
	f.Add(parquetOf(f, db, "select 'a' as key, date '2026-09-04' as \"on\" from range(3)"))
	f.Add(parquetOf(f, db, "select ['a'] as key, timestamp '2026-09-04 10:00:00' as \"on\", {'x': 1} as other"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "sent.parquet")
		check(t, os.WriteFile(path, data, 0o600))
		period, err := config.ParsePeriod("2026-09")
		check(t, err)
		e := &extract{path: path, plain: path, period: period, contract: &config.Contract{Columns: []config.Column{{Name: "key", Type: "text"}, {Name: "on", Type: "date"}}}}
		src, err := prepareParquet(t.Context(), conn, e, config.Limits{ExtractBytes: 4 << 20, ExtractRows: 5_000})
		var refusal *Refusal
		if err != nil && !errors.As(err, &refusal) {
			t.Fatalf("neither read nor refused: %v", err)
		}
		if err == nil {
			// What the rows hold may be unreadable; that is for DuckDB to say and not to die of.
			_, _ = conn.ExecContext(t.Context(), "create or replace temp table read as select * from "+batch{src}.relation())
		}
	})
}

// FuzzMarkup holds the reader of XML to one law: what it reads of a text does not hang on
// where its buffer ends.
func FuzzMarkup(f *testing.F) {
	for _, seed := range []string{`<a><b c="d&lt;"/>x&#x41;</a>`, `<a><!-- > --><![CDATA[<>]]>]]></a>`, `<?x?><a>&amp`, `</a>`, `<a`, `<a/><b/>`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		at, slowly := readMarkup(newMarkup(bytes.NewReader(data))), readMarkup(newMarkup(iotest.OneByteReader(bytes.NewReader(data))))
		if !slices.Equal(at, slowly) {
			t.Fatalf("read at once: %q\nread slowly: %q", at, slowly)
		}
	})
}

func readMarkup(m *markup) (pieces []string) {
	for range 10_000 {
		kind, err := m.next()
		if err != nil || kind == ends {
			return append(pieces, fmt.Sprint(kind, err))
		}
		if kind == says {
			pieces = append(pieces, string(m.text))
		} else {
			pieces = append(pieces, fmt.Sprint(kind, m.local(), m.attribute("c")))
		}
	}
	return pieces
}

func packed(t testing.TB, files []txtar.File) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, file := range files {
		w, err := z.Create(file.Name)
		if err == nil && !strings.HasSuffix(file.Name, "/") {
			_, err = w.Write(file.Data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
