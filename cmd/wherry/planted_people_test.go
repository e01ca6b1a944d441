package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"wherry/config"
	"wherry/pipelines/intake"
	"wherry/pipelines/warehouse"
)

// place is where in an extract identifiers are put.
type place struct{ agency, feed, ending, column string }

func places() []place {
	return []place{
		{"training_hub", "training_booking", ".csv", "agency_team_code"},
		{"marac_coordinator", "marac_case", ".csv", "xtra"}, // a column that the contract does not have
		{"training_hub", "training_booking", ".xlsx", "status"},
		{"childrens_services", "agency_referral", ".csv", "incident_key"},
		{"training_hub", "training_booking", ".csv", "session_key"},
		{"childrens_services", "agency_referral", ".csv", "prior_incident_count_stated"},
		{"marac_coordinator", "marac_case", ".xlsx", "referral_received_at"},
		{"marac_coordinator", "marac_case", ".xlsx", "xtra"},
	}
}

const (
	wantedFiles = 40
	wantedInAll = 2000
	seed        = 20261128
)

// plantPeople writes forty extracts with two thousand identifiers between their good values.
func plantPeople(t *testing.T, inbox string) *people {
	t.Helper()
	p := &people{Rand: rand.New(rand.NewPCG(seed, 1)), t: t, inbox: inbox, used: map[string]bool{}, values: map[string][]string{}, bases: map[string][][]string{}}
	kinds := slices.Sorted(maps.Keys(p.identifiers()))
	p.inLabels()
	p.astray(kinds)
	for i := len(p.files); i < wantedFiles; i++ {
		n := (wantedInAll - p.planted()) / (wantedFiles - i)
		kind, at := kinds[i%len(kinds)], places()[i%len(places())]
		if kind == "record number" || kind == "free text" {
			at = places()[i%2]
		}
		rows := p.rows(at.agency, at.feed, 70)
		if kind == "record number" {
			rows = p.rows(at.agency, at.feed, n)
		}
		p.fill(rows, at.column, kind, n)
		p.write(plantedFile{name: fmt.Sprintf("%s/%s_2026-07_p%02d%s", at.agency, at.feed, i, at.ending), kinds: map[string]int{kind: n}}, rows)
	}
	return p
}

func (p *people) planted() (n int) {
	for _, of := range p.values {
		n += len(of)
	}
	return n
}

// fill puts n identifiers into a column, which is added where there is none.
func (p *people) fill(rows [][]string, column, kind string, n int) {
	at := slices.Index(rows[0], column)
	if at < 0 {
		at = len(rows[0])
		rows[0] = append(rows[0], column)
		for i := range rows[1:] {
			rows[i+1] = append(rows[i+1], p.pick("a", "b", ""))
		}
	}
	for _, i := range p.Perm(len(rows) - 1)[:n] {
		rows[i+1][at] = p.identifier(kind)
	}
}

// inLabels plants them in the names of files and sheets, and in a header.
func (p *people) inLabels() {
	name := func(kind string) string {
		return strings.ReplaceAll(p.identifier(kind), "/", "-")
	}
	p.write(plantedFile{name: "training_hub/training_booking_2026-07 Sarah Ravensdale.csv", kinds: map[string]int{"name": 1}}, p.rows("training_hub", "training_booking", 20))
	p.values["name"] = append(p.values["name"], "Sarah Ravensdale")
	p.write(plantedFile{name: "marac_coordinator/marac_case_2026-07_" + name("pupil number") + ".csv", kinds: map[string]int{"pupil number": 1}}, p.rows("marac_coordinator", "marac_case", 20))
	p.write(plantedFile{name: "training_hub/training_booking_2026-07_sheets.xlsx", kinds: map[string]int{"vehicle mark": 3}}, p.rows("training_hub", "training_booking", 20),
		name("vehicle mark"), name("vehicle mark"), name("vehicle mark"))
	rows := p.rows("marac_coordinator", "marac_case", 20)
	for range 20 {
		rows[0] = append(rows[0], p.identifier("email"))
		for i := range rows[1:] {
			rows[i+1] = append(rows[i+1], "x")
		}
	}
	p.write(plantedFile{name: "marac_coordinator/marac_case_2026-07_header.csv", kinds: map[string]int{"email": 20}}, rows)
}

