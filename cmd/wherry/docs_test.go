package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var fence = regexp.MustCompile("(?ms)^```([a-z]*)(?: ([^\n]+))?\n(.*?)^```$")

// TestGuides follows the guides word for word, in a fresh partnership: a fenced block marked
// with a file name is written to that file, and each line of a console block that begins
// with "$ wherry" is run and must print the lines that follow it.
func TestGuides(t *testing.T) {
	for _, guide := range []string{"adding-a-measure.md", "adding-an-extract.md", "anonymise.md", "contracts.md", "data-protection.md", "formats.md"} {
		t.Run(guide, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("../../docs", guide))
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "county")
			mustWherry(t, exitDone, "init", dir)
			t.Chdir(dir)
			commands := 0
			for _, block := range fence.FindAllStringSubmatch(string(text), -1) {
				kind, file, body := block[1], block[2], block[3]
				switch {
				case file != "":
					if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(file, []byte(body), 0o644); err != nil {
						t.Fatal(err)
					}
				case kind == "console":
					commands += follow(t, body)
				}
			}
			if commands < 2 {
				t.Errorf("only %d commands in the guide", commands)
			}
		})
	}
}

// follow runs the commands of a console block; "..." in what they print stands for anything.
func follow(t *testing.T, body string) (commands int) {
	for _, part := range strings.Split("\n"+body, "\n$ ")[1:] {
		command, want, _ := strings.Cut(part, "\n")
		args := words(command)
		if args[0] != "wherry" {
			t.Fatalf("the guide runs %q: only wherry is known", command)
		}
		code, out, errs := wherry(t, args[1:]...)
		if code != exitDone && code != exitAttention && !strings.Contains(want, "wherry: ") {
			t.Fatalf("%s: exit code %d\n%s%s", command, code, out, errs)
		}
		pattern := regexp.QuoteMeta(strings.TrimSpace(want))
		pattern = strings.ReplaceAll(pattern, `\.\.\.`, `(?s:.*)`)
		if got := strings.TrimSpace(out + errs); !regexp.MustCompile(pattern).MatchString(got) {
			t.Errorf("%s printed:\n%s\nthe guide says:\n%s", command, got, want)
		}
		commands++
	}
	return commands
}

// words splits a command line at spaces, keeping what stands in double quotes together.
func words(line string) []string {
	var ws []string
	for i, part := range strings.Split(line, `"`) {
		if i%2 == 1 {
			ws = append(ws, part)
			continue
		}
		ws = append(ws, strings.Fields(part)...)
	}
	return ws
}

var shown = regexp.MustCompile(`(?m)^ {4}(wherry [^\n]*)$`)

// TestOperations runs every command that docs/operations.md shows.
func TestOperations(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../docs/operations.md")
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "norfolk")
	commands := 0
	for _, m := range shown.FindAllStringSubmatch(string(text), -1) {
		args := words(strings.ReplaceAll(m[1], "/srv/norfolk", dir))
		if code, out, errs := wherry(t, args[1:]...); code != exitDone && code != exitAttention {
			t.Errorf("%s: exit code %d\n%s%s", m[1], code, out, errs)
		}
		commands++
	}
	if commands < 6 {
		t.Errorf("only %d commands found in docs/operations.md", commands)
	}
}
