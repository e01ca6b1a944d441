package browser

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"github.com/chromedp/chromedp"
)

// NoneError says that no browser is installed, or none at Tried.
type NoneError struct{ Tried string }

func (e *NoneError) Error() string {
	if e.Tried != "" {
		return "there is no browser at " + e.Tried
	}
	return "no Chromium, Chrome or Edge is installed here"
}

// browsers are the commands and places of browsers that can be driven, by operating system.
var browsers = map[string][]string{
	"linux":   {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "microsoft-edge-stable", "/snap/bin/chromium"},
	"darwin":  {"/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge"},
	"windows": {"msedge", "chrome", `C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Microsoft\Edge\Application\msedge.exe`, `C:\Program Files\Google\Chrome\Application\chrome.exe`},
}

// Find is the browser at named or, where that is "", the first that is installed. Errors:
// *NoneError.
func Find(named string) (string, error) {
	if named != "" {
		if path, err := exec.LookPath(named); err == nil {
			return path, nil
		}
		return "", &NoneError{named}
	}
	for _, b := range browsers[runtime.GOOS] {
		if path, err := exec.LookPath(b); err == nil {
			return path, nil
		}
	}
	return "", &NoneError{}
}

// Start opens the browser that Find gives, without a network and with a profile of its own
// that goes when it is closed.
func Start(ctx context.Context, named string) (context.Context, func(), error) {
	path, err := Find(named)
	if err != nil {
		return nil, nil, err
	}
	profile, err := os.MkdirTemp("", "wherry-browser-")
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
	allocator, stopAllocator := chromedp.NewExecAllocator(ctx, options...)
	browser, stopBrowser := chromedp.NewContext(allocator)
	stop := func() {
		stopBrowser()
		stopAllocator()
		_ = os.RemoveAll(profile) // a folder left in /tmp harms nothing
	}
	if err := chromedp.Do(browser, chromedp.Navigate("about:blank")); err != nil {
		stop()
		return nil, nil, fmt.Errorf("starting %s: %w", filepath.Base(path), err)
	}
	return browser, stop, nil
}
