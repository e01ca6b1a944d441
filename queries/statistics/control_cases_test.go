package statistics

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"
)

type chartCase struct {
	ID    string
	Chart string
	Input struct {
		Y, Count, N []*float64
		Freeze      int
		Exclude     []float64
		Multiply    *float64
	}
	Expected struct {
		Y, CL, LCL, UCL []*float64
		Useful          int    `json:"n_useful"`
		Longest         int    `json:"longest_run"`
		LongestMax      int    `json:"longest_run_max"`
		Crossings       int    `json:"n_crossings"`
		CrossingsMin    int    `json:"n_crossings_min"`
		Runs            bool   `json:"runs_signal"`
		Sigma           []bool `json:"sigma_signal"`
	}
}

func TestControlChartsAgainstKnownAnswers(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(casesFolder(), "spc_qic.json"))
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases      []chartCase
		Thresholds []struct {
			N       int `json:"n_useful"`
			Longest int `json:"longest_run_max"`
			Least   int `json:"crossings_min"`
		} `json:"anhoej_thresholds"`
	}
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 || len(file.Thresholds) == 0 {
		t.Fatal("spc_qic.json has no cases")
	}
	for _, c := range file.Cases {
		t.Run(c.ID, func(t *testing.T) { checkChart(t, c) })
	}
	for _, want := range file.Thresholds {
		if longest, least := runLimits(want.N); longest != want.Longest || least != want.Least {
			t.Errorf("%d useful values: got %d and %d, want %+v", want.N, longest, least, want)
		}
	}
	t.Logf("spc_qic.json: %d charts and %d thresholds run", len(file.Cases), len(file.Thresholds))
}

func checkChart(t *testing.T, c chartCase) {
	var chart Control
	y, x, n := numbers(c.Input.Y), numbers(c.Input.Count), numbers(c.Input.N)
	opts := Options{Fix: c.Input.Freeze}
	for _, at := range c.Input.Exclude {
		opts.Exclude = append(opts.Exclude, int(at)-1)
	}
	switch c.Chart {
	case "run":
		checkRun(t, c, Run(y))
		return
	case "i":
		chart = I(y, opts)
	case "mr":
		chart = MovingRange(y, opts)
	case "p":
		chart = P(x, n, opts)
	case "pp":
		chart = PPrime(x, n, opts)
	case "c":
		chart = C(x, opts)
	case "u":
		chart = U(x, n, opts)
	case "up":
		chart = UPrime(x, n, opts)
	case "t":
		chart = T(y, opts)
	case "g":
		chart = G(y, opts)
	default:
		t.Fatalf("no check for chart %q", c.Chart)
	}
	checkControl(t, c, chart, opts)
}

func checkControl(t *testing.T, c chartCase, chart Control, opts Options) {
	scale := 1.0
	if c.Input.Multiply != nil {
		scale = *c.Input.Multiply
	}
	for i, y := range c.Expected.Y {
		near(t, "value", scale*chart.Values[i], y)
		near(t, "centre", scale*chart.Centre[i], c.Expected.CL[i])
		near(t, "lower", scale*chart.Lower[i], c.Expected.LCL[i])
		near(t, "upper", scale*chart.Upper[i], c.Expected.UCL[i])
		if got := chart.Points[i].Rule == Outside; got != c.Expected.Sigma[i] {
			t.Errorf("point %d: outside is %v", i+1, got)
		}
	}
	checkRun(t, c, runsAbout(opts.masked(chart.Values, 0, len(chart.Values)), chart.Centre[0]))
}

func checkRun(t *testing.T, c chartCase, got RunChart) {
	want := RunChart{
		Centre: got.Centre, Useful: c.Expected.Useful, Longest: c.Expected.Longest, LongestMax: c.Expected.LongestMax,
		Crossings: c.Expected.Crossings, CrossingsMin: c.Expected.CrossingsMin, Signal: c.Expected.Runs,
	}
	if got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if c.Chart == "run" {
		near(t, "centre", got.Centre, c.Expected.CL[0])
	}
}

// numbers turns a missing value into NaN.
func numbers(given []*float64) []float64 {
	out := make([]float64, len(given))
	for i, v := range given {
		out[i] = math.NaN()
		if v != nil {
			out[i] = *v
		}
	}
	return out
}
