package charts

import (
	"encoding/json"
	"fmt"
	"math"

	echarts "github.com/go-echarts/go-echarts/v2/charts"
	"github.com/go-echarts/go-echarts/v2/opts"
)

// tree is an ECharts option, or a part of one.
type tree = map[string]any

// chart is what go-echarts' kinds have in common.
type chart interface {
	Validate()
	JSON() map[string]any
}

// common is the part of the option that no kind decides: nothing moves.
func common() []echarts.GlobalOpts {
	return []echarts.GlobalOpts{
		echarts.WithAnimation(false),
		echarts.WithInitializationOpts(opts.Initialization{ChartID: "chart"}),
	}
}

// plain is the option of c as a tree that can be patched, in the axes of f, without what the
// page says in its own words. Axes are not shown: the furniture draws them.
func plain(c chart, f frame) (tree, error) {
	c.Validate()
	b, err := json.Marshal(c.JSON())
	if err != nil {
		return nil, fmt.Errorf("writing chart options: %w", err)
	}
	var t tree
	if err := json.Unmarshal(b, &t); err != nil {
		return nil, fmt.Errorf("reading chart options back: %w", err)
	}
	for _, unused := range []string{"toolbox", "title", "legend", "tooltip", "color"} {
		delete(t, unused)
	}
	t["grid"], t["xAxis"], t["yAxis"] = axes(f)
	for _, s := range t["series"].([]any) {
		s.(tree)["silent"], s.(tree)["emphasis"], s.(tree)["clip"] = true, tree{"disabled": true}, false
		gaps(s.(tree))
	}
	return t, nil
}

// axes are those of a frame: where its plot lies, and what runs along and up it.
func axes(f frame) (grid, x, y tree) {
	grid = tree{"left": f.left, "right": f.right, "top": f.top, "bottom": f.bottom, "containLabel": false, "outerBoundsMode": "none"}
	value := tree{"type": "value", "show": false, "min": f.low, "max": f.high}
	slots := tree{"type": "category", "show": false, "data": f.slotNames(), "boundaryGap": true}
	switch {
	case f.slots == 0:
		return grid, tree{"type": "value", "show": false, "min": f.acrossLow, "max": f.acrossHigh}, value
	case f.rows:
		slots["inverse"] = true
		return grid, value, slots
	}
	return grid, slots, value
}

// values are a series' data, nil where there is no number: never 0.
func values(vs []float64) []opts.LineData {
	data := make([]opts.LineData, len(vs))
	for i, v := range vs {
		if !math.IsNaN(v) {
			data[i].Value = v
		}
	}
	return data
}

func bars(vs []float64) []opts.BarData {
	data := make([]opts.BarData, len(vs))
	for i, v := range vs {
		if !math.IsNaN(v) {
			data[i].Value = v
		}
	}
	return data
}

// series is the nth series of an option.
func series(t tree, n int) tree {
	return t["series"].([]any)[n].(tree)
}

// gaps puts null in place of the empty objects that go-echarts writes for a nil value.
func gaps(s tree) {
	data, _ := s["data"].([]any)
	for i, d := range data {
		if m, ok := d.(tree); ok && m["value"] == nil {
			data[i] = nil
		}
	}
}
