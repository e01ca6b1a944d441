package warehouse

import (
	"database/sql/driver"
	"math"
	"slices"
	"time"

	"wherry/config"
)

// reference is the tables of the reference schema that do not depend on the day.
func reference(p *config.Partnership) []content {
	areas := content{schema: "reference", name: "area"}
	for _, a := range p.Areas {
		areas.rows = append(areas.rows, []driver.Value{a.Code, a.Name, a.Kind, a.Parent})
	}
	pieces := content{schema: "reference", name: "piece"}
	for _, piece := range p.Pieces() {
		pieces.rows = append(pieces.rows, []driver.Value{piece.District, piece.Unitary})
	}
	codes := content{schema: "reference", name: "code"}
	var lists []string
	for name := range p.Codes {
		lists = append(lists, name)
	}
	slices.Sort(lists)
	for _, name := range lists {
		for _, c := range p.Codes[name].Codes {
			codes.rows = append(codes.rows, []driver.Value{name, c.Code, c.Label, dateOrNull(c.ValidFrom), dateOrNull(c.ValidTo)})
		}
	}
	people := content{schema: "reference", name: "population"}
	for _, r := range p.Population {
		people.rows = append(people.rows, []driver.Value{r.Area, r.Sex, int32(r.Age), int64(r.People)})
	}
	holidays := content{schema: "reference", name: "bank_holiday"}
	for _, h := range p.BankHolidays {
		holidays.rows = append(holidays.rows, []driver.Value{h.Day, h.Title})
	}
	return []content{areas, pieces, codes, people, holidays, calendar(p), schoolCalendar(p), published(p)}
}

func dateOrNull(t time.Time) driver.Value {
	if t.IsZero() {
		return nil
	}
	return t
}

// calendar covers the whole years for which bank holidays are known; on other days nobody
// can say how many working days have passed.
func calendar(p *config.Partnership) content {
	t := content{schema: "reference", name: "calendar"}
	if len(p.BankHolidays) == 0 {
		return t
	}
	off := map[time.Time]bool{}
	first, last := p.BankHolidays[0].Day.Year(), 0
	for _, h := range p.BankHolidays {
		off[h.Day] = true
		first, last = min(first, h.Day.Year()), max(last, h.Day.Year())
	}
	n := int64(0)
	for d := config.Day(first, time.January, 1); d.Year() <= last; d = d.AddDate(0, 0, 1) {
		working := d.Weekday() != time.Saturday && d.Weekday() != time.Sunday && !off[d]
		if working {
			n++
		}
		t.rows = append(t.rows, []driver.Value{d, working, n})
	}
	return t
}

// schoolCalendar covers the days on which Partnership.SchoolDay knows.
func schoolCalendar(p *config.Partnership) content {
	t := content{schema: "reference", name: "school_calendar"}
	if len(p.SchoolTerms) == 0 {
		return t
	}
	n := int64(0)
	last := p.SchoolTerms[len(p.SchoolTerms)-1].Last
	for d := p.SchoolTerms[0].First; !d.After(last); d = d.AddDate(0, 0, 1) {
		school, _ := p.SchoolDay(d)
		if school {
			n++
		}
		t.rows = append(t.rows, []driver.Value{d, school, n, nil})
	}
	var next driver.Value
	for i := len(t.rows) - 1; i >= 0; i-- {
		row := t.rows[i]
		row[3] = next
		if row[1] == true {
			next = row[0]
		}
	}
	return t
}

func published(p *config.Partnership) content {
	t := content{schema: "reference", name: "published"}
	for _, v := range p.Published {
		if v.Verified {
			t.rows = append(t.rows, []driver.Value{v.Key, orNull(v.Value), orNull(v.Low), orNull(v.High), v.Unit, v.AsOf})
		}
	}
	return t
}

func orNull(v float64) driver.Value {
	if math.IsNaN(v) {
		return nil
	}
	return v
}
