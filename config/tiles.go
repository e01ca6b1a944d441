package config

import (
	"fmt"
	"io/fs"
	"slices"
	"strconv"
)

// Tile is where a district stands on a rough map of tiles: its column from the left and its
// row from the top, both from 1.
type Tile struct{ Column, Row int }

// mostTiles is the last column and the last row that there may be.
const mostTiles = 60

// loadTiles reads geography/tiles.csv, by the code of the area. Every district has a tile, or
// there is no file and no map.
func loadTiles(fsys fs.FS, areas []Area) (map[string]Tile, Problems) {
	const name = "geography/tiles.csv"
	if absent(fsys, name) {
		return nil, nil
	}
	t := readTable(fsys, name, "area", "column", "row")
	tiles, at := map[string]Tile{}, map[Tile]int{}
	for i, row := range t.rows {
		tile := Tile{onGrid(row["column"]), onGrid(row["row"])}
		_, twice := tiles[row["area"]]
		switch {
		case !slices.ContainsFunc(areas, func(a Area) bool { return a.Code == row["area"] && a.Parent != "" }):
			t.add(t.lines[i], fmt.Sprintf("%q is not a district of config/geography/areas.csv", row["area"]), "")
		case twice:
			t.add(t.lines[i], fmt.Sprintf("%q has a tile already", row["area"]), "")
		case tile.Column == 0 || tile.Row == 0:
			t.add(t.lines[i], fmt.Sprintf("a tile needs a column and a row from 1 to %d", mostTiles), "columns count from the left, rows from the top")
		case at[tile] > 0:
			t.add(t.lines[i], fmt.Sprintf("the tile of line %d is already at column %d, row %d", at[tile], tile.Column, tile.Row), "")
		}
		tiles[row["area"]], at[tile] = tile, t.lines[i]
	}
	if len(t.problems) > 0 {
		return nil, t.problems
	}
	for _, a := range areas {
		if _, placed := tiles[a.Code]; a.Parent != "" && !placed {
			t.add(0, a.Name+" has no tile", "give every district a line, or take the file away for an edition without maps of tiles")
		}
	}
	return tiles, t.problems
}

// onGrid is a whole number from 1 to mostTiles, or 0.
func onGrid(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostTiles {
		return 0
	}
	return n
}
