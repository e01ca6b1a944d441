package dashboards

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

// The members that each object of the vocabulary may have, besides those of Dublin Core.
var csvwMembers = map[string][]string{
	"group":     {"@context", "notes", "tables"},
	"table":     {"url", "tableSchema", "notes"},
	"schema":    {"columns", "primaryKey", "foreignKeys"},
	"column":    {"name", "titles", "datatype", "required"},
	"datatype":  {"base", "format"},
	"foreign":   {"columnReference", "reference"},
	"reference": {"resource", "columnReference"},
}

// csvwForms are how the datatypes in use are written in a cell.
var csvwForms = map[string]*regexp.Regexp{
	"string":             regexp.MustCompile(`(?s)^.*$`),
	"decimal":            regexp.MustCompile(`^[+-]?\d+(\.\d+)?$`),
	"nonNegativeInteger": regexp.MustCompile(`^\d+$`),
	"date":               regexp.MustCompile(`^\d{4}-\d\d-\d\d$`),
}

// columnName is the form that the standard wants of a column's name, of letters as we use them.
var columnName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9_.]*$`)

// csvwCheck holds a description, and the files it describes, against the W3C's Metadata
// Vocabulary for Tabular Data.
type csvwCheck struct {
	*testing.T
	dir   string
	found []string
	keys  map[string]map[string]bool // of the rows of each file
}

// againstCSVW is what a description has against the vocabulary; nothing where it follows it.
func againstCSVW(t *testing.T, file string) []string {
	t.Helper()
	c := &csvwCheck{T: t, dir: filepath.Dir(file), keys: map[string]map[string]bool{}}
	var group map[string]any
	if err := json.Unmarshal([]byte(read(t, file)), &group); err != nil {
		return []string{err.Error()}
	}
	c.members("group", group)
	if context, _ := group["@context"].([]any); len(context) != 2 || context[0] != "http://www.w3.org/ns/csvw" {
		c.add("its context is not that of the vocabulary")
	}
	tables, _ := group["tables"].([]any)
	if len(tables) == 0 {
		c.add("it describes no table")
	}
	for _, x := range tables {
		c.table(x.(map[string]any))
	}
	return c.found
}

func (c *csvwCheck) add(format string, with ...any) {
	c.found = append(c.found, fmt.Sprintf(format, with...))
}

func (c *csvwCheck) members(kind string, o map[string]any) {
	for name := range o {
		if !slices.Contains(csvwMembers[kind], name) && !strings.HasPrefix(name, "dc:") {
			c.add("a %s has no %s", kind, name)
		}
	}
}

func (c *csvwCheck) table(table map[string]any) {
	c.members("table", table)
	schema, _ := table["tableSchema"].(map[string]any)
	c.members("schema", schema)
	url, _ := table["url"].(string)
	lines, err := csv.NewReader(strings.NewReader(read(c, c.dir, url))).ReadAll()
	if err != nil {
		c.add("%s: %v", url, err)
		return
	}
	columns, _ := schema["columns"].([]any)
	if len(columns) != len(lines[0]) {
		c.add("%s has %d columns, of which %d are described", url, len(lines[0]), len(columns))
		return
	}
	at := map[string]int{}
	for i, x := range columns {
		column := x.(map[string]any)
		name, _ := column["name"].(string)
		if _, again := at[name]; again || !columnName.MatchString(name) || column["titles"] != lines[0][i] {
			c.add("%s: column %q is not the file's %q", url, name, lines[0][i])
		}
		at[name] = i
		c.column(url+": "+name, column, lines[1:], i)
	}
	c.keys[url] = map[string]bool{}
	for n, l := range lines[1:] {
		k := c.key(at, schema["primaryKey"], l)
		if c.keys[url][k] {
			c.add("%s: row %d has the key of another", url, n+1)
		}
		c.keys[url][k] = true
	}
	foreign, _ := schema["foreignKeys"].([]any)
	for _, x := range foreign {
		c.foreign(url, at, x.(map[string]any), lines[1:])
	}
}

// column holds the cells of one column against its datatype.
func (c *csvwCheck) column(where string, column map[string]any, lines [][]string, i int) {
	c.members("column", column)
	kind := column["datatype"]
	if of, ok := kind.(map[string]any); ok {
		c.members("datatype", of)
		kind = of["base"]
	}
	form := csvwForms[fmt.Sprint(kind)]
	if form == nil {
		c.add("%s: %v is no datatype", where, kind)
		return
	}
	for n, l := range lines {
		_, notDay := time.Parse(time.DateOnly, l[i])
		if l[i] == "" && column["required"] == true || l[i] != "" && (!form.MatchString(l[i]) || kind == "date" && notDay != nil) {
			c.add("%s of row %d is no %v", where, n+1, kind)
		}
	}
}

// key is a row's cells in the columns that are named.
func (c *csvwCheck) key(at map[string]int, columns any, l []string) string {
	var parts []string
	for _, name := range columns.([]any) {
		i, there := at[name.(string)]
		if !there {
			c.add("there is no column %v", name)
			return ""
		}
		parts = append(parts, l[i])
	}
	return strings.Join(parts, "\x00")
}

func (c *csvwCheck) foreign(url string, at map[string]int, f map[string]any, lines [][]string) {
	c.members("foreign", f)
	to := f["reference"].(map[string]any)
	c.members("reference", to)
	for n, l := range lines {
		if !c.keys[to["resource"].(string)][c.key(at, f["columnReference"], l)] {
			c.add("%s: row %d belongs to no row of %v", url, n+1, to["resource"])
		}
	}
}

func TestDescriptionsAreCSVW(t *testing.T) {
	dir := written(t, madeUp("board"))
	files, err := filepath.Glob(filepath.Join(dir, "data", "*-metadata.json"))
	if err != nil || len(files) < 10 {
		t.Fatalf("%d descriptions, %v", len(files), err)
	}
	beside := 0
	for _, f := range files {
		for _, fault := range againstCSVW(t, f) {
			t.Errorf("%s: %s", filepath.Base(f), fault)
		}
		text := read(t, f)
		if strings.Contains(text, "foreignKeys") {
			beside++
		}
		if !strings.Contains(text, `"dc:rights": "OFFICIAL-SENSITIVE. For members`) {
			t.Errorf("%s does not bear the marking", filepath.Base(f))
		}
	}
	if beside == 0 {
		t.Error("no description tells of the numbers beside a figure")
	}
}

