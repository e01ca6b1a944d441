package queries

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"wherry/config"
)

// Remark is one thing to look at in a return: why it may not be all of what it should be.
type Remark struct {
	Kind   RemarkKind `json:"reason"`
	Detail string     `json:"detail"` // for the partnership's own eyes: with numbers of rows, days and names of columns
	Says   string     `json:"says"`   // for any reader: no number of rows, area or team; completes "The return ..."
}

// RemarkKind says what is to be looked at.
type RemarkKind string

// Kinds of Remark.
const (
	Missing RemarkKind = "missing"
	Late    RemarkKind = "late"
	Partial RemarkKind = "partial"          // days, an area, a team or a column that is usually there is not
	Small   RemarkKind = "unusually_small"  // far fewer rows than the sender's own history
	Large   RemarkKind = "unusually_large"  // far more
	Orphans RemarkKind = "leads_to_nothing" // rows that refer to what no return holds
)

// Words is the reason as people say it.
func (k RemarkKind) Words() string { return strings.ReplaceAll(string(k), "_", " ") }

// How much is unusual. A return is held against the sender's own returns for the same feed:
// the last year's worth and more, and the same period of the year before, so that what comes
// back every summer is no surprise. Square roots of numbers of rows are compared, for they
// scatter alike whatever their size (Bartlett 1936); the cut is the modified z-score of
// Iglewicz and Hoaglin (1993, How to detect and handle outliers), as in the NIST/SEMATECH
// e-Handbook, 1.3.5.17. The spread is never taken as less than half as much again as that of
// chance, for services scatter more than chance does.
const (
	fewestEarlier = 6         // returns to judge by; below that nothing is said
	unusualScore  = 3.5       // modified z-score
	leastSpread   = 0.75      // of square roots; that of a Poisson count is a half
	madToSpread   = 1.4826    // the median absolute deviation of a normal spread of 1 is 1/1.4826
	shareMoved    = 2.0 / 3.0 // and less than two-thirds, or more than half as much again
	rowsMoved     = 10        // and by so many rows
	byChance      = 0.001     // a gap that chance makes less often than this is a gap
	blankMore     = 0.5       // a column blank in so much more of the rows than usual
)

// returned is what one return holds: what it is judged by.
type returned struct {
	period config.Period
	sent   int64            // rows, those in quarantine among them
	kept   int64            // rows accepted
	days   []time.Time      // on which a row falls, in order; nil where the feed has no such column
	filled map[string]int64 // column -> rows in which it is not blank
	parts  map[string]int64 // "column\x00value" -> rows, of areas and teams
}

// remarks says what is unusual about the last of a sender's returns of a feed, the earlier
// ones of which are its history, oldest first.
func (f feedColumns) remarks(now returned, earlier []returned) []Remark {
	history := lastOf(earlier, 2*int(12/monthsOf(now.period)))
	before := now.period.Shift(-int(12 / monthsOf(now.period)))
	at := slices.IndexFunc(history, func(r returned) bool { return r.period == before })
	if len(history) < fewestEarlier || at < 0 {
		return nil
	}
	if gaps := f.gaps(now, history); len(gaps) > 0 {
		return gaps
	}
	return unusualSize(now, lastOf(history, int(12/monthsOf(now.period))+4), history[at])
}

func monthsOf(p config.Period) int64 { return int64(len(p.Split(config.Month))) }

func lastOf(rs []returned, n int) []returned { return rs[max(0, len(rs)-n):] }

// unusualSize holds the number of rows against those of the recent returns and against that
// of the same period a year before: it is unusual where both say so.
func unusualSize(now returned, recent []returned, yearBefore returned) []Remark {
	roots := make([]float64, len(recent))
	for i, r := range recent {
		roots[i] = math.Sqrt(float64(r.sent))
	}
	middle := median(roots)
	off := make([]float64, len(roots))
	for i, x := range roots {
		off[i] = math.Abs(x - middle)
	}
	spread := max(madToSpread*median(off), leastSpread)
	x, then := math.Sqrt(float64(now.sent)), math.Sqrt(float64(yearBefore.sent))
	says := fmt.Sprintf("%d rows, where %.0f are usual and %d came for %s", now.sent, middle*middle, yearBefore.sent, yearBefore.period)
	switch low, high := min(middle, then), max(middle, then); {
	case low-x > unusualScore*spread && x*x < shareMoved*low*low && low*low-x*x >= rowsMoved:
		return []Remark{{Small, says, "has far fewer rows than usual for its sender"}}
	case x-high > unusualScore*spread && shareMoved*x*x > high*high && x*x-high*high >= rowsMoved:
		return []Remark{{Large, says, "has far more rows than usual for its sender"}}
	}
	return nil
}

