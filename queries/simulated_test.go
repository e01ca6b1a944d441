package queries

import (
	"bytes"
	"encoding/csv"
	"flag"
	"fmt"
	"math"
	"math/rand"
	"os"
	"slices"
	"testing"

	"wherry/config"
)

var rewrite = flag.Bool("simulate", false, "simulate stable series at length and rewrite simulated.csv")

// What simulated.csv is made with.
const (
	simulationSeed = 20261031
	simulatedOn    = "2026-11-28"
	fullSeries     = 6000 // of each chart and length; the quick check simulates fewer
)

// simulatedLengths are the numbers of points simulated: the baseline is all of them up to
// 23, 15 of them up to 29 and 24 beyond.
func simulatedLengths() []int { return []int{12, 15, 18, 21, 24, 27, 30, 33, 36, 42, 48} }

// stableMaker draws a measure of one kind, and a way to draw its months: a level and a base
// as partnerships have them, that never change.
type stableMaker func(rng *rand.Rand) (*Measure, func() (value float64, x, n int64))

// stableMakers are the kinds of measures that charts judge.
func stableMakers() map[string]stableMaker {
	return map[string]stableMaker{"share": stableShare, "rate": stableRate, "median": stableMedian, "count": stableCount,
		"small count": stableSmallCount, "rare": stableRare, "season": stableSeason}
}

// logUniform is a number between low and high, as likely in each doubling.
func logUniform(rng *rand.Rand, low, high float64) float64 {
	return low * math.Exp(rng.Float64()*math.Log(high/low))
}

// extra is how far a stable measure's level moves from month to month beyond chance, as a
// share of it: nothing for half of them.
func extra(rng *rand.Rand) float64 {
	if rng.Intn(2) == 0 {
		return 0
	}
	return 0.15 * rng.Float64()
}

func stableShare(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	base, share, move := logUniform(rng, 20, 900), 0.1+0.8*rng.Float64(), extra(rng)
	return &Measure{Kind: Proportion, Better: "up"}, func() (float64, int64, int64) {
		n := max(1, poisson(rng, base))
		p := math.Min(0.99, math.Max(0.01, share*(1+move*rng.NormFloat64())))
		x := binomial(rng, n, p)
		return 100 * float64(x) / float64(n), x, n
	}
}

func stableRate(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	mean, move := logUniform(rng, 2, 400), extra(rng)
	return &Measure{Kind: Rate, Per: 10000, Better: "down"}, func() (float64, int64, int64) {
		x := poisson(rng, mean*math.Max(0.1, 1+move*rng.NormFloat64()))
		return float64(x) / 39, x, 390000
	}
}

func stableMedian(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	level, spread := logUniform(rng, 3, 60), 0.05+0.2*rng.Float64()
	return &Measure{Kind: Duration, Better: "down"}, func() (float64, int64, int64) {
		return level * math.Max(0, 1+spread*rng.NormFloat64()), 0, 100
	}
}

func stableCount(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	return countsOf(rng, logUniform(rng, 7, 400))
}

func stableSmallCount(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	return countsOf(rng, 1.5+3*rng.Float64())
}

func stableRare(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	return countsOf(rng, 0.45+0.35*rng.Float64())
}

// stableSeason is a share or a median whose months of the year differ, every year alike.
func stableSeason(rng *rand.Rand) (*Measure, func() (float64, int64, int64)) {
	amplitude, month := 3+3*rng.Float64(), -1.0
	season := func() float64 {
		month++
		return amplitude * math.Sin(month*math.Pi/6)
	}
	if rng.Intn(2) == 0 {
		n, share := int64(logUniform(rng, 100, 900)), 0.3+0.4*rng.Float64()
		sd := math.Sqrt(share * (1 - share) / float64(n))
		return &Measure{Kind: Proportion, Better: "up"}, func() (float64, int64, int64) {
			x := binomial(rng, n, math.Min(0.99, math.Max(0.01, share+sd*season())))
			return 100 * float64(x) / float64(n), x, n
		}
	}
	level := logUniform(rng, 10, 60)
	return &Measure{Kind: Duration, Better: "down"}, func() (float64, int64, int64) {
		return level * (1 + 0.1*(season()+rng.NormFloat64())), 0, 100
	}
}

func countsOf(rng *rand.Rand, mean float64) (*Measure, func() (float64, int64, int64)) {
	return &Measure{Kind: Count, Better: "down", Protects: "nobody"}, func() (float64, int64, int64) {
		x := poisson(rng, mean)
		return float64(x), x, x
	}
}

func poisson(rng *rand.Rand, mean float64) int64 {
	if mean > 60 {
		return max(0, int64(math.Round(mean+math.Sqrt(mean)*rng.NormFloat64())))
	}
	limit, p, n := math.Exp(-mean), rng.Float64(), int64(0)
	for p > limit {
		p *= rng.Float64()
		n++
	}
	return n
}

// stable is a measure that has not changed in so many months, read by the judging code.
func stable(rng *rand.Rand, make1 stableMaker, months int) *Result {
	m, month := make1(rng)
	r := &Result{Measure: m}
	first := config.Containing(config.Month, readingQuarter.Last()).Shift(1 - months)
	for i := range months {
		v, x, n := month()
		r.Figures = append(r.Figures, shown(first.Shift(i), v, x, n))
	}
	return read(r)
}

