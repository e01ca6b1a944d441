package statistics

import (
	"math"
	"math/rand"
	"testing"
)

// TestStepInFindsWhereTheLevelMoved has chance points before a step, and holds that what lies
// before the place is less than half as far from the centre as what follows.
func TestStepInFindsWhereTheLevelMoved(t *testing.T) {
	if got := StepIn([]float64{1, 0.5, 0.2, 6, 5, 7, 6}); got != 3 {
		t.Errorf("place %d, want 3", got)
	}
	if got := StepIn([]float64{-3, -3, -3}); got != 0 {
		t.Errorf("place %d of an even run, want 0", got)
	}
	rng := rand.New(rand.NewSource(1))
	for range 500 {
		apart := make([]float64, 2+rng.Intn(20))
		for i := range apart {
			apart[i] = rng.ExpFloat64()
		}
		at := StepIn(apart)
		if at > 0 && mean(apart[:at]) >= mean(apart[at:])/2 {
			t.Fatalf("%v: %v before place %d, %v from it", apart, mean(apart[:at]), at, mean(apart[at:]))
		}
	}
}

// TestSeasonalByHand works two cycles of four out on paper: usual 10, 20, 30, 40; distances
// -1, 1, -2, 2 and their opposites, less levels of 0, leave 20 on 8 - 4 - 1 = 3 degrees of
// freedom: too few for limits. Three cycles leave enough.
func TestSeasonalByHand(t *testing.T) {
	ones := []float64{1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}
	two := []float64{9, 21, 28, 42, 11, 19, 32, 38}
	c := Seasonal(two, ones, 4, 8, false)
	if c.Centre[2] != 30 || !math.IsNaN(c.Upper[2]) {
		t.Errorf("centre %v, upper %v", c.Centre[2], c.Upper[2])
	}
	// the third cycle repeats the usual: 20 is left on 12 - 4 - 2 = 6
	three := append(append([]float64{}, two...), 10, 20, 30, 40, 17)
	c = Seasonal(three, ones, 4, 12, false)
	sd := math.Sqrt(20.0/6) * math.Sqrt(1+1.0/3)
	if got := c.Upper[12]; math.Abs(got-(10+3*sd)) > 1e-9 || math.Abs(c.Lower[12]-(10-3*sd)) > 1e-9 {
		t.Errorf("limits %v to %v, want %v", c.Lower[12], got, 10+3*sd)
	}
	if c.Points[12].Rule != Outside || !c.Points[12].High || c.N != 12 {
		t.Errorf("17 where 10 is usual: %+v on %d values", c.Points[12], c.N)
	}
}

// TestSeasonalWeighsAndLeavesOut gives one place a base four times as large, and leaves
// another with one value.
func TestSeasonalWeighsAndLeavesOut(t *testing.T) {
	values, spread := make([]float64, 36), make([]float64, 36)
	rng := rand.New(rand.NewSource(2))
	for i := range values {
		values[i], spread[i] = 50+10*math.Sin(float64(i)*math.Pi/6)+rng.NormFloat64(), 1
	}
	spread[3], values[16] = 0.25, math.NaN()
	c := Seasonal(values, spread, 12, 24, true)
	if want := (4*values[3] + values[15]) / 5; math.Abs(c.Centre[27]-want) > 1e-9 {
		t.Errorf("usual %v, want %v", c.Centre[27], want)
	}
	if !math.IsNaN(c.Centre[28]) || !math.IsNaN(c.Upper[28]) || c.Points[28].Rule != Common {
		t.Errorf("a place known from one value is judged: %v, %+v", c.Upper[28], c.Points[28])
	}
	if c.SigmaZ < 1 || c.Upper[0]-c.Centre[0] < 3*math.Sqrt(1.5)-1e-9 {
		t.Errorf("sigma %v, half width %v", c.SigmaZ, c.Upper[0]-c.Centre[0])
	}
}