// astray plants two to a column, which is a slip: the file loads without their rows.
func (p *people) astray(kinds []string) {
	sure := slices.DeleteFunc(slices.Clone(kinds), func(k string) bool {
		return slices.Contains([]string{"free text", "record number", "unkeyed hash", "name"}, k)
	})
	for i := range 3 {
		file := plantedFile{name: fmt.Sprintf("training_hub/training_booking_2026-07_stray%d.csv", i), kinds: map[string]int{}}
		rows := p.rows("training_hub", "training_booking", 100)
		free := p.Perm(100)
		for j, column := range []string{"agency_team_code", "session_key", "status", "learner_key", "booked_at"} {
			for k := range 2 {
				kind := sure[(10*i+2*j+k)%len(sure)]
				if column == "booked_at" {
					kind = "date of birth"
				}
				rows[1+free[0]][slices.Index(rows[0], column)] = p.identifier(kind)
				free = free[1:]
				file.kinds[kind]++
				file.stray++
			}
		}
		p.write(file, rows)
	}
}

// TestPlantedPeople plants two thousand identifiers in forty extracts beside the whole sample
// partnership. None loads, none is in anything that is written or printed, and the sample's
// own extracts raise no alarm.
func TestPlantedPeople(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "county")
	mustWherry(t, exitDone, "init", dir)
	mustWherry(t, exitDone, "sample", "--dir", dir)
	p := plantPeople(t, filepath.Join(dir, "inbox"))
	if p.planted() != wantedInAll || len(p.files) != wantedFiles {
		t.Fatalf("%d identifiers in %d files", p.planted(), len(p.files))
	}
	code, out, errs := wherry(t, "receive", "--dir", dir)
	if code != exitAttention {
		t.Fatalf("receive: exit code %d\n%s", code, errs)
	}
	_, again, more := wherry(t, "status", "--dir", dir)
	loaded := loadedPeople(t, dir, p)
	seen := outcomesOf(t, dir)
	back, keptOut := map[string]int{}, map[string]int{}
	for _, file := range p.files {
		o, refused := seen.refused[file.name]
		if !refused && file.stray == 0 {
			o, refused = seen.withheld(t, filepath.Join(dir, "inbox", file.name))
		}
		switch {
		case file.stray > 0 && seen.quarantined[file.name] != file.stray:
			t.Errorf("%s: %d rows were kept out, %d hold an identifier; refused: %q", file.name, seen.quarantined[file.name], file.stray, o.Message)
		case file.stray == 0 && (!refused || o.Rule != "personal_data"):
			t.Errorf("%s with %v did not go back: %q", file.name, file.kinds, o.Message)
		}
		for kind, n := range file.kinds {
			if refused {
				back[kind] += n
			} else if file.stray == seen.quarantined[file.name] {
				keptOut[kind] += n
			}
		}
	}
	for _, kind := range slices.Sorted(maps.Keys(p.values)) {
		n, found := len(p.values[kind]), back[kind]+keptOut[kind]
		t.Logf("%-16s %3d planted: %3d in files that went back, %2d in rows kept out, %d loaded; recall %d of %d", kind, n, back[kind], keptOut[kind], loaded[kind], found, n)
		if found != n || loaded[kind] > 0 {
			t.Errorf("%s: %d of %d found, %d loaded", kind, found, n, loaded[kind])
		}
	}
	if extra := len(seen.refused) - (wantedFiles - 3); extra != 0 {
		t.Errorf("%d files of the sample raised an alarm", extra)
	}
	p.notIn(t, "what was printed", []byte(out+errs+again+more))
	p.notBelow(t, dir)
}

