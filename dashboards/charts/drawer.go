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
	option(Size) (tree, frame, error)
}

// Drawer draws charts with ECharts. It is safe for use by several goroutines; Parallel of
// them draw at once.
type Drawer struct {
	program  *goja.Program
	machines chan *machine
	mu       sync.Mutex
	drawn    map[[sha256.Size]byte]string // raw SVG by option and size: audiences share many charts
}

// Parallel is how many charts a Drawer draws at a time.
const Parallel = 2

// machine is one JavaScript engine with ECharts loaded; nil until first used.
type machine struct {
	vm   *goja.Runtime
	draw goja.Callable
}

// NewDrawer compiles the text of echarts.min.js, which takes about a third of a second.
func NewDrawer(source []byte) (*Drawer, error) {
	program, err := goja.Compile("echarts.min.js", string(source), false)
	if err != nil {
		return nil, fmt.Errorf("compiling echarts.min.js: %w", err)
	}
	d := &Drawer{program: program, machines: make(chan *machine, Parallel), drawn: map[[sha256.Size]byte]string{}}
	for range Parallel {
		d.machines <- nil
	}
	return d, nil
}

// host gives ECharts the little of a browser that it asks for. Nothing is put off: a
// static drawing has no later. A chart object serves once: kept for the next chart it saves a
// fifth of the time, but draws points in an order that depends on what it drew before.
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
		return nil, fmt.Errorf("loading echarts.min.js: %w", err)
	}
	draw, ok := goja.AssertFunction(vm.Get("wherryDraw"))
	if !ok {
		return nil, fmt.Errorf("loading echarts.min.js: it defines no drawing function")
	}
	return &machine{vm, draw}, nil
}

// Draw gives c at a size as an SVG element to stand in a page. The id is unique on its
// page; ids inside the drawing begin with it. The label for assistive technology is c.Alt;
// a chart without one is hidden from it.
func (d *Drawer) Draw(c Chart, size Size, id string) (string, error) {
	raw, f, err := d.raw(c, size)
	if err != nil {
		return "", fmt.Errorf("drawing chart %s at %d: %w", id, size, err)
	}
	svg, err := clean(raw, attributes{id: id, class: class(size), label: c.Alt(), w: f.w, h: f.h, labels: f.words})
	if err != nil {
		return "", fmt.Errorf("cleaning chart %s at %d: %w", id, size, err)
	}
	return svg, nil
}

// File gives c as an SVG document of its own: on a white ground, under its title and
// subtitle, with the note (source, marking) at its foot.
func (d *Drawer) File(c Chart, id string, words Words) (string, error) {
	raw, f, err := d.raw(c, Wide)
	if err != nil {
		return "", fmt.Errorf("drawing chart %s: %w", id, err)
	}
	svg, err := clean(raw, attributes{id: id, label: c.Alt(), w: f.w, h: f.h, labels: f.words, words: &words})
	if err != nil {
		return "", fmt.Errorf("cleaning chart %s: %w", id, err)
	}
	return svg, nil
}

func (d *Drawer) raw(c Chart, size Size) (string, frame, error) {
	t, f, err := c.option(size)
	if err != nil {
		return "", f, err
	}
	option, err := json.Marshal(t)
	if err != nil {
		return "", f, fmt.Errorf("writing chart options: %w", err)
	}
	key := sha256.Sum256(fmt.Appendf(option[:len(option):len(option)], "|%v|%v", f.w, f.h))
	d.mu.Lock()
	svg, ok := d.drawn[key]
	d.mu.Unlock()
	if ok {
		return svg, f, nil
	}
	m := <-d.machines
	defer func() { d.machines <- m }()
	if m == nil {
		if m, err = d.start(); err != nil {
			return "", f, err
		}
	}
	v, err := m.draw(goja.Undefined(), m.vm.ToValue(string(option)), m.vm.ToValue(f.w), m.vm.ToValue(f.h))
	if err != nil {
		m = nil // an engine that threw may be half changed: the next caller starts afresh
		return "", f, fmt.Errorf("echarts: %w", err)
	}
	svg = v.String()
	d.mu.Lock()
	d.drawn[key] = svg
	d.mu.Unlock()
	return svg, f, nil
}

func class(s Size) string {
	return map[Size]string{Wide: "chart wide", Mid: "chart mid", Narrow: "chart narrow", Spark: "spark"}[s]
}
