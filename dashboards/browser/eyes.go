package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Way is how a reader's screen shows a page.
type Way struct {
	Feature, Value string // a feature of media, as style sheets name it
	Grey           bool   // without colour, as some eyes and printers have it
}

// Ways are those that every page must bear.
var Ways = []Way{{Feature: "forced-colors", Value: "active"}, {Feature: "prefers-color-scheme", Value: "dark"}, {Grey: true}} //nolint:misspell // as style sheets name it

func (w Way) String() string {
	if w.Grey {
		return "without colour"
	}
	return w.Feature + ": " + w.Value
}

// drawn is the marks that must be told apart, as boxes in the page: those of one key, and each icon once; and
// what is wrong with the ground of a chart.
const drawn = `(() => {
  const boxes = [], seen = new Set(), wrong = [];
  const box = (e, group, name) => { const b = e.getBoundingClientRect(); if (b.width && b.height) boxes.push({group, name, x: b.left + scrollX, y: b.top + scrollY, w: b.width, h: b.height}); };
  document.querySelectorAll('main ul.key').forEach((key, i) => key.querySelectorAll('.key-icon').forEach(e => box(e, 'key ' + i, e.parentElement.textContent.trim())));
  document.querySelectorAll('main svg.icon use').forEach(u => { const name = u.getAttribute('href'); if (!seen.has(name)) { seen.add(name); box(u.parentElement, 'icons', name); } });
  document.querySelectorAll('main svg.chart').forEach(c => { const s = getComputedStyle(c);
    if (s.display !== 'none' && (s.backgroundColor !== 'rgb(255, 255, 255)' || s.forcedColorAdjust !== 'none')) wrong.push('a chart has the ground ' + s.backgroundColor + ': ' + c.getAttribute('aria-label').slice(0, 60)); });
  const charts = [...document.querySelectorAll('main svg.chart')].filter(c => getComputedStyle(c).display !== 'none').length;
  return JSON.stringify({boxes, wrong, charts});
})()`

type drawnBox struct {
	Group, Name string
	X, Y, W, H  float64
}

// Seen is what a page shows in a way of seeing it.
type Seen struct {
	Charts, Marks int
	Wrong         []string
}

// Look opens a page as a reader sees it in a way, and holds its charts to a ground of their own and its marks to
// be told apart.
func Look(browser context.Context, file string, way Way) (Seen, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if err := chromedp.Do(tab, way.emulate, chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+filepath.ToSlash(file))); err != nil {
		return Seen{}, fmt.Errorf("opening %s: %w", filepath.Base(file), err)
	}
	said, err := chromedp.Run(tab, chromedp.Evaluate[string](drawn))
	if err != nil {
		return Seen{}, fmt.Errorf("reading %s: %w", filepath.Base(file), err)
	}
	var found struct {
		Boxes  []drawnBox
		Wrong  []string
		Charts int
	}
	if err := json.Unmarshal([]byte(said), &found); err != nil {
		return Seen{}, err
	}
	picture, err := screen(tab)
	if err != nil {
		return Seen{}, fmt.Errorf("drawing %s: %w", filepath.Base(file), err)
	}
	seen := Seen{found.Charts, len(found.Boxes), found.Wrong}
	for i, a := range found.Boxes {
		for _, b := range found.Boxes[:i] {
			if a.Group == b.Group && !apart(picture, a, b) {
				seen.Wrong = append(seen.Wrong, fmt.Sprintf("%q and %q look the same", b.Name, a.Name))
			}
		}
	}
	return seen, nil
}

// Ground is the colour of a picture's corner where it stands on a dark page.
func Ground(browser context.Context, file string) (color.Color, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	place := `(async () => { document.body.style.cssText = 'margin:0;background:#000'; const i = new Image(); i.src = ` + fmt.Sprintf("%q", "file://"+filepath.ToSlash(file)) + `; await i.decode(); document.body.replaceChildren(i); return '' })()`
	dir := "file://" + filepath.ToSlash(filepath.Join(filepath.Dir(filepath.Dir(file)), "index.html"))
	if err := chromedp.Do(tab, Ways[1].emulate, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(dir)); err != nil {
		return nil, fmt.Errorf("opening a page for %s: %w", filepath.Base(file), err)
	}
	if _, err := chromedp.Run(tab, chromedp.Evaluate[string](place, chromedp.EvalAwaitPromise)); err != nil {
		return nil, fmt.Errorf("placing %s: %w", filepath.Base(file), err)
	}
	picture, err := screen(tab)
	if err != nil {
		return nil, err
	}
	return picture.At(3, 3), nil
}

// emulate sets the way before a page is opened.
func (w Way) emulate(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	if w.Grey {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedVisionDeficiency, emulation.SetEmulatedVisionDeficiencyParams{Type: emulation.SetEmulatedVisionDeficiencyTypeAchromatopsia})
		return chromedp.Void{}, err
	}
	_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: w.Feature, Value: w.Value}}})
	return chromedp.Void{}, err
}

func screen(tab context.Context) (image.Image, error) {
	data, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
	if err != nil {
		return nil, err
	}
	return png.Decode(bytes.NewReader(data))
}

// leastApart is how many points of two marks must differ in grey, by a quarter of all there is, for people to
// tell them apart at a glance.
const leastApart = 8

func apart(picture image.Image, a, b drawnBox) bool {
	differ := 0
	for y := range int(min(a.H, b.H)) {
		for x := range int(min(a.W, b.W)) {
			one, other := greyAt(picture, a, x, y), greyAt(picture, b, x, y)
			if one-other > 64 || other-one > 64 {
				differ++
			}
		}
	}
	return differ >= leastApart
}

func greyAt(picture image.Image, in drawnBox, x, y int) int {
	return int(color.GrayModel.Convert(picture.At(int(in.X)+x, int(in.Y)+y)).(color.Gray).Y)
}

// FollowSkip presses Tab and Enter on a page, as one does to skip its head, and gives the id of what has the focus.
func FollowSkip(browser context.Context, file string) (string, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if err := chromedp.Do(tab, focused, chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+filepath.ToSlash(file)), chromedp.KeyEvent("\t"), chromedp.KeyEvent("\r")); err != nil {
		return "", fmt.Errorf("skipping the head of %s: %w", filepath.Base(file), err)
	}
	return chromedp.Run(tab, chromedp.Evaluate[string](`document.activeElement.id`))
}
