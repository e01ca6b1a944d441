package queries

import (
	"math"

	"wherry/config"
	"wherry/queries/statistics"
)

// Ratios of season to noise (statistics.Season) above which a series is taken to follow the
// seasons: one in two hundred series without a season goes beyond.
const (
	seasonOfTwo  = 5.3 // two years of months, F(11, 11)
	seasonOfMore = 3.6 // three or more, F(11, 22)
)

const (
	monthsAYear  = 12
	seasonMonths = 2 * monthsAYear // months that say what is usual for each month of the year
)

const seasonalChart = "seasonal"

// Seasonal says that the season is taken out of the judged series: its limits follow the
// season.
func (r Reading) Seasonal() bool { return r.Chart == seasonalChart }

// followsSeasons says that months of the year differ by more than chance. With under two
// years of months nobody can tell. Counts so rare that their gaps are judged have none.
func (s stretch) followsSeasons() bool {
	if s.perStep != string(config.Month) || s.measure.Kind == Count && average(s.baselineOf(s.counts)) < scarceCount {
		return false
	}
	f, years, ok := statistics.Season(s.values, monthsAYear)
	return ok && (f > seasonOfTwo || (years > 2 && f > seasonOfMore))
}

// seasonal is the chart with the season taken out: each month against what the first two
// years say is usual for that month of the year.
func (s stretch) seasonal() lines {
	spread, counted := s.spread()
	c := statistics.Seasonal(s.values, spread, monthsAYear, seasonMonths, counted)
	why := phrase("chart.seasonal" + when(counted, ".counted"))
	out := s.scaled(seasonalChart, why, c, 1)
	out.places = seasonMonths
	for i := range s.values {
		l := s.withinReason(statistics.Limits{Lower: out.lower[i], Upper: out.upper[i]})
		out.lower[i], out.upper[i] = l.Lower, l.Upper
	}
	return out
}

// spread is the variance of each value by the law of chance for what it counts, and whether
// there is one: of medians, means and counts that are not small there is none, and each value
// is taken to vary alike. So is a share whose base is hidden.
func (s stretch) spread() (spread []float64, counted bool) {
	x, n := total(s.counts[:seasonMonths], s.bases[:seasonMonths])
	level, mean := x/n, average(s.counts[:seasonMonths])
	var of func(base float64) float64
	switch per := float64(s.measure.Per); {
	case s.measure.Kind == Proportion:
		of = func(base float64) float64 { return 100 * 100 * level * (1 - level) / base }
	case s.measure.Kind == Rate:
		of = func(base float64) float64 { return per * per * level / base }
	case s.measure.Kind == Count && mean < rareCount:
		of = func(float64) float64 { return mean }
	default:
		return s.alike(), false
	}
	for i, v := range s.values {
		spread = append(spread, of(s.bases[i]))
		if math.IsNaN(spread[i]) && !math.IsNaN(v) {
			return s.alike(), false
		}
	}
	return spread, true
}

// alike is a spread of ones.
func (s stretch) alike() []float64 {
	ones := make([]float64, len(s.values))
	for i := range ones {
		ones[i] = 1
	}
	return ones
}

// total adds up what counts and bases both give.
func total(counts, bases []float64) (x, n float64) {
	for i := range counts {
		if !math.IsNaN(counts[i]) && !math.IsNaN(bases[i]) {
			x, n = x+counts[i], n+bases[i]
		}
	}
	return x, n
}

// reach is the limits that a target is held against: of a chart that follows the season, the
// lowest and the highest of its last year.
func (c lines) reach() statistics.Limits {
	l := c.limits
	if c.name != seasonalChart {
		return l
	}
	for i := max(0, len(c.lower)-monthsAYear); i < len(c.lower); i++ {
		if !math.IsNaN(c.lower[i]) {
			l.Lower, l.Upper = math.Min(l.Lower, c.lower[i]), math.Max(l.Upper, c.upper[i])
		}
	}
	return l
}

// settled is how many points since a shift make a level of their own: with a season, as many
// as say what is usual.
func (c lines) settled() int {
	if c.name == seasonalChart {
		return seasonMonths
	}
	return runPoints
}
