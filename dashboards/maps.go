package dashboards

import (
	"fmt"
	"html/template"
	"io/fs"

	"wherry/config"
	"wherry/dashboards/charts"
	"wherry/queries"
)

// How a district stands to the others, or to the whole: what a map of districts shows.
const (
	standsHigher = "Higher"
	standsLower  = "Lower"
	standsWithin = "Similar"
	standsApart  = "Not compared"
)

// stands are the keys of the words of each.
var stands = map[string]string{standsHigher: "stands.higher", standsLower: "stands.lower", standsWithin: "stands.within", standsApart: "stands.apart"}

// districtMap is where the districts of a comparison lie.
type districtMap struct {
	SVG     []template.HTML
	Caption string
}

// LoadBoundaries reads the outlines that the settings name, from the folder of the settings;
// nil where they name none. The error is config.Problems: a file that cannot be read or is
// not fit, or a district that it has no outline of.
func LoadBoundaries(fsys fs.FS, p *config.Partnership) (*charts.Boundaries, error) {
	named := p.Boundaries
	if named.File == "" {
		return nil, nil
	}
	problem := func(msg string) (*charts.Boundaries, error) {
		return nil, config.Problems{{File: "config/" + named.File, Msg: msg, Hint: "it is the boundaries of config/wherry.yaml: take them away for maps of tiles"}}
	}
	file, err := fsys.Open(named.File)
	if err != nil {
		return problem("the file cannot be opened; it must stand below config")
	}
	defer file.Close()
	outlines, err := charts.ReadBoundaries(file, named.Code)
	if err != nil {
		return problem(err.Error())
	}
	for _, a := range p.Areas {
		if a.Parent != "" && !outlines.Has(a.Code) {
			return problem(fmt.Sprintf("there is no outline of %s, %s, by the property %q", a.Name, a.Code, named.Code))
		}
	}
	return outlines, nil
}

// where puts a map of the districts into d, by how each stands to the others: outlines where
// the partnership has them, tiles where it has those. There is none where fewer than half of
// the districts can be compared.
func (b *builder) where(s *subject, d *breakdown, figures []queries.Figure) error {
	var shown []queries.Figure
	seen := 0
	for _, f := range figures {
		if nowhere(f.Area) {
			continue
		}
		shown = append(shown, f)
		if _, ok := d.stands[f.Area]; ok {
			seen++
		}
	}
	if seen == 0 || 2*seen < len(shown) {
		return nil
	}
	c := b.mapOf(d, shown)
	if c == nil {
		return nil
	}
	svg, err := b.half(c, s.ID+"-where")
	d.Map = &districtMap{SVG: svg, Caption: b.fixed.text("place.map")}
	return err
}

// mapOf draws districts in the manner that the partnership has places for; nil for none.
func (b *builder) mapOf(d *breakdown, figures []queries.Figure) charts.Chart {
	w := inEnglish
	classes, at := w.classesOf(d, figures)
	if outlines := b.Editorial.Boundaries; outlines != nil {
		c := charts.Choropleth{Boundaries: outlines, Classes: classes, AltText: w.mapAlt("alt.map", d)}
		for _, f := range figures {
			word := standsAs(d, f)
			c.Areas = append(c.Areas, charts.Area{Code: f.Area, Name: b.areaName(f.Area), Class: at[classOf(word)], Text: w.standingOf(word)})
		}
		return c
	}
	if len(b.Partnership.Tiles) == 0 {
		return nil
	}
	c := charts.TileMap{Classes: classes, AltText: w.mapAlt("alt.tiles", d)}
	for _, f := range figures {
		tile, word := b.Partnership.Tiles[f.Area], standsAs(d, f)
		c.Tiles = append(c.Tiles, charts.Tile{Name: b.areaName(f.Area), Column: tile.Column - 1, Row: tile.Row - 1, Class: at[classOf(word)], Text: w.standingOf(word)})
	}
	return c
}

// mapAlt says in words what a map shows.
func (w words) mapAlt(key string, d *breakdown) string {
	return clip(w.text(key, "what", d.Subtitle))
}

// standingOf is how a district stands, in the words of the language; a mark is as it was.
func (w words) standingOf(word string) string {
	if classOf(word) == "" {
		return word
	}
	return w.text(stands[word])
}

// standsAs is the word of a district on a map, or the mark of a figure that is not shown.
func standsAs(d *breakdown, f queries.Figure) string {
	if f.State != queries.Shown {
		return orElse(mark(f.State), mark(queries.Suppressed))
	}
	return orElse(d.stands[f.Area], standsApart)
}

// classOf is the class of a word: a mark is that of what is not shown.
func classOf(word string) string {
	if word[0] == '[' {
		return ""
	}
	return word
}

// classesOf are the classes that a map has, and no others, with the place of each.
func (w words) classesOf(d *breakdown, figures []queries.Figure) ([]charts.Class, map[string]int) {
	used := map[string]bool{}
	for _, f := range figures {
		used[classOf(standsAs(d, f))] = true
	}
	var classes []charts.Class
	at := map[string]int{}
	for _, c := range []struct {
		word, key string
		shade     charts.Shade
	}{
		{standsHigher, "place.higher", charts.Solid}, {standsWithin, "place.similar", charts.Plain}, {standsLower, "place.lower", charts.Hatched},
		{standsApart, "stands.apart", charts.Lined}, {"", "place.withheld", charts.Withheld},
	} {
		if used[c.word] {
			at[c.word] = len(classes)
			classes = append(classes, charts.Class{Name: w.text(c.key), Shade: c.shade})
		}
	}
	return classes, at
}

// mapped is a measure's comparison of districts, nil where it has no map.
func (b *builder) mapped(s *subject) (*breakdown, error) {
	d, err := b.districts(s)
	if err != nil || d == nil || d.Map == nil {
		return nil, err
	}
	return d, nil
}
