package charts

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strings"
	"testing"
)

// longNames are such as agencies and services have.
var longNames = []string{"Norwich", "King's Lynn and West Norfolk", "Norfolk and Norwich University Hospitals NHS Foundation Trust",
	"Adults and children who have experienced abuse and live in dispersed accommodation", "Not recorded", "Returned to Marac within twelve months of the first discussion", "Y", "Refuge"}

// someNames is n of them in some order, each with its number so that no two are alike.
func someNames(random *rand.Rand, n int) []string {
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprint(longNames[random.IntN(len(longNames))], " ", i)
	}
	return names
}

// somePart is a percentage with its words; one in five is hidden.
func somePart(random *rand.Rand) (float64, string) {
	if random.IntN(5) == 0 {
		return gap, "[c]"
	}
	v := math.Round(random.Float64() * 100)
	return v, percent(v)
}

// inRows is one of each kind that lies in rows, with long names.
func inRows(random *rand.Rand) map[string]Chart {
	n := 1 + random.IntN(7)
	names := someNames(random, n)
	bars, pairs, parts := Bars{Ceiling: 100, Unit: percent}, Dumbbell{Low: 1, High: 5, Unit: trim}, Distribution{}
	ranges, guesses, services := Intervals{Ceiling: 100, Unit: percent, Whole: &Level{40, "Norfolk 40%"}}, Estimate{Unit: trim}, Bullet{Unit: trim}
	stacks := Stacked{Parts: scale5[:5], Ceiling: 100, Unit: percent}
	for _, name := range names {
		v, said := somePart(random)
		bars.Bars = append(bars.Bars, Bar{Name: name, Value: v, Text: said})
		parts.Parts = append(parts.Parts, Part{name, v, random.Float64() * 100, said})
		ranges.Ranges = append(ranges.Ranges, Range{name, v, v - 5, v + 5, said, Similar})
		guess := said
		if said != "[c]" {
			guess = fmt.Sprintf("%.0f,000 (%.0f,000 to %.0f,000)", v, v*.8, v*1.3)
		}
		guesses.Guesses = append(guesses.Guesses, Guess{name, v * 1000, v * 800, v * 1300, guess})
		services.Services = append(services.Services, Against{name, v, random.Float64() * 100, said + " of 77 places"})
		pairs.Pairs = append(pairs.Pairs, Pair{name, 1 + v/25, 1 + v/30, map[bool]string{true: said, false: "+0.8 (0.6 to 1.0)"}[said == "[c]"]})
		stack, left := Stack{Name: name, Text: "1,240"}, 100.0
		for range 5 {
			part, words := somePart(random)
			part = math.Min(part, left)
			if words != "[c]" {
				left, words = left-part, percent(part)
			}
			stack.Values, stack.Texts = append(stack.Values, part), append(stack.Texts, words)
		}
		stacks.Stacks = append(stacks.Stacks, stack)
	}
	return map[string]Chart{"bars": bars, "dumbbell": pairs, "distribution": parts, "intervals": ranges, "estimate": guesses, "bullet": services, "stacked": stacks}
}

// inPlaces is one of each kind with panels, cells, tiles, areas or flows, with long names.
func inPlaces(random *rand.Rand) map[string]Chart {
	panels := multiplesOfDistricts()
	panels.Panels = panels.Panels[:1+random.IntN(7)]
	for i, name := range someNames(random, len(panels.Panels)) {
		panels.Panels[i].Name = name
		for k := range panels.Panels[i].Points {
			if random.IntN(3) == 0 {
				panels.Panels[i].Points[k] = Point{Axis: panels.Panels[i].Points[k].Axis, Name: "Jul 2026", Value: gap, Gap: []string{"[c]", "[x]"}[random.IntN(2)]}
			}
		}
	}
	cells := returns(1 + random.IntN(40))
	cells.Rows = someNames(random, len(cells.Rows))
	tiles := tiles(random.IntN(2) == 0)
	areas := Choropleth{Boundaries: quilt(), Areas: quiltAreas(), Classes: scale5}
	for i, name := range someNames(random, len(areas.Areas)) {
		areas.Areas[i].Name = name
		if i < len(tiles.Tiles) {
			tiles.Tiles[i].Name = name
		}
	}
	return map[string]Chart{"small multiples": panels, "heatmap": cells, "tile map": tiles, "map": areas, "sankey": someFlows(random)}
}

