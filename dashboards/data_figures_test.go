package dashboards

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/apache/arrow-go/v18/arrow/array"
	"github.com/apache/arrow-go/v18/arrow/memory"
	"github.com/apache/arrow-go/v18/parquet/file"
	"github.com/apache/arrow-go/v18/parquet/pqarrow"

	"wherry/queries"
)

func write(t testing.TB, file string, text []byte) {
	t.Helper()
	if err := os.WriteFile(file, text, 0o644); err != nil {
		t.Fatal(err)
	}
}

// csvRows is every row of every data file of a site, with the title of its measure as the other
// forms have it, in the order of the catalogue.
func csvRows(t testing.TB, dir string) [][]string {
	t.Helper()
	var c struct {
		Measures []struct{ File, Title string }
	}
	if err := json.Unmarshal([]byte(read(t, dir, "data", "catalogue.json")), &c); err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for _, m := range c.Measures {
		lines, err := csv.NewReader(strings.NewReader(read(t, dir, "data", m.File))).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines[1:] {
			rows = append(rows, slices.Insert(l, 1, inert(m.Title)))
		}
	}
	return rows
}

func TestFiguresAsJSON(t *testing.T) {
	dir := written(t, madeUp("board"))
	var got struct {
		Marking, Handling, Quarter string
		Periods                    map[string][3]string
		Areas                      map[string]string
		Columns                    []string
		Measures                   []struct {
			Measure, Title, Unit string
			CategoryUnit         string `json:"category_unit"`
			Series               []struct {
				Area, Breakdown, Category string
				Figures                   [][]any
			}
		}
	}
	reading := json.NewDecoder(strings.NewReader(read(t, dir, "data", "figures.json")))
	reading.UseNumber()
	if err := reading.Decode(&got); err != nil {
		t.Fatal(err)
	}
	if got.Marking != "OFFICIAL-SENSITIVE" || got.Handling == "" || got.Quarter != "2026-27 Q2" {
		t.Errorf("marking %q, handling %q, quarter %q", got.Marking, got.Handling, got.Quarter)
	}
	var rows [][]string
	for _, m := range got.Measures {
		for _, series := range m.Series {
			for _, figure := range series.Figures {
				cells := map[string]string{"measure": m.Measure, "title": m.Title, "unit": m.Unit, "area": series.Area, "breakdown": series.Breakdown, "category": series.Category}
				for i, v := range figure {
					if _, isNumber := v.(json.Number); v != nil && isNumber != (columnType(got.Columns[i]).Name() == "float64" || columnType(got.Columns[i]).Name() == "int64") {
						t.Fatalf("%s is %T", got.Columns[i], v)
					}
					if v != nil {
						cells[got.Columns[i]] = fmt.Sprint(v)
					}
				}
				if cells["breakdown"] != "" {
					cells["unit"] = m.CategoryUnit
				}
				period := got.Periods[cells["period"]]
				cells["period_kind"], cells["period_start"], cells["period_end"] = period[0], period[1], period[2]
				cells["area_name"] = got.Areas[cells["area"]]
				var row []string
				for _, name := range dataColumns {
					row = append(row, cells[name])
				}
				rows = append(rows, row)
			}
		}
	}
	want := csvRows(t, dir)
	for _, all := range [][][]string{want, rows} { // by series in the one, by period in the others
		slices.SortStableFunc(all, slices.Compare)
	}
	same(t, "figures.json", want, rows)
}

