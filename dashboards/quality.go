package dashboards

import (
	"slices"
	"sort"
	"strings"

	"wherry/config"
	"wherry/queries"
)

// qualityPage is the body of data-quality.html.
type qualityPage struct {
	Lead        string
	Months      []config.Period
	Grid        []gridRow
	Look        []string // returns of the quarter to bear in mind, by reason, in sentences
	Late        []string // returns of which rows came later, in sentences
	Quarter     []returnRow
	Quarantined []brokenRow // rules that kept rows out
	InDoubt     []brokenRow // rules that rows broke and were kept all the same
	Silences    []silenceRow
	Affected    []*subject // measures that rest on a return that did not come, or is unlike the usual
}

// gridRow is what one agency sent of one feed over twelve months.
type gridRow struct {
	Agency, Feed string
	Cells        []gridCell
}

// gridCell is one return: a quarter's spans three months.
type gridCell struct {
	Span   int
	Class  string // on-time, late, none or not-due
	Letter string
	Words  string
	Period string
}

// returnRow is one return owed for the edition's quarter.
type returnRow struct {
	Agency, Feed, Period, Due, Arrived, Rows, Quarantined, InDoubt, Status string
}

// brokenRow is one rule that rows of one return broke.
type brokenRow struct {
	Agency, Feed, Period, Rule string
	Rows                       string
}

// statuses say what came of a return, by letter, word and pattern.
var statuses = map[string]gridCell{
	"on_time": {Class: "on-time", Letter: "O", Words: "On time"},
	"late":    {Class: "late", Letter: "L", Words: "Late"},
	"missing": {Class: "none", Letter: "N", Words: "None"},
	"not_due": {Class: "not-due", Letter: "D", Words: "Not yet due"},
}

func (b *builder) dataQuality() error {
	body := qualityPage{Months: b.lastMonths()}
	returns := append([]queries.Return{}, b.Returns...)
	sort.SliceStable(returns, func(i, j int) bool {
		x, y := returns[i], returns[j]
		if a, c := b.Agency(x.Agency), b.Agency(y.Agency); a != c {
			return a < c
		}
		if a, c := b.FeedTitle(x.Feed), b.FeedTitle(y.Feed); a != c {
			return a < c
		}
		return x.Period.Start.Before(y.Period.Start)
	})
	body.Grid = b.grid(returns, body.Months)
	arrived, owed := 0, 0
	for _, r := range returns {
		if !b.ofQuarter(r) {
			continue
		}
		if r.Status != "not_due" {
			owed++
		}
		if !r.Arrived.IsZero() {
			arrived++
		}
		body.Quarter = append(body.Quarter, b.returned(r))
	}
	body.Look = b.remarked(returns)
	body.Lead = b.fixed.some("returns.lead", float64(arrived), "all", owed, "period", b.fixed.periodFull(b.Quarter), "day", b.fixed.longDay(b.AsAt))
	body.Late = b.cameLate()
	body.Quarantined, body.InDoubt, body.Silences = b.broken(b.Quarantined), b.broken(b.InDoubt), b.silences()
	for _, s := range b.subjects {
		if s.Trust.Word != "Good" {
			body.Affected = append(body.Affected, s)
		}
	}
	return b.render("data-quality.html", "quality.html", page{Title: b.fixed.text("title.quality"), Nav: "data-quality.html", Body: body})
}

// cameLate names each return of which rows came with a later one. Numbers of rows are not told.
func (b *builder) cameLate() []string {
	var says []string
	for _, l := range b.Late {
		if l.Counted() > 0 {
			says = append(says, b.fixed.text("returns.came-late", "agency", b.Agency(l.Agency), "feed", b.FeedTitle(l.Feed), "period", b.fixed.periodFull(l.Period), "later", b.fixed.periodFull(l.With)))
		}
	}
	return says
}

// lastMonths are the twelve months that end with the edition's quarter.
func (b *builder) lastMonths() []config.Period {
	return config.Containing(config.Rolling, b.Quarter.Last()).Split(config.Month)
}

