package intake

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"hash/crc32"
	"html"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/apache/arrow-go/v18/arrow"
	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/ipc"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/rogpeppe/go-internal/txtar"
	"golang.org/x/text/encoding/charmap"

	"wherry/pipelines/warehouse"
)

var written = regexp.MustCompile(`\{\{(.*?) (?:\* (\d+)|byte)\}\}`)

// spelled writes out {{text * 1000}}, a text so many times, where {i} in it counts from 1,
// and {{81 byte}}.
func spelled(t testing.TB, text []byte) []byte {
	return written.ReplaceAllFunc(text, func(found []byte) []byte {
		m := written.FindSubmatch(found)
		if len(m[2]) == 0 {
			b, err := strconv.ParseUint(string(m[1]), 16, 8)
			check(t, err)
			return []byte{byte(b)}
		}
		n, err := strconv.Atoi(string(m[2]))
		check(t, err)
		part := strings.ReplaceAll(string(m[1]), `\n`, "\n")
		if !strings.Contains(part, "{i}") {
			return bytes.Repeat([]byte(part), n)
		}
		var b bytes.Buffer
		for i := range n {
			b.WriteString(strings.ReplaceAll(part, "{i}", strconv.Itoa(i+1)))
		}
		return b.Bytes()
	})
}

// made is a file of the corpus as it is sent: its text, taken through the steps of a recipe.
func made(t *testing.T, db *sql.DB, text []byte, recipe string) []byte {
	t.Helper()
	packed := strings.HasPrefix(recipe, "xlsx") || strings.HasPrefix(recipe, "zip")
	if !packed {
		text = spelled(t, text)
	}
	for _, step := range strings.Fields(recipe) {
		step, n, _ := strings.Cut(step, ":")
		switch step {
		case "crlf":
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r\n"))
		case "cr":
			text = bytes.ReplaceAll(text, []byte("\n"), []byte("\r"))
		case "bom":
			text = append([]byte("\ufeff"), text...)
		case "utf-16le", "utf-16be":
			text = utf16Bytes(string(text), step == "utf-16be", n == "mark")
		case "utf-32le":
			text = append([]byte{0xff, 0xfe, 0, 0}, text...)
		case "windows-1252":
			var err error
			text, err = charmap.Windows1252.NewEncoder().Bytes(text)
			check(t, err)
		case "cut": // at so many hundredths
			part, err := strconv.Atoi(n)
			check(t, err)
			text = text[:len(text)*part/100]
		case "flip": // a bit at so many hundredths
			part, err := strconv.Atoi(n)
			check(t, err)
			text[len(text)*part/100] ^= 0x10
		case "gzip":
			var b bytes.Buffer
			z := gzip.NewWriter(&b)
			_, err := z.Write(text)
			check(t, err)
			check(t, z.Close())
			text = b.Bytes()
		case "parquet":
			text = parquetOf(t, db, string(text))
		case "arrow", "arrow-stream":
			text = arrowOf(t, text, step == "arrow")
		case "xlsx":
			text = zipOf(t, workbookParts(t, txtar.Parse(text)), "")
		case "zip":
			text = zipOf(t, txtar.Parse(text).Files, n)
		default:
			t.Fatalf("no step %q", step)
		}
	}
	return text
}

func utf16Bytes(s string, big, mark bool) []byte {
	if mark {
		s = "\ufeff" + s
	}
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func parquetOf(t testing.TB, db *sql.DB, query string) []byte {
	path := filepath.Join(t.TempDir(), "made.parquet")
	_, err := db.ExecContext(context.Background(), "copy ("+query+") to "+warehouse.Text(path)+" (format parquet)")
	check(t, err)
	b, err := os.ReadFile(path)
	check(t, err)
	return b
}

// arrowOf writes a CSV as columns of text.
func arrowOf(t testing.TB, text []byte, file bool) []byte {
	rows, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	check(t, err)
	fields := make([]arrow.Field, len(rows[0]))
	for i, name := range rows[0] {
		fields[i] = arrow.Field{Name: name, Type: arrow.BinaryTypes.String, Nullable: true}
	}
	schema := arrow.NewSchema(fields, nil)
	b := array.NewRecordBuilder(memory.DefaultAllocator, schema)
	for _, row := range rows[1:] {
		for i, v := range row {
			b.Field(i).(*array.StringBuilder).Append(v)
		}
	}
	path := filepath.Join(t.TempDir(), "made.arrow")
	out, err := os.Create(path)
	check(t, err)
	var w interface {
		Write(arrow.RecordBatch) error
		Close() error
	} = ipc.NewWriter(out, ipc.WithSchema(schema))
	if file {
		w, err = ipc.NewFileWriter(out, ipc.WithSchema(schema))
		check(t, err)
	}
	check(t, w.Write(b.NewRecordBatch()))
	check(t, w.Close())
	_ = out.Close() // the file writer has closed it
	made, err := os.ReadFile(path)
	check(t, err)
	return made
}

// zipOf packs files; a name that ends in "/" is a folder. how spoils the zip.
func zipOf(t *testing.T, files []txtar.File, how string) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, f := range files {
		header := &zip.FileHeader{Name: strings.TrimSuffix(f.Name, " twice"), Method: zip.Deflate}
		data := spelled(t, f.Data)
		switch how {
		case "stored":
			header.Method = zip.Store
		case "password":
			header.Flags |= 1
		case "link":
			header.SetMode(fs.ModeSymlink | 0o777)
		case "bzip2", "lies":
			raw(t, z, header, data, how)
			continue
		}
		w, err := z.CreateHeader(header)
		check(t, err)
		if !strings.HasSuffix(f.Name, "/") {
			_, err = w.Write(data)
			check(t, err)
		}
	}
	check(t, z.Close())
	return b.Bytes()
}

