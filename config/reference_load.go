package config

import (
	"cmp"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"time"
)

// OldestAge is the last single year of age in reference/population.csv; it stands for
// that age and over.
const OldestAge = 90

// Population is the estimated number of people of one sex and single year of age in an area.
type Population struct {
	Area   string
	Sex    string // female or male
	Age    int    // 0 to OldestAge
	People int64
}

// BankHoliday is a day on which offices in England and Wales are closed.
type BankHoliday struct {
	Day   time.Time
	Title string
}

// loadAreas reads geography/areas.csv: the partnership first, then the others by name.
func loadAreas(fsys fs.FS) ([]Area, Problems) {
	t := readTable(fsys, "geography/areas.csv", "code", "name", "kind", "parent")
	var areas []Area
	line := map[string]int{}
	for i, row := range t.rows {
		a := Area{row["code"], row["name"], row["kind"], row["parent"]}
		switch {
		case a.Code == "" || a.Name == "":
			t.add(t.lines[i], "an area needs a code and a name", "")
		case line[a.Code] > 0:
			t.add(t.lines[i], fmt.Sprintf("area %q is already on line %d", a.Code, line[a.Code]), "")
		case a.Kind != "partnership" && a.Kind != "district":
			t.add(t.lines[i], fmt.Sprintf("unknown kind of area %q", a.Kind), "use partnership or district")
		case (a.Kind == "partnership") != (a.Parent == ""):
			t.add(t.lines[i], "a district needs a parent, and the partnership has none", "")
		}
		line[a.Code] = t.lines[i]
		areas = append(areas, a)
	}
	for i, a := range areas {
		if a.Parent != "" && line[a.Parent] == 0 {
			t.add(t.lines[i], fmt.Sprintf("parent %q is not in this file", a.Parent), "")
		}
	}
	slices.SortStableFunc(areas, func(a, b Area) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name, b.Name))
	})
	return areas, t.problems
}

func rank(a Area) int {
	if a.Parent == "" {
		return 0
	}
	return 1
}

// loadPopulation reads reference/population.csv, which has the districts, and adds whole,
// the partnership, as their sum.
func loadPopulation(fsys fs.FS, areas []Area, whole string) ([]Population, Problems) {
	t := readTable(fsys, "reference/population.csv", "area", "sex", "age", "population")
	known := map[string]bool{}
	for _, a := range areas {
		known[a.Code] = a.Parent != ""
	}
	type cell struct {
		area, sex string
		age       int
	}
	seen := map[cell]bool{}
	total := map[cell]int64{}
	var people []Population
	for i, row := range t.rows {
		age, ageErr := strconv.Atoi(row["age"])
		n, err := strconv.ParseInt(row["population"], 10, 64)
		at := cell{row["area"], row["sex"], age}
		switch {
		case !known[at.area]:
			t.add(t.lines[i], fmt.Sprintf("area %q is not a district of config/geography/areas.csv", at.area), "the partnership's own total is worked out")
		case at.sex != "female" && at.sex != "male":
			t.add(t.lines[i], fmt.Sprintf("sex %q is not female or male", at.sex), "")
		case ageErr != nil || age < 0 || age > OldestAge:
			t.add(t.lines[i], fmt.Sprintf("age %q is not a whole number from 0 to %d", row["age"], OldestAge), "")
		case err != nil || n < 0:
			t.add(t.lines[i], fmt.Sprintf("population %q is not a whole number", row["population"]), "")
		case seen[at]:
			t.add(t.lines[i], "this area, sex and age are already in the file", "")
		}
		seen[at] = true
		people = append(people, Population{at.area, at.sex, age, n})
		total[cell{whole, at.sex, age}] += n
	}
	for _, sex := range []string{"female", "male"} {
		for age := range OldestAge + 1 {
			people = append(people, Population{whole, sex, age, total[cell{whole, sex, age}]})
		}
	}
	return people, t.problems
}

// loadBankHolidays reads reference/bank_holidays.csv, in date order.
func loadBankHolidays(fsys fs.FS) ([]BankHoliday, Problems) {
	t := readTable(fsys, "reference/bank_holidays.csv", "day", "title")
	var days []BankHoliday
	for i, row := range t.rows {
		d := BankHoliday{t.date(i, "day"), row["title"]}
		if row["day"] == "" || d.Title == "" {
			t.add(t.lines[i], "a bank holiday needs a day and a title", "")
		}
		if n := len(days); n > 0 && !days[n-1].Day.Before(d.Day) && !d.Day.IsZero() {
			t.add(t.lines[i], "the days must be in order, each once", "")
		}
		days = append(days, d)
	}
	return days, t.problems
}
