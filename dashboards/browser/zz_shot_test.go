package browser

import (
	"context"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

func TestZZShot(t *testing.T) {
	spec := os.Getenv("SHOT") // file|width|out;...
	if spec == "" {
		t.Skip("none")
	}
	b, stop, err := start(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	for _, one := range strings.Split(spec, ";") {
		p := strings.Split(one, "|")
		if strings.HasSuffix(p[2], ".pdf") {
			pdf, err := PDF(b, p[0])
			if err != nil {
				t.Fatal(err)
			}
			os.WriteFile(p[2], pdf, 0o644)
			continue
		}
		w, _ := strconv.Atoi(p[1])
		tab, done := chromedp.NewContext(b)
		if err := chromedp.Do(tab, chromedp.EmulateViewport(int64(w), 900), chromedp.Navigate("file://"+p[0])); err != nil {
			t.Fatal(err)
		}
		png, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
		if err != nil {
			t.Fatal(err)
		}
		os.WriteFile(p[2], png, 0o644)
		done()
	}
}
