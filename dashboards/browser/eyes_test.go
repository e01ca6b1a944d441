package browser

import (
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLookFindsWhatItLooksFor: marks that differ in hue alone, and a chart or picture without a ground.
func TestLookFindsWhatItLooksFor(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: no browser is started")
	}
	mark := func(name, colour string) string {
		return `<li><svg class="key-icon" width="24" height="16"><rect width="24" height="16" fill="` + colour + `"/></svg>` + name + `</li>`
	}
	dir := t.TempDir()
	for name, text := range map[string]string{
		"index.html": `<!doctype html><html lang="en"><title>x</title><body><a href="#main">Skip</a><main id="main"><ul class="key">` + mark("Green", "#008000") + mark("Red", "#d00000") + mark("Black", "#000") +
			`</ul><svg class="chart" aria-label="Bare" width="50" height="50"></svg></main></body></html>`,
		"charts/bare.svg": `<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><circle cx="20" cy="20" r="9"/></svg>`,
	} {
		file := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, stop, err := Start(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	defer stop()
	seen, err := Look(b, filepath.Join(dir, "index.html"), Way{Grey: true})
	if err != nil {
		t.Fatal(err)
	}
	if said := strings.Join(seen.Wrong, "\n"); len(seen.Wrong) != 2 || !strings.Contains(said, `"Green" and "Red" look the same`) || !strings.Contains(said, "Bare") {
		t.Errorf("got %q, want the two colours and the bare chart", said)
	}
	ground, err := Ground(b, filepath.Join(dir, "charts", "bare.svg"))
	if err != nil || color.GrayModel.Convert(ground).(color.Gray).Y > 5 {
		t.Errorf("a picture without a ground lies on %v, %v, want the dark page", ground, err)
	}
	if at, err := FollowSkip(b, filepath.Join(dir, "index.html")); err != nil || at != "" {
		t.Errorf("a main part that takes no focus has it: %q, %v", at, err)
	}
}