// tallied is how many series a chart judged at a length, and how many of those it flagged.
type tallied struct{ series, flagged int }

type simulated struct {
	chart  string
	points int
}

// simulate reads so many stable series of each kind and length.
func simulate(seed int64, series int, lengths []int) map[simulated]*tallied {
	rng := rand.New(rand.NewSource(seed))
	found := map[simulated]*tallied{}
	makers := stableMakers()
	for _, months := range lengths {
		for _, name := range []string{"share", "rate", "median", "count", "small count", "rare", "season"} {
			for range series {
				x := stable(rng, makers[name], months).Reading
				// a season too weak or too short to be seen is no stable series to another chart
				if x.Change == NotJudged || x.Change == TooFew || (name == "season" && !x.Seasonal()) {
					continue
				}
				k := simulated{x.Chart, x.Limits.Points}
				if found[k] == nil {
					found[k] = &tallied{}
				}
				found[k].series++
				if x.Change != NoChange {
					found[k].flagged++
				}
			}
		}
	}
	return found
}

// TestSimulatedRatesAreMeasured simulates again, with another seed and fewer series, and
// holds simulated.csv to what it finds. With -simulate it writes the file.
func TestSimulatedRatesAreMeasured(t *testing.T) {
	if *rewrite {
		writeRates(t, simulate(simulationSeed, fullSeries, simulatedLengths()))
	}
	rates, err := chanceRates()
	if err != nil {
		t.Fatal(err)
	}
	checked := map[string]bool{}
	for k, n := range simulate(7, 1200, []int{12, 24, 36}) {
		if n.series < 200 {
			continue
		}
		share, want := float64(n.flagged)/float64(n.series), rates.of(k.chart, k.points)
		// three and a half standard errors: of this check, and of the file's own rate
		within := 3.5 * math.Sqrt(want*(1-want)*(1/float64(n.series)+1/float64(fullSeries)))
		t.Logf("%s, %d points: %.4f of %d flagged, %.4f on file", k.chart, k.points, share, n.series, want)
		if math.Abs(share-want) > within || want == 0 {
			t.Errorf("%s, %d points: %.4f flagged, the file says %.4f", k.chart, k.points, share, want)
		}
		checked[k.chart] = true
	}
	for _, chart := range []string{"p", "p_prime", "u_prime", "xmr", "c", "seasonal"} {
		if !checked[chart] {
			t.Errorf("no rate of %s was checked", chart)
		}
	}
}

func writeRates(t *testing.T, found map[simulated]*tallied) {
	t.Helper()
	var keys []simulated
	for k, n := range found {
		if n.series >= 200 {
			keys = append(keys, k)
		}
	}
	slices.SortFunc(keys, func(a, b simulated) int {
		if a.chart != b.chart {
			return bytes.Compare([]byte(a.chart), []byte(b.chart))
		}
		return a.points - b.points
	})
	var out bytes.Buffer
	w := csv.NewWriter(&out)
	rows := [][]string{{"chart", "points", "series", "flagged", "seed", "made_on"}}
	for _, k := range keys {
		rows = append(rows, []string{k.chart, fmt.Sprint(k.points), fmt.Sprint(found[k].series), fmt.Sprint(found[k].flagged),
			fmt.Sprint(simulationSeed), simulatedOn})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("simulated.csv", out.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	t.Skip("simulated.csv is written; run the test again without -simulate")
}

// TestFalseSignalsAgreeWithTheNumberPrinted is the promise of the scorecard: over 200
// partnerships in which nothing changed, each with 60 measures of every kind, the signals
// seen are as many as the number printed beside them says.
func TestFalseSignalsAgreeWithTheNumberPrinted(t *testing.T) {
	const partnerships = 200
	rng := rand.New(rand.NewSource(20261119))
	makers := []stableMaker{stableShare, stableShare, stableShare, stableShare, stableShare, stableRate, stableRate,
		stableMedian, stableMedian, stableCount, stableCount, stableSmallCount}
	var seen, printed, judged, squares float64
	for range partnerships {
		var pack []*Result
		for i := range 60 {
			pack = append(pack, stable(rng, makers[i%len(makers)], []int{36, 36, 36, 24, 14}[i%5]))
		}
		s, err := SignalsOf(pack)
		if err != nil {
			t.Fatal(err)
		}
		seen += float64(s.Observed)
		printed += s.Expected
		judged += float64(s.Judged)
		squares += (float64(s.Observed) - s.Expected) * (float64(s.Observed) - s.Expected)
	}
	difference := (seen - printed) / partnerships
	within := 3 * math.Sqrt(squares) / partnerships
	t.Logf("a partnership: %.1f measures judged, %.2f signals seen, %.2f printed, differ by %.3f within %.3f",
		judged/partnerships, seen/partnerships, printed/partnerships, difference, within)
	if math.Abs(difference) > within {
		t.Errorf("%.2f signals are seen where %.2f are printed", seen/partnerships, printed/partnerships)
	}
}
