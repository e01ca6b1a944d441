package dashboards

import (
	"strings"
	"time"

	"wherry/config"
)

// Every day, month and period that people read is printed here, in the words of the language.

// month is a month of a year: "October 2024".
func (w words) month(t time.Time) string {
	return w.text("date.month", "month", w.monthName(t), "year", t.Year())
}

// shortMonth is month for a table or an axis: "Oct 2024".
func (w words) shortMonth(t time.Time) string {
	return w.text("date.month.short", "month", w.shortName(t), "year", t.Year())
}

func (w words) monthName(t time.Time) string {
	return w.text("month." + strings.ToLower(t.Month().String()))
}

func (w words) shortName(t time.Time) string {
	return w.text("month.short." + strings.ToLower(t.Month().String()))
}

// longDay is a date for people: "19 November 2026".
func (w words) longDay(t time.Time) string {
	return w.text("date.day", "day", t.Day(), "month", w.monthName(t), "year", t.Year())
}

// shortDay is a date for a table: "19 Nov 2026".
func (w words) shortDay(t time.Time) string {
	return w.text("date.day.short", "day", t.Day(), "month", w.shortName(t), "year", t.Year())
}

// longDay is a date in the data files.
func longDay(t time.Time) string { return inEnglish.longDay(t) }

// date prints a YYYY-MM-DD of a contributed file for people.
func (w words) date(s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return s
	}
	return w.longDay(t)
}

// monthOf is the month of a YYYY-MM-DD in words: "April 2025".
func (w words) monthOf(day string) string {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return day
	}
	return w.month(t)
}

// span is a stretch of time, or of numbers: "Jul to Sep 2026".
func (w words) span(from, to string) string { return w.text("period.span", "from", from, "to", to) }

// months is the months of a stretch of time: "October 2023 to September 2026".
func (w words) months(from, to config.Period) string {
	return w.span(w.month(from.Start), w.month(to.Last()))
}

// periodFull is a period in a sentence: "July 2026", "July to September 2026", "October 2023 to September 2026".
func (w words) periodFull(p config.Period) string {
	switch {
	case p.Kind == config.Month:
		return w.month(p.Start)
	case p.Start.Year() == p.Last().Year():
		return w.span(w.monthName(p.Start), w.month(p.Last()))
	}
	return w.months(p, p)
}

// periodTitle is periodFull, but for a year to a month: "year to September 2026".
func (w words) periodTitle(p config.Period) string {
	if p.Kind == config.Rolling {
		return w.text("period.year-to", "month", w.month(p.Last()))
	}
	return w.periodFull(p)
}

// periodName is a step in a table: "Oct 2024", "Jul to Sep 2026", "Year to Sep 2026".
func (w words) periodName(p config.Period) string {
	switch p.Kind {
	case config.Month:
		return w.shortMonth(p.Start)
	case config.Quarter:
		return w.span(w.shortName(p.Start), w.shortMonth(p.Last()))
	case config.Year:
		return w.span(w.shortMonth(p.Start), w.shortMonth(p.Last()))
	}
	return w.text("period.year-to.first", "month", w.shortMonth(p.Last()))
}

// periodWithin is periodName within a phrase: "year to Sep 2026".
func (w words) periodWithin(p config.Period) string {
	if p.Kind == config.Rolling || p.Kind == config.Pooled {
		return w.text("period.year-to", "month", w.shortMonth(p.Last()))
	}
	return w.periodName(p)
}

// axisLabel is the two lines under a step: "Oct" over "2024".
func (w words) axisLabel(p config.Period) string {
	switch p.Kind {
	case config.Quarter:
		n := 1 + (int(p.Start.Month())+8)%12/3
		return w.text("axis.quarter", "n", n) + "\n" + p.String()[:7]
	case config.Year:
		return p.String()[:4] + "\n" + w.text("axis.year", "year", p.String()[5:])
	case config.Rolling:
		return w.shortName(p.Last()) + "\n" + p.Last().Format("2006")
	}
	return w.shortName(p.Start) + "\n" + p.Start.Format("2006")
}

// stepName heads the column of a table's periods.
func (w words) stepName(k config.PeriodKind) string {
	switch k {
	case config.Month:
		return w.text("head.month")
	case config.Quarter:
		return w.text("head.quarter")
	case config.Year:
		return w.text("head.year")
	case config.Rolling:
		return w.text("head.twelve-months")
	case config.Pooled:
		return w.text("head.years")
	}
	return ""
}

// stepName heads the column of periods in the data files.
func stepName(k config.PeriodKind) string { return inEnglish.stepName(k) }
