package charts

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/dop251/goja"
)

// Chart is a kind of chart that can be drawn.
type Chart interface {
	// Alt says in words what the chart shows, for those who do not see it.
	Alt() string
	// place lays the chart out at a width: its axes, and all that is not data.
	place(Size) frame
	// option is what ECharts draws in a frame: the data. Nil where there is nothing for it
	// to draw.
	option(frame) (tree, error)
}

// checked is a kind whose parts refer to each other, and that cannot be laid out where one
// refers to nothing.
type checked interface{ check() error }

// Drawer draws charts with ECharts. It is safe for use by several goroutines; Parallel of
// them draw at once.
type Drawer struct {
	program  *goja.Program
	machines chan *machine
	engine   string
	kept     *keeper // nil for none
	mu       sync.Mutex
	drawn    map[drawingKey][]mark // audiences share many charts
	count    Count
}

// Count is how many drawings a Drawer made, and how many it took from those kept.
type Count struct{ Drawn, Kept int }

// Drawing is a chart whose data are drawn, ready for any width.
type Drawing struct {
	chart Chart
	data  []mark
	from  frame
}

// Parallel is how many charts a Drawer draws at a time.
const Parallel = 2

// machine is one JavaScript engine with ECharts loaded; nil until first used.
type machine struct {
	vm   *goja.Runtime
	draw goja.Callable
}

// NewDrawer compiles the text of ECharts, which takes about a fifth of a second.
func NewDrawer(source []byte) (*Drawer, error) {
	program, err := goja.Compile("echarts.js", string(source), false)
	if err != nil {
		return nil, fmt.Errorf("compiling ECharts: %w", err)
	}
	d := &Drawer{program: program, engine: engine(source), machines: make(chan *machine, Parallel), drawn: map[drawingKey][]mark{}}
	for range Parallel {
		d.machines <- nil
	}
	return d, nil
}

// host gives ECharts the little of a browser that it asks for. Nothing is put off: a
// static drawing has no later. A chart object serves once: kept for the next chart it saves
// little, and draws points in an order that depends on what it drew before.
const host = `
function setTimeout() { return 0 }
function clearTimeout() {}
function wherryDraw(option, width, height) {
  var chart = echarts.init(null, null, {renderer: 'svg', ssr: true, width: width, height: height});
  chart.setOption(JSON.parse(option));
  var svg = chart.renderToSVGString({useViewBox: true});
  chart.dispose();
  return svg;
}`

func (d *Drawer) start() (*machine, error) {
	vm := goja.New()
	vm.SetRandSource(func() float64 { return .5 })
	if _, err := vm.RunString(host); err != nil {
		return nil, fmt.Errorf("preparing the chart engine: %w", err)
	}
	if _, err := vm.RunProgram(d.program); err != nil {
		return nil, fmt.Errorf("loading ECharts: %w", err)
	}
	draw, ok := goja.AssertFunction(vm.Get("wherryDraw"))
	if !ok {
		return nil, fmt.Errorf("loading ECharts: it defines no drawing function")
	}
	return &machine{vm, draw}, nil
}

// Draw has ECharts draw the data of c, once for all widths. The id names the chart in errors.
func (d *Drawer) Draw(c Chart, id string) (*Drawing, error) {
	if k, ok := c.(checked); ok {
		if err := k.check(); err != nil {
			return nil, fmt.Errorf("drawing chart %s: %w", id, err)
		}
	}
	f := c.place(Reference)
	data, err := d.data(c, f)
	if err != nil {
		return nil, fmt.Errorf("drawing chart %s: %w", id, err)
	}
	return &Drawing{c, data, f}, nil
}

// SVG is the drawing at a width, as an element to stand in a page. The label for assistive
// technology is the chart's Alt; a chart without one is hidden from it.
func (d *Drawing) SVG(size Size) string {
	return finish(d.data, d.from, d.chart.place(size), attributes{class: class(size), label: d.chart.Alt()})
}

// File is the drawing as an SVG document of its own: on a white ground, under its title and
// subtitle, with the notes (source, marking) at its foot.
func (d *Drawing) File(words Words) string {
	return finish(d.data, d.from, d.chart.place(Wide), attributes{label: d.chart.Alt(), words: &words})
}

func (d *Drawer) data(c Chart, f frame) ([]mark, error) {
	t, err := c.option(f)
	if err != nil || t == nil {
		return nil, err
	}
	option, err := json.Marshal(t)
	if err != nil {
		return nil, fmt.Errorf("writing chart options: %w", err)
	}
	key := drawingKey(sha256.Sum256(fmt.Appendf(option[:len(option):len(option)], "|%v|%v|%s", f.w, f.h, d.engine)))
	d.mu.Lock()
	ms, ok := d.drawn[key]
	d.mu.Unlock()
	if ok {
		return ms, nil
	}
	if ms, err = d.marks(key, string(option), f); err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.drawn[key] = ms
	d.mu.Unlock()
	return ms, nil
}

// marks is the shapes of an option in a frame, from a kept drawing where there is one.
func (d *Drawer) marks(key drawingKey, option string, f frame) ([]mark, error) {
	if d.kept != nil {
		if raw, ok := d.kept.take(key); ok {
			d.tally(Count{Kept: 1})
			return marks(raw)
		}
	}
	raw, err := d.raw(option, f)
	if err != nil {
		return nil, err
	}
	ms, err := marks(raw)
	if err == nil && d.kept != nil {
		d.kept.keep(key, raw)
	}
	d.tally(Count{Drawn: 1})
	return ms, err
}

func (d *Drawer) tally(c Count) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.count.Drawn, d.count.Kept = d.count.Drawn+c.Drawn, d.count.Kept+c.Kept
}

// Count is of all that d has drawn so far.
func (d *Drawer) Count() Count {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.count
}

// raw is what ECharts' own server-side renderer gives.
func (d *Drawer) raw(option string, f frame) (string, error) {
	m := <-d.machines
	defer func() { d.machines <- m }()
	var err error
	if m == nil {
		if m, err = d.start(); err != nil {
			return "", err
		}
	}
	v, err := m.draw(goja.Undefined(), m.vm.ToValue(option), m.vm.ToValue(f.w), m.vm.ToValue(f.h))
	if err != nil {
		m = nil // an engine that threw may be half changed: the next caller starts afresh
		return "", fmt.Errorf("echarts: %w", err)
	}
	return v.String(), nil
}

func class(s Size) string {
	return map[Size]string{Wide: "chart wide", Mid: "chart mid", Narrow: "chart narrow", Spark: "spark"}[s]
}
