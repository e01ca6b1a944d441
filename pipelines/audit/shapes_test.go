package audit

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// svgOf parses a drawing.
func svgOf(t *testing.T, inside string) *html.Node {
	t.Helper()
	doc, err := html.Parse(strings.NewReader("<html><body><svg>" + inside + "</svg></body></html>"))
	if err != nil {
		t.Fatal(err)
	}
	return find(doc, is("svg"))[0]
}

// The parts of drawings below: a legend of two classes, and shapes in its shades.
const (
	samples = `<path d="M0 0L26 0L26 15L0 15Z" fill="#FFFFFF" stroke-width="1"></path><text x="34" y="7.5" text-anchor="start">Under 20%</text>
		<path d="M0 30L26 30L26 45L0 45Z" fill="#12436D" stroke-width="1"></path><text x="34" y="37.5" text-anchor="start">20% and over</text>`
	dashes = ` fill="#FFFFFF" stroke-width="1" stroke-dasharray="4 3"`
	dark   = ` fill="#12436D" stroke-width="1"`
)

func area(at, look, title string) string {
	return `<path d="M` + at + ` 100L90 100L90 150Z"` + look + `><title>` + title + `</title></path>`
}

func TestMapsAreHeldAgainstTheirRows(t *testing.T) {
	rows := []row{{areaName: "Norwich", value: "41.0"}, {areaName: "Broadland"}}
	good := samples + area("10", dark, "Norwich: 41%, 20% and over") + area("20", dashes, "Broadland: [c]") + `<text x="30" y="120" text-anchor="middle">41%</text>`
	for why, inside := range map[string]string{
		"":                                  good,
		"a map shades an area":              strings.Replace(good, dashes+"><title>Broadland", dark+"><title>Broadland", 1),
		"a map shades an area ":             strings.Replace(good, "Broadland: [c]", "Broadland: [c], Under 20%", 1),
		"a map shades an area whose":        strings.Replace(good, "Broadland: [c]", "Broadland: 14%", 1),
		"a map shows an area otherwise":     strings.Replace(good, "Norwich: 41%", "Norwich: 44%", 1),
		"a map has a shape that says":       good + `<path d="M10 100L90 100L90 150Z"` + dark + `></path>`,
		"a map has an area that the table":  good + area("10", dark, "Breckland: 41%, 20% and over"),
		"a map has a number that is not pr": good + `<text x="30" y="130" text-anchor="middle">14%</text>`,
	} {
		svg := svgOf(t, inside)
		got := readDrawing(svg).mapShows(rows, readShapes(svg))
		if (got == "") != (why == "") || !strings.HasPrefix(got, strings.TrimSpace(why)) {
			t.Errorf("got %q, want %q", got, why)
		}
	}
}

func TestHeatmapsAreHeldAgainstTheirTable(t *testing.T) {
	cell := func(x, look, word string) string {
		return `<path d="M` + x + `0 60L` + x + `8 60L` + x + `8 80L` + x + `0 80Z"` + look + `></path><text x="` + x + `4" y="70" text-anchor="middle">` + word + `</text>`
	}
	good := samples + cell("1", dark, "41%") + cell("2", dashes, "[c]") + cell("3", dark, "L")
	for why, inside := range map[string]string{
		"":                              good,
		"a heatmap shades a cell":       good + cell("4", dark, "[c]"),
		"a heatmap has a number":        good + cell("4", dark, "14%"),
		"a heatmap has a cell without ": good + `<path d="M70 60L78 60L78 80L70 80Z"` + dark + `></path>`,
	} {
		svg := svgOf(t, inside)
		got := readDrawing(svg).cellsShow([]float64{41}, readShapes(svg))
		if (got == "") != (why == "") || !strings.HasPrefix(got, why) {
			t.Errorf("got %q, want %q", got, why)
		}
	}
}

