package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet"
	"github.com/apache/arrow-go/v18/parquet/compress"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"
)

const (
	boardBook = "tables-board-2026-27-q2.xlsx"
	rq1Sheet  = "xl/worksheets/sheet4.xml"
	rq1Table  = "xl/tables/table3.xml"
)

// inWorkbook are leaks, by what they are, as an edit of the workbook's parts; "" is a part that
// is not there yet.
var inWorkbook = map[string][]struct{ part, form, with string }{
	"a number in a hidden cell":       {{rq1Sheet, `(<c r="M\d+" s="\d+") t="inlineStr"><is><t>\[c\]</t></is>`, `$1><v>3</v>`}},
	"a number in place of another":    {{rq1Sheet, `(<c r="M\d+" s="\d+"><v>)\d+`, `${1}3`}},
	"a word in a cell":                {{rq1Sheet, `<t>Hidden</t>`, `<t>Hidden, three</t>`}},
	"a label that says more":          {{rq1Sheet, `(<c r="H\d+" s="\d+" t="inlineStr"><is><t>)[^A][^<]*`, `${1}Three people`}},
	"a cell beside the table":         {{rq1Sheet, `(<row r="20">.*?)</row>`, `$1<c r="P20"><v>3</v></c></row>`}},
	"a row below the table":           {{rq1Sheet, `</sheetData>`, `<row r="9999"><c r="A9999"><v>3</v></c></row></sheetData>`}},
	"a formula":                       {{rq1Sheet, `(<c r="M\d+" s="\d+">)<v>`, `$1<f>1+2</f><v>`}},
	"a line above the table":          {{rq1Sheet, `<t>Counts: [^<]*`, `<t>Counts: 3`}},
	"a line in words above the table": {{rq1Sheet, `<t>Counts: [^<]*`, `<t>Counts: three people`}},
	"a line of the cover":             {{"xl/worksheets/sheet1.xml", `<t>What is here`, `<t>What is here: 3 more`}},
	"a note":                          {{"xl/worksheets/sheet3.xml", `<t>Hidden to protect people\.`, `<t>Hidden to protect 3 people.`}},
	"a tip on a link":                 {{rq1Sheet, `<hyperlink ref`, `<hyperlink tooltip="3" ref`}},
	"a comment in the markup":         {{rq1Sheet, `<sheetData>`, `<!-- 3 --><sheetData>`}},
	"a hidden column":                 {{rq1Sheet, `<col min`, `<col hidden="1" min`}},
	"a comment":                       {{"xl/comments1.xml", "", `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><commentList><comment ref="M20"><text><t>3</t></text></comment></commentList></comments>`}},
	"a name for a range":              {{"xl/workbook.xml", `</sheets>`, `</sheets><definedNames><definedName name="met">3</definedName></definedNames>`}},
	"a property":                      {{"docProps/core.xml", `<dc:language>`, `<dc:description>3 in west</dc:description><dc:language>`}},
	"a word of a property":            {{"docProps/core.xml", `<dc:subject>[^<]*`, `<dc:subject>Three were hidden`}},
	"a property of the program":       {{"docProps/app.xml", `<Application>[^<]*`, `<Application>3`}},
	"a custom property":               {{"docProps/custom.xml", "", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"></Properties>`}},
	"a shared text that no cell has":  {{"xl/sharedStrings.xml", "", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>3</t></si></sst>`}},
	"a way of printing numbers":       {{"xl/styles.xml", `formatCode="#,##0\.0"`, `formatCode="&quot;3&quot;"`}},
	"a head of the table's mark":      {{rq1Table, `name="Status"`, `name="Status 3"`}},
	"a total of the table's mark":     {{rq1Table, `name="Numerator"`, `name="Numerator" totalsRowLabel="3"`}},
	"a sheet that is not shown":       {{"xl/workbook.xml", `name="RQ4"`, `name="RQ4" state="hidden"`}},
	"a sheet of another name":         {{"xl/workbook.xml", `name="RQ4"`, `name="RQ4 3"`}},
	"another sheet, hidden": {{"xl/worksheets/sheet6.xml", "", `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>3</v></c></row></sheetData></worksheet>`},
		{"xl/workbook.xml", `</sheets>`, `<sheet name="Old" sheetId="6" state="hidden" r:id="rId99"></sheet></sheets>`},
		{"xl/_rels/workbook.xml.rels", `</Relationships>`, `<Relationship Id="rId99" Target="worksheets/sheet6.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"></Relationship></Relationships>`}},
}

// plantedInCopies leaves what is hidden in one copy of an edition at a time.
func plantedInCopies(t *testing.T, edition string) {
	sound := filepath.Join(t.TempDir(), "sound")
	if err := os.CopyFS(filepath.Join(sound, "board"), os.DirFS(filepath.Join(edition, "board"))); err != nil {
		t.Fatal(err)
	}
	if all := found(t, sound); all != "" {
		t.Fatalf("before anything is planted:\n%s", all)
	}
	data := filepath.Join(sound, "board", "data")
	plant := func(what, name string, text []byte) {
		t.Helper()
		path := filepath.Join(data, name)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Equal(before, text) {
			t.Errorf("%s: nothing was planted", what)
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			t.Fatal(err)
		}
		if all := found(t, sound); !strings.Contains(all, "board/data/"+name+": ") {
			t.Errorf("%s in %s is not found:\n%s", what, name, all)
		}
		if err := os.WriteFile(path, before, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	book := []byte(fileText(t, data, boardBook))
	if again := repacked(t, book, nil); !bytes.Equal(again, book) {
		t.Error("the workbook packed again is another file: what is found may be the packing")
	}
	for what, edits := range inWorkbook {
		plant(what, boardBook, repacked(t, book, func(parts map[string]string, order *[]string) {
			for _, e := range edits {
				if e.form == "" {
					parts[e.part] = e.with
					*order = append(*order, e.part)
					continue
				}
				form := regexp.MustCompile(e.form)
				at := form.FindStringSubmatchIndex(parts[e.part])
				if at == nil {
					t.Fatalf("%s: %s has no %s", what, e.part, e.form)
				}
				parts[e.part] = parts[e.part][:at[0]] + string(form.ExpandString(nil, e.with, parts[e.part], at)) + parts[e.part][at[1]:]
			}
		}))
	}
	plant("bytes before the archive", boardBook, append([]byte("3 in west"), book...))
	plant("a comment on the archive", boardBook, append(append(bytes.Clone(book[:len(book)-2]), 1, 0), '3'))
	text := fileText(t, data, "figures.json")
	for what, edit := range map[string][2]string{
		"a number that is hidden": {`null,null,"c"`, `3,null,"c"`}, "a member too many": {`"quarter":`, `"hidden": 3, "quarter":`},
		"a word too many": {`"as_at": "`, `"as_at": "three, `}, "a row too many": {"\n]\n", ",\n[3]\n]\n"},
		"an area too many": {`"areas": {`, "\"areas\": {\n\"hidden\": \"three\","}, "a period of other days": {`"2023-10": ["month","2023-10-01"`, `"2023-10": ["month","2023-10-03"`},
		"a unit that is not so": {`"unit": "percent"`, `"unit": "3 people"`},
	} {
		plant(what, "figures.json", []byte(strings.Replace(text, edit[0], edit[1], 1)))
	}
	plant("a line after the end", "figures.json", []byte(text+"3\n"))
	text = fileText(t, data, "rq1.csv-metadata.json")
	for what, edit := range map[string][2]string{
		"a number": {`"tables":`, `"dc:extent": 3, "tables":`}, "a number in a text": {`"dc:description": "`, `"dc:description": "3 hidden. `}, "a number in words": {`"dc:description": "`, `"dc:description": "Three hidden. `},
	} {
		plant(what, "rq1.csv-metadata.json", []byte(strings.Replace(text, edit[0], edit[1], 1)))
	}
	plantedInParquet(t, data, plant)
}

func plantedInParquet(t *testing.T, data string, plant func(what, name string, text []byte)) {
	const name = "figures.parquet"
	text := []byte(fileText(t, data, name))
	if again := parquetAgain(t, text, nil, nil); !bytes.Equal(again, text) {
		t.Error("the Parquet file written again is another file: what is found may be the writing")
	}
	plant("a numerator that is hidden", name, parquetAgain(t, text, func(column string, row int, null bool) string {
		if column == "numerator" && null {
			return "3"
		}
		return ""
	}, nil))
	plant("a word of metadata", name, parquetAgain(t, text, nil, map[string]string{"hidden": "3"}))
	r, err := file.NewParquetReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	chunk, err := r.MetaData().RowGroup(0).ColumnChunk(14)
	if err != nil {
		t.Fatal(err)
	}
	stats, err := chunk.Statistics()
	if err != nil || stats == nil || !stats.HasMinMax() {
		t.Fatalf("the numerators have no statistics: %v", err)
	}
	least := stats.EncodeMin()
	at := bytes.LastIndex(text, least)
	if at < 0 {
		t.Fatal("the least numerator is not in the footer")
	}
	spoilt := bytes.Clone(text)
	spoilt[at]++
	plant("the least of a column", name, spoilt)
	plant("bytes before the pages", name, append(append([]byte("PAR1"), "3 in west"...), text[4:]...))
}

// parquetAgain reads a Parquet file and writes it as it was, but for values that change gives and
// more words of metadata.
func parquetAgain(t *testing.T, text []byte, change func(column string, row int, null bool) string, more map[string]string) []byte {
	t.Helper()
	r, err := file.NewParquetReader(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	reader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := reader.ReadTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer table.Release()
	var fields []arrow.Field
	for _, f := range table.Schema().Fields() {
		fields = append(fields, arrow.Field{Name: f.Name, Type: f.Type, Nullable: true})
	}
	schema := arrow.NewSchema(fields, nil)
	rows := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	defer rows.Release()
	planted := false
	for k := range int(table.NumCols()) {
		n := 0
		for _, chunk := range table.Column(k).Data().Chunks() {
			for i := range chunk.Len() {
				value, null := chunk.ValueStr(i), chunk.IsNull(i)
				if change != nil && !planted {
					if with := change(fields[k].Name, n, null); with != "" {
						value, null, planted = with, false, true
					}
				}
				if null {
					rows.Field(k).AppendNull()
				} else if err := rows.Field(k).AppendValueFromString(value); err != nil {
					t.Fatal(err)
				}
				n++
			}
		}
	}
	batch := rows.NewRecordBatch()
	defer batch.Release()
	var out bytes.Buffer
	w, err := pqarrow.NewFileWriter(schema, &out, parquet.NewWriterProperties(parquet.WithCompression(compress.Codecs.Zstd), parquet.WithCreatedBy("wherry")), pqarrow.NewArrowWriterProperties())
	if err != nil {
		t.Fatal(err)
	}
	said := r.MetaData().KeyValueMetadata()
	for i, key := range said.Keys() {
		if err := w.AppendKeyValueMetadata(key, said.Values()[i]); err != nil {
			t.Fatal(err)
		}
	}
	for key, value := range more {
		if err := w.AppendKeyValueMetadata(key, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Write(batch); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// repacked is a workbook with its parts edited, packed as it was.
func repacked(t *testing.T, book []byte, edit func(parts map[string]string, order *[]string)) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(book), int64(len(book)))
	if err != nil {
		t.Fatal(err)
	}
	parts, order := map[string]string{}, []string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[f.Name] = string(text)
		order = append(order, f.Name)
	}
	if edit != nil {
		edit(parts, &order)
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	w.RegisterCompressor(zip.Deflate, func(out io.Writer) (io.WriteCloser, error) { return flate.NewWriter(out, flate.BestCompression) })
	for _, name := range order {
		part, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(2026, 10, 31, 0, 0, 0, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(part, parts[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
