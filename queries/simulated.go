package queries

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
)

// chances holds simulated.csv: how often the latest point of a measure that has not changed
// is flagged all the same, by chart and number of points. Its columns are chart, points,
// series (how many stable series were simulated), flagged, seed and made_on. The test of
// this file simulates the series and, asked to, writes it.
//
//go:embed simulated.csv
var chances embed.FS

// Signals is how many measures of a pack were judged, how many of those were flagged, and
// how many would be flagged by chance alone had nothing changed.
type Signals struct {
	Judged, Observed int
	Expected         float64
}

// SignalsOf counts the signals of a pack and the number to expect by chance, from the
// simulated rate of each measure's chart and number of points.
func SignalsOf(pack []*Result) (Signals, error) {
	rates, err := chanceRates()
	if err != nil {
		return Signals{}, err
	}
	var s Signals
	for _, r := range pack {
		x := r.Reading
		switch x.Change {
		case Improving, Concern, Different:
			s.Observed++
		case NoChange:
		default:
			continue
		}
		s.Judged++
		s.Expected += rates.of(x.Chart, x.Limits.Points)
	}
	return s, nil
}

// chanceRate is the share of stable series of at least so many points that are flagged.
type chanceRate struct {
	points int
	share  float64
}

// rateTable has a chart's rates in rising order of points.
type rateTable map[string][]chanceRate

// of is the rate of the longest simulated series that is no longer than this one.
func (t rateTable) of(chart string, points int) float64 {
	share := 0.0
	for i, r := range t[chart] {
		if i == 0 || r.points <= points {
			share = r.share
		}
	}
	return share
}

func chanceRates() (rateTable, error) {
	f, err := chances.Open("simulated.csv")
	if err != nil {
		return nil, fmt.Errorf("reading simulated rates: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("reading simulated rates: %w", err)
	}
	t := rateTable{}
	for i, row := range rows[1:] {
		var n [3]int
		for k, text := range row[1:4] {
			if n[k], err = strconv.Atoi(text); err != nil {
				return nil, fmt.Errorf("reading simulated rates: line %d: %w", i+2, err)
			}
		}
		t[row[0]] = append(t[row[0]], chanceRate{n[0], float64(n[2]) / float64(n[1])})
	}
	return t, nil
}

// ExpectedFalse is how many of n measures that have not changed are expected to be flagged
// in a quarter by chance alone, where their charts are not known.
func ExpectedFalse(n int) float64 { return 0.04 * float64(n) }
