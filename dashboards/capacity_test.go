package dashboards

import (
	"strings"
	"testing"
)

// TestAgenciesByQuarter: a line to each agency by name, a cell to each quarter, a mark where a
// figure is hidden, and a table that says the same.
func TestAgenciesByQuarter(t *testing.T) {
	dir := written(t, madeUp("board"))
	page := read(t, dir, "measures", "ap3.html")
	section := part(t, page, `<h2 id="by-agency-over-time">`, "</section>")
	holds(t, "the section", section, "By agency over time", `<th scope="col" class="n">Jul to Sep 2026</th>`, "in the order of their names")
	last := -1
	for _, name := range []string{"Children’s services", "Leeway", "NIDAS", "Norfolk Constabulary", "Training hub", "Not recorded"} {
		at := strings.Index(section, `<th scope="row">`+name)
		if name == "Children’s services" && at < 0 {
			at = strings.Index(section, `<th scope="row">Children&#39;s services`)
		}
		if at <= last {
			t.Errorf("%s is not in its place", name)
		}
		last = at
	}
	if n := strings.Count(part(t, section, `<th scope="row">Leeway`, "</tr>"), "[c]"); n != panelQuarters {
		t.Errorf("an agency that is hidden has %d marks", n)
	}
	svgs := drawingsOf(page, "Heatmap")
	if len(svgs) != 2 {
		t.Fatalf("there are %d heatmaps", len(svgs))
	}
	for _, svg := range svgs {
		if strings.Count(svg, ">[c]</text>") != panelQuarters {
			t.Error("the hidden agency is not hidden in the drawing")
		}
	}
	if strings.Contains(read(t, dir, "measures", "rq1.html"), "Heatmap") {
		t.Error("a measure that compares no agencies has a heatmap")
	}
	if len(page) > 200<<10 {
		t.Errorf("the page is %d bytes", len(page))
	}
}

// TestCapacityIsABullet: what is in use stands against what there is room for.
func TestCapacityIsABullet(t *testing.T) {
	page := read(t, written(t, madeUp("board")), "measures", "ap3.html")
	section := part(t, page, `<h2 id="by-team">`, "</section>")
	holds(t, "the section", section, "#k-in-use", "#k-room", "Returns owed that arrived on time")
	svgs := drawingsOf(section, "Bullet chart")
	if len(svgs) != 2 || len(drawingsOf(page, "Bullet chart")) != 2 {
		t.Fatalf("there are %d bullet charts", len(svgs))
	}
	row := part(t, section, `<th scope="row">North`, "</tr>")
	cells := strings.Split(row, `<td class="n">`)
	all, met := strings.TrimSuffix(strings.TrimSpace(cells[1]), "</td>"), strings.TrimSuffix(strings.TrimSpace(cells[2]), "</td>")
	for _, svg := range svgs {
		holds(t, "the drawing", svg, met+" of "+all+" (", ">[c]</text>")
	}
}
