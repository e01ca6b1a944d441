package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"

	"github.com/xuri/excelize/v2"

	"wherry/config"
)

func utf16le(s string) string {
	var b strings.Builder
	for _, u := range utf16.Encode([]rune(s)) {
		b.WriteByte(byte(u))
		b.WriteByte(byte(u >> 8))
	}
	return b.String()
}

func without(columns string, name string) string {
	return strings.Replace(columns, ","+name, "", 1)
}

// Each file is refused by the rule, with these words in the message or the hint.
func TestFilesThatCannotBeLoadedSayWhy(t *testing.T) {
	line := row(0, good) + "\n"
	extra := func(name string) string { return header + "," + name + "\n" }
	for _, c := range []struct{ title, name, text, rule, words string }{
		{"unknown feed", "north/vist_2026-09.csv", visits(row(0, good)), "unknown_file", "did you mean visit?"},
		{"nothing like it", "north/holiday.doc", "x", "unknown_file", "one of: visit"},
		{"another agency's feed", "north/stock_2026-27-Q2.csv", "site;beds\n", "unknown_file", "north"},
		{"unknown agency", "nroth/visit_2026-09.csv", visits(row(0, good)), "unknown_agency", "did you mean north?"},
		{"no agency", "visit_2026-09.csv", visits(row(0, good)), "unknown_agency", "folder"},
		{"format not agreed", "north/visit_2026-09.ods", visits(row(0, good)), "unknown_format", "save it as .xlsx"},
		{"no period", "north/visit_september.csv", visits(row(0, good)), "unreadable_period", "2026-09"},
		{"a quarter for a month", "north/visit_2026-27-Q2.csv", visits(row(0, good)), "unreadable_period", "month"},
		{"too early", "north/visit_2025-12.csv", visits(row(0, good)), "period_before_start", "2026-01"},
		{"to come", "north/visit_2026-11.csv", visits(row(0, good)), "period_in_future", "2026-11"},
		{"empty", "north/visit_2026-09.csv", "", "empty_file", "header alone"},
		{"blank", "north/visit_2026-09.csv", " \n", "empty_file", "header alone"},
		{"missing column", "north/visit_2026-09.csv", without(header, "colour") + "\n", "missing_header", "has no column colour"},
		{"two missing", "north/visit_2026-09.csv", without(without(header, "colour"), "n") + "\n", "missing_header", "columns colour, n"},
		{"mistyped column", "north/visit_2026-09.csv", strings.Replace(header, "colour", "color", 1) + "\n", "missing_header", "colour stands there as color"},
		{"column twice", "north/visit_2026-09.csv", header + ",Colour\n" + line, "duplicate_header", "places 4 and 11"},
		{"utf-16 unmarked", "north/visit_2026-09.csv", utf16le(visits(row(0, good))), "wrong_encoding", "is utf-16"},
		{"windows-1252 for utf-8", "north/visit_2026-09.csv", visits(row(0, "2026-09-04,,blue,,,,,caf\xe9,")), "wrong_encoding", "line 2"},
		{"utf-8 for windows-1252", "south/stock_2026-27-Q2.csv", "site;beds\ncafé;1\n", "wrong_encoding", "is utf-8"},
		{"nothing of windows-1252", "south/stock_2026-27-Q2.csv", "site;beds\nx\x81y\xe9;1\n", "wrong_encoding", "neither"},
		{"bytes", "north/visit_2026-09.csv", header + "\n\x00\x01\x02\n", "wrong_encoding", "bytes"},
		{"a workbook for CSV", "north/visit_2026-09.csv", "PK\x03\x04xxxx", "wrong_format", "workbook"},
		{"a page for CSV", "north/visit_2026-09.csv", "<!DOCTYPE html><html>", "wrong_format", "web page"},
		{"text for a workbook", "north/visit_2026-09.xlsx", visits(row(0, good)), "unreadable_file", "XLSX"},
		{"text for Parquet", "north/visit_2026-09.parquet", visits(row(0, good)), "unreadable_file", "Parquet"},
		{"text for Arrow", "north/visit_2026-09.arrow", visits(row(0, good)), "unreadable_file", "Arrow"},
		{"broken Arrow", "north/visit_2026-09.arrow", "ARROW1\x00\x00\xff\xff\xff\x7f\xff\xff\xff\x7f", "unreadable_file", "Arrow"},
		{"birth date", "north/visit_2026-09.csv", extra("Date of Birth") + row(0, good) + ",2015-01-02\n", "personal_data", "dates of birth"},
		{"dob", "north/visit_2026-09.csv", extra("childDOB"), "personal_data", "dates of birth"},
		{"surname", "north/visit_2026-09.csv", extra("SURNAME"), "personal_data", "name"},
		{"postcode", "north/visit_2026-09.csv", extra("home_postcode"), "personal_data", "postcode"},
		{"NHS", "north/visit_2026-09.csv", extra("NHS Number"), "personal_data", "NHS number"},
		{"notes", "north/visit_2026-09.csv", extra("case notes"), "personal_data", "free text"},
		{"postcodes inside", "north/visit_2026-09.csv", extra("zone") + row(0, good) + ",NR1 3JU\n", "personal_data", "postcode"},
		{"names inside", "north/visit_2026-09.csv", extra("who") + row(0, good) + ",Olivia\n" + row(1, good) + ",Jack\n", "personal_data", "names"},
		{"birth dates inside", "north/visit_2026-09.csv", extra("x1") + row(0, good) + ",2015-03-04\n" + row(1, good) + ",02/01/2012\n", "personal_data", "dates of birth"},
		{"sentences inside", "north/visit_2026-09.csv", extra("x1") + row(0, good) + ",she said that he came back to the house late again\n", "personal_data", "free text"},
		{"no header to values", "north/visit_2026-09.csv", header + ",\n" + row(0, good) + ",secret\n", "personal_data", "without a header"},
		{"census named as an extract", "north/visit_2026-09.csv", "<Message><Children><Child><ChildIdentifiers><UPN>1</UPN></ChildIdentifiers></Child></Children></Message>", "personal_data", "wherry anonymise"},
		{"census", "north/cin.xml", "<?xml version=\"1.0\"?><Message><Children><Child><ChildIdentifiers><LAchildID>1</LAchildID><PersonBirthDate>2015-01-02</PersonBirthDate></ChildIdentifiers></Child></Children></Message>", "personal_data", "wherry anonymise"},
	} {
		t.Run(c.title, func(t *testing.T) {
			p := partnership(t)
			put(t, p, c.name, c.text)
			o := one(t, p)
			if o.Status != Refused || o.Rule != c.rule {
				t.Fatalf("%s by %q: it %s", o.Status, o.Rule, o.Message)
			}
			if !strings.Contains(o.Message+" / "+o.Hint, c.words) {
				t.Errorf("it %s / %s\nwithout the words %q", o.Message, o.Hint, c.words)
			}
			if o.Hint == "" {
				t.Error("it does not say what to do")
			}
			if still, err := Refusals(p); err != nil || len(still) != 1 {
				t.Errorf("refusals on record: %v %v", still, err)
			}
			if len(deliveries(t, p)) > 0 {
				t.Error("a delivery came of it")
			}
			if folder, _, ok := strings.Cut(c.name, "/"); ok && folder != "nroth" {
				_, err := os.Stat(filepath.Join(p.Root, "outbox", c.name+".reasons.csv"))
				check(t, err)
			}
		})
	}
}

