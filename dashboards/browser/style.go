package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"

	"github.com/chromedp/chromedp"
)

// matching gives which selectors of a style sheet an open page has something for. What stands for
// a moment (the pointer, the focus) or is made by the style itself is left out of a selector.
const matching = `((css) => {
  const sheet = new CSSStyleSheet(), all = new Set();
  sheet.replaceSync(css);
  const gather = rules => { for (const r of rules) { if (r.selectorText) all.add(r.selectorText); if (r.cssRules) gather(r.cssRules); } };
  gather(sheet.cssRules);
  const each = list => { let deep = 0, one = ''; const ones = []; for (const c of list) { if (c === '(') deep++; if (c === ')') deep--; if (c === ',' && !deep) { ones.push(one.trim()); one = ''; } else one += c; } return ones.concat(one.trim()); };
  for (const d of document.querySelectorAll('details')) d.open = true;
  const selectors = [...new Set([...all].flatMap(each))];
  const still = s => s.replace(/::?(hover|focus-visible|focus|target|before|after)/g, '') || '*';
  return JSON.stringify({all: selectors, met: selectors.filter(s => document.querySelector(still(s)))});
})(%s)`

// Unmatched gives the selectors of a style sheet that match nothing on any page of the sites, in
// their order.
func Unmatched(ctx context.Context, css string, dirs ...string) ([]string, error) {
	browser, closeBrowser, err := Start(ctx, "")
	if err != nil {
		return nil, err
	}
	defer closeBrowser()
	quoted, err := json.Marshal(css)
	if err != nil {
		return nil, fmt.Errorf("quoting the style sheet: %w", err)
	}
	var found struct{ All, Met []string }
	met := map[string]bool{}
	for _, dir := range dirs {
		pages, err := pagesOf(dir)
		if err != nil {
			return nil, err
		}
		for _, p := range pages {
			address := "file://" + filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(p)))
			if err := chromedp.Do(browser, chromedp.Navigate(address)); err != nil {
				return nil, fmt.Errorf("opening page %s: %w", p, err)
			}
			text, err := chromedp.Run(browser, chromedp.Evaluate[string](fmt.Sprintf(matching, quoted)))
			if err != nil {
				return nil, fmt.Errorf("matching page %s: %w", p, err)
			}
			if err := json.Unmarshal([]byte(text), &found); err != nil {
				return nil, fmt.Errorf("reading what page %s matches: %w", p, err)
			}
			for _, s := range found.Met {
				met[s] = true
			}
		}
	}
	var none []string
	for _, s := range found.All {
		if !met[s] {
			none = append(none, s)
		}
	}
	return none, nil
}
