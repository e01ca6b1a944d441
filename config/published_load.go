package config

import (
	"fmt"
	"io/fs"
	"math"
	"net/url"
	"strconv"
	"time"
)

// Published is a number somebody else published or the law sets: a row of
// config/reference/published.csv. It may be shown beside a measure as a reference, with its
// source; it is never a target. Low and High are NaN where no interval or band was published,
// Value where nothing else was; all three may be of one that nobody has verified.
type Published struct {
	Key, Title       string
	Value, Low, High float64
	Unit             string // percent, days, working days, per 10,000 adult females, ...
	Period, Area     string // what it is of, in words
	Source, URL      string
	AsOf, ReviewBy   time.Time // the day it describes, was published or was read, and when to look for a newer one
	Verified         bool      // somebody read it in its source; the others are switched off
}

// loadPublished reads reference/published.csv, in the order of the file.
func loadPublished(fsys fs.FS) ([]Published, Problems) {
	t := readTable(fsys, "reference/published.csv", "key", "title", "value", "low", "high", "unit", "period",
		"area", "source", "url", "as_of", "review_by", "verified")
	var values []Published
	line := map[string]int{}
	for i, row := range t.rows {
		v := Published{Key: row["key"], Title: row["title"], Unit: row["unit"], Period: row["period"], Area: row["area"],
			Source: row["source"], URL: row["url"], AsOf: t.date(i, "as_of"), ReviewBy: t.date(i, "review_by"),
			Value: t.number(i, "value"), Low: t.number(i, "low"), High: t.number(i, "high"), Verified: row["verified"] == "yes"}
		for _, column := range []string{"title", "unit", "source", "as_of", "review_by"} {
			if row[column] == "" {
				t.add(t.lines[i], column+" is missing", "a published value needs its unit, its source and the day to look at it again")
			}
		}
		t.checkPublished(i, v)
		if line[v.Key] > 0 {
			t.add(t.lines[i], fmt.Sprintf("key %q is already on line %d", v.Key, line[v.Key]), "")
		}
		line[v.Key] = t.lines[i]
		values = append(values, v)
	}
	return values, t.problems
}

func (t *table) checkPublished(i int, v Published) {
	row, at := t.rows[i], t.lines[i]
	if !lowerSnake.MatchString(v.Key) {
		t.add(at, fmt.Sprintf("%q is not a key", v.Key), "use small letters, digits and single underscores")
	}
	if row["verified"] != "yes" && row["verified"] != "no" {
		t.add(at, fmt.Sprintf("verified %q is not yes or no", row["verified"]), "write yes only once somebody has read the value in its source")
	}
	if math.IsNaN(v.Low) != math.IsNaN(v.High) {
		t.add(at, "low and high go together", "")
	}
	if row["value"] == "" && row["low"] == "" && row["verified"] != "no" {
		t.add(at, "value is missing", "give a value, or the low and high of a band; one that is still to be found may be empty where verified is no")
	}
	if v.Low > v.Value || v.Value > v.High || v.Low > v.High {
		t.add(at, "value is outside low to high", "")
	}
	if !v.ReviewBy.IsZero() && v.ReviewBy.Before(v.AsOf) {
		t.add(at, "review_by is before as_of", "")
	}
	if u, err := url.Parse(v.URL); v.URL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
		t.add(at, "url is not an address on the web", "write it whole, from https://, or leave it empty")
	}
}

// number reads a number of row i; an empty one is NaN.
func (t *table) number(i int, column string) float64 {
	text := t.rows[i][column]
	if text == "" {
		return math.NaN()
	}
	v, err := strconv.ParseFloat(text, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		t.add(t.lines[i], fmt.Sprintf("%s %q is not a number", column, text), "write it as 36.1, without a unit or commas")
		return math.NaN()
	}
	return v
}

// PublishedValue is the verified value with this key. ok is false where there is none, and
// where nobody has verified it: such a value is switched off.
func (p *Partnership) PublishedValue(key string) (v Published, ok bool) {
	for _, v := range p.Published {
		if v.Key == key {
			return v, v.Verified
		}
	}
	return Published{}, false
}

// PublishedWarnings is a line for each published value whose review date has passed at asAt,
// or which is switched off as not verified, in the order of the file.
func (p *Partnership) PublishedWarnings(asAt time.Time) []string {
	var lines []string
	for _, v := range p.Published {
		switch {
		case !v.Verified && math.IsNaN(v.Value) && math.IsNaN(v.Low):
			lines = append(lines, fmt.Sprintf("published value %s is still to be found: read it in its source (%s), put it in with its dates, then write yes", v.Key, v.Source))
		case !v.Verified:
			lines = append(lines, fmt.Sprintf("published value %s is not verified, so it is switched off: read it in its source (%s), then write yes", v.Key, v.Source))
		case asAt.After(v.ReviewBy):
			lines = append(lines, fmt.Sprintf("published value %s was to be reviewed by %s: look for a newer one from %s", v.Key, v.ReviewBy.Format("2 January 2006"), v.Source))
		}
	}
	return lines
}
