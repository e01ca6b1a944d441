package main

import (
	"os/exec"
	"strings"
	"testing"
)

// floors are the rooms from the ground up; a room may import what is below it.
var floors = []string{"wherry/config", "wherry/queries", "wherry/dashboards", "wherry/pipelines", "wherry/cmd"}

func floor(pkg string) int {
	for i, prefix := range floors {
		if pkg == prefix || strings.HasPrefix(pkg, prefix+"/") {
			return i
		}
	}
	return -1
}

func TestImportsRunOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, "wherry/...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	seen := 0
	for _, line := range strings.Split(strings.TrimSpace(string(out)), "\n") {
		words := strings.Fields(line)
		pkg := words[0]
		if floor(pkg) < 0 {
			continue
		}
		seen++
		for _, imported := range words[1:] {
			switch {
			case floor(imported) > floor(pkg):
				t.Errorf("%s imports %s: imports run cmd, pipelines, dashboards, queries, config", pkg, imported)
			case strings.HasPrefix(imported, "github.com/duckdb/duckdb-go") && pkg != "wherry/pipelines/warehouse":
				t.Errorf("%s imports the DuckDB driver: only pipelines/warehouse may", pkg)
			case strings.HasPrefix(imported, "github.com/go-echarts/") && pkg != "wherry/dashboards/charts":
				t.Errorf("%s imports go-echarts: only dashboards/charts may", pkg)
			case pkg == "wherry/pipelines/audit" && (floor(imported) == floor("wherry/queries") || floor(imported) == floor("wherry/dashboards")):
				t.Errorf("%s imports %s: the auditor shares no code with what it audits", pkg, imported)
			case pkg == "wherry/pipelines/attack" && floor(imported) >= 0:
				t.Errorf("%s imports %s: the attacker knows no more than a reader", pkg, imported)
			case strings.HasPrefix(pkg, "wherry/dashboards") && imported == "database/sql":
				t.Errorf("%s imports database/sql: figures in, files out", pkg)
			}
		}
	}
	if seen < 10 {
		t.Fatalf("only %d packages seen", seen)
	}
}
