package statistics

import "testing"

func TestDemandAgainstKnownAnswers(t *testing.T) {
	runKinds(t, "demand.json", map[string]func(*testing.T, knownCase){
		"prevalence_times_population": checkPrevalence, "synthetic_small_area_estimate": checkSynthetic,
		"poisson_prediction_interval": checkPrediction,
	})
}

type pair [2]float64

func nearPair(t *testing.T, what string, lo, hi float64, want pair) {
	t.Helper()
	near(t, what+" low", lo, &want[0])
	near(t, what+" high", hi, &want[1])
}

func checkPrevalence(t *testing.T, c knownCase) {
	in := decode[struct {
		Prevalence, Population, Confidence float64
		N                                  float64 `json:"unweighted_n"`
		DesignEffect                       float64 `json:"design_effect"`
		Known                              float64 `json:"known_to_services"`
	}](t, c.Input)
	want := decode[struct {
		SE, Victims, Unmet, Reach float64
		Wald                      pair `json:"prev_wald"`
		Logit                     pair `json:"prev_logit"`
		VictimsLogit              pair `json:"victims_logit"`
		UnmetLogit                pair `json:"unmet_logit"`
		ReachLogit                pair `json:"reach_logit"`
	}](t, c.Expected)
	got := Prevalence(in.Prevalence, in.N, in.DesignEffect, in.Population, in.Known, in.Confidence)
	near(t, "error", got.SE, &want.SE)
	nearPair(t, "wald", got.WaldLow, got.WaldHigh, want.Wald)
	nearPair(t, "share", got.ShareLow, got.ShareHigh, want.Logit)
	near(t, "estimate", got.Estimate, &want.Victims)
	nearPair(t, "estimate", got.Low, got.High, want.VictimsLogit)
	near(t, "unmet", got.Unmet, &want.Unmet)
	nearPair(t, "unmet", got.UnmetLow, got.UnmetHigh, want.UnmetLogit)
	near(t, "reach", got.Reach, &want.Reach)
	nearPair(t, "reach", got.ReachLow, got.ReachHigh, want.ReachLogit)
}

func checkSynthetic(t *testing.T, c knownCase) {
	in := decode[struct {
		Cells []struct{ Prevalence, SE, Population float64 }
	}](t, c.Input)
	want := decode[struct {
		Estimate float64
		SE       float64 `json:"se_if_independent"`
		CI       pair
		Together float64 `json:"se_if_fully_correlated"`
		Share    float64 `json:"implied_prevalence"`
	}](t, c.Expected)
	var groups []Stratum
	for _, g := range in.Cells {
		groups = append(groups, Stratum{g.Prevalence, g.SE, g.Population})
	}
	got := SyntheticEstimate(groups, 0.95)
	near(t, "estimate", got.Estimate, &want.Estimate)
	near(t, "error", got.SE, &want.SE)
	nearPair(t, "interval", got.Low, got.High, want.CI)
	near(t, "error together", got.SETogether, &want.Together)
	near(t, "share", got.Share, &want.Share)
}

func checkPrediction(t *testing.T, c knownCase) {
	in := decode[struct {
		Observed, Periods int64
		Ahead             int64 `json:"future_periods"`
		Confidence        float64
	}](t, c.Input)
	want := decode[struct {
		Mean         float64
		Lower, Upper int64
	}](t, c.Expected)
	m, lo, hi := PredictCount(in.Observed, in.Periods, in.Ahead, in.Confidence)
	near(t, "mean", m, &want.Mean)
	if lo != want.Lower || hi != want.Upper {
		t.Errorf("got %d to %d, want %d to %d", lo, hi, want.Lower, want.Upper)
	}
}
