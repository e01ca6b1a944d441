package queries

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"wherry/config"
)

// unitaries is the codes of the unitaries, in order, those of no unitary last.
func (p plan) unitaries() []string {
	var codes []string
	for _, piece := range p.pieces {
		codes = append(codes, piece.Unitary)
	}
	rank := map[string]int{config.UnknownUnitary: 1}
	slices.SortFunc(codes, func(a, b string) int { return cmp.Or(cmp.Compare(rank[a], rank[b]), strings.Compare(a, b)) })
	return slices.Compact(codes)
}

// within is the codes of the pieces that an area of either set is made up of.
func (p plan) within(area string) []string {
	var codes []string
	for _, piece := range p.pieces {
		if piece.District == area || piece.Unitary == area {
			codes = append(codes, piece.Code())
		}
	}
	return codes
}

// isPiece says whether an area is a piece: counted, so that what areas of two sets give away
// by subtraction is protected, and never printed.
func (p plan) isPiece(area string) bool {
	return slices.ContainsFunc(p.pieces, func(piece config.Piece) bool { return piece.Code() == area })
}

// unitaries is the areas of the second set that the measure is given for.
func (c *Cells) unitaries() []string {
	if !c.byUnitary {
		return nil
	}
	return c.plan.unitaries()
}

// areas is every area that is given below the partnership, of both sets.
func (c *Cells) areas() []string { return slices.Concat(c.districts(), c.unitaries()) }

// pieces is the pieces that the measure is counted for.
func (c *Cells) pieces() []string {
	var codes []string
	for _, area := range c.unitaries() {
		codes = append(codes, c.plan.within(area)...)
	}
	return codes
}

// pieceKeys is the cells of the pieces, which are counted and never printed.
func (c *Cells) pieceKeys() []cellKey {
	var keys []cellKey
	for _, p := range c.plan.detail {
		keys = append(keys, inAreas(p, c.pieces())...)
	}
	return keys
}

// placeColumns is the columns of placed that say where a row is.
func (c *Cells) placeColumns() []string {
	if c.byUnitary {
		return []string{"district", "unitary", "piece"}
	}
	return []string{"district"}
}

// pieceColumn is what name gives of the piece that a row lies in. A district that lies in
// one unitary places its rows by itself; the rows of another are placed by their unitary,
// where that is one that takes in some of it. So a row is always in both areas of its piece.
func (c *Cells) pieceColumn(name func(config.Piece) string) string {
	var sure, rest strings.Builder
	for _, piece := range c.plan.pieces {
		when := "district = " + literal(piece.District)
		switch {
		case piece.District == unknownArea:
		case piece.Unitary == config.UnknownUnitary:
			fmt.Fprintf(&rest, " when %s then %s", when, literal(name(piece)))
		case len(c.plan.within(piece.District)) > 1:
			fmt.Fprintf(&sure, " when %s and unitary = %s then %s", when, literal(piece.Unitary), literal(name(piece)))
		default:
			fmt.Fprintf(&sure, " when %s then %s", when, literal(name(piece)))
		}
	}
	nowhere := config.Piece{District: unknownArea, Unitary: config.UnknownUnitary}
	return "case" + sure.String() + rest.String() + " else " + literal(name(nowhere)) + " end"
}

func inAreas(p config.Period, areas []string) []cellKey {
	var keys []cellKey
	for _, area := range areas {
		keys = append(keys, cellKey{period: p, area: area})
	}
	return keys
}
