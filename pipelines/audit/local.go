package audit

import "math"

// The heads of the share of local people beside a row, and of the row's share over it.
const (
	localHead = "Of local people"
	ratioHead = "Ratio to local people"
)

// ratioFollows says whether a ratio is that of a row's percentage, of the counts printed, to
// the share of local people printed beside it.
func ratioFollows(r row, ratio number, local []number) bool {
	if len(local) != 1 || r.value == "" || r.base <= 0 || r.numerator < 0 {
		return false
	}
	half := 0.5*math.Pow10(-local[0].decimals) + 1e-6
	value, rounded := 100*float64(r.numerator)/float64(r.base), 0.5*math.Pow10(-ratio.decimals)+1e-6
	if local[0].value <= half {
		return false
	}
	return ratio.value >= value/(local[0].value+half)-rounded && ratio.value <= value/(local[0].value-half)+rounded
}
