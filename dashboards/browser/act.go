package browser

import (
	"context"
	"fmt"
	"path/filepath"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Act opens one page of the site in dir under its own policy, at 1280, with its scripts running
// or not, and does each step: an expression of JavaScript, or the promise of one, that gives text.
// It gives what the steps gave, and the messages and requests of the page as Findings.
func Act(ctx context.Context, dir, name string, scripts bool, steps ...string) ([]string, []Finding, error) {
	browser, closeBrowser, err := Start(ctx, "")
	if err != nil {
		return nil, nil, err
	}
	defer closeBrowser()
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	n := &noticed{}
	if err := chromedp.Listen(tab, n.listen); err != nil {
		return nil, nil, fmt.Errorf("opening a tab for page %s: %w", name, err)
	}
	withScripts := func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		_, err := cdp.Call(ctx, t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts})
		return chromedp.Void{}, err
	}
	address := "file://" + filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(name)))
	if err := chromedp.Do(tab, enable, withScripts, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address)); err != nil {
		return nil, nil, fmt.Errorf("opening page %s: %w", name, err)
	}
	var gave []string
	for i, step := range steps {
		text, err := chromedp.Run(tab, chromedp.Evaluate[string](step, chromedp.EvalAwaitPromise))
		if err != nil {
			return nil, nil, fmt.Errorf("doing step %d on page %s: %w", i+1, name, err)
		}
		gave = append(gave, text)
	}
	var found []Finding
	for _, s := range n.heard() {
		found = append(found, Finding{name, 0, s})
	}
	return gave, found, nil
}