func TestFlowsAreHeldAgainstTheirTable(t *testing.T) {
	band := func(y, under, look, title string) string {
		return `<path d="M12 ` + y + `C50 ` + y + ` 50 ` + y + ` 100 ` + y + `L100 ` + under + `C50 ` + under + ` 50 ` + under + ` 12 ` + under + `Z"` + look + `><title>` + title + `</title></path>`
	}
	post := func(x, y, right, under string) string {
		return `<path d="M` + x + ` ` + y + `L` + right + ` ` + y + `L` + right + ` ` + under + `L` + x + ` ` + under + `Z" fill="#12436D"></path>`
	}
	good := band("20", "60", ` fill="#9DB4CB"`, "A to B: 80") + band("60", "80", ` fill="#9DB4CB"`, "A to C: 40") + band("80", "89", dashes, "A to D: [c]") + post("0", "20", "12", "89") +
		`<text x="0" y="5" text-anchor="start">1</text><text x="20" y="40" text-anchor="start">80</text>`
	for why, inside := range map[string]string{
		"": good,
		"a flow chart has a band that is not as ": strings.Replace(good, "A to C: 40", "A to C: 44", 1),
		"a flow chart has a bar that is taller":   good + post("0", "20", "12", "99"),
		"a flow chart has hidden bands":           good + band("89", "93", dashes, "A to E: [c]") + post("0", "20", "12", "93"),
		"a flow chart has a number that is not":   good + `<text x="20" y="70" text-anchor="start">17</text>`,
		"a flow chart has a band that does not":   strings.Replace(good, "A to D: [c]", "A to D: 17", 1),
		"a flow chart has a number that is not p": strings.Replace(good, "A to C: 40", "A to C: 17", 1),
		"a flow chart has a band that says":       strings.Replace(good, "A to D: [c]", "", 1),
	} {
		svg := svgOf(t, inside)
		got := readDrawing(svg).flowsShow([]float64{80, 40, 44}, readShapes(svg))
		if (got == "") != (why == "") || !strings.HasPrefix(got, why) {
			t.Errorf("got %q, want %q", got, why)
		}
	}
}

// TestAFlowMayBeTheSumOfThoseThatLeaveItsBar, and of nothing else that is not printed.
func TestAFlowMayBeTheSumOfThoseThatLeaveItsBar(t *testing.T) {
	band := func(x, y, right, under, title string) string {
		return `<path d="M` + x + ` ` + y + `C50 ` + y + ` 50 ` + y + ` ` + right + ` ` + y + `L` + right + ` ` + under + `C50 ` + under + ` 50 ` + under + ` ` + x + ` ` + under + `Z" fill="#9DB4CB"><title>` + title + `</title></path>`
	}
	good := band("12", "20", "100", "80", "A to B: 120") + band("112", "20", "200", "60", "B to C: 80") + band("112", "60", "200", "80", "B to D: 40") +
		`<path d="M100 20L112 20L112 80L100 80Z" fill="#12436D"></path><text x="0" y="5" text-anchor="start">1</text><text x="120" y="50" text-anchor="start">120</text>`
	for why, inside := range map[string]string{
		"":                                      good,
		"a flow chart has a number that is not": strings.ReplaceAll(good, "120", "121"),
		"a flow chart has a number that is not printed": band("12", "20", "100", "80", "A to B: 120"),
	} {
		svg := svgOf(t, inside)
		if got := readDrawing(svg).flowsShow([]float64{80, 40}, readShapes(svg)); (got == "") != (why == "") || !strings.HasPrefix(got, why) {
			t.Errorf("got %q, want %q", got, why)
		}
	}
}

func TestStacksAreHeldAgainstTheirTable(t *testing.T) {
	ticks := `<text x="10" y="90" text-anchor="middle">0%</text><text x="60" y="90" text-anchor="middle">50%</text><text x="110" y="90" text-anchor="middle">100%</text>`
	part := func(x, w string) string {
		return `<rect x="` + x + `" y="5" width="` + w + `" height="9"></rect>`
	}
	piece := func(x, right string) string {
		return `<path d="M` + x + ` 5L` + right + ` 5L` + right + ` 14L` + x + ` 14Z"` + dashes + `></path>`
	}
	good := ticks + part("10", "30") + part("40", "20") + piece("63", "90")
	for why, inside := range map[string]string{
		"":                               good,
		"a stacked bar has a gap":        ticks + part("10", "30") + part("50", "20"),
		"a stacked bar has a gap ":       ticks + part("22", "30"),
		"the drawing has a bar that is ": good + part("60", "12"),
		"a stacked bar has hidden parts": good + piece("100", "112"),
		"the auditor cannot read":        part("10", "30"),
	} {
		svg := svgOf(t, inside)
		d := readDrawing(svg)
		got := d.stacksShow(d.across(), []float64{30, 20}, readShapes(svg))
		if (got == "") != (why == "") || !strings.HasPrefix(got, strings.TrimSpace(why)) {
			t.Errorf("got %q, want %q", got, why)
		}
	}
}