// inTimeOrSize is one of each kind with two axes of values or time, some of them large.
func inTimeOrSize(random *rand.Rand) map[string]Chart {
	unit := func(v float64) string { return trim(round(v)) }
	funnel := Funnel{Limits: limits, Average: Level{72, "Average 72%"}, Ceiling: 100, Unit: percent, SizeUnit: unit, Sizes: "Referrals in the year"}
	largest := math.Exp(random.Float64()*9) + 3
	for _, name := range someNames(random, 1+random.IntN(12)) {
		funnel.Units = append(funnel.Units, Unit{name, math.Ceil(random.Float64() * largest), math.Round(random.Float64() * 100), []float64{0, 0, 95, 99.8}[random.IntN(4)], random.IntN(2) == 0})
	}
	curve, day, done := Survival{Days: "Working days since referral"}, 0.0, 0.0
	for range 1 + random.IntN(6) {
		day, done = day+math.Ceil(math.Exp(random.Float64()*4)), math.Min(100, done+random.Float64()*40)
		curve.Steps = append(curve.Steps, DoneBy{day, done, math.Max(0, done-5), math.Min(100, done+5), percent(done)})
	}
	trend := Trend{Points: series36()[:1+random.IntN(36)], Target: &Level{random.Float64() * 100, "Target"}, Ceiling: math.Inf(1), Unit: unit}
	size := math.Exp(random.Float64() * 11)
	for i, p := range trend.Points {
		if !math.IsNaN(p.Value) {
			trend.Points[i].Value = math.Round(p.Value * size)
			trend.Points[i].Text = trim(trend.Points[i].Value)
		}
	}
	return map[string]Chart{"funnel": funnel, "survival": curve, "trend": trend}
}

func someFlows(random *rand.Rand) Sankey {
	var c Sankey
	for i := range 2 + random.IntN(3) {
		stage := Stage{Name: "Stage " + strings.Repeat("long ", random.IntN(4)) + fmt.Sprint(i)}
		for _, name := range someNames(random, 1+random.IntN(5)) {
			stage.Stops = append(stage.Stops, Stop{name, fmt.Sprint(random.IntN(2000))})
		}
		c.Stages = append(c.Stages, stage)
	}
	for i := range len(c.Stages) - 1 {
		for from := range c.Stages[i].Stops {
			for to := range c.Stages[i+1].Stops {
				w := Flow{i, from, to, math.Round(math.Exp(random.Float64() * 7)), ""}
				w.Text = trim(w.Value)
				if random.IntN(4) == 0 {
					w.Value, w.Text = gap, "[c]"
				}
				c.Flows = append(c.Flows, w)
			}
		}
	}
	return c
}

// TestLongNamesKeepApart draws nothing: it looks where the words of many charts would stand.
func TestLongNamesKeepApart(t *testing.T) {
	for seed := range uint64(40) {
		random := rand.New(rand.NewPCG(seed, 11))
		for _, all := range []map[string]Chart{inRows(random), inPlaces(random), inTimeOrSize(random)} {
			for name, c := range all {
				for _, s := range []Size{Wide, Mid, Narrow} {
					keptApart(t, fmt.Sprintf("%s of seed %d at %d", name, seed, s), c.place(s))
				}
			}
		}
	}
}

// TestDrawingsStaySmall: a page may hold some 200 KB, and three widths of each drawing.
func TestDrawingsStaySmall(t *testing.T) {
	long := multiplesOfDistricts()
	for i := range long.Panels {
		long.Panels[i].Points = series36()
	}
	busy := returns(12)
	for _, name := range longNames[:6] {
		busy.Rows, busy.Cells = append(busy.Rows, name), append(busy.Cells, busy.Cells[len(busy.Rows)%6])
	}
	d := newDrawer(t)
	for name, c := range map[string]Chart{"seven districts by 36 months": long, "twelve agencies by 12 months": busy, "a pathway": pathway()} {
		total := 0
		for _, s := range []Size{Wide, Mid, Narrow} {
			total += len(draw(t, d, c, s))
		}
		if t.Logf("%s: %d KB", name, total>>10); total > 110<<10 {
			t.Errorf("%s takes %d bytes in three widths", name, total)
		}
	}
}
