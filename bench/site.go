package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

// siteName is the result's name. Its ratio is the worst of its limits, each against its bound.
const siteName = "publishing an edition: seconds cold and after a change, memory, bytes, largest page"

// The limits of an edition of eighty measures, seven districts and two audiences, on two cores.
const (
	coldSeconds   = 30.0
	changeSeconds = 5.0
	siteMB        = 700.0
	outputMB      = 40.0
	pageKB        = 200.0
)

// Site is what publishing came to: cold from nothing kept; warm with every drawing kept; and
// changed with every drawing kept, an edition before it, and the target of one measure altered.
type Site struct {
	Cold       Published `json:"cold"`
	Warm       Published `json:"warm"`
	Changed    Published `json:"changed"`
	OutputMB   float64   `json:"output_mb"`
	LargestKB  float64   `json:"largest_page_kb"`
	Pages      int       `json:"pages"`
	Charts     int       `json:"charts"`
	PagesCold  float64   `json:"pages_per_second_cold"` // of the step that draws and writes
	ChartsCold float64   `json:"charts_per_second_cold"`
	PagesWarm  float64   `json:"pages_per_second_warm"`
	ChartsWarm float64   `json:"charts_per_second_warm"`
}

// Published is what one wherry publish used; Draw is the seconds of the step that draws and writes.
type Published struct {
	Cost
	Draw float64 `json:"draw_seconds"`
}

// benchSite measures wherry publish of the sample partnership, received beforehand.
func benchSite(wherry string, times int) (Result, error) {
	dir, err := os.MkdirTemp("", "wherry-bench-")
	if err != nil {
		return Result{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	county := filepath.Join(dir, "county")
	fmt.Println("making and receiving the sample")
	for _, args := range [][]string{{"init", county}, {"sample", "--dir", county}, {"receive", "--dir", county}} {
		if _, err := cost(wherry, args...); err != nil {
			return Result{}, err
		}
	}
	var s Site
	for i := range times {
		cold, err := publishWithout(wherry, county, "published", "archive/releases", "warehouse/drawings")
		if err != nil {
			return Result{}, err
		}
		warm, err := publishWithout(wherry, county, "published", "archive/releases")
		if err != nil {
			return Result{}, err
		}
		if err := s.weigh(filepath.Join(county, "published", "editions")); err != nil {
			return Result{}, err
		}
		if err := alterTarget(county, i); err != nil {
			return Result{}, err
		}
		changed, err := publishWithout(wherry, county)
		if err != nil {
			return Result{}, err
		}
		s.Cold, s.Warm, s.Changed = quicker(i, s.Cold, cold), quicker(i, s.Warm, warm), quicker(i, s.Changed, changed)
		fmt.Printf("%d  cold %s   warm %s   changed %s\n", i+1, cold, warm, changed)
	}
	return s.result(), nil
}

func (p Published) String() string {
	return fmt.Sprintf("%.1f s (%.1f CPU s, %.0f MB, drawing %.1f s)", p.Seconds, p.CPUSeconds, p.PeakMB, p.Draw)
}

func quicker(i int, a, b Published) Published {
	if i == 0 || b.Seconds < a.Seconds {
		return b
	}
	return a
}

var drawStep = regexp.MustCompile(`(?m)^  draw .*\((\d+\.\d) s\)$`)

// publishWithout publishes once some of the county's folders are gone.
func publishWithout(wherry, county string, gone ...string) (Published, error) {
	for _, folder := range gone {
		if err := os.RemoveAll(filepath.Join(county, filepath.FromSlash(folder))); err != nil {
			return Published{}, err
		}
	}
	used, text, err := output(wherry, "publish", "--dir", county)
	if err != nil {
		return Published{}, err
	}
	m := drawStep.FindSubmatch(text)
	if m == nil {
		return Published{}, fmt.Errorf("wherry publish did not say how long it drew:\n%s", text)
	}
	took, err := strconv.ParseFloat(string(m[1]), 64)
	return Published{used, took}, err
}

// alterTarget changes what one measure is held against, a little more each time.
func alterTarget(county string, i int) error {
	path := filepath.Join(county, "queries", "measures", "information-sharing", "conferences-in-15-days.sql")
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	altered := regexp.MustCompile(`target: \{value: \d+`).ReplaceAll(text, fmt.Appendf(nil, "target: {value: %d", 99-i))
	if bytes.Equal(altered, text) {
		return fmt.Errorf("%s has no target to change", path)
	}
	return os.WriteFile(path, altered, 0o644)
}

// weigh counts what the edition in dir, the only one, holds. A chart counts once, whatever the
// widths it is drawn at.
func (s *Site) weigh(dir string) error {
	s.OutputMB, s.LargestKB, s.Pages, s.Charts = 0, 0, 0, 0
	return filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		s.OutputMB += float64(len(text)) / 1e6
		if strings.HasSuffix(path, ".html") {
			s.Pages++
			s.LargestKB = max(s.LargestKB, float64(len(text))/1e3)
			s.Charts += bytes.Count(text, []byte(`<svg class="chart narrow"`)) + bytes.Count(text, []byte(`<svg class="spark"`))
		}
		return nil
	})
}

func (s Site) result() Result {
	s.PagesCold, s.ChartsCold = float64(s.Pages)/s.Cold.Draw, float64(s.Charts)/s.Cold.Draw
	s.PagesWarm, s.ChartsWarm = float64(s.Pages)/s.Warm.Draw, float64(s.Charts)/s.Warm.Draw
	peak := max(s.Cold.PeakMB, s.Warm.PeakMB, s.Changed.PeakMB)
	worst := max(s.Cold.Seconds/coldSeconds, s.Changed.Seconds/changeSeconds, peak/siteMB, s.OutputMB/outputMB, s.LargestKB/pageKB)
	fmt.Printf("cold: %.1f pages and %.1f charts a second; warm: %.1f pages and %.1f charts a second\n", s.PagesCold, s.ChartsCold, s.PagesWarm, s.ChartsWarm)
	fmt.Printf("%d pages, %d charts, %.1f MB out (bound %.0f), largest page %.0f kB (bound %.0f)\n", s.Pages, s.Charts, s.OutputMB, outputMB, s.LargestKB, pageKB)
	fmt.Printf("cold %.1f s (bound %.0f), warm %.1f s, after a change %.1f s (bound %.0f), %.0f MB (bound %.0f): ratio %.2f (bound 1)\n",
		s.Cold.Seconds, coldSeconds, s.Warm.Seconds, s.Changed.Seconds, changeSeconds, peak, siteMB, worst)
	return Result{Name: siteName, Ratio: worst, Bound: 1, CPUSeconds: s.Cold.CPUSeconds, PeakMB: peak, Seconds: s.Cold.Seconds, Site: &s}
}
