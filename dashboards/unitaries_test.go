package dashboards

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"wherry/config"
	"wherry/queries"
)

// crossed is the made-up site with two councils to come, the first measure given for them:
// Norwich lies in both.
func crossed() Site {
	s := madeUp("board")
	from := time.Date(2028, time.April, 1, 0, 0, 0, 0, time.UTC)
	north := config.Unitary{Code: "north", Name: "Northern Norfolk", From: from}
	for _, d := range districtCodes {
		north.Districts = append(north.Districts, d[0])
	}
	s.Partnership.Unitaries = []config.Unitary{{Code: "city", Name: "Greater Norwich", From: from, Districts: []string{"E07000148"}}, north}
	r := *s.Results[0]
	r.Unitaries = []string{"city", "north", config.UnknownUnitary}
	for _, f := range r.Figures {
		if f.Breakdown == "" && f.Area == "E07000143" {
			for _, area := range r.Unitaries {
				f.Area = area
				if area == "north" {
					f.State, f.BaseShown = queries.Suppressed, false
				}
				r.Figures = append(r.Figures, f)
			}
		}
	}
	s.Results[0] = &r
	return s
}

func TestNewCouncilsStandApartFromDistricts(t *testing.T) {
	dir := written(t, crossed())
	page := read(t, dir, "measures", "rq1.html")
	_, rest, ok := strings.Cut(page, `<h2 id="by-district">`)
	districts, councils, both := strings.Cut(rest, `<h2 id="by-unitary">On the boundaries of April 2028</h2>`)
	if !ok || !both {
		t.Fatal("the page does not have both sets")
	}
	councils, _, _ = strings.Cut(councils, "</section>")
	for _, name := range []string{"Northern Norfolk", "Greater Norwich", "New council not known"} {
		if !strings.Contains(councils, ">"+name+"</th>") || strings.Contains(districts, name) {
			t.Errorf("%s should stand with the new councils alone", name)
		}
	}
	for _, says := range []string{"begin on 1 April 2028", "Even a large figure may be hidden here", `scope="col">New council</th>`} {
		if !strings.Contains(councils, says) {
			t.Errorf("the new councils' section does not say %q", says)
		}
	}
	if !strings.Contains(districts, ">Norwich</th>") || strings.Contains(councils, ">Norwich</th>") {
		t.Error("Norwich should stand with the districts alone")
	}
	if strings.Contains(read(t, dir, "measures", "ma1.html"), "by-unitary") {
		t.Error("a measure without unitaries has a section for them")
	}
	var c catalogueFile
	if err := json.Unmarshal([]byte(read(t, dir, "data", "catalogue.json")), &c); err != nil {
		t.Fatal(err)
	}
	for area, want := range map[string][]string{"city": {"E07000148 in city"}, "E07000143": {"E07000143 in north"},
		"E07000148": {"E07000148 in city", "E07000148 in north", "E07000148 in unknown_unitary"}, "unknown": {"unknown in unknown_unitary"}} {
		if !slices.Equal(c.Geography[area], want) {
			t.Errorf("%s is made of %v, want %v", area, c.Geography[area], want)
		}
	}
	if !strings.Contains(read(t, dir, "data", "rq1.csv"), ",city,Greater Norwich,") {
		t.Error("the data file has no row of a new council")
	}
	if one := read(t, written(t, madeUp("board")), "data", "catalogue.json"); strings.Contains(one, "geography") {
		t.Error("a partnership with one set of areas has a geography")
	}
}
