package statistics

import (
	"encoding/json"
	"strconv"
	"testing"
)

// fourLimits are the names of 95% and 99.8% limits in the files of known answers.
var fourLimits = []struct {
	name       string
	confidence float64
}{{"95_0cl", 0.95}, {"99_8cl", 0.998}}

// nearWithin compares to a relative (or, below 1, absolute) tolerance.
func nearWithin(t *testing.T, what string, got float64, want *float64, tolerance float64) {
	t.Helper()
	if want != nil && side(got, *want) != 0 && !(abs(got-*want) <= tolerance*max(1, abs(*want))) {
		t.Errorf("%s: got %.12g, want %.12g", what, got, *want)
	} else if want == nil {
		near(t, what, got, want)
	}
}

func abs(v float64) float64 { return max(v, -v) }

func checkMean(t *testing.T, c knownCase) {
	in := decode[struct{ Values []float64 }](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	m, sd := MeanSD(in.Values)
	near(t, "mean", m, want["value"])
	near(t, "deviation", sd, want["stdev"])
	for _, l := range fourLimits {
		lo, hi := MeanT(int64(len(in.Values)), m, sd, l.confidence)
		near(t, "lower "+l.name, lo, want["lower"+l.name])
		near(t, "upper "+l.name, hi, want["upper"+l.name])
	}
}

type standardCase struct {
	Count      []int64
	Repeated   map[string][]int64 `json:"people_with_k_events"`
	Pop        []float64
	StdPop     []float64
	Observed   int64
	RefCount   []int64
	RefPop     []float64
	Multiplier float64
}

func (in standardCase) bands(t *testing.T) []Band {
	bands := make([]Band, len(in.Pop))
	for i := range bands {
		repeats := Repeats{}
		if in.Repeated == nil {
			repeats[1] = in.Count[i]
		}
		for times, people := range in.Repeated {
			k, err := strconv.Atoi(times)
			if err != nil {
				t.Fatal(err)
			}
			repeats[k] = people[i]
		}
		bands[i] = Band{repeats.Events(), repeats.Squares(), in.Pop[i], in.StdPop[i]}
	}
	return bands
}

func checkDSR(t *testing.T, c knownCase) {
	in := decode[standardCase](t, c.Input)
	raw := decode[map[string]any](t, c.Expected)
	delete(raw, "statistic")
	want := numbersOf(raw)
	for _, l := range fourLimits {
		got := DSR(in.bands(t), in.Multiplier, l.confidence)
		events := float64(got.Events)
		nearWithin(t, "events", events, want["total_count"], 1e-9)
		nearWithin(t, "rate", got.Value, want["value"], 1e-9)
		nearWithin(t, "lower "+l.name, got.Low, want["lower"+l.name], 1e-9)
		nearWithin(t, "upper "+l.name, got.High, want["upper"+l.name], 1e-9)
	}
}

// numbersOf keeps numbers; a null stays a nil.
func numbersOf(raw map[string]any) map[string]*float64 {
	out := map[string]*float64{}
	for name, v := range raw {
		if f, ok := v.(float64); ok {
			out[name] = &f
		}
	}
	return out
}

func checkISR(t *testing.T, c knownCase) {
	in := decode[standardCase](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	var bands []Reference
	for i := range in.Pop {
		bands = append(bands, Reference{in.RefCount[i], in.RefPop[i], in.Pop[i]})
	}
	for _, l := range fourLimits {
		got := ISR(in.Observed, bands, in.Multiplier, l.confidence)
		value, lo, hi := got.Rate, got.Low, got.High
		if c.Kind == "smr" {
			value, lo, hi = got.Ratio, got.RatioLow, got.RatioHigh
		}
		near(t, "expected", got.Expected, want["expected"])
		near(t, "value", value, want["value"])
		near(t, "lower "+l.name, lo, want["lower"+l.name])
		near(t, "upper "+l.name, hi, want["upper"+l.name])
	}
}

func checkDifference(t *testing.T, c knownCase) {
	in := decode[struct {
		X1, N1, X2, N2 int64
		Confidence     float64
	}](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	diff, lo, hi := NewcombeDifference(in.X1, in.N1, in.X2, in.N2, in.Confidence)
	near(t, "difference", diff, want["diff"])
	near(t, "lower", lo, want["lower"])
	near(t, "upper", hi, want["upper"])
}

func checkRatio(t *testing.T, c knownCase) {
	in := decode[struct {
		X1, X2             int64
		T1, T2, Confidence float64
	}](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	ratio, lo, hi := RateRatio(in.X1, in.T1, in.X2, in.T2, in.Confidence)
	near(t, "ratio", ratio, want["ratio"])
	near(t, "lower", lo, want["lower"])
	near(t, "upper", hi, want["upper"])
}

func checkRepeats(t *testing.T, c knownCase) {
	in := decode[struct {
		People                 map[int]int64 `json:"people_with_k_events"`
		Population, Confidence float64
	}](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	got := CompoundPoisson(in.People, in.Population, 1000, in.Confidence)
	near(t, "events", float64(got.Events), want["events"])
	near(t, "people", float64(got.People), want["people"])
	near(t, "rate", got.Rate, want["rate_per_1000"])
	near(t, "lower", got.Low, want["lower"])
	near(t, "upper", got.High, want["upper"])
	near(t, "dispersion", got.Dispersion, want["dispersion"])
	_, lo, hi := PoissonRateAt(got.Events, in.Population, 1000, in.Confidence)
	near(t, "naive lower", lo, want["naive_lower"])
	near(t, "naive upper", hi, want["naive_upper"])
}

// funnelTolerance is that of the package's own bisection.
const funnelTolerance = 2e-6

func checkFunnel(t *testing.T, c knownCase) {
	in := decode[struct{ N, Average float64 }](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	f := FunnelProportion(in.Average, in.N)
	nearWithin(t, "lower 95", 100*f.Lower95, want["Lower2s0025limit"], funnelTolerance)
	nearWithin(t, "upper 95", 100*f.Upper95, want["Upper2s0025limit"], funnelTolerance)
	nearWithin(t, "lower 99.8", 100*f.Lower998, want["Lower3s0001limit"], funnelTolerance)
	nearWithin(t, "upper 99.8", 100*f.Upper998, want["Upper3s0001limit"], funnelTolerance)
}

// significance is a place outside limits as the package words it.
func significance(level float64, high bool) string {
	way := "Low"
	if high {
		way = "High"
	}
	switch level {
	case 95:
		return way + " (0.025)"
	case 99.8:
		return way + " (0.001)"
	}
	return "Not significant"
}

func checkFunnelOutside(t *testing.T, c knownCase) {
	in := decode[struct {
		Average float64
		Rows    []struct{ X, N float64 }
	}](t, c.Input)
	for i, want := range decode[[]string](t, c.Expected) {
		row := in.Rows[i]
		level, high := FunnelProportion(in.Average, row.N).Outside(row.X / row.N)
		if got := significance(level, high); got != want {
			t.Errorf("row %d: got %s, want %s", i, got, want)
		}
	}
}

func checkRatioOutside(t *testing.T, c knownCase) {
	in := decode[struct {
		Rows []struct{ Observed, Expected float64 }
	}](t, c.Input)
	for i, want := range decode[[]string](t, c.Expected) {
		row := in.Rows[i]
		level, high := OutsideRatio(int64(row.Observed), row.Expected)
		if got := significance(level, high); got != want {
			t.Errorf("row %d: got %s, want %s", i, got, want)
		}
		level, high = FunnelRate(1, row.Expected).Outside(row.Observed / row.Expected)
		if got := significance(level, high); got != want {
			t.Errorf("row %d: drawn limits say %s, want %s", i, got, want)
		}
	}
}

func checkFunnelRatio(t *testing.T, c knownCase) {
	in := decode[struct{ Observed float64 }](t, c.Input)
	want := decode[map[string]*json.Number](t, c.Expected)
	number := func(name string) *float64 {
		if want[name] == nil {
			return nil
		}
		f, err := want[name].Float64()
		if err != nil {
			t.Fatal(err)
		}
		return &f
	}
	f := FunnelRatio(int64(in.Observed))
	for prefix, ratio := range map[string]float64{"lower_2s": f.Lower95, "upper_2s": f.Upper95, "lower_3s": f.Lower998, "upper_3s": f.Upper998} {
		nearWithin(t, prefix+" expected", in.Observed/ratio, number(prefix+"_exp_events"), funnelTolerance)
		// A ratio over a small bound shares the bound's error, which is absolute.
		nearWithin(t, prefix+" ratio", 100*ratio, number(prefix+"_isr"), funnelTolerance*max(1, ratio/in.Observed))
	}
}

func checkQuantiles(t *testing.T, c knownCase) {
	in := decode[struct {
		Values []float64
		Groups int `json:"nquantiles"`
		Invert bool
	}](t, c.Input)
	want := decode[[]*int](t, c.Expected)
	got := Quantiles(in.Values, in.Groups, in.Invert)
	for i, w := range want {
		if (w == nil) != (got == nil) || (w != nil && *w != got[i]) {
			t.Errorf("value %d: got %v, want %v", i, got, want)
		}
	}
}