// raw packs a file that is not packed as it says it is.
func raw(t *testing.T, z *zip.Writer, header *zip.FileHeader, data []byte, how string) {
	header.Method, header.CRC32 = zip.Store, crc32.ChecksumIEEE(data)
	header.CompressedSize64, header.UncompressedSize64 = uint64(len(data)), uint64(len(data))
	if how == "bzip2" {
		header.Method = 12
	} else {
		header.CRC32++
	}
	w, err := z.CreateRaw(header)
	check(t, err)
	_, err = w.Write(data)
	check(t, err)
}

// workbookParts makes a workbook of sheets written as CSV. "-- Name --" is a sheet,
// "-- Name hidden --" a hidden one, "-- Name merges --" the merged cells of the one before;
// "-- 1904 --" sets the calendar, and any name with a slash is a part as it stands, or none
// where it is empty. A line that begins with @hidden is a hidden row; a cell is a formula
// without a value (=...), an error (#N/A), a truth (TRUE), a number, or text, which "text:"
// forces; s: is a text that cells share.
func workbookParts(t testing.TB, a *txtar.Archive) []txtar.File {
	var sheets, rels, shared strings.Builder
	parts := map[string]string{}
	calendar, n, texts := "", 0, 0
	for _, f := range a.Files {
		name, kind, _ := strings.Cut(f.Name, " ")
		switch {
		case f.Name == "1904":
			calendar = `<workbookPr date1904="1"/>`
		case strings.Contains(f.Name, "/") || strings.HasPrefix(f.Name, "["):
		case kind == "merges":
			part := fmt.Sprintf("xl/worksheets/sheet%d.xml", n)
			var merges strings.Builder
			for _, ref := range strings.Fields(string(f.Data)) {
				fmt.Fprintf(&merges, `<mergeCell ref="%s"/>`, ref)
			}
			parts[part] = strings.Replace(parts[part], "</sheetData>", "</sheetData><mergeCells>"+merges.String()+"</mergeCells>", 1)
		default:
			n++
			state := ""
			if kind == "hidden" {
				state = ` state="hidden"`
			}
			fmt.Fprintf(&sheets, `<sheet name="%s" sheetId="%d" r:id="rId%d"%s/>`, name, n, n, state)
			fmt.Fprintf(&rels, `<Relationship Id="rId%d" Type="http://x/worksheet" Target="worksheets/sheet%d.xml"/>`, n, n)
			parts[fmt.Sprintf("xl/worksheets/sheet%d.xml", n)] = sheetXML(t, string(spelled(t, f.Data)), &shared, &texts)
		}
	}
	parts["_rels/.rels"] = `<Relationships><Relationship Id="rId1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	parts["xl/workbook.xml"] = `<workbook xmlns:r="r">` + calendar + `<sheets>` + sheets.String() + `</sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` + rels.String() + `<Relationship Id="rId999" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`
	parts["xl/sharedStrings.xml"] = `<sst>` + shared.String() + `</sst>`
	for _, f := range a.Files {
		if strings.Contains(f.Name, "/") {
			parts[f.Name] = string(f.Data)
		}
	}
	var files []txtar.File
	for name, data := range parts {
		if data != "" {
			files = append(files, txtar.File{Name: name, Data: []byte(data)})
		}
	}
	slices.SortFunc(files, func(a, b txtar.File) int { return strings.Compare(a.Name, b.Name) })
	return files
}

func sheetXML(t testing.TB, text string, shared *strings.Builder, texts *int) string {
	var b strings.Builder
	b.WriteString(`<worksheet><sheetData>`)
	for i, line := range strings.Split(strings.TrimSuffix(text, "\n"), "\n") {
		line, hidden := strings.CutPrefix(line, "@hidden ")
		fmt.Fprintf(&b, `<row r="%d"`, i+1)
		if hidden {
			b.WriteString(` hidden="1"`)
		}
		b.WriteString(">")
		if line != "" {
			cells, err := csv.NewReader(strings.NewReader(line)).Read()
			check(t, err)
			for j, cell := range cells {
				b.WriteString(cellXML(cellName(j, int64(i+1)), cell, shared, texts))
			}
		}
		b.WriteString("</row>")
	}
	return b.String() + "</sheetData></worksheet>"
}

func cellXML(name, cell string, shared *strings.Builder, texts *int) string {
	if text, ok := strings.CutPrefix(cell, "s:"); ok {
		fmt.Fprintf(shared, "<si><t>%s</t></si>", html.EscapeString(text))
		*texts++
		return fmt.Sprintf(`<c r="%s" t="s"><v>%d</v></c>`, name, *texts-1)
	}
	if _, err := strconv.ParseFloat(cell, 64); err == nil {
		return fmt.Sprintf(`<c r="%s"><v>%s</v></c>`, name, cell)
	}
	switch {
	case cell == "":
		return ""
	case strings.HasPrefix(cell, "="):
		return fmt.Sprintf(`<c r="%s"><f>%s</f></c>`, name, html.EscapeString(cell[1:]))
	case strings.HasPrefix(cell, "#"):
		return fmt.Sprintf(`<c r="%s" t="e"><v>%s</v></c>`, name, cell)
	case cell == "TRUE" || cell == "FALSE":
		return fmt.Sprintf(`<c r="%s" t="b"><v>%d</v></c>`, name, len("FALSE")-len(cell))
	}
	return fmt.Sprintf(`<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, name, html.EscapeString(strings.TrimPrefix(cell, "text:")))
}