func TestTheCheckOfDescriptionsFindsFaults(t *testing.T) {
	dir := written(t, madeUp("board"))
	sound := []byte(read(t, dir, "data", "si1.csv-metadata.json"))
	for want, edit := range map[string][2]string{
		"a group has no marking":              {`"notes"`, `"marking": "x", "notes"`},
		"its context is not":                  {"http://www.w3.org/ns/csvw", "http://example.org/csvw"},
		`column "perriod 1" is not`:           {`"name": "period"`, `"name": "perriod 1"`},
		"decimals is no datatype":             {`"base": "decimal"`, `"base": "decimals"`},
		"value of row 1 is no date":           {`"base": "decimal"`, `"base": "date"`},
		"breakdown of row":                    {"\"datatype\": \"string\"\n},", "\"datatype\": \"string\", \"required\": true\n},"},
		"has the key of another":              {`"area",` + "\n\"breakdown\"", `"breakdown"`},
		"there is no column where":            {`"area",` + "\n\"breakdown\"", `"where", "breakdown"`},
		"columns, of which":                   {`{` + "\n\"name\": \"measure\"", `{"name":"also","titles":"also","datatype":"string"},{` + "\n\"name\": \"measure\""},
		"belongs to no row of si1-beside.csv": {`"resource": "si1.csv"`, `"resource": "si1-beside.csv"`},
	} {
		if !bytes.Contains(sound, []byte(edit[0])) {
			t.Errorf("%s: nothing to edit", want)
			continue
		}
		file := filepath.Join(dir, "data", "si1.csv-metadata.json")
		write(t, file, bytes.Replace(sound, []byte(edit[0]), []byte(edit[1]), 1))
		if found := againstCSVW(t, file); !strings.Contains(strings.Join(found, "\n"), want) {
			t.Errorf("want %q, found %.3q", want, found)
		}
	}
}
