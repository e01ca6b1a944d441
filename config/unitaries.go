package config

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"time"
)

// UnknownUnitary is the code of places in none of the unitaries, or whose unitary is not
// recorded.
const UnknownUnitary = "unknown_unitary"

// Unitary is a council to come, whose boundary need not follow those of districts: a row of
// config/geography/unitaries.csv. From is its first day; Districts is the codes of those
// that it takes in, whole or in part, by config/geography/pieces.csv.
type Unitary struct {
	Code, Name string
	From       time.Time
	Districts  []string
}

// Piece is where a district and a unitary overlap: the largest area of which both are made
// up. Areas of the two sets can be had from one another by subtraction, and what is left is
// pieces.
type Piece struct{ District, Unitary string }

// Code names the piece.
func (p Piece) Code() string { return p.District + " in " + p.Unitary }

// Pieces is all pieces of both sets, by code. A district that lies in one unitary is one
// piece; another has a piece for what cannot be placed in any of its unitaries. What is in
// no district is in no unitary. There are none without a second set.
func (p *Partnership) Pieces() []Piece {
	if len(p.Unitaries) == 0 {
		return nil
	}
	in := map[string][]Piece{}
	for _, u := range p.Unitaries {
		for _, d := range u.Districts {
			in[d] = append(in[d], Piece{d, u.Code})
		}
	}
	pieces := []Piece{{Unknown, UnknownUnitary}}
	for d, of := range in {
		if len(of) > 1 {
			of = append(of, Piece{d, UnknownUnitary})
		}
		pieces = append(pieces, of...)
	}
	slices.SortFunc(pieces, func(a, b Piece) int { return cmp.Compare(a.Code(), b.Code()) })
	return pieces
}

// loadUnitaries reads geography/unitaries.csv, by name, with geography/pieces.csv. A
// partnership with no second set of boundaries has neither file.
func loadUnitaries(fsys fs.FS, areas []Area) ([]Unitary, Problems) {
	const unitaries, pieces = "geography/unitaries.csv", "geography/pieces.csv"
	if absent(fsys, unitaries) && absent(fsys, pieces) {
		return nil, nil
	}
	t := readTable(fsys, unitaries, "code", "name", "from")
	var all []Unitary
	for i, row := range t.rows {
		u := Unitary{Code: row["code"], Name: row["name"], From: t.date(i, "from")}
		known := func(code string) bool {
			return code == UnknownUnitary || slices.ContainsFunc(areas, func(a Area) bool { return a.Code == code }) ||
				slices.ContainsFunc(all, func(other Unitary) bool { return other.Code == code })
		}
		switch {
		case u.Code == "" || u.Name == "" || row["from"] == "":
			t.add(t.lines[i], "a unitary needs a code, a name and its first day", "")
		case known(u.Code):
			t.add(t.lines[i], fmt.Sprintf("code %q is already that of an area", u.Code), "")
		case len(all) > 0 && !u.From.IsZero() && !u.From.Equal(all[0].From):
			t.add(t.lines[i], fmt.Sprintf("%s does not begin on the day of those above", u.Name), "all unitaries are of one set of boundaries, with one first day")
		}
		all = append(all, u)
	}
	found := append(t.problems, loadPieces(fsys, pieces, areas, all)...)
	slices.SortStableFunc(all, func(a, b Unitary) int { return cmp.Compare(a.Name, b.Name) })
	return all, found
}

func absent(fsys fs.FS, name string) bool {
	_, err := fs.Stat(fsys, name)
	return errors.Is(err, fs.ErrNotExist)
}

// loadPieces gives each unitary its districts. Every district must be in some unitary.
func loadPieces(fsys fs.FS, name string, areas []Area, unitaries []Unitary) Problems {
	t := readTable(fsys, name, "district", "unitary")
	placed := map[string]bool{}
	for i, row := range t.rows {
		district := slices.IndexFunc(areas, func(a Area) bool { return a.Code == row["district"] && a.Parent != "" })
		at := slices.IndexFunc(unitaries, func(u Unitary) bool { return u.Code == row["unitary"] })
		switch {
		case district < 0:
			t.add(t.lines[i], fmt.Sprintf("%q is not a district of config/geography/areas.csv", row["district"]), "")
		case at < 0:
			t.add(t.lines[i], fmt.Sprintf("%q is not in config/geography/unitaries.csv", row["unitary"]), "")
		case slices.Contains(unitaries[at].Districts, row["district"]):
			t.add(t.lines[i], "this district is already said to be in this unitary", "")
		default:
			unitaries[at].Districts = append(unitaries[at].Districts, row["district"])
			placed[row["district"]] = true
		}
	}
	if len(t.problems) > 0 {
		return t.problems
	}
	for _, a := range areas {
		if a.Parent != "" && !placed[a.Code] {
			t.add(0, a.Name+" is in none of the unitaries", "give a line to each unitary that takes in some of it")
		}
	}
	for _, u := range unitaries {
		if len(u.Districts) == 0 {
			t.add(0, u.Name+" takes in no district", "give a line to each district that it takes some of")
		}
	}
	return t.problems
}