// grid lays returns, sorted by agency, feed and time, over the months.
func (b *builder) grid(returns []queries.Return, months []config.Period) []gridRow {
	var rows []gridRow
	byRow := map[string]map[string]queries.Return{} // agency and feed -> period -> return
	var order []queries.Return
	for _, r := range returns {
		key := r.Agency + "\x00" + r.Feed
		if byRow[key] == nil {
			byRow[key] = map[string]queries.Return{}
			order = append(order, r)
		}
		byRow[key][r.Period.String()] = r
	}
	for _, first := range order {
		row := gridRow{Agency: b.Agency(first.Agency), Feed: b.FeedTitle(first.Feed)}
		steps, span := months, 1
		if first.Period.Kind == config.Quarter {
			steps, span = config.Containing(config.Rolling, b.Quarter.Last()).Split(config.Quarter), 3
		}
		for _, p := range steps {
			c := gridCell{Class: "not-owed", Words: "Not owed"}
			if r, ok := byRow[first.Agency+"\x00"+first.Feed][p.String()]; ok {
				c = statuses[r.Status]
			}
			c.Span, c.Period = span, b.fixed.periodName(p)
			row.Cells = append(row.Cells, c)
		}
		rows = append(rows, row)
	}
	return rows
}

func (b *builder) returned(r queries.Return) returnRow {
	w := b.fixed
	row := returnRow{Agency: b.Agency(r.Agency), Feed: b.FeedTitle(r.Feed), Period: w.periodName(r.Period), Due: w.shortDay(r.Due),
		Arrived: "[x]", Rows: "[x]", Quarantined: "[x]", InDoubt: "[x]", Status: w.text(keyUnder("came.", statuses[r.Status].Words))}
	if !r.Arrived.IsZero() {
		row.Arrived, row.Rows, row.Quarantined = w.shortDay(r.Arrived), b.rowsHeld(r.Rows), b.rowsHeld(r.Quarantined)
		row.InDoubt = b.rowsHeld(b.inDoubt(r))
	}
	if r.Submission > 1 {
		row.Status = w.some("returns.sent", float64(r.Submission), "status", row.Status)
	}
	for _, reason := range w.reasonsBeyond(r) {
		row.Status = w.text("list.next", "before", row.Status, "next", reason)
	}
	return row
}

// rowsTo is what numbers of rows are rounded to: a row is often a person, and an exact number
// of them could be set against the figures of a measure.
const rowsTo = 10

// rowsHeld prints a number of rows: a small one is hidden, others are rounded.
func (b *builder) rowsHeld(n int64) string {
	rounded, shown := b.roundedRows(n)
	if !shown {
		return "[c]"
	}
	return thousands(float64(rounded), 0)
}

// roundedRows is a number of rows as it may be printed, and whether it may.
func (b *builder) roundedRows(n int64) (rounded int64, shown bool) {
	if n > 0 && n <= max(b.Audience.HideUpTo, rowsTo/2) {
		return 0, false
	}
	to := max(b.Audience.RoundTo, rowsTo)
	return (n + to/2) / to * to, true
}

// inDoubt is how often rows of a return broke rules that warn.
func (b *builder) inDoubt(r queries.Return) int64 {
	var n int64
	for _, d := range b.InDoubt {
		if d.Agency == r.Agency && d.Feed == r.Feed && d.Period == r.Period.String() {
			n += d.Rows
		}
	}
	return n
}

func (b *builder) broken(rules []queries.BrokenRule) []brokenRow {
	var rows []brokenRow
	for _, q := range rules {
		period := q.Period
		if p, err := config.ParsePeriod(q.Period); err == nil {
			period = b.fixed.periodName(p)
		}
		rows = append(rows, brokenRow{b.Agency(q.Agency), b.FeedTitle(q.Feed), period, b.ruleWords(q.Feed, q.Rule), b.rowsHeld(q.Rows)})
	}
	sort.SliceStable(rows, func(i, j int) bool {
		return rows[i].Agency+"\x00"+rows[i].Feed < rows[j].Agency+"\x00"+rows[j].Feed
	})
	return rows
}

// ruleWords says what a quarantine rule asks: the contract's own words, or those of the
// rules that every feed has.
func (b *builder) ruleWords(feed, rule string) string {
	for _, c := range b.Partnership.Contracts {
		if c.Feed != feed {
			continue
		}
		for _, r := range c.Rules {
			if r.Code == rule && r.Says != "" {
				return sentence(r.Says)
			}
		}
	}
	if slices.Contains(commonRules, rule) {
		return b.fixed.text("rule." + strings.ReplaceAll(rule, "_", "-"))
	}
	return sentence(strings.ReplaceAll(rule, "_", " "))
}

// commonRules are the rules that every feed has.
var commonRules = []string{"required", "not_a_date", "not_a_timestamp", "not_an_integer", "not_a_decimal", "out_of_range", "not_in_codes", "not_a_pseudonym", "too_long", "identifier", "duplicate_key", "outside_period", "malformed_line", "cell_error"}
