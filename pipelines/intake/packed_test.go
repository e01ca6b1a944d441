package intake

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"wherry/config"
	"wherry/pipelines/warehouse"
)

// inOne is a zip of files, given as name, text, name, text ...
func inOne(t *testing.T, files ...string) string {
	t.Helper()
	var all []txtar.File
	for i := 0; i < len(files); i += 2 {
		all = append(all, txtar.File{Name: files[i], Data: []byte(files[i+1])})
	}
	return string(packed(t, all))
}

// become is what became of each file, by name: the status of one that was loaded or received
// before, or else the rule.
func become(s Summary) map[string]string {
	all := map[string]string{}
	for _, o := range s.Outcomes {
		all[o.File] = o.Status
		if o.Status == Refused {
			all[o.File] = o.Rule
		}
	}
	return all
}

func holdOutcomes(t *testing.T, s Summary, want map[string]string) {
	t.Helper()
	got := become(s)
	for file, was := range want {
		if got[file] != was {
			t.Errorf("%s: %q, want %q", file, got[file], was)
		}
		delete(got, file)
	}
	for file, was := range got {
		t.Errorf("%s: %s, and is not expected", file, was)
	}
}

const fullStock = "site;beds\nA;4\n"

// Each file of a zip is an extract of its own, by its own name, with its own verdict.
func TestAZipOfSeveralExtracts(t *testing.T) {
	p := partnership(t)
	september := visits(row(1, good), row(2, good))
	put(t, p, "south/everything.zip", inOne(t,
		"visit_2026-09.csv", september,
		"more/stock_2026-27-Q2.csv", fullStock,
		"visit_2026-08.csv", "visit_key,on\n",
		"readme.txt", "hello",
		"visit_2026-07.zip", "PK",
		"visit_2026-07.pdf", "x",
		"visit_2026-06 Sarah Pemberton.csv", september,
		".DS_Store", "x", "__MACOSX/visit_2026-09.csv", "x"))
	want := map[string]string{
		"south/everything.zip/visit_2026-09.csv":    Loaded,
		"south/everything.zip/stock_2026-27-Q2.csv": Loaded,
		"south/everything.zip/visit_2026-08.csv":    "missing_header",
		"south/everything.zip/readme.txt":           "unknown_file",
		"south/everything.zip/visit_2026-07.zip":    "nested_zip",
		"south/everything.zip/visit_2026-07.pdf":    "unknown_format",
		"south/everything.zip/withheld-":            "personal_data",
	}
	s := receive(t, p)
	for i, o := range s.Outcomes {
		if strings.Contains(o.File, "Pemberton") {
			t.Errorf("the outcome names %s", o.File)
		}
		if at := strings.Index(o.File, withheld); at >= 0 {
			s.Outcomes[i].File = o.File[:at+len(withheld)]
		}
	}
	holdOutcomes(t, s, want)

	for _, name := range []string{"everything.zip.visit_2026-08.csv", "everything.zip.readme.txt"} {
		if _, err := os.Stat(filepath.Join(p.Root, "outbox", "south", name+reasonsFile)); err != nil {
			t.Error(err)
		}
	}
	still, err := Refusals(p)
	check(t, err)
	if len(still) != 5 {
		t.Errorf("%d refusals on record while the zip lies in the inbox, want 5", len(still))
	}
	if ds := deliveries(t, p); ds[1].Extract != "everything.zip/visit_2026-09.csv" {
		t.Errorf("on record as %q", ds[1].Extract)
	}

	// Again it is nothing to do, and the same file sent alone is one received before.
	put(t, p, "south/visit_2026-09.csv", september)
	s = receive(t, p)
	if s.Loaded() != 0 || s.Unchanged() != 3 {
		t.Errorf("received again: %d loaded, %d unchanged", s.Loaded(), s.Unchanged())
	}
	check(t, os.Remove(filepath.Join(p.Root, "inbox", "south", "everything.zip")))
	if still, err = Refusals(p); err != nil || len(still) != 0 {
		t.Errorf("%d refusals on record without the zip, %v", len(still), err)
	}
}

// What is wrong with the zip as a whole is said once.
func TestAZipOfSeveralThatCannotBeTaken(t *testing.T) {
	extract := visits(row(1, good))
	for _, c := range []struct{ title, want, zip string }{
		{"two of one name", "several_files", inOne(t, "a/visit_2026-09.csv", extract, "b/visit_2026-09.csv", extract)},
		{"two alike but for capitals", "several_files", inOne(t, "visit_2026-09.csv", extract, "VISIT_2026-09.csv", extract)},
		{"a name that leads out", "unsafe_name", inOne(t, "visit_2026-09.csv", extract, "../visit_2026-08.csv", extract)},
		{"a name with a bell", "unsafe_name", inOne(t, "visit_2026-09.csv", extract, "visit_2026-08\a.csv", extract)},
		{"a name without end", "unsafe_name", inOne(t, "visit_2026-09.csv", extract, "visit_2026-08"+strings.Repeat("x", 200)+".csv", extract)},
		{"a workbook", "wrong_format", inOne(t, "[Content_Types].xml", "<x/>", "xl/workbook.xml", "<x/>")},
		{"too many", "several_files", inOne(t, many(mostPacked+1, extract)...)},
	} {
		t.Run(c.title, func(t *testing.T) {
			p := partnership(t)
			put(t, p, "north/visit_2026-09.zip", c.zip)
			if o := one(t, p); o.Rule != c.want || o.File != "north/visit_2026-09.zip" {
				t.Errorf("%s: %s by %q: it %s", o.File, o.Status, o.Rule, o.Message)
			}
		})
	}
}

