package main

import (
	"database/sql"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	_ "github.com/duckdb/duckdb-go/v2" // reads Parquet as an analyst's DuckDB does

	"wherry/dashboards/workbook/rules"
	"wherry/pipelines/audit"
)

// smallBoard is a board of one family.
const smallBoard = `audience: %s
title: Quarterly review
intro: ""
content_note: ""
headlines: What stands out
asks: ""
families:
  - slug: referral-quality
    title: Referral quality
    blurb: Does the front door get the whole picture of a child's life the first time?
exit:
  to: https://www.bbc.co.uk/weather
  safety: https://www.womensaid.org.uk/covering-your-tracks-online/
accessibility:
  status: partially compliant
  tested_by: ""
  tested_on: ""
  prepared: 2026-10-31
  known: [No person has yet tested these pages with a screen reader.]
  answer: within 10 working days
`

// smallCounty is a partnership of two measures over one feed, published; its result is the
// folder of the edition.
func smallCounty(t *testing.T) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "county")
	mustWherry(t, exitDone, "init", dir)
	mustWherry(t, exitDone, "sample", "--dir", dir)
	keep := func(folder string, wanted func(name string) bool) {
		files, err := filepath.Glob(filepath.Join(dir, folder, "*", "*"))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if !wanted(filepath.Base(f)) {
				if err := os.RemoveAll(f); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
	keep("inbox", func(name string) bool { return strings.HasPrefix(name, "agency_referral_") })
	keep("queries/measures", func(name string) bool {
		return slices.Contains([]string{"police-referrals-complete.sql", "referrals-child-seen.sql"}, name)
	})
	if err := os.RemoveAll(filepath.Join(dir, "dashboards", "commentary", "2026-27-Q2")); err != nil {
		t.Fatal(err)
	}
	if err := os.Remove(filepath.Join(dir, "dashboards", "needs.yaml")); err != nil {
		t.Fatal(err)
	}
	put := func(name, text string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	put("config/definitions.yaml", "definitions: []\n")
	for _, a := range []string{"board", "public"} {
		put("dashboards/boards/"+a+".yaml", fmt.Sprintf(smallBoard, a))
	}
	settings := fileText(t, dir, "config", "wherry.yaml")
	settings = regexp.MustCompile(`(?m)^    area: .*\n`).ReplaceAllString(settings, "") // of asks: these boards have none
	put("config/wherry.yaml", regexp.MustCompile(`(?ms)^events:\n.*?\n\n`).ReplaceAllString(settings, ""))
	var ran ranJSON
	decode(t, mustWherry(t, exitAttention, "run", "--dir", dir, "--json"), &ran)
	return filepath.Join(dir, ran.Path)
}

// TestCopies looks at the workbook, Parquet, JSON and descriptions of a published edition: they
// follow the rules, other programs read in them what the data files say, and what is planted in
// them is found.
func TestCopies(t *testing.T) {
	t.Parallel()
	edition := smallCounty(t)
	for _, a := range []string{"board", "public"} {
		book := filepath.Join(edition, a, "data", "tables-"+a+"-2026-27-q2.xlsx")
		found, err := rules.Check(book)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			t.Errorf("%s: %s", a, f)
		}
		if marked := strings.Contains(fileText(t, edition, a, "measures", "rq1.html"), `href="../data/tables-`+a+`-2026-27-q2.xlsx"`); !marked {
			t.Errorf("no page of the %s leads to the workbook", a)
		}
		t.Run("DuckDB reads what the data files say to the "+a, func(t *testing.T) { readByDuckDB(t, filepath.Join(edition, a, "data")) })
	}
	t.Run("LibreOffice converts the workbook without change", func(t *testing.T) {
		convertedByLibreOffice(t, filepath.Join(edition, "public", "data", "tables-public-2026-27-q2.xlsx"))
	})
	t.Run("what is planted is found", func(t *testing.T) { plantedInCopies(t, edition) })
}

// dataLines is every row of an audience's data files.
func dataLines(t *testing.T, dir string) [][]string {
	t.Helper()
	var all [][]string
	for _, id := range []string{"rq1", "rq4"} {
		lines, err := csv.NewReader(strings.NewReader(fileText(t, dir, id+".csv"))).ReadAll()
		if err != nil || len(lines) < 100 {
			t.Fatalf("%d lines of %s, %v", len(lines), id, err)
		}
		all = append(all, lines[1:]...)
	}
	return all
}

func readByDuckDB(t *testing.T, dir string) {
	db, err := sql.Open("duckdb", "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	csvFiles, parquet := "['"+filepath.Join(dir, "rq1.csv")+"', '"+filepath.Join(dir, "rq4.csv")+"']", "'"+filepath.Join(dir, "figures.parquet")+"'"
	// The columns of the Parquet file give the types; both must hold the same rows.
	const differing = `with c as (select * from read_csv(%[1]s, all_varchar = true)),
p as (select measure, period, period_kind, period_start::varchar, period_end::varchar, area, area_name, breakdown, category, value, unit, low, high, numerator, base, marker_value, marker_base from %[2]s),
typed as (select measure, period, period_kind, period_start, period_end, area, area_name, breakdown, category, value::double, unit, low::double, high::double, numerator::bigint, base::bigint, marker_value, marker_base from c)
select (select count(*) from p), (select count(*) from (from typed except all from p)), (select count(*) from (from p except all from typed))`
	var rows, missing, more int
	if err := db.QueryRow(fmt.Sprintf(differing, csvFiles, parquet)).Scan(&rows, &missing, &more); err != nil {
		t.Fatal(err)
	}
	if want := len(dataLines(t, dir)); rows != want || missing != 0 || more != 0 {
		t.Errorf("%d rows of %d; %d missing, %d too many", rows, want, missing, more)
	}
	var figures int
	if err := db.QueryRow("select sum(len(s.figures)) from (select unnest(m.series) as s from (select unnest(measures) as m from read_json('" + filepath.Join(dir, "figures.json") + "', maximum_object_size = 100000000)))").Scan(&figures); err != nil {
		t.Fatal(err)
	}
	if figures != rows {
		t.Errorf("figures.json has %d rows", figures)
	}
}

func convertedByLibreOffice(t *testing.T, book string) {
	made, err := rules.Converted(t.Context(), book, "ods", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	got, err := rules.Sheets(t.Context(), made)
	if err != nil {
		t.Fatal(err)
	}
	numbers := 0
	for _, sheet := range []string{"RQ1", "RQ4"} {
		rows := got[sheet]
		head := slices.IndexFunc(rows, func(r []string) bool { return r[0] == "Period" })
		all := dataLines(t, filepath.Dir(book))
		all = slices.DeleteFunc(all, func(l []string) bool { return l[0] != sheet })
		if head < 0 || len(rows)-head-1 != len(all) {
			t.Fatalf("%s has %d rows below line %d, and the data file %d", sheet, len(rows), head, len(all))
		}
		for i, l := range all {
			numbers++
			row := rows[head+1+i]
			value := l[9]
			if value == "" {
				value = "[" + l[15] + "]"
			}
			if row[0] != l[1] || row[4] != l[5] || row[8] != value {
				t.Fatalf("%s: LibreOffice reads %q, the data file says %q", sheet, row, l)
			}
		}
	}
	if numbers < 200 {
		t.Errorf("only %d rows were compared", numbers)
	}
}

// found is what the auditor says of the files of an edition, one to a line.
func found(t *testing.T, edition string) string {
	t.Helper()
	report, err := audit.Edition(edition)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range report.Findings {
		all = append(all, f.String())
	}
	return strings.Join(all, "\n")
}
