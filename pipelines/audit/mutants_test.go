package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

// mutated are the files that put together what a reader knows: sums, tables, shared counts,
// audiences and earlier editions.
var mutated = []string{"audit.go", "model.go", "sums.go", "same.go", "slices.go", "revisions.go"}

// mutant is one statement that is left out.
type mutant struct {
	file string
	line int
	text string
}

// mutantHook is what a mutated file asks whether to leave a statement out.
const mutantHook = `package audit

import "os"

func leavesOut(n string) bool { return os.Getenv("WHERRY_MUTANT") == n }
`

// mutate gives a file's text in which each statement that only adds something (a call, an
// append, an entry of a map) can be left out by its number, counting on from those given.
func mutate(t *testing.T, file string, have []mutant) (string, []mutant) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	files := token.NewFileSet()
	parsed, err := parser.ParseFile(files, file, text, 0)
	if err != nil {
		t.Fatal(err)
	}
	at := func(p token.Pos) int { return files.Position(p).Offset }
	insert := map[int]string{}
	ast.Inspect(parsed, func(n ast.Node) bool {
		if block, is := n.(*ast.BlockStmt); is {
			for _, s := range block.List {
				if adds(s) {
					insert[at(s.Pos())] = fmt.Sprintf("if !leavesOut(%q) { ", strconv.Itoa(len(have)))
					insert[at(s.End())] = " }" + insert[at(s.End())]
					first, _, _ := strings.Cut(string(text[at(s.Pos()):at(s.End())]), "\n")
					have = append(have, mutant{file, files.Position(s.Pos()).Line, first})
				}
			}
		}
		return true
	})
	var b strings.Builder
	for i, c := range append(text, '\n') {
		b.WriteString(insert[i])
		b.WriteByte(c)
	}
	return b.String(), have
}

// adds says whether a statement adds something and nothing else.
func adds(s ast.Stmt) bool {
	switch s := s.(type) {
	case *ast.ExprStmt:
		return true
	case *ast.AssignStmt:
		if s.Tok != token.ASSIGN || len(s.Rhs) != 1 {
			return false
		}
		if call, is := s.Rhs[0].(*ast.CallExpr); is {
			if name, is := call.Fun.(*ast.Ident); is && name.Name == "append" {
				return true
			}
		}
		_, entry := s.Lhs[0].(*ast.IndexExpr)
		return entry && len(s.Lhs) == 1
	}
	return false
}

// TestAuditorsThatForget leaves out one statement at a time of what puts together equations,
// tables, shared counts, audiences and earlier editions, and wants the other tests to notice.
func TestAuditorsThatForget(t *testing.T) {
	if testing.Short() || os.Getenv("WHERRY_MUTANT") != "" {
		t.Skip("runs the tests of this package once for each statement")
	}
	dir := t.TempDir()
	overlay := map[string]string{}
	put := func(file, text string) {
		here, err := filepath.Abs(file)
		if err != nil {
			t.Fatal(err)
		}
		overlay[here] = filepath.Join(dir, file)
		if err := os.WriteFile(overlay[here], []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	put("mutant_hook.go", mutantHook)
	var mutants []mutant
	for _, file := range mutated {
		var text string
		text, mutants = mutate(t, file, mutants)
		put(file, text)
	}
	list, err := json.Marshal(map[string]any{"Replace": overlay})
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, "overlay.json"), list, 0o600); err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(dir, "audit.test")
	if out, err := exec.Command("go", "test", "-c", "-overlay", filepath.Join(dir, "overlay.json"), "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	if !passes(t.Context(), binary, "none") {
		t.Fatal("the tests do not pass with every statement in its place")
	}
	survived := make([]bool, len(mutants))
	var work errgroup.Group
	work.SetLimit(2)
	for i := range mutants {
		work.Go(func() error {
			survived[i] = passes(t.Context(), binary, strconv.Itoa(i))
			return nil
		})
	}
	_ = work.Wait()
	caught := 0
	for i, m := range mutants {
		if !survived[i] {
			caught++
			continue
		}
		t.Logf("survives: %s:%d without %s", m.file, m.line, m.text)
		if !slices.ContainsFunc(harmless, func(h string) bool { return strings.HasPrefix(m.text, h) }) {
			t.Errorf("no test notices that %s:%d leaves out: %s", m.file, m.line, m.text)
		}
	}
	t.Logf("%d of %d forgetful auditors caught (%.0f%%)", caught, len(mutants), 100*float64(caught)/float64(len(mutants)))
}

// harmless are statements whose absence lets nothing through: they give findings an order, or
// keep what a page prints from being told twice.
var harmless = []string{"slices.Sort", "note(f.place, f.part)"}

// passes runs the tests of this package with one statement left out; one that does not end is
// noticed.
func passes(ctx context.Context, binary, n string) bool {
	ctx, cancel := context.WithTimeout(ctx, 2*time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "-test.short", "-test.failfast", "-rapid.checks=20", "-rapid.seed=1", "-rapid.nofailfile")
	cmd.Env = append(os.Environ(), "WHERRY_MUTANT="+n)
	return cmd.Run() == nil
}
