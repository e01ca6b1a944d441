package audit

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
)

// told are the columns of a data file that figures.json gives row by row; what it tells of
// periods, areas, measures and series once must be so of every row.
var told = []string{"period", "value", "low", "high", "numerator", "base", "marker_value", "marker_base"}

// checkJSON holds figures.json against the data files line by line. What is there is compared
// as bytes: a member or a space too many is found, too.
func (c *copies) checkJSON(r *Report, file string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	given := bytes.Split(text, []byte("\n"))
	at := 0
	next := func(want, where string) {
		r.Checked++
		if at >= len(given) || string(given[at]) != want {
			r.add(c.folder+"/data/"+jsonFile, where, RuleCopy, "a line is not what the data files say")
		}
		at++
	}
	next("{", "head")
	for _, h := range c.head() {
		next(asJSON(h[0])+": "+asJSON(h[1])+",", h[0])
	}
	if err := c.checkRows(r, next); err != nil {
		return err
	}
	for _, end := range []string{"]", "}", ""} {
		next(end, "end")
	}
	if at < len(given) {
		r.add(c.folder+"/data/"+jsonFile, "end", RuleCopy, "it goes on after its rows")
	}
	return nil
}

// checkRows holds what figures.json tells once, and then its rows, against the data files.
func (c *copies) checkRows(r *Report, next func(want, where string)) error {
	periods, areas := c.meanings()
	for _, of := range []meanings{periods, areas} {
		next(asJSON(of.name)+": {", of.name)
		for i, key := range of.keys {
			next(asJSON(key)+": "+of.of[key]+comma(i < len(of.keys)-1), of.name+" "+key)
		}
		next("},", of.name)
	}
	names, err := json.Marshal(told)
	if err != nil {
		return err
	}
	next(`"columns": `+string(names)+",", "columns")
	next(`"measures": [`, "measures")
	for i, t := range c.tables {
		id := t.measure.ID
		whole, category := t.units()
		next(fmt.Sprintf(`{"measure": %s, "title": %s, "unit": %s, "category_unit": %s, "series": [`, asJSON(id), asJSON(t.title()), asJSON(whole), asJSON(category)), id)
		all := t.series()
		for j, lines := range all {
			first := lines[0]
			next(fmt.Sprintf(`{"area": %s, "breakdown": %s, "category": %s, "figures": [`, orNull(first[5]), orNull(first[7]), orNull(first[8])), id+" "+first[5])
			for k, l := range lines {
				where := id + " " + strings.TrimSpace(strings.Join([]string{l[1], l[5], l[7], l[8]}, " "))
				next(jsonRow(l)+comma(k < len(lines)-1), where)
				unit := whole
				if l[7] != "" {
					unit = category
				}
				if l[0] != id || l[10] != unit || periods.of[l[1]] != periodOf(l) || areas.of[l[5]] != asJSON(l[6]) {
					r.add(c.folder+"/data/"+jsonFile, where, RuleCopy, "what it says once is not so of every row of the data files")
				}
			}
			next("]}"+comma(j < len(all)-1), id)
		}
		next("]}"+comma(i < len(c.tables)-1), id)
	}
	return nil
}

// series is the lines of a data file by area, breakdown and category, in the order of the first of each.
func (t dataTable) series() [][][]string {
	var order []string
	of := map[string][][]string{}
	for _, l := range t.lines {
		key := strings.Join([]string{l[5], l[7], l[8]}, "\x00")
		if of[key] == nil {
			order = append(order, key)
		}
		of[key] = append(of[key], l)
	}
	var all [][][]string
	for _, key := range order {
		all = append(all, of[key])
	}
	return all
}

func comma(more bool) string {
	if more {
		return ","
	}
	return ""
}

// meanings are what figures.json says of periods or areas: JSON by key, keys in order.
type meanings struct {
	name string
	keys []string
	of   map[string]string
}

// meanings are those of the first row that names a period or an area.
func (c *copies) meanings() (periods, areas meanings) {
	periods, areas = meanings{"periods", nil, map[string]string{}}, meanings{"areas", nil, map[string]string{}}
	for _, t := range c.tables {
		for _, l := range t.lines {
			periods.add(l[1], periodOf(l))
			areas.add(l[5], asJSON(l[6]))
		}
	}
	return periods, areas
}

func (m *meanings) add(key, of string) {
	if _, there := m.of[key]; !there {
		m.keys, m.of[key] = append(m.keys, key), of
	}
}

func periodOf(l []string) string {
	return "[" + strings.Join([]string{asJSON(l[2]), asJSON(l[3]), asJSON(l[4])}, ",") + "]"
}

// title is the measure's, as text that no spreadsheet takes for a formula.
func (t dataTable) title() string {
	if t.Title != "" && strings.ContainsRune("=+-@\t\r", rune(t.Title[0])) {
		return "'" + t.Title
	}
	return t.Title
}

// units are those of the rows without a breakdown, and with one.
func (t dataTable) units() (whole, category string) {
	whole = t.Unit
	if i := slices.IndexFunc(t.lines, func(l []string) bool { return l[7] == "" }); i >= 0 {
		whole = t.lines[i][10]
	}
	if t.Kind == "distribution" {
		return whole, "percent"
	}
	return whole, whole
}

func asJSON(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		panic("a string that is no JSON: " + err.Error()) // Marshal makes every string valid
	}
	return string(text)
}

func orNull(text string) string {
	if text == "" {
		return "null"
	}
	return asJSON(text)
}

// jsonRow is a line as figures.json has it: what is empty at its end is left out.
func jsonRow(l []string) string {
	var cells []string
	end := len(l)
	for end > 0 && l[end-1] == "" {
		end--
	}
	for i, text := range l[:end] {
		switch name := columns[i]; {
		case !slices.Contains(told, name):
		case text != "" && (slices.Contains(fractions, name) || slices.Contains(counts, name)):
			cells = append(cells, text)
		default:
			cells = append(cells, orNull(text))
		}
	}
	return "[" + strings.Join(cells, ",") + "]"
}
