package statistics

import "testing"

func TestSurvivalAgainstKnownAnswers(t *testing.T) {
	runKinds(t, "survival_paired.json", map[string]func(*testing.T, knownCase){
		"kaplan_meier": checkSurvival, "logrank": checkLogRank, "median_ci_binomial": checkMedian,
		"paired_pre_post": checkPaired, "regression_to_the_mean": checkRegression,
	})
}

type curveCase struct {
	Time   []int
	Risk   []int64    `json:"n_risk"`
	Ended  []int64    `json:"n_event"`
	Surv   []float64  `json:"surv"`
	SE     []*float64 `json:"se_greenwood_S"`
	Lower  []*float64 `json:"lower"`
	Upper  []*float64 `json:"upper"`
	Q      []*float64 `json:"q"`
	QLower []*float64 `json:"q_lower"`
	QUpper []*float64 `json:"q_upper"`
}

func checkSurvival(t *testing.T, c knownCase) {
	in := decode[limitsCase](t, c.Input)
	h := histogramOf(in.SurvivalTime, in.SurvivalEvent)
	for name, want := range decode[map[string]curveCase](t, c.Expected) {
		scale := map[string]Scale{"log-log": LogLog, "log": Log, "plain": Plain}[name]
		curve := h.CurveOn(scale)
		if len(curve) != len(want.Time) {
			t.Fatalf("%s: %d steps, want %d", name, len(curve), len(want.Time))
		}
		for i, s := range curve {
			if s.Day != want.Time[i] || s.AtRisk != want.Risk[i] || s.Ended != want.Ended[i] {
				t.Errorf("%s: step %d: got %+v", name, i, s)
			}
			near(t, name+" still", s.Still, &want.Surv[i])
			near(t, name+" error", s.SE, want.SE[i])
			near(t, name+" low", s.Low, want.Lower[i])
			near(t, name+" high", s.High, want.Upper[i])
		}
		for i, p := range []float64{0.25, 0.5, 0.75} {
			q, lo, hi, ok := h.QuantileOn(scale, p)
			near(t, name+" quantile", q, want.Q[i])
			near(t, name+" quantile low", lo, want.QLower[i])
			near(t, name+" quantile high", hi, want.QUpper[i])
			if ok != (want.Q[i] != nil) {
				t.Errorf("%s: quantile %v: ok is %v", name, p, ok)
			}
		}
		if scale == LogLog {
			checkWithin(t, h, want)
		}
	}
}

func histogramOf(times []float64, events []int) Histogram {
	var h Histogram
	for i, day := range times {
		d := DayCount{Day: int(day), Censored: 1}
		if events[i] == 1 {
			d = DayCount{Day: int(day), Ended: 1}
		}
		h = append(h, d)
	}
	return h
}

func checkWithin(t *testing.T, h Histogram, want curveCase) {
	for i, day := range want.Time {
		if at := h.AtRisk(day); at != want.Risk[i] {
			t.Errorf("at risk on day %d: got %d, want %d", day, at, want.Risk[i])
		}
		p, lo, hi := h.Within(day)
		ended := 1 - want.Surv[i]
		near(t, "within", p, &ended)
		near(t, "within low", 1-lo, want.Upper[i])
		near(t, "within high", 1-hi, want.Lower[i])
	}
}

// checkLogRank reads the survival times of R's aml, which the case names and does not
// repeat.
func checkLogRank(t *testing.T, c knownCase) {
	maintained := histogramOf([]float64{9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161}, []int{1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0})
	other := histogramOf([]float64{5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45}, []int{1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1})
	want := decode[struct {
		ChiSq    float64
		Obs, Exp [2]float64
	}](t, c.Expected)
	got := LogRank(maintained, other)
	near(t, "chi-squared", got.ChiSq, &want.ChiSq)
	for i := range 2 {
		near(t, "observed", got.Observed[i], &want.Obs[i])
		near(t, "expected", got.Expected[i], &want.Exp[i])
	}
	if !(got.P > 0.065 && got.P < 0.0655) {
		t.Errorf("chance: %v", got.P)
	}
}

func checkMedian(t *testing.T, c knownCase) {
	in := decode[struct {
		Values     []float64
		Confidence float64
	}](t, c.Input)
	want := decode[struct {
		Median, Lower, Upper, Coverage *float64
		Rank                           int `json:"rank_lower"`
	}](t, c.Expected)
	m, lo, hi, rank, coverage := MedianInterval(in.Values, in.Confidence)
	near(t, "median", m, want.Median)
	near(t, "lower", lo, want.Lower)
	near(t, "upper", hi, want.Upper)
	near(t, "coverage", coverage, want.Coverage)
	if rank != want.Rank {
		t.Errorf("rank: got %d, want %d", rank, want.Rank)
	}
}

func checkPaired(t *testing.T, c knownCase) {
	in := decode[struct {
		Pre, Post  []float64
		Confidence float64
	}](t, c.Input)
	want := decode[map[string]*float64](t, c.Expected)
	got := PairedChange(in.Pre, in.Post, in.Confidence)
	for name, v := range map[string]float64{
		"n": float64(got.N), "mean_diff": got.Mean, "sd_diff": got.SD, "lower": got.Low, "upper": got.High,
		"t": got.T, "p": got.P, "d_z": got.DZ, "d_av": got.DAv, "hedges_g_av_approx_J": got.G,
		"pre_post_r": got.R, "sd_pre": got.SDBefore, "sd_post": got.SDAfter, "sign_flip_p_exact": got.SignFlip,
	} {
		near(t, name, v, want[name])
		delete(want, name)
	}
	if len(want) > 0 {
		t.Errorf("not compared: %v", want)
	}
}

func checkRegression(t *testing.T, c knownCase) {
	in := decode[struct {
		Mean, Cutoff float64
		SDBetween    float64 `json:"sd_between"`
		SDWithin     float64 `json:"sd_within"`
		Selected     string
	}](t, c.Input)
	want := decode[struct {
		ICC    float64
		Effect float64 `json:"expected_rtm_effect"`
		First  float64 `json:"expected_first"`
		Second float64 `json:"expected_second"`
	}](t, c.Expected)
	got := RegressionToMean(in.Mean, in.SDBetween, in.SDWithin, in.Cutoff, in.Selected == "above")
	near(t, "share between people", got.ICC, &want.ICC)
	near(t, "effect", got.Effect, &want.Effect)
	near(t, "first", got.First, &want.First)
	near(t, "second", got.Second, &want.Second)
}
