package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// patience bounds what one page may take, on a busy machine.
const patience = 3 * time.Minute

// noticed collects what a page does of itself.
type noticed struct {
	mu   sync.Mutex
	said []string
}

func (n *noticed) add(format string, args ...any) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.said = append(n.said, fmt.Sprintf(format, args...))
}

func (n *noticed) listen(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		if u := e.Request.URL; !strings.HasPrefix(u, "file:") && !strings.HasPrefix(u, "data:") && u != "about:blank" {
			n.add("asks for %s", u)
		}
	case *network.EventLoadingFailed:
		n.add("a request was not met: %s", e.ErrorText)
	case *log.EventEntryAdded:
		n.add("console: %s", e.Entry.Text)
	case *runtime.EventConsoleAPICalled:
		n.add("console: a message of type %s", e.Type)
	case *runtime.EventExceptionThrown:
		n.add("console: %s", e.ExceptionDetails.Text)
	}
}

func (n *noticed) heard() []string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]string{}, n.said...)
}

// enable asks the browser to tell of requests and messages.
func enable(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	if _, err := cdp.Call(ctx, t, network.Enable, network.EnableParams{}); err != nil {
		return chromedp.Void{}, err
	}
	if _, err := cdp.Call(ctx, t, log.Enable, cdp.Empty{}); err != nil {
		return chromedp.Void{}, err
	}
	_, err := cdp.Call(ctx, t, runtime.Enable, cdp.Empty{})
	return chromedp.Void{}, err
}

// withoutPolicy lets a script of ours into pages that allow none.
func withoutPolicy(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true})
	return chromedp.Void{}, err
}

// look opens one page under its own policy and notes what it does, then again without the
// policy to put the checkers into it.
func look(browser context.Context, dir, name, checks string) ([]Finding, int, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	address := "file://" + filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(name)))
	n := &noticed{}
	if err := chromedp.Listen(tab, n.listen); err != nil {
		return nil, 0, fmt.Errorf("opening a tab for page %s: %w", name, err)
	}
	if err := chromedp.Do(tab, enable, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address)); err != nil {
		return nil, 0, fmt.Errorf("opening page %s: %w", name, err)
	}
	moved, err := moves(tab, address)
	if err != nil {
		return nil, 0, fmt.Errorf("asking what moved on page %s: %w", name, err)
	}
	var found []Finding
	if moved != "" {
		found = append(found, Finding{name, 0, "moves after it is first drawn: " + moved})
	}
	for _, s := range n.heard() {
		found = append(found, Finding{name, 0, s})
	}
	if err := chromedp.Do(tab, withoutPolicy, chromedp.Navigate(address), chromedp.Evaluate[chromedp.Void](checks)); err != nil {
		return nil, 0, fmt.Errorf("putting the checkers into page %s: %w", name, err)
	}
	rules := 0
	for _, width := range Widths() {
		fs, passed, err := atWidth(tab, name, width)
		if err != nil {
			return nil, 0, err
		}
		found, rules = append(found, fs...), rules+passed
	}
	return found, rules, nil
}

// shifts is what moved after it was first drawn, by the browser's own account.
const shifts = `new Promise(done => {
  const seen = [];
  const watch = new PerformanceObserver(list => seen.push(...list.getEntries()));
  watch.observe({type: 'layout-shift', buffered: true});
  requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(() => done(seen.concat(watch.takeRecords()).filter(s => s.value > 0).map(s => s.value.toFixed(4) + ' ' + s.sources.map(x => x.node && x.node.nodeName)).join('; ')))));
})`

// moves is what moves each time the open page is drawn, or "". Once is no fault: a busy machine
// may draw a page that it has half read.
func moves(tab context.Context, address string) (string, error) {
	moved, err := chromedp.Run(tab, chromedp.Evaluate[string](shifts, chromedp.EvalAwaitPromise))
	for again := 0; err == nil && moved != "" && again < 2; again++ {
		if err = chromedp.Do(tab, chromedp.Navigate(address)); err == nil {
			moved, err = chromedp.Run(tab, chromedp.Evaluate[string](shifts, chromedp.EvalAwaitPromise))
		}
	}
	return moved, err
}

// runBoth runs axe-core's rules of WCAG 2.2 AA and of good practice, then HTML_CodeSniffer's of
// WCAG 2 AA as pa11y does: errors alone, and none of the words of charts, whose ground it cannot
// see. It gives a short account. Colours are the same in every window: axe, which takes half its
// time for them, looks at them in the widest alone, and HTML_CodeSniffer in each.
const runBoth = `axe.run(document, {preload: false, resultTypes: ['violations'], rules: {'color-contrast': {enabled: window.innerWidth >= 1280}},
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
}).then(r => new Promise((done, failed) => HTMLCS.process('WCAG2AA', document, () => done(r), failed))).then(r => JSON.stringify({
  passed: r.passes.length,
  wide: document.documentElement.scrollWidth,
  room: window.innerWidth,
  wrong: r.violations.map(v => v.id + ': ' + v.help + ' [' + v.nodes.length + '] ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | ')).concat(
    HTMLCS.getMessages().filter(m => m.type === HTMLCS.ERROR && !(m.element.closest && m.element.closest('svg.chart text'))).map(m => m.code + ': ' + m.msg + ' ' + (m.element.outerHTML || '').slice(0, 160)))
}))`

func atWidth(tab context.Context, name string, width int) ([]Finding, int, error) {
	if err := chromedp.Do(tab, chromedp.EmulateViewport(int64(width), 900)); err != nil {
		return nil, 0, fmt.Errorf("setting the width of page %s to %d: %w", name, width, err)
	}
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](runBoth, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, 0, fmt.Errorf("running the checkers on page %s at %d: %w", name, width, err)
	}
	var account struct {
		Passed     int
		Wide, Room int
		Wrong      []string
	}
	if err := json.Unmarshal([]byte(text), &account); err != nil {
		return nil, 0, fmt.Errorf("reading the checkers' account of page %s: %w", name, err)
	}
	var found []Finding
	for _, w := range account.Wrong {
		found = append(found, Finding{name, width, w})
	}
	if account.Wide > account.Room {
		found = append(found, Finding{name, width, fmt.Sprintf("scrolls sideways: %d wide", account.Wide)})
	}
	return found, account.Passed, nil
}