func TestARefusedFileIsTakenOnceItIsMended(t *testing.T) {
	p := partnership(t)
	path := put(t, p, "north/visit_2026-09.csv", header)
	check(t, os.WriteFile(path, []byte(without(header, "n")+"\n"), 0o644))
	one(t, p)
	put(t, p, "north/visit_2026-09.csv", visits(row(0, good)))
	if o := one(t, p); o.Status != Loaded {
		t.Errorf("%s: it %s", o.Status, o.Message)
	}
	if still, err := Refusals(p); err != nil || len(still) > 0 {
		t.Errorf("refusals on record: %v %v", still, err)
	}
	if _, err := os.Stat(filepath.Join(p.Root, "outbox/north/visit_2026-09.csv.reasons.csv")); err == nil {
		t.Error("the feedback on the file as it was is still there")
	}
}

func TestTooLarge(t *testing.T) {
	for name, limit := range map[string]config.Limits{
		"bytes": {ExtractBytes: 200}, "rows": {ExtractRows: 2, ExtractBytes: 1 << 20},
	} {
		t.Run(name, func(t *testing.T) {
			p := partnership(t)
			p.Limits = limit
			put(t, p, "north/visit_2026-09.csv", visits(row(0, good), row(1, good), row(2, good)))
			if o := one(t, p); o.Rule != "too_large" {
				t.Errorf("outcome: %+v", o)
			}
		})
	}
}

// workbook writes rows to the first sheet of an XLSX in the inbox.
func workbook(t *testing.T, p *config.Partnership, name string, change func(*excelize.File), rows ...[]any) {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	for i, r := range rows {
		cell, err := excelize.CoordinatesToCellName(1, i+1)
		check(t, err)
		check(t, book.SetSheetRow("Sheet1", cell, &r))
	}
	if change != nil {
		change(book)
	}
	path := put(t, p, name, "")
	check(t, book.SaveAs(path))
}

func headerCells() []any {
	var cells []any
	for _, name := range strings.Split(header, ",") {
		cells = append(cells, name)
	}
	return cells
}

func TestAFormulaWithoutAValueIsNotABlank(t *testing.T) {
	p := partnership(t)
	workbook(t, p, "north/visit_2026-09.xlsx", func(book *excelize.File) {
		check(t, book.SetCellFormula("Sheet1", "G2", "1+1"))
	}, headerCells(), []any{strings.Repeat("0", 32), "2026-09-04"})
	if o := one(t, p); o.Rule != "formula_without_value" || !strings.Contains(o.Message, "G2") {
		t.Errorf("outcome: %+v", o)
	}
}

func TestAFileThatIsMostlyWrongIsNotListedRowByRow(t *testing.T) {
	p := partnership(t)
	var b strings.Builder
	b.WriteString(header + "\n")
	for i := range 40_000 {
		b.WriteString(row(i, "x,x,x,x,x,x,x,,x\n"))
	}
	put(t, p, "north/visit_2026-09.csv", b.String())
	if o := one(t, p); o.Rule != "unlike_contract" {
		t.Errorf("outcome: %+v", o)
	}
}
