package config_test

import (
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"wherry/config"
)

// overlapping is the small partnership with a second set of boundaries that splits West.
func overlapping(unitaries, pieces string) fstest.MapFS {
	files := tree()
	files["geography/unitaries.csv"] = &fstest.MapFile{Data: []byte(unitaries)}
	files["geography/pieces.csv"] = &fstest.MapFile{Data: []byte(pieces)}
	return files
}

const (
	unitaries = "code,name,from\nu2,Upper,2028-04-01\nu1,Lower,2028-04-01\n"
	pieces    = "district,unitary\nE2,u1\nE3,u1\nE2,u2\n"
)

func TestUnitariesLoad(t *testing.T) {
	p, err := config.Load(t.TempDir(), overlapping(unitaries, pieces), nil)
	if err != nil {
		t.Fatal(err)
	}
	from := time.Date(2028, time.April, 1, 0, 0, 0, 0, time.UTC)
	if diff := cmp.Diff([]config.Unitary{{"u1", "Lower", from, []string{"E2", "E3"}}, {"u2", "Upper", from, []string{"E2"}}}, p.Unitaries); diff != "" {
		t.Error(diff)
	}
	want := []config.Piece{{"E2", "u1"}, {"E2", "u2"}, {"E2", "unknown_unitary"}, {"E3", "u1"}, {"unknown", "unknown_unitary"}}
	if diff := cmp.Diff(want, p.Pieces()); diff != "" {
		t.Error(diff)
	}
	for code, name := range map[string]string{"u2": "Upper", "unknown_unitary": "New council not known", "E2": "West"} {
		if a, ok := p.AreaOf(code); !ok || a.Name != name {
			t.Errorf("%s is %+v", code, a)
		}
	}
}

func TestNoSecondSetIsNone(t *testing.T) {
	p, err := config.Load(t.TempDir(), tree(), nil)
	if err != nil || p.Unitaries != nil || p.Pieces() != nil {
		t.Errorf("%v, %v, %v", p.Unitaries, p.Pieces(), err)
	}
}

func TestFaultsOfUnitaries(t *testing.T) {
	for _, c := range []struct{ name, old, new, want string }{
		{"no name", "u1,Lower", "u1,", "unitaries.csv:3: a unitary needs a code, a name and its first day"},
		{"no day", "Lower,2028-04-01", "Lower,", "unitaries.csv:3: a unitary needs a code, a name and its first day"},
		{"not a day", "Lower,2028-04-01", "Lower,2028", `unitaries.csv:3: from "2028" is not a date`},
		{"another day", "Lower,2028-04-01", "Lower,2029-04-01", "unitaries.csv:3: Lower does not begin on the day of those above"},
		{"twice", "u1,Lower", "u2,Lower", `unitaries.csv:3: code "u2" is already that of an area`},
		{"a district's code", "u1,Lower", "E3,Lower", `unitaries.csv:3: code "E3" is already that of an area`},
		{"the code of the unknown", "u1,Lower", "unknown_unitary,Lower", `unitaries.csv:3: code "unknown_unitary" is already that of an area`},
		{"a column too many", "code,name,from", "code,name,from,to", "unitaries.csv:1: the first line must be: code,name,from"},
		{"no such district", "E3,u1", "E9,u1", `pieces.csv:3: "E9" is not a district`},
		{"the partnership", "E3,u1", "E1,u1", `pieces.csv:3: "E1" is not a district`},
		{"no such unitary", "E2,u2", "E2,u9", `pieces.csv:4: "u9" is not in config/geography/unitaries.csv`},
		{"piece twice", "E2,u2", "E2,u1", "pieces.csv:4: this district is already said to be in this unitary"},
		{"district left out", "E3,u1\n", "", "pieces.csv: East is in none of the unitaries"},
		{"unitary left out", "E2,u2\n", "", "pieces.csv: Upper takes in no district"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if !strings.Contains(unitaries+pieces, c.old) {
				t.Fatal("the files do not hold " + c.old)
			}
			found := problems(t, overlapping(strings.Replace(unitaries, c.old, c.new, 1), strings.Replace(pieces, c.old, c.new, 1)))
			if !slices.ContainsFunc(found, func(p config.Problem) bool { return strings.HasPrefix(p.String(), "config/geography/"+c.want) }) {
				t.Errorf("want %s\n%v", c.want, found)
			}
		})
	}
	for _, missing := range []string{"geography/unitaries.csv", "geography/pieces.csv"} {
		files := overlapping(unitaries, pieces)
		delete(files, missing)
		if found := problems(t, files); !slices.ContainsFunc(found, func(p config.Problem) bool { return p.File == "config/"+missing }) {
			t.Errorf("without %s: %v", missing, found)
		}
	}
}

// The example's unitaries are the codes that its agencies send.
func TestUnitariesAreCodes(t *testing.T) {
	p, err := config.Load(t.TempDir(), config.Files, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range p.Unitaries {
		if !slices.ContainsFunc(p.Codes["lgr_unit"].Codes, func(c config.Code) bool { return c.Code == u.Code }) {
			t.Errorf("no agency may send %s", u.Code)
		}
	}
	if len(p.Unitaries) != 3 || len(p.Pieces()) != 13 {
		t.Errorf("%d unitaries, pieces %v", len(p.Unitaries), p.Pieces())
	}
}