func TestFiguresAsParquet(t *testing.T) {
	dir := written(t, madeUp("board"))
	r, err := file.NewParquetReader(bytes.NewReader([]byte(read(t, dir, "data", "figures.parquet"))))
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if m := r.MetaData().KeyValueMetadata().FindValue("marking"); m == nil || *m != "OFFICIAL-SENSITIVE" {
		t.Error("its metadata does not bear the marking")
	}
	reader, err := pqarrow.NewFileReader(r, pqarrow.ArrowReadProperties{}, memory.DefaultAllocator)
	if err != nil {
		t.Fatal(err)
	}
	table, err := reader.ReadTable(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer table.Release()
	rows := make([][]string, table.NumRows())
	for k := range int(table.NumCols()) {
		if table.Schema().Field(k).Name != dataColumns[k] {
			t.Fatalf("column %d is %s", k, table.Schema().Field(k).Name)
		}
		n := 0
		for _, chunk := range table.Column(k).Data().Chunks() {
			for i := range chunk.Len() {
				text := ""
				switch c := chunk.(type) {
				case *array.String:
					text = c.Value(i)
				case *array.Float64:
					text = strconv.FormatFloat(c.Value(i), 'f', -1, 64)
				default:
					text = chunk.ValueStr(i)
				}
				if chunk.IsNull(i) {
					text = ""
				}
				rows[n] = append(rows[n], text)
				n++
			}
		}
	}
	same(t, "figures.parquet", csvRows(t, dir), rows)
}

// TestWordsThatAreFormulasAreMadeInert has an area, a category and a title begin as formulas do.
func TestWordsThatAreFormulasAreMadeInert(t *testing.T) {
	s := madeUp("board")
	m := s.Results[0]
	m.Measure.Title = "@SUM(1)"
	m.Measure.MeasuredIn = "=1"
	const bad = `=HYPERLINK("http://x","y")`
	n := 0
	for i := range m.Figures {
		if f := &m.Figures[i]; f.Category == "0-4" {
			f.Category = bad
			n++
		}
	}
	dir := written(t, s)
	inertCells := 0
	for _, row := range csvRows(t, dir) {
		for i, text := range row {
			if _, err := strconv.ParseFloat(text, 64); err != nil && text != "" && strings.ContainsRune("=+-@\t\r", rune(text[0])) {
				t.Fatalf("%s begins as a formula does: %q", dataColumns[i], text)
			}
		}
		if row[9] == "'"+bad {
			inertCells++
		}
	}
	if n == 0 || inertCells != n {
		t.Errorf("%d categories are made inert, of %d", inertCells, n)
	}
	if text := read(t, dir, "data", "figures.json"); strings.Contains(text, `"=`) || strings.Contains(text, `"@`) {
		t.Error("figures.json has text that begins as a formula does")
	}
}

func TestANumberIsNeverLessThanNothing(t *testing.T) {
	if got := plainNumber(&queries.Measure{Kind: queries.Rate}, -0.04); got != "0" {
		t.Errorf("got %q", got)
	}
}

// TestHiddenNumbersStayHiddenWhenPacked plants numbers in figures that may not be read and looks
// for them in the parts of the workbook and in what Parquet holds: packed, they would not be seen.
func TestHiddenNumbersStayHiddenWhenPacked(t *testing.T) {
	const poison = 987654
	s := madeUp("public")
	for _, r := range s.Results {
		for i := range r.Figures {
			if f := &r.Figures[i]; f.State != queries.Shown {
				f.Value, f.Low, f.High, f.Numerator, f.Base, f.BaseShown = poison, poison, poison, poison, poison, false
			}
		}
	}
	dir := written(t, s)
	z, err := zip.OpenReader(workbookOf(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	for _, part := range z.File {
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(text, []byte("98765")) {
			t.Errorf("%s shows a hidden number", part.Name)
		}
	}
	for _, row := range csvRows(t, dir) { // which Parquet and JSON are held equal to
		if strings.Contains(strings.Join(row, " "), "98765") {
			t.Fatal("a data file shows a hidden number")
		}
	}
}

func TestEveryFormBearsTheMarking(t *testing.T) {
	dir := written(t, madeUp("board"))
	z, err := zip.OpenReader(workbookOf(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	sheets := 0
	for _, part := range z.File {
		if !strings.HasPrefix(part.Name, "xl/worksheets/sheet") {
			continue
		}
		r, err := part.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		sheets++
		if !bytes.Contains(text, []byte(`<c r="A2" s="4" t="inlineStr"><is><t>OFFICIAL-SENSITIVE. For`)) && !bytes.Contains(text, []byte(`<c r="A2" s="3" t="inlineStr"><is><t>OFFICIAL-SENSITIVE. For`)) {
			t.Errorf("row 2 of %s does not bear the marking", part.Name)
		}
	}
	if sheets < 15 {
		t.Errorf("only %d sheets", sheets)
	}
	public := written(t, madeUp("public"))
	for _, name := range []string{"figures.json", "catalogue.json", "rq1.csv-metadata.json"} {
		if text := read(t, public, "data", name); strings.Contains(text, "OFFICIAL") {
			t.Errorf("the public's %s bears the board's marking", name)
		}
	}
	if base := filepath.Base(workbookOf(t, public)); base != "tables-public-2026-27-q2.xlsx" {
		t.Errorf("the workbook is called %s", base)
	}
}
