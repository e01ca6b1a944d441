package pack

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"time"

	"github.com/chromedp/chromedp"
)

// patience bounds what starting a browser and printing may take.
const patience = 5 * time.Minute

// NoBrowserError says that nothing is installed that could print.
type NoBrowserError struct{ Tried string }

func (e *NoBrowserError) Error() string {
	if e.Tried != "" {
		return "there is no browser at " + e.Tried
	}
	return "no Chromium, Chrome or Edge is installed here, and making a PDF or a PNG needs one"
}

// browsers are the commands and places of browsers that can print, by operating system.
var browsers = map[string][]string{
	"linux":   {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "/snap/bin/chromium"},
	"darwin":  {"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"},
	"windows": {"msedge", "chrome", `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Google\Chrome\Application\chrome.exe`},
}

// locate is the browser at named, or the first that is installed.
func locate(named string) (string, error) {
	if named != "" {
		if path, err := exec.LookPath(named); err == nil {
			return path, nil
		}
		return "", &NoBrowserError{named}
	}
	for _, b := range browsers[runtime.GOOS] {
		if path, err := exec.LookPath(b); err == nil {
			return path, nil
		}
	}
	return "", &NoBrowserError{}
}

// open starts a browser with a profile of its own and without a network.
func open(ctx context.Context, named string) (context.Context, func(), error) {
	path, err := locate(named)
	if err != nil {
		return nil, nil, err
	}
	profile, err := os.MkdirTemp("", "wherry-pack-")
	if err != nil {
		return nil, nil, fmt.Errorf("making a browser profile: %w", err)
	}
	options := []chromedp.ExecAllocatorOption{chromedp.ExecPath(path), chromedp.UserDataDir(profile), chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND")}
	for _, flag := range []string{"headless", "disable-gpu", "no-first-run", "disable-background-networking", "disable-component-update", "disable-sync", "disable-dev-shm-usage", "hide-scrollbars"} {
		options = append(options, chromedp.Flag(flag, true))
	}
	if os.Geteuid() == 0 { // Chromium refuses its sandbox to root
		options = append(options, chromedp.Flag("no-sandbox", true))
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	tab, stopTab := chromedp.NewContext(allocator)
	stop := func() {
		stopTab()
		stopAllocator()
		cancel()
		_ = os.RemoveAll(profile) // a folder left behind harms nothing
	}
	if err := chromedp.Do(tab, chromedp.Navigate("about:blank")); err != nil {
		stop()
		return nil, nil, fmt.Errorf("starting %s: %w", filepath.Base(path), err)
	}
	return tab, stop, nil
}

// printed is a document as a PDF by its own style for print: tagged, with an outline of its
// headings.
func printed(tab context.Context, file string) ([]byte, error) {
	if err := chromedp.Do(tab, chromedp.Navigate(address(file))); err != nil {
		return nil, fmt.Errorf("opening the pack: %w", err)
	}
	pdf, err := chromedp.Run(tab, chromedp.PrintToPDF(chromedp.PDFPreferCSSPageSize(), chromedp.PDFPrintBackground(), chromedp.PDFOutlineAndTagged()))
	if err != nil {
		return nil, fmt.Errorf("printing the pack: %w", err)
	}
	return pdf, nil
}

var side = regexp.MustCompile(`/Type\s*/Page\b`)

// sides is how many sides of paper a PDF has.
func sides(pdf []byte) int { return len(side.FindAll(pdf, -1)) }

var box = regexp.MustCompile(`viewBox="0 0 (\d+(?:\.\d+)?) (\d+(?:\.\d+)?)"`)

// picture is an SVG as a PNG, at twice its size.
func picture(tab context.Context, file string) ([]byte, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading a chart: %w", err)
	}
	size := box.FindSubmatch(text)
	if size == nil {
		return nil, fmt.Errorf("%s says no size", filepath.Base(file))
	}
	width, errW := strconv.ParseFloat(string(size[1]), 64)
	height, errH := strconv.ParseFloat(string(size[2]), 64)
	if err := errors.Join(errW, errH); err != nil {
		return nil, fmt.Errorf("%s says no size: %w", filepath.Base(file), err)
	}
	if err := chromedp.Do(tab, chromedp.EmulateViewport(int64(width), int64(height), chromedp.EmulateScale(2)), chromedp.Navigate(address(file))); err != nil {
		return nil, fmt.Errorf("opening %s: %w", filepath.Base(file), err)
	}
	png, err := chromedp.Run(tab, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, fmt.Errorf("drawing %s: %w", filepath.Base(file), err)
	}
	return png, nil
}

func address(file string) string { return "file://" + filepath.ToSlash(file) }
