package charts

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// measure reads the boxes of all words in the drawings of a page, and what is wrong with
// them: words over words, and words that the drawing cuts off. A box of letters is taller
// than the letters, so two may overlap by a fifth of their size, and by a unit across.
const measure = `JSON.stringify([...document.querySelectorAll('svg')].flatMap(svg => {
  const whole = svg.getBoundingClientRect(), found = [];
  const unit = whole.width / svg.viewBox.baseVal.width;
  const words = [...svg.querySelectorAll('text')].map(t => ({s: t.textContent, b: t.getBoundingClientRect(), size: parseFloat(t.getAttribute('font-size')) * unit}));
  const say = (what) => found.push(svg.parentElement.id + ': ' + what);
  if (words.some(w => w.b.width === 0 && w.s.trim() !== '')) say('words of no width');
  words.forEach((w, i) => {
    if (w.b.left < whole.left - 1.5 || w.b.right > whole.right + 1.5 || w.b.top < whole.top - w.size * .2 || w.b.bottom > whole.bottom + w.size * .2)
      say(JSON.stringify(w.s) + ' is cut off');
    words.slice(i + 1).forEach(o => {
      const dx = Math.min(w.b.right, o.b.right) - Math.max(w.b.left, o.b.left), dy = Math.min(w.b.bottom, o.b.bottom) - Math.max(w.b.top, o.b.top);
      if (dx > 1 * unit && dy > Math.min(w.size, o.size) * .2) say(JSON.stringify(w.s) + ' and ' + JSON.stringify(o.s) + ' collide');
    });
  });
  return found.concat('words ' + words.length);
}))`

// gallery is a page of every kind at every width, each in a box of its own.
func gallery(t *testing.T, all map[string]Chart, more string) string {
	t.Helper()
	d := newDrawer(t)
	var page strings.Builder
	page.WriteString(`<!doctype html><html lang="en-GB"><meta charset="utf-8"><title>Charts</title><body style="font-family: ` + fontFamily + `">`)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		for _, s := range sizesOf(all[name]) {
			svg := strings.Replace(draw(t, d, all[name], s), "<svg", fmt.Sprintf(`<svg width="%d"`, s), 1)
			fmt.Fprintf(&page, `<h2>%s at %d</h2><div id="%s-%d">%s</div>`, name, s, strings.ReplaceAll(name, " ", "-"), s, svg)
		}
	}
	file := filepath.Join(t.TempDir(), "gallery.html")
	if err := os.WriteFile(file, []byte(page.String()+more+"</body></html>"), 0o644); err != nil {
		t.Fatal(err)
	}
	return file
}

// measured is what Chromium says of the words in a page, and how many words it saw.
func measured(t *testing.T, file string) (faults []string, words int) {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	if err != nil {
		t.Fatal("chromium is not installed: `make test` installs it")
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Minute)
	defer cancel()
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir())}
	for _, flag := range []string{"headless", "no-sandbox", "disable-gpu", "no-first-run", "disable-background-networking", "disable-dev-shm-usage", "hide-scrollbars"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	defer stopAllocator()
	browser, stopBrowser := chromedp.NewContext(allocator)
	defer stopBrowser()
	if err := chromedp.Do(browser, chromedp.EmulateViewport(1280, 900), chromedp.Navigate("file://"+filepath.ToSlash(file))); err != nil {
		t.Fatal(err)
	}
	said, err := chromedp.Run(browser, chromedp.Evaluate[string](measure))
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	if err := json.Unmarshal([]byte(said), &lines); err != nil {
		t.Fatal(err)
	}
	for _, line := range lines {
		n := 0
		if _, err := fmt.Sscanf(line, "words %d", &n); err == nil {
			words += n
			continue
		}
		faults = append(faults, line)
	}
	return faults, words
}

// TestWordsKeepApartInABrowser: as Chromium sets the words, none of any kind at any width
// stands on another or is cut off.
func TestWordsKeepApartInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	all := kinds()
	for seed := range uint64(4) {
		random := rand.New(rand.NewPCG(seed, 11))
		for _, some := range []map[string]Chart{inRows(random), inPlaces(random), inTimeOrSize(random)} {
			for name, c := range some {
				all[fmt.Sprint("long ", name, seed)] = c
			}
		}
	}
	faults, words := measured(t, gallery(t, all, ""))
	for _, f := range faults {
		t.Error(f)
	}
	if words < 4000 {
		t.Errorf("the browser saw %d words: too few to be true", words)
	}
	t.Logf("%d words measured", words)
}

// TestMeasuringFindsCollisions: the measure itself sees what it looks for.
func TestMeasuringFindsCollisions(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	bad := `<div id="over"><svg width="200" viewBox="0 0 200 50"><text x="10" y="20" font-size="14">Norwich</text><text x="40" y="22" font-size="14">Broadland</text></svg></div>
		<div id="cut"><svg width="200" viewBox="0 0 200 50"><text x="180" y="20" font-size="14">Norwich</text></svg></div>
		<div id="well"><svg width="200" viewBox="0 0 200 50"><text x="10" y="14" font-size="14">Norwich</text><text x="10" y="32" font-size="14">Broadland</text></svg></div>`
	faults, _ := measured(t, gallery(t, nil, bad))
	if len(faults) != 2 || !strings.HasPrefix(faults[0], "over:") || !strings.HasPrefix(faults[1], "cut:") {
		t.Errorf("the faults found are %q, want one of words over words and one of words cut off", faults)
	}
}
