package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"regexp"
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
// policy to put axe-core into it.
func look(browser context.Context, dir, name, axe string) ([]Finding, int, error) {
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
	var found []Finding
	for _, s := range n.heard() {
		found = append(found, Finding{name, 0, s})
	}
	if err := chromedp.Do(tab, withoutPolicy, chromedp.Navigate(address), chromedp.Evaluate[chromedp.Void](axe)); err != nil {
		return nil, 0, fmt.Errorf("putting axe-core into page %s: %w", name, err)
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

// runAxe runs the rules of WCAG 2.2 AA and of good practice, and gives a short account.
const runAxe = `axe.run(document, {preload: false, resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
}).then(r => JSON.stringify({
  passed: r.passes.length,
  wide: document.documentElement.scrollWidth,
  room: window.innerWidth,
  wrong: r.violations.map(v => v.id + ': ' + v.help + ' [' + v.nodes.length + '] ' + v.nodes.slice(0, 3).map(n => n.html.slice(0, 160) + ' ' + n.failureSummary).join(' | '))
}))`

func atWidth(tab context.Context, name string, width int) ([]Finding, int, error) {
	if err := chromedp.Do(tab, chromedp.EmulateViewport(int64(width), 900)); err != nil {
		return nil, 0, fmt.Errorf("setting the width of page %s to %d: %w", name, width, err)
	}
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](runAxe, chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, 0, fmt.Errorf("running axe-core on page %s at %d: %w", name, width, err)
	}
	var account struct {
		Passed     int
		Wide, Room int
		Wrong      []string
	}
	if err := json.Unmarshal([]byte(text), &account); err != nil {
		return nil, 0, fmt.Errorf("reading axe-core's account of page %s: %w", name, err)
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

var sheet = regexp.MustCompile(`/Type\s*/Page\b`)

// paper is how many sheets a page prints on, by its own print style.
func paper(browser context.Context, dir, name string) (int, error) {
	pdf, err := PDF(browser, filepath.Join(dir, filepath.FromSlash(name)))
	return len(sheet.FindAll(pdf, -1)), err
}

// PDF prints a page as its own print style asks. browser is a chromedp context.
func PDF(browser context.Context, file string) ([]byte, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if err := chromedp.Do(tab, chromedp.Navigate("file://"+filepath.ToSlash(file))); err != nil {
		return nil, fmt.Errorf("opening page %s: %w", filepath.Base(file), err)
	}
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground()))
	if err != nil {
		return nil, fmt.Errorf("printing page %s: %w", filepath.Base(file), err)
	}
	return pdf, nil
}
