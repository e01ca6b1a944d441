package queries

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Want is one cell an Example must make; keys left out are the whole partnership. Numbers
// are as counted, before rounding and disclosure control; those left out are not compared.
type Want struct {
	Period      string   `yaml:"period"`
	District    string   `yaml:"district"`
	Unitary     string   `yaml:"unitary"`
	Breakdown   string   `yaml:"breakdown"`
	Category    string   `yaml:"category"`
	Numerator   *int64   `yaml:"numerator"`
	Denominator *int64   `yaml:"denominator"`
	Value       *float64 `yaml:"value"`       // the number a Figure would show
	Median      *float64 `yaml:"median"`      // duration; -1 where there is none yet
	NineInTen   *float64 `yaml:"nine_in_ten"` // duration: days by which nine in ten ended; -1 where fewer have
	Open        *int64   `yaml:"open"`        // duration: not yet ended
	Share       *float64 `yaml:"share"`       // distribution: percentage of the whole
	Low         *float64 `yaml:"low"`         // estimate
	High        *float64 `yaml:"high"`        // estimate
	Events      *int64   `yaml:"events"`      // rate
	People      *int64   `yaml:"people"`      // rate with people
	Started     *int64   `yaml:"started"`     // change: gave a first score
	Paired      *int64   `yaml:"paired"`      // change: gave both
	Before      *float64 `yaml:"before"`      // change: mean first score of the paired
	After       *float64 `yaml:"after"`       // change: mean second score of the paired
	Improved    *int64   `yaml:"improved"`    // change
	Same        *int64   `yaml:"same"`        // change
	Worse       *int64   `yaml:"worse"`       // change
	AtCeiling   *int64   `yaml:"at_ceiling"`  // change: second score is the highest there is
}

// wantedNumber is one number of a Want: a count or a value, nil where it is not wanted.
type wantedNumber struct {
	key   string
	count **int64
	value **float64
}

func (w *Want) all() []wantedNumber {
	return []wantedNumber{
		{"numerator", &w.Numerator, nil}, {"denominator", &w.Denominator, nil}, {"value", nil, &w.Value},
		{"median", nil, &w.Median}, {"nine_in_ten", nil, &w.NineInTen}, {"open", &w.Open, nil}, {"share", nil, &w.Share}, {"low", nil, &w.Low}, {"high", nil, &w.High},
		{"events", &w.Events, nil}, {"people", &w.People, nil}, {"started", &w.Started, nil}, {"paired", &w.Paired, nil},
		{"before", nil, &w.Before}, {"after", nil, &w.After}, {"improved", &w.Improved, nil}, {"same", &w.Same, nil},
		{"worse", &w.Worse, nil}, {"at_ceiling", &w.AtCeiling, nil},
	}
}

func (n wantedNumber) given() bool {
	return (n.count != nil && *n.count != nil) || (n.value != nil && *n.value != nil)
}

// wantKeys is the numbers an example of a kind may want.
func wantKeys(k Kind) []string {
	switch k {
	case Count:
		return []string{"numerator", "denominator", "value"}
	case Proportion:
		return []string{"numerator", "denominator", "value"}
	case Rate:
		return []string{"numerator", "denominator", "value", "events", "people"}
	case Duration:
		return []string{"numerator", "denominator", "median", "nine_in_ten", "open"}
	case Mean:
		return []string{"value", "denominator"}
	case PairedChange:
		return []string{"value", "started", "paired", "before", "after", "improved", "same", "worse", "at_ceiling"}
	case Distribution:
		return []string{"numerator", "denominator", "share"}
	case Estimate:
		return []string{"value", "low", "high"}
	}
	return nil
}

// lintWant says what is wrong with the numbers of a wanted cell.
func (h *header) lintWant(w Want) []string {
	var wrong []string
	given := 0
	for _, n := range w.all() {
		if !n.given() {
			continue
		}
		given++
		if !slices.Contains(wantKeys(h.Kind), n.key) && slices.Contains(Kinds(), h.Kind) {
			wrong = append(wrong, fmt.Sprintf("a wanted cell names %s, which a %s does not have", n.key, h.Kind))
		}
	}
	if w.District != "" && w.Unitary != "" {
		wrong = append(wrong, "a wanted cell names a district and a unitary: want one or the other")
	}
	if given == 0 {
		wrong = append(wrong, "a wanted cell names no number")
	}
	if w.People != nil && h.People == "" {
		wrong = append(wrong, "a wanted cell names people, and the header does not")
	}
	return wrong
}

// Words is which cell is wanted and its numbers as the file has them.
func (w Want) Words() (place, numbers string) { return w.place(), w.numbersTo(-1) }

// place is which cell is wanted: "2026-01, E07000148", "2026-01, field ethnicity".
func (w Want) place() string {
	parts := []string{w.Period}
	if w.District != "" {
		parts = append(parts, w.District)
	}
	if w.Unitary != "" {
		parts = append(parts, w.Unitary)
	}
	if w.Breakdown != "" {
		parts = append(parts, w.Breakdown+" "+w.Category)
	}
	return strings.Join(parts, ", ")
}

// numbers is a cell's numbers: "3 of 4", "median 2, open 1".
func (w Want) numbers() string { return w.numbersTo(8) }

// numbersTo is numbers with values to so many digits; -1 for as many as they have.
func (w Want) numbersTo(digits int) string {
	var parts []string
	for _, n := range w.all() {
		switch {
		case !n.given(), n.key == "denominator" && w.Numerator != nil:
		case n.key == "numerator" && w.Denominator != nil:
			parts = append(parts, fmt.Sprintf("%d of %d", *w.Numerator, *w.Denominator))
		case n.key == "numerator":
			parts = append(parts, strconv.FormatInt(*w.Numerator, 10))
		case n.key == "denominator":
			parts = append(parts, fmt.Sprintf("of %d", *w.Denominator))
		case n.key == "median" && *w.Median < 0:
			parts = append(parts, "no median yet")
		case n.key == "nine_in_ten" && *w.NineInTen < 0:
			parts = append(parts, "nine in ten not reached")
		case n.count != nil:
			parts = append(parts, fmt.Sprintf("%s %d", plainKey(n.key), **n.count))
		default:
			parts = append(parts, plainKey(n.key)+" "+strconv.FormatFloat(**n.value, 'g', digits, 64))
		}
	}
	return strings.Join(parts, ", ")
}

func plainKey(key string) string { return strings.ReplaceAll(key, "_", " ") }