// outcomes is what the record and the feedback say of files.
type outcomes struct {
	refused     map[string]intake.Outcome
	quarantined map[string]int // rows of files that were loaded
}

func outcomesOf(t *testing.T, dir string) outcomes {
	t.Helper()
	p, err := config.Load(dir, os.DirFS(filepath.Join(dir, "config")), nil)
	if err != nil {
		t.Fatal(err)
	}
	found := outcomes{map[string]intake.Outcome{}, map[string]int{}}
	refused, err := intake.Refusals(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range refused {
		found.refused[o.File] = o
	}
	deliveries, err := warehouse.Deliveries(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range deliveries {
		found.quarantined[d.Agency+"/"+d.Extract] = int(d.Quarantined)
	}
	return found
}

// withheld is the outcome of a file whose own name may not be shown.
func (o outcomes) withheld(t *testing.T, path string) (intake.Outcome, bool) {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := fmt.Sprintf("%x", sha256.Sum256(text))
	for name, outcome := range o.refused {
		if outcome.SHA256 == sum && strings.Contains(name, "withheld-") {
			return outcome, true
		}
	}
	return intake.Outcome{}, false
}

// loadedPeople counts the identifiers of each kind that stand in any column of any table.
func loadedPeople(t *testing.T, dir string, p *people) map[string]int {
	t.Helper()
	settings, err := config.Load(dir, os.DirFS(filepath.Join(dir, "config")), nil)
	if err != nil {
		t.Fatal(err)
	}
	r, err := warehouse.OpenReader(t.Context(), settings)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	loaded := map[string]int{}
	looked := 0
	for _, c := range settings.Contracts {
		for _, column := range c.Columns {
			if column.Type == "integer" || column.Type == "decimal" {
				continue
			}
			looked++
			for kind, values := range p.values {
				if kind == "date of birth" && (column.Type == "date" || column.Type == "timestamp") {
					continue // a day is a day; the rows kept out are counted
				}
				n := 0
				query := fmt.Sprintf("select count(*) from landing.%s where %s::varchar in (select unnest(%s))", c.Feed, warehouse.Ident(column.Kept()), warehouse.List(values))
				if err := r.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
					t.Fatal(err)
				}
				loaded[kind] += n
			}
		}
	}
	if looked < 300 {
		t.Errorf("only %d columns were looked into", looked)
	}
	return loaded
}

// notBelow looks for every identifier in every byte that the partnership's folder holds
// outside its inbox, and in the names of files.
func (p *people) notBelow(t *testing.T, dir string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if path == filepath.Join(dir, "inbox") {
			return fs.SkipDir
		}
		p.notIn(t, "the name "+filepath.Base(path), []byte(filepath.Base(path)))
		if d.IsDir() {
			return nil
		}
		files++
		b, err := os.ReadFile(path)
		p.notIn(t, path, b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if files < 1000 {
		t.Errorf("only %d files were searched", files)
	}
}

// notIn looks for every identifier in some bytes: by their first four, and then whole.
func (p *people) notIn(t *testing.T, where string, b []byte) {
	t.Helper()
	if p.starts == nil {
		p.starts = map[[4]byte][]string{}
		for kind, values := range p.values {
			for _, v := range values {
				if kind != "date of birth" { // days stand in many places
					start := [4]byte([]byte(v)[:4])
					p.starts[start] = append(p.starts[start], v)
					p.pairs[int(v[0])<<8|int(v[1])] = true
				}
			}
		}
	}
	for i := 0; i+4 <= len(b); i++ {
		if !p.pairs[int(b[i])<<8|int(b[i+1])] {
			continue
		}
		for _, v := range p.starts[[4]byte(b[i:i+4])] {
			if bytes.HasPrefix(b[i:], []byte(v)) {
				t.Errorf("%s holds a planted identifier of %d characters", where, len(v))
			}
		}
	}
}
