package statistics

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestWilsonHoldsTheShare(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 1_000_000).Draw(t, "n")
		x := rapid.Int64Range(0, n).Draw(t, "x")
		lo, hi := Wilson(x, n, Z95)
		share := float64(x) / float64(n)
		if lo < 0 || hi > 1 || lo > share || hi < share || lo >= hi {
			t.Fatalf("%d of %d: %v to %v", x, n, lo, hi)
		}
		if a, b := Wilson(n-x, n, Z95); math.Abs(a-(1-hi)) > 1e-12 || math.Abs(b-(1-lo)) > 1e-12 {
			t.Fatalf("%d of %d is not the mirror of its complement", x, n)
		}
	})
}

func TestPoissonLimitsLeaveTheirTails(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Int64Range(1, 400).Draw(t, "x")
		lo, hi := ExactPoisson(x, 0.95)
		if p := 1 - poissonCDF(x-1, lo); math.Abs(p-0.025) > 1e-10 {
			t.Fatalf("at %v the upper tail is %v", lo, p)
		}
		if p := poissonCDF(x, hi); math.Abs(p-0.025) > 1e-10 {
			t.Fatalf("at %v the lower tail is %v", hi, p)
		}
		if rate, l, h := PoissonRate(x, 50_000, 10_000); !(l < rate && rate < h) {
			t.Fatalf("%v is not within %v to %v", rate, l, h)
		}
	})
}

func TestXmRIsBlindToShiftAndScale(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := make([]float64, rapid.IntRange(2, 40).Draw(t, "n"))
		moved := make([]float64, len(values))
		for i := range values {
			values[i] = float64(rapid.IntRange(0, 50).Draw(t, "v"))
			if rapid.IntRange(0, 9).Draw(t, "missing") == 0 {
				values[i] = math.NaN()
			}
			moved[i] = 4*values[i] + 16
		}
		a, b := NewXmR(values, Options{}), NewXmR(moved, Options{})
		for i := range values {
			if a.Points[i] != b.Points[i] {
				t.Fatalf("point %d: %+v and %+v", i, a.Points[i], b.Points[i])
			}
			if math.IsNaN(values[i]) && a.Points[i].Rule != Common {
				t.Fatalf("missing point %d is flagged", i)
			}
		}
	})
}

func TestXmROfAFlatSeriesFlagsNothing(t *testing.T) {
	chart := NewXmR([]float64{5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5}, Options{})
	if chart.Upper != 5 || chart.Lower != 5 {
		t.Errorf("limits: %+v", chart.Limits)
	}
	for i, p := range chart.Points {
		if p.Rule != Common {
			t.Errorf("point %d: %+v", i, p)
		}
	}
}

func TestXmRTakesMissingValuesInAnyWindow(t *testing.T) {
	nan := math.NaN()
	chart := NewXmR([]float64{nan, 1, nan, nan, 2, 3, nan, 4, 5, 6, 7, nan}, Options{})
	if chart.N != 7 || math.IsNaN(chart.Upper) {
		t.Errorf("limits: %+v", chart.Limits)
	}
	if none := NewXmR([]float64{nan, nan}, Options{}); !math.IsNaN(none.Upper) || none.N != 0 {
		t.Errorf("nothing to judge: %+v", none)
	}
}

func TestSignalsTellTheWholeRun(t *testing.T) {
	values := []float64{10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 13, 13.2, 13.1, 13.3, 13, 13.4, 13.2, 13.1, 13.3}
	chart := NewXmR(values, Options{Fix: 12})
	last := chart.Points[len(values)-1]
	if want := (Signal{Shift, true, 11, 20}); last != want {
		t.Errorf("got %+v, want %+v", last, want)
	}
}

// TestMedianWithoutOpenCasesIsTheMedian checks the curve against sorting the days.
func TestMedianWithoutOpenCasesIsTheMedian(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var h Histogram
		var days []int
		day := 0
		for range rapid.IntRange(1, 12).Draw(t, "days") {
			day += rapid.IntRange(1, 9).Draw(t, "gap")
			n := rapid.IntRange(1, 5).Draw(t, "n")
			h = append(h, DayCount{Day: day, Ended: int64(n)})
			for range n {
				days = append(days, day)
			}
		}
		want := float64(days[(len(days)-1)/2]+days[len(days)/2]) / 2
		m, lo, hi, ok := h.Median()
		if !ok || m != want {
			t.Fatalf("median %v of %v", m, days)
		}
		if lo > m || hi < m {
			t.Fatalf("median %v is not within %v to %v", m, lo, hi)
		}
	})
}

func TestOpenCasesMakeTheMedianLater(t *testing.T) {
	closed := Histogram{{5, 10, 0}, {20, 5, 0}, {40, 5, 0}}
	open := append(Histogram{{6, 0, 12}}, closed...)
	a, _, _, _ := closed.Median()
	b, _, _, ok := open.Median()
	if !ok || b <= a {
		t.Errorf("median %v with open cases, %v without", b, a)
	}
	if p, _, _ := (Histogram{{3, 1, 0}, {9, 0, 4}}).Within(30); !math.IsNaN(p) {
		t.Errorf("a share is given after the last case was lost from sight: %v", p)
	}
}
