package anonymise

import (
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines/screen"
)

// dates reads dates in any form that systems write, cuts them as the contract does, and
// writes them as it asks.
func (x *extractor) dates(c config.Column, values []string) {
	form := map[string]string{"date": time.DateOnly, "timestamp": time.DateTime}[c.Type]
	if c.Format != "" {
		form = goForm(c.Format)
	}
	for r, v := range values {
		if values[r] = ""; blank(v) {
			continue
		}
		on, ok := x.table.moment(v, c.Format)
		if !ok {
			x.drop("dates of %s that cannot be read (left blank)", c.Name)
			continue
		}
		values[r] = cut(on, c.Degrade).Format(form)
	}
}

// cut leaves out what the contract does not keep of a moment.
func cut(on time.Time, degrade string) time.Time {
	switch degrade {
	case "month":
		return config.Day(on.Year(), on.Month(), 1)
	case "hour":
		return on.Truncate(time.Hour)
	}
	return on
}

// codes keeps what is on a column's list in the version of its contract that the row's period
// has, or is recoded to it.
func (x *extractor) codes(i int, values []string) {
	known := map[config.Period]func(string) bool{}
	for r, v := range values {
		c := x.contract.Version(x.period[r]).Columns[i]
		if known[x.period[r]] == nil {
			known[x.period[r]] = x.onList(c, x.period[r])
		}
		entries := []string{v}
		if c.Type == "list" {
			entries = strings.Split(v, "|")
		}
		var kept []string
		for _, entry := range entries {
			if entry = strings.TrimSpace(entry); known[x.period[r]](entry) {
				kept = append(kept, entry)
			} else if entry != "" {
				x.drop("values of %s that are on no list of its contract (left blank)", c.Name)
			}
		}
		values[r] = strings.Join(kept, "|")
	}
}

// onList says what a column of codes may hold in a period.
func (x *extractor) onList(c config.Column, p config.Period) func(string) bool {
	allowed := slices.Clone(c.Values)
	if list := x.partnership.Codes[c.Codes]; list != nil {
		allowed = append(allowed, list.In(p)...)
	}
	free := c.Type == "list" && len(allowed) == 0
	return func(v string) bool {
		_, recoded := c.Map[v]
		return recoded || slices.Contains(allowed, v) || free && len(v) <= 60 && x.screen.Find(v, c.Allowed()) == ""
	}
}

// plain keeps numbers that are numbers, and text that the screen lets through.
func (x *extractor) plain(c config.Column, values []string) {
	for r, v := range values {
		if values[r] = strings.TrimSpace(v); v != "" && c.Type != "text" && !slices.Contains(c.Small, values[r]) && !number(c, v) {
			x.drop("values of %s that are no number for a count or sum (left blank)", c.Name)
			values[r] = ""
		}
	}
	if c.Type == "decimal" {
		return
	}
	keyed := slices.Contains(x.contract.Key, c.Kept()) || strings.HasSuffix(c.Name, "_key") || strings.HasSuffix(c.Name, "_id") || c.Max != nil
	judged := x.screen.NewColumn(screen.About{Start: x.anyPeriod().Start, Allowed: c.Allowed(), Named: true, Keyed: keyed})
	times := map[string]int64{}
	for _, v := range values {
		if v != "" {
			times[v]++
		}
	}
	for v, n := range times {
		judged.Add(v, n)
	}
	found, strays := judged.Finding(), judged.Strays()
	for r, v := range values {
		if v != "" && (found != nil || slices.Contains(strays, v)) {
			x.drop("values of %s that look like personal data (left blank)", c.Name)
			values[r] = ""
		}
	}
}

// number says whether a value is one that a column of numbers may hold: an identifier is no
// count.
func number(c config.Column, v string) bool {
	n, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
	if err != nil || math.IsNaN(n) || math.IsInf(n, 0) || c.Type == "integer" && n != math.Trunc(n) {
		return false
	}
	return math.Abs(n) < 1e9 && (!strings.HasPrefix(v, "0") || math.Abs(n) < 1e8) || c.Allows(screen.LongNumber)
}

// goForm is a strptime form as Go writes it.
func goForm(format string) string {
	return strings.NewReplacer("%d", "02", "%-d", "2", "%m", "01", "%-m", "1", "%Y", "2006", "%y", "06", "%b", "Jan", "%B", "January",
		"%H", "15", "%-H", "15", "%I", "03", "%p", "PM", "%M", "04", "%S", "05", "%f", "000000", "%j", "002", "%%", "%").Replace(format)
}
