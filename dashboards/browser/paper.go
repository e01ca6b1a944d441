package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"regexp"

	"github.com/chromedp/chromedp"
)

// PDF prints a page as its own print style asks: tagged, with an outline of its headings. browser
// is what Start gives.
func PDF(browser context.Context, file string) ([]byte, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if err := chromedp.Do(tab, chromedp.Navigate("file://"+filepath.ToSlash(file))); err != nil {
		return nil, fmt.Errorf("opening page %s: %w", filepath.Base(file), err)
	}
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFOutlineAndTagged()))
	if err != nil {
		return nil, fmt.Errorf("printing page %s: %w", filepath.Base(file), err)
	}
	return pdf, nil
}

var side = regexp.MustCompile(`/Type\s*/Page\b`)

// Sides is how many sides of paper a PDF that Chromium made has.
func Sides(pdf []byte) int { return len(side.FindAll(pdf, -1)) }

// Picture is a drawing of so many units as a PNG, at twice its size.
func Picture(browser context.Context, file string, width, height int64) ([]byte, error) {
	tab, closeTab := chromedp.NewContext(browser)
	defer closeTab()
	tab, cancel := context.WithTimeout(tab, patience)
	defer cancel()
	if err := chromedp.Do(tab, chromedp.EmulateViewport(width, height, chromedp.EmulateScale(2)), chromedp.Navigate("file://"+filepath.ToSlash(file))); err != nil {
		return nil, fmt.Errorf("opening %s: %w", filepath.Base(file), err)
	}
	png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, fmt.Errorf("drawing %s: %w", filepath.Base(file), err)
	}
	return png, nil
}