func median(xs []float64) float64 {
	xs = slices.Sorted(slices.Values(xs))
	n := len(xs)
	return (xs[(n-1)/2] + xs[n/2]) / 2
}

// gaps names what is usually in a return and is not in this one: days, areas or teams, columns.
func (f feedColumns) gaps(now returned, history []returned) []Remark {
	if now.sent == 0 {
		return nil
	}
	var gaps []Remark
	if days := f.daysWithout(now, history); days != "" {
		gaps = append(gaps, Remark{Partial, days, "has " + days})
	}
	if parts := partsWithout(now, history); len(parts) > 0 {
		gaps = append(gaps, Remark{Partial, strings.Join(parts, "; "), "has no rows of an area or team that it usually has"})
	}
	if columns := columnsWithout(f, now, history); len(columns) > 0 {
		gaps = append(gaps, Remark{Partial, strings.Join(columns, "; "), "leaves columns largely blank that are usually filled in"})
	}
	return gaps
}

// daysWithout is the longest stretch of days without a row, where it is longer than any before
// and chance would not leave one in as many rows as usual; "" for none.
func (f feedColumns) daysWithout(now returned, history []returned) string {
	first, gap := f.longestGap(now)
	longest, rows := 0, make([]float64, len(history))
	for i, r := range history {
		_, g := f.longestGap(r)
		longest, rows[i] = max(longest, g), float64(r.sent)
	}
	days := now.period.End.Sub(now.period.Start).Hours() / 24
	if len(now.days) == 0 || gap <= longest || days*math.Exp(-median(rows)*float64(gap)/days) > byChance {
		return ""
	}
	return fmt.Sprintf("no rows from %s to %s", first.Format("2 January"), first.AddDate(0, 0, gap-1).Format("2 January 2006"))
}

// longestGap is the longest run of days of the period on which no row falls, and its first day.
func (f feedColumns) longestGap(r returned) (first time.Time, days int) {
	from := r.period.Start
	for _, day := range append(slices.Clone(r.days), r.period.End) {
		if n := int(day.Sub(from).Hours() / 24); n > days {
			first, days = from, n
		}
		next := day.AddDate(0, 0, 1)
		if f.months {
			next = day.AddDate(0, 1, 1-day.Day())
		}
		if next.After(from) {
			from = next
		}
	}
	return first, days
}

// partsWithout is the areas and teams that every return so far had rows of, and so many that
// chance would not leave this one without.
func partsWithout(now returned, history []returned) []string {
	var without []string
	for part := range history[len(history)-1].parts {
		least := math.Inf(1)
		for _, r := range history {
			least = min(least, float64(r.parts[part])/max(1, float64(r.kept)))
		}
		if now.parts[part] == 0 && math.Exp(-least*float64(now.kept)) < byChance {
			column, value, _ := strings.Cut(part, "\x00")
			without = append(without, fmt.Sprintf("no rows with %s %s", column, value))
		}
	}
	slices.Sort(without)
	return without
}

// columnsWithout is the columns that are largely blank and usually are not.
func columnsWithout(f feedColumns, now returned, history []returned) []string {
	var without []string
	for _, column := range f.optional {
		blank := func(r returned) float64 { return 1 - float64(r.filled[column])/max(1, float64(r.kept)) }
		var usual []float64
		for _, r := range history {
			if r.kept > 0 {
				usual = append(usual, blank(r))
			}
		}
		if len(usual) >= fewestEarlier && now.kept > 0 && blank(now) >= median(usual)+blankMore {
			without = append(without, fmt.Sprintf("%s is blank in %.0f%% of rows, where %.0f%% is usual", column, 100*blank(now), 100*median(usual)))
		}
	}
	return without
}

// sortReturned puts returns in the order of their periods.
func sortReturned(rs []returned) {
	slices.SortFunc(rs, func(a, b returned) int { return cmp.Compare(a.period.Start.Unix(), b.period.Start.Unix()) })
}