func many(n int, text string) (files []string) {
	for i := range n {
		files = append(files, strings.Repeat("x", i%100)+string(rune('a'+i/100))+".csv", text)
	}
	return files
}

// All that comes out of a zip counts together, and what fits loads.
func TestAZipOfSeveralHasOneBound(t *testing.T) {
	p := partnership(t)
	p.Limits.ExtractBytes = 0
	zeros := strings.Repeat("0", freeExpansion/2+1)
	put(t, p, "north/two bombs.zip", inOne(t, "a.csv", zeros, "b.csv", zeros, "visit_2026-09.csv", visits(row(1, good))))
	holdOutcomes(t, receive(t, p), map[string]string{
		"north/two bombs.zip/a.csv":             "unknown_file",
		"north/two bombs.zip/b.csv":             "too_large",
		"north/two bombs.zip/visit_2026-09.csv": "too_large",
	})
	p = partnership(t)
	p.Limits.ExtractBytes = 4096
	put(t, p, "north/one is large.zip", inOne(t, "visit_2026-08.csv", strings.Repeat("0", 5000), "visit_2026-09.csv", visits(row(1, good))))
	holdOutcomes(t, receive(t, p), map[string]string{
		"north/one is large.zip/visit_2026-08.csv": "too_large",
		"north/one is large.zip/visit_2026-09.csv": Loaded,
	})
}

// A zip of several may be sealed, and a person who is taken out takes the zip out of the inbox,
// however it was sent, with every copy of it that is not sealed.
func TestAForgottenPersonsZipIsRemoved(t *testing.T) {
	for _, sealing := range []bool{false, true} {
		p := partnership(t)
		key, _ := withKey(t, p)
		of := inOne(t, "visit_2026-09.csv", visits(row(1, good), row(2, good)), "stock_2026-27-Q2.csv", fullStock)
		name, sent := "south/all.zip", of
		if sealing {
			name, sent = "south/all.zip.age", sealed(t, of, false, key.Recipient())
		}
		put(t, p, name, sent)
		copied := put(t, p, "south/zip of all again.zip", of)
		other := put(t, p, "south/visit_2026-08.csv", strings.ReplaceAll(visits(row(7, good)), "2026-09", "2026-08"))
		w, err := warehouse.Open(t.Context(), p, tables(t), asAt)
		check(t, err)
		s, err := receiveWith(t, w, p)
		check(t, err)
		if s.Loaded() != 3 || s.Unchanged() != 2 {
			t.Fatalf("sealed %v: %v", sealing, become(s))
		}
		_, err = w.Forget(t.Context(), []string{strings.Repeat("0", 31) + "1"})
		check(t, err)
		check(t, w.Close())
		for path, want := range map[string]bool{filepath.Join(p.Root, "inbox", filepath.FromSlash(name)): false, copied: false, other: true} {
			if _, err := os.Stat(path); (err == nil) != want {
				t.Errorf("sealed %v: %s is there: %v, want %v", sealing, filepath.Base(path), err == nil, want)
			}
		}
		for _, d := range deliveries(t, p) {
			if d.Period == "2026-09" && (d.Accepted != 1 || d.Feed != "visit") || d.Feed == "stock" && d.Accepted != 1 {
				t.Errorf("left: %+v", d)
			}
		}
	}
}

// A return as a case system writes it is told so in a zip of several as well.
func TestARawReturnAmongSeveral(t *testing.T) {
	p := partnership(t)
	put(t, p, "north/all.zip", inOne(t, "visit_2026-09.csv", visits(row(1, good)),
		"cin.xml", `<Message><Children><Child><ChildIdentifiers><LAchildID>12345</LAchildID><UPN>A123</UPN></ChildIdentifiers></Child></Children></Message>`))
	holdOutcomes(t, receive(t, p), map[string]string{"north/all.zip/visit_2026-09.csv": Loaded, "north/all.zip/cin.xml": "personal_data"})
}

// A link in the inbox is not followed to a zip.
func TestAZipBehindALink(t *testing.T) {
	p := partnership(t)
	outside := filepath.Join(t.TempDir(), "all.zip")
	check(t, os.WriteFile(outside, []byte(inOne(t, "visit_2026-09.csv", visits(row(1, good)), "visit_2026-08.csv", "x")), 0o600))
	check(t, os.MkdirAll(filepath.Join(p.Root, "inbox", "north"), 0o755))
	check(t, os.Symlink(outside, filepath.Join(p.Root, "inbox", "north", "all.zip")))
	if o := one(t, p); o.Rule != "unknown_file" || !strings.Contains(o.Message, "not a plain file") {
		t.Errorf("%s by %q: it %s", o.Status, o.Rule, o.Message)
	}
}

// The partnership's own references are looked for in the names of files in a zip of several.
func TestLocalReferencesInAZipOfSeveral(t *testing.T) {
	p := partnership(t)
	p.Screen.LocalIDs = []config.LocalID{{Name: "crime_reference", Title: "crime references", Form: `\b36[/-][0-9]{4,6}[/-][0-9]{2}\b`}}
	put(t, p, "north/all.zip", inOne(t, "visit_2026-09.csv", visits(row(1, good)), "visit_2026-08_36-12345-26.csv", "x"))
	for _, o := range receive(t, p).Outcomes {
		if o.Status == Refused && (o.Rule != "personal_data" || strings.Contains(o.File, "12345")) {
			t.Errorf("%s by %q: it %s", o.File, o.Rule, o.Message)
		}
	}
}
