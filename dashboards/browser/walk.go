package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// stops numbers what the keyboard can reach, in the order of the text, and gives how many there are.
const stops = `(() => {
  window.stops = [...document.querySelectorAll('a[href], button, input, summary, [tabindex="0"]')].filter(e => e.checkVisibility() && getComputedStyle(e).visibility !== 'hidden');
  document.activeElement.blur();
  return String(window.stops.length);
})()`

// stop is the number of the element that has the focus, and what is wrong with it.
const stop = `(() => {
  const e = document.activeElement, at = window.stops.indexOf(e), style = getComputedStyle(e), box = e.getBoundingClientRect();
  const outlined = style.outlineStyle === 'auto' || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  let wrong = '';
  if (at >= 0 && !outlined) wrong = 'shows no focus';
  if (at >= 0 && (box.width === 0 || box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)) wrong = 'has the focus out of sight';
  return at + '|' + wrong + '|' + (e.outerHTML || '').slice(0, 120);
})()`

// Walk goes through each page by the Tab key: all that can be reached is, in the order of the text,
// in sight and outlined, and nothing keeps the focus.
func Walk(ctx context.Context, dir string, pages ...string) ([]Finding, error) {
	browser, closeBrowser, err := Start(ctx, "")
	if err != nil {
		return nil, err
	}
	defer closeBrowser()
	var found []Finding
	for _, name := range pages {
		tab, closeTab := chromedp.NewContext(browser)
		wrong, err := walk(tab, "file://"+filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(name))))
		closeTab()
		if err != nil {
			return nil, fmt.Errorf("walking page %s: %w", name, err)
		}
		for _, w := range wrong {
			found = append(found, Finding{name, 1280, w})
		}
	}
	return found, nil
}

// focused makes a tab the one that has the keyboard.
func focused(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
	_, err := cdp.Call(ctx, t, emulation.SetFocusEmulationEnabled, emulation.SetFocusEmulationEnabledParams{Enabled: true})
	return chromedp.Void{}, err
}

func walk(tab context.Context, address string) ([]string, error) {
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if err := chromedp.Do(tab, focused, chromedp.EmulateViewport(1280, 900), chromedp.Navigate(address)); err != nil {
		return nil, err
	}
	text, err := chromedp.Run(tab, chromedp.Evaluate[string](stops))
	if err != nil {
		return nil, err
	}
	var count int
	if _, err := fmt.Sscan(text, &count); err != nil {
		return nil, err
	}
	var wrong []string
	for want := range count {
		account, err := tabOn(tab)
		if err != nil {
			return nil, err
		}
		at, rest, _ := strings.Cut(account, "|")
		fault, element, _ := strings.Cut(rest, "|")
		if at != fmt.Sprint(want) {
			return append(wrong, fmt.Sprintf("stop %d of %d by the Tab key is number %s in the text: %s", want, count, at, element)), nil
		}
		if fault != "" {
			wrong = append(wrong, fault+": "+element)
		}
	}
	account, err := tabOn(tab)
	if err == nil && strings.HasPrefix(account, fmt.Sprint(count-1)+"|") {
		wrong = append(wrong, "the last stop keeps the focus: "+account)
	}
	return wrong, err
}

func tabOn(tab context.Context) (string, error) {
	if err := chromedp.Do(tab, chromedp.KeyEvent("\t")); err != nil {
		return "", err
	}
	return chromedp.Run(tab, chromedp.Evaluate[string](stop))
}
