package statistics

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// knownCase is one case of a known-answer file; input and expected differ by kind.
type knownCase struct {
	ID       string          `json:"id"`
	Kind     string          `json:"kind"`
	Input    json.RawMessage `json:"input"`
	Expected json.RawMessage `json:"expected"`
}

// casesFolder is WHERRY_CASES, or the cases kept with the code.
func casesFolder() string {
	if dir := os.Getenv("WHERRY_CASES"); dir != "" {
		return dir
	}
	return filepath.Join("..", "..", "testdata", "cases")
}

func readCases(t *testing.T, name string) []knownCase {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(casesFolder(), name))
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Cases []knownCase }
	if err := json.Unmarshal(text, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) == 0 {
		t.Fatalf("%s has no cases", name)
	}
	return file.Cases
}

// runKinds runs every case; a kind that has no check here is an error.
func runKinds(t *testing.T, file string, kinds map[string]func(*testing.T, knownCase)) {
	t.Helper()
	cases := readCases(t, file)
	for _, c := range cases {
		check, ok := kinds[c.Kind]
		if !ok {
			t.Errorf("%s: no check for kind %q of case %s", file, c.Kind, c.ID)
			continue
		}
		t.Run(c.ID, func(t *testing.T) { check(t, c) })
	}
	t.Logf("%s: %d cases run", file, len(cases))
}

