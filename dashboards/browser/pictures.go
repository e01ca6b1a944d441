package browser

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Pictures draws each page of the site in dir, whole, at each width, as a PNG file in out, which
// it makes: measures/rq1.html at 400 is measures-rq1-400.png. It gives the files.
func Pictures(ctx context.Context, dir, out string, widths []int, pages ...string) ([]string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("finding the site: %w", err)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return nil, fmt.Errorf("making a folder for pictures: %w", err)
	}
	browser, closeBrowser, err := Start(ctx, "")
	if err != nil {
		return nil, err
	}
	defer closeBrowser()
	var made []string
	for _, name := range pages {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(name))); err != nil {
			return nil, fmt.Errorf("finding page %s: %w", name, err)
		}
		for _, width := range widths {
			if err := chromedp.Do(browser, chromedp.EmulateViewport(int64(width), 900), chromedp.Navigate("file://"+filepath.ToSlash(filepath.Join(dir, filepath.FromSlash(name))))); err != nil {
				return nil, fmt.Errorf("opening page %s: %w", name, err)
			}
			png, err := chromedp.Run(browser, chromedp.FullScreenshot(100))
			if err != nil {
				return nil, fmt.Errorf("drawing page %s at %d: %w", name, width, err)
			}
			file := filepath.Join(out, fmt.Sprintf("%s-%d.png", strings.TrimSuffix(strings.ReplaceAll(name, "/", "-"), ".html"), width))
			if err := os.WriteFile(file, png, 0o644); err != nil {
				return nil, fmt.Errorf("writing a picture: %w", err)
			}
			made = append(made, file)
		}
	}
	return made, nil
}
