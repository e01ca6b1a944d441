package charts

import (
	"encoding/json"
	"fmt"
	"html"
	"math"
	"strconv"

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

// plain is the option of c as a tree that can be patched, without what the page says in its
// own words.
func plain(c chart) (tree, error) {
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
	return t, nil
}

func (f frame) grid() tree {
	return tree{"left": f.left, "right": f.right, "top": f.top, "bottom": f.bottom, "containLabel": false, "outerBoundsMode": "none"}
}

// valueAxis is the axis of f's scale, without labels of its own.
func (f frame) valueAxis() tree {
	return tree{
		"type": "value", "min": f.low, "max": f.high, "interval": f.step,
		"axisLine": tree{"show": false}, "axisTick": tree{"show": false}, "axisLabel": tree{"show": false},
		"splitLine": tree{"lineStyle": tree{"color": Grid, "width": 1}},
	}
}

// slotAxis is a category axis without labels of its own: which are shown, and where, is
// settled by the kind, so that none is lost and none overlaps.
func (f frame) slotAxis(ink string) tree {
	names := make([]string, f.slots)
	for i := range names {
		names[i] = strconv.Itoa(i)
	}
	return tree{
		"type": "category", "data": names, "boundaryGap": true,
		"axisLine": tree{"show": ink != "", "onZero": false, "lineStyle": tree{"color": ink, "width": 1}},
		"axisTick": tree{"show": false}, "axisLabel": tree{"show": false}, "splitLine": tree{"show": false},
	}
}

// text is one line of text at a point. Align is left, middle or right; the line's middle
// stands at y.
type text struct {
	s     string
	x, y  float64
	size  float64
	align string
	bold  bool
	ink   string
	halo  bool // stands on the plot: a white edge keeps lines from running into it
}

func (t text) box() box {
	w, x := width(t.s, t.size, t.bold), t.x
	switch t.align {
	case "middle":
		x -= w / 2
	case "right":
		x -= w
	}
	return box{x, t.y - t.size*.55, x + w, t.y + t.size*.55}
}

// svg is the label as an element. dy, not dominant-baseline, which office programs ignore.
func (t text) svg() string {
	anchor := map[string]string{"left": "start", "middle": "middle", "right": "end"}[t.align]
	weight := ""
	if t.bold {
		weight = ` font-weight="bold"`
	}
	if t.halo {
		weight += ` stroke="` + Ground + `" stroke-width="3" stroke-linejoin="round" paint-order="stroke"`
	}
	return fmt.Sprintf(`<text x="%s" y="%s" dy=".35em" text-anchor="%s" font-size="%s"%s fill="%s">%s</text>`,
		trim(round(t.x)), trim(round(t.y)), anchor, trim(t.size), weight, t.ink, html.EscapeString(t.s))
}

// stroke is a straight line between two points of the view box. Lines and bands are graphic
// elements, not ECharts' mark lines, which take four times as long: their places are known.
func stroke(x1, y1, x2, y2 float64, style tree) tree {
	return tree{"type": "line", "silent": true, "z": 2, "shape": tree{"x1": round(x1), "y1": round(y1), "x2": round(x2), "y2": round(y2)}, "style": style}
}

// level is a line across the plot at height v, from x1 to its right edge, on whole pixels.
func (f frame) level(v, x1 float64, style tree) tree {
	y := math.Round(f.y(v)-.5) + .5
	return stroke(x1, y, f.plotRight(), y, style)
}

// band fills the plot between two heights, from x1 to its right edge.
func (f frame) band(low, high, x1 float64) tree {
	return tree{"type": "rect", "silent": true, "z": 0,
		"shape": tree{"x": round(x1), "y": round(f.y(high)), "width": round(f.plotRight() - x1), "height": round(f.y(low) - f.y(high))},
		"style": tree{"fill": Band}}
}

// dashes is the style of a line; a nil pattern is a solid one.
func dashes(ink string, width float64, pattern []float64) tree {
	style := tree{"stroke": ink, "lineWidth": width}
	if pattern != nil {
		style["lineDash"] = pattern
	}
	return style
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

func round(v float64) float64 { return math.Round(v*100) / 100 }