func decode[T any](t *testing.T, raw json.RawMessage) T {
	t.Helper()
	var v T
	if err := json.Unmarshal(raw, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// near compares to a relative (or, below 1, absolute) 1e-9; a nil want is NaN.
func near(t *testing.T, what string, got float64, want *float64) {
	t.Helper()
	if want == nil {
		if !math.IsNaN(got) {
			t.Errorf("%s: got %v, want none", what, got)
		}
		return
	}
	if !(math.Abs(got-*want) <= 1e-9*math.Max(1, math.Abs(*want))) {
		t.Errorf("%s: got %.15g, want %.15g", what, got, *want)
	}
}

type limitsCase struct {
	Value              *float64
	Lower95            *float64 `json:"lower95_0cl"`
	Upper95            *float64 `json:"upper95_0cl"`
	Lower998           *float64 `json:"lower99_8cl"`
	Upper998           *float64 `json:"upper99_8cl"`
	Lower, Upper       *float64
	PoissonLower       *float64 `json:"lower_95"`
	PoissonUpper       *float64 `json:"upper_95"`
	PoissonLower998    *float64 `json:"lower_998"`
	PoissonUpper998    *float64 `json:"upper_998"`
	X, N               *float64
	Multiplier         float64
	Confidence         float64
	Events, Population *float64
	SurvivalTime       []float64 `json:"time"`
	SurvivalEvent      []int     `json:"event"`
}

func TestRatesAgainstKnownAnswers(t *testing.T) {
	runKinds(t, "rates.json", map[string]func(*testing.T, knownCase){
		"crude_rate": checkRate, "proportion_wilson": checkProportion, "wilson": checkWilson,
		"byars_count": checkByar, "poisson_exact": checkPoisson, "mean_t": checkMean,
		"dsr_dobson": checkDSR, "dsr_dobson_nonindependent": checkDSR, "isr": checkISR, "smr": checkISR,
		"difference_of_proportions_newcombe_hybrid_score": checkDifference,
		"poisson_rate_ratio_exact_conditional":            checkRatio,
		"crude_rate_repeat_events":                        checkRepeats,
		"funnel_proportion":                               checkFunnel,
		"funnel_proportion_significance":                  checkFunnelOutside,
		"funnel_ratio_significance":                       checkRatioOutside,
		"funnel_ratio_limits":                             checkFunnelRatio,
		"phe_quantile":                                    checkQuantiles,
	})
}

func checkRate(t *testing.T, c knownCase) {
	in, want := decode[limitsCase](t, c.Input), decode[limitsCase](t, c.Expected)
	n := math.NaN()
	x := int64(-1)
	if in.Population != nil {
		n = *in.Population
	}
	if in.Events != nil {
		x = int64(*in.Events)
	}
	rate, lo, hi := PoissonRate(x, n, in.Multiplier)
	near(t, "rate", rate, want.Value)
	near(t, "lower 95", lo, want.Lower95)
	near(t, "upper 95", hi, want.Upper95)
	_, lo, hi = PoissonRateAt(x, n, in.Multiplier, 0.998)
	near(t, "lower 99.8", lo, want.Lower998)
	near(t, "upper 99.8", hi, want.Upper998)
}

func checkProportion(t *testing.T, c knownCase) {
	in, want := decode[limitsCase](t, c.Input), decode[limitsCase](t, c.Expected)
	if in.Confidence > 0 {
		share := *in.X / *in.N
		near(t, "share", share, want.Value)
		checkWilson(t, c)
		return
	}
	x, n := math.NaN(), math.NaN()
	if in.X != nil && in.N != nil {
		x, n = *in.X, *in.N
	}
	near(t, "share", in.Multiplier*x/n, want.Value)
	lo, hi := Wilson(x, n, Z95)
	near(t, "lower 95", in.Multiplier*lo, want.Lower95)
	near(t, "upper 95", in.Multiplier*hi, want.Upper95)
	lo, hi = Wilson(x, n, Z(0.998))
	near(t, "lower 99.8", in.Multiplier*lo, want.Lower998)
	near(t, "upper 99.8", in.Multiplier*hi, want.Upper998)
}

func checkWilson(t *testing.T, c knownCase) {
	in, want := decode[limitsCase](t, c.Input), decode[limitsCase](t, c.Expected)
	lo, hi := Wilson(*in.X, *in.N, Z(in.Confidence))
	near(t, "lower", lo, want.Lower)
	near(t, "upper", hi, want.Upper)
}

func checkByar(t *testing.T, c knownCase) {
	in, want := decode[limitsCase](t, c.Input), decode[limitsCase](t, c.Expected)
	lo, hi := Byar(int64(*in.X), Z(in.Confidence))
	near(t, "lower", lo, want.Lower)
	near(t, "upper", hi, want.Upper)
}

func checkPoisson(t *testing.T, c knownCase) {
	in, want := decode[limitsCase](t, c.Input), decode[limitsCase](t, c.Expected)
	lo, hi := ExactPoisson(int64(*in.X), 0.95)
	near(t, "lower 95", lo, want.PoissonLower)
	near(t, "upper 95", hi, want.PoissonUpper)
	lo, hi = ExactPoisson(int64(*in.X), 0.998)
	near(t, "lower 99.8", lo, want.PoissonLower998)
	near(t, "upper 99.8", hi, want.PoissonUpper998)
}

type xmrInput struct {
	Y        []*float64
	Screen   bool     `json:"screen_outliers"`
	Fix      *int     `json:"fix_after_n_points"`
	Rebase   []int    `json:"rebase_at"`
	Improves int      `json:"improvement_direction"`
	Target   *float64 `json:"target"`
}

type xmrExpected struct {
	Mean, LPL, UPL []float64
	Rule           []string
	PointType      []string `json:"point_type"`
	Assurance      *string
	Variation      string `json:"variation_last"`
}

func TestXmRAgainstKnownAnswers(t *testing.T) {
	cases := readCases(t, "spc_xmr.json")
	for _, c := range cases {
		t.Run(c.ID, func(t *testing.T) { checkXmR(t, c) })
	}
	t.Logf("spc_xmr.json: %d cases run", len(cases))
}

func checkXmR(t *testing.T, c knownCase) {
	in := decode[xmrInput](t, c.Input)
	chart, values := in.chart()
	if string(c.Expected) == "null" {
		checkDefect(t, chart, values)
		return
	}
	want := decode[xmrExpected](t, c.Expected)
	for i := range values {
		l := chart.Limits
		for _, s := range chart.Segments {
			if i >= s.First {
				l = s.Limits
			}
		}
		near(t, "mean", l.Mean, &want.Mean[i])
		near(t, "lower", l.Lower, &want.LPL[i])
		near(t, "upper", l.Upper, &want.UPL[i])
		if got := ruleName(chart.Points[i]); got != want.Rule[i] {
			t.Errorf("point %d: got %q, want %q", i+1, got, want.Rule[i])
		}
		if got := pointType(chart.Points[i], in.Improves); got != want.PointType[i] {
			t.Errorf("point %d: got %q, want %q", i+1, got, want.PointType[i])
		}
	}
	if want.Assurance != nil && in.Target != nil {
		name := map[int]string{1: "consistent_pass", 0: "inconsistent", -1: "consistent_fail"}
		if got := name[chart.Meets(*in.Target, in.Improves > 0)]; got != *want.Assurance {
			t.Errorf("assurance: got %s, want %s", got, *want.Assurance)
		}
	}
}

func (in xmrInput) chart() (XmR, []float64) {
	values := make([]float64, len(in.Y))
	for i, y := range in.Y {
		values[i] = math.NaN()
		if y != nil {
			values[i] = *y
		}
	}
	opts := Options{Unscreened: !in.Screen}
	if in.Fix != nil {
		opts.Fix = *in.Fix
	}
	for _, r := range in.Rebase {
		opts.Rebase = append(opts.Rebase, r-1)
	}
	return NewXmR(values, opts), values
}

// checkDefect is for the series on which the package that gave the other answers is wrong:
// its limits have no width, or are not numbers, or a missing value stops it. Ours must have
// width unless every value is the same, and must not call the usual value unusual.
func checkDefect(t *testing.T, chart XmR, values []float64) {
	given := slices.DeleteFunc(slices.Clone(values), math.IsNaN)
	slices.Sort(given)
	flat := given[0] == given[len(given)-1]
	if !flat && !(chart.Upper > chart.Lower) {
		t.Errorf("limits have no width: %+v", chart.Limits)
	}
	for i, p := range chart.Points {
		if p.Rule != Common && (flat || (p.Rule == Outside && values[i] == given[len(given)/2])) {
			t.Errorf("point %d: the usual value is called unusual", i+1)
		}
	}
}

func ruleName(s Signal) string {
	switch {
	case s.Rule == Outside && s.High:
		return "Above UCL"
	case s.Rule == Outside:
		return "Below LCL"
	case s.Rule == TwoOfThree && s.High:
		return "2 in 3 Above CL"
	case s.Rule == TwoOfThree:
		return "2 in 3 Below CL"
	case s.Rule == Shift && s.High:
		return "7 Points Above CL"
	case s.Rule == Shift:
		return "7 Points Below CL"
	case s.Rule == Trend && s.High:
		return "7 Point Trend (Increasing)"
	case s.Rule == Trend:
		return "7 Point Trend (Decreasing)"
	}
	return "Common Cause"
}

func pointType(s Signal, improves int) string {
	high := -1
	if s.High {
		high = 1
	}
	switch {
	case s.Rule == Common:
		return "common_cause"
	case improves == 0 && s.High:
		return "special_cause_neutral_high"
	case improves == 0:
		return "special_cause_neutral_low"
	case improves == high:
		return "special_cause_improvement"
	}
	return "special_cause_concern"
}