// TestALineThatBendsWithoutAPointIsRefused: in small charts, too, a line may show a value.
func TestALineThatBendsWithoutAPointIsRefused(t *testing.T) {
	s := spoilt("count", func(s *single) {
		s.rows = nil
		for _, dates := range []string{"2025-10-01,2025-12-31", "2026-01-01,2026-03-31", "2026-04-01,2026-06-30"} {
			value := ",20,,,20,20,,"
			if strings.HasPrefix(dates, "2026-01") {
				value = ",,,,,,c,c"
			}
			s.rows = append(s.rows, "quarter,"+dates+",W,,"+value)
		}
	})
	page := func(line string) string {
		return `<section><h2 id="part">Part</h2><p class="subtitle">What, W</p><table class="data"><tr><th scope="col">Quarter</th><th scope="col">Number</th></tr><tr><th scope="row">Apr to Jun 2026</th><td>20</td></tr></table>
			<svg class="chart" aria-label="Small multiples. Of it."><text x="40" y="10" text-anchor="start">Area W</text><text x="30" y="80" text-anchor="end">0</text><text x="30" y="60" text-anchor="end">20</text><text x="30" y="40" text-anchor="end">40</text>
			<text x="40" y="95" text-anchor="start">Q3 2025-26</text><text x="100" y="95" text-anchor="end">Q1 2026-27</text>
			<path d="M0 0" transform="matrix(2,0,0,2,50,60)"></path><path d="M0 0" transform="matrix(2,0,0,2,90,60)"></path><path d="` + line + `" fill="none" stroke-width="1.6"></path></svg></section>`
	}
	for line, ok := range map[string]bool{"M50 60L90 60": true, "M50 60L70 77L90 60": false} {
		s.page = page(line)
		refused := ""
		for _, f := range s.audited(t).Findings {
			if f.Rule == RuleDrawing {
				refused = f.String()
			}
		}
		if (refused == "") != ok {
			t.Errorf("%s: %q", line, refused)
		}
	}
}

// TestLevelAndUpright: a line to a place along or up is read as one to a point.
func TestLevelAndUpright(t *testing.T) {
	shapes := func(d string) []shape {
		return readShapes(svgOf(t, `<path d="`+d+`" fill="none" stroke-width="1.6"/>`))
	}
	short, long := shapes("M2 3H26.5V-15L4 4V7H2ZM50 60V70H-3"), shapes("M2 3L26.5 3L26.5 -15L4 4L4 7L2 7ZM50 60L50 70L-3 70")
	if len(short) != 1 || len(short[0].rings) != 2 || !slices.EqualFunc(short[0].rings, long[0].rings, slices.Equal) {
		t.Errorf("%v is read, want %v", short, long)
	}
}

// TestANameOnTwoLinesIsOnePanel: the rest of a name may be the name of another area.
func TestANameOnTwoLinesIsOnePanel(t *testing.T) {
	at := func(y float64, s string) word { return word{point{40, y}, "start", s} }
	d := drawing{words: []word{at(10, "King's Lynn and West"), at(26, "Norfolk"), at(42, "Jul to Sep 2026: 41%"), at(200, "North Norfolk"), at(300, "Norfolk")}}
	m := &measure{rows: []row{{areaName: "Norfolk"}, {areaName: "King's Lynn and West Norfolk"}, {areaName: "North Norfolk"}}}
	var names []string
	for _, p := range d.panels(m) {
		names = append(names, p.area)
	}
	if want := []string{"King's Lynn and West Norfolk", "North Norfolk", "Norfolk"}; !slices.Equal(names, want) {
		t.Errorf("the panels are %v, want %v", names, want)
	}
}
