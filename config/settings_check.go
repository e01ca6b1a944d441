package config

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	_ "time/tzdata" // so that the time zone is known on a bare machine
)

// checkSettings finds what is well-formed in wherry.yaml, a variable or a flag, but cannot
// be right.
func checkSettings(p *Partnership, o *origin) Problems {
	if o.bad {
		return nil
	}
	c := &settingsCheck{Settings: &p.Settings, o: o}
	c.whole(p.Areas)
	c.dates()
	c.agencies()
	c.audiences()
	c.events()
	c.paths()
	c.schedule()
	c.limits()
	c.screening()
	c.sources()
	c.age()
	c.theme()
	c.words()
	return c.found
}

type settingsCheck struct {
	*Settings
	o     *origin
	found Problems
}

// add records a fault at a path such as audiences.0.id.
func (c *settingsCheck) add(path, msg, hint string) {
	key := strings.ReplaceAll(path, ".", keyDelimiter)
	c.found = append(c.found, c.o.fault(key, msg, hint))
}

func (c *settingsCheck) filled(path, value string) {
	if strings.TrimSpace(value) == "" {
		c.add(path, path[strings.LastIndexByte(path, '.')+1:]+" is missing", "")
	}
}

func (c *settingsCheck) whole(areas []Area) {
	c.filled("name", c.Name)
	c.filled("place", c.Place)
	c.filled("board", c.Board)
	c.filled("contact.team", c.Contact.Team)
	if (c.Boundaries.File == "") != (c.Boundaries.Code == "") {
		c.add("boundaries", "boundaries need a file and a code", "code is the property of the file that holds an area's code, such as LAD24CD")
	}
	known := map[string]bool{}
	for _, a := range areas {
		known[a.Code] = true
	}
	if len(areas) > 0 && !known[c.Area] {
		c.add("area", fmt.Sprintf("area %q is not in config/geography/areas.csv", c.Area), didYouMean(c.Area, keysOf(known)))
	}
}

func (c *settingsCheck) dates() {
	if c.AsAt != "" {
		c.date("as_at", c.AsAt)
	}
	if first, err := ParsePeriod(c.FirstPeriod); err != nil || first.Kind != Month {
		c.add("first_period", fmt.Sprintf("%q is not a month", c.FirstPeriod), "write it as 2023-10")
	}
	c.between("cut_off_days", int64(c.CutOffDays), 0, 365)
	c.between("meeting_days", int64(c.MeetingDays), 0, 365)
}

func (c *settingsCheck) date(path, value string) {
	if _, err := time.Parse(time.DateOnly, value); err != nil {
		c.add(path, fmt.Sprintf("%q is not a date", value), "write it as 2026-10-31")
	}
}

func (c *settingsCheck) between(path string, n, low, high int64) {
	if n < low || n > high {
		c.add(path, fmt.Sprintf("%d is outside %d to %d", n, low, high), "")
	}
}

var (
	lowerSnake = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
	measureID  = regexp.MustCompile(`^[A-Z]{2,3}[0-9]{1,3}$`)
	memorySize = regexp.MustCompile(`^[1-9][0-9]*(\.[0-9]+)?(MB|GB|MiB|GiB)$`)
	fiveFields = regexp.MustCompile(`^[0-9A-Za-z*/,?#-]+( [0-9A-Za-z*/,?#-]+){4}$`)
)

func (c *settingsCheck) agencies() {
	if len(c.Agencies) == 0 {
		c.add("agencies", "no agency is named", "list every partner that sends extracts")
	}
	seen := map[string]bool{}
	for i, a := range c.Agencies {
		at := fmt.Sprintf("agencies.%d.", i)
		c.identity(at, "agency", a.ID, seen)
		c.filled(at+"name", a.Name)
	}
}

// identity checks an id that is also the name of a folder.
func (c *settingsCheck) identity(at, what, id string, seen map[string]bool) {
	switch {
	case !lowerSnake.MatchString(id):
		c.add(at+"id", fmt.Sprintf("%q is not an id", id), "use small letters, digits and single underscores")
	case seen[id]:
		c.add(at+"id", fmt.Sprintf("%s %q is named twice", what, id), "")
	}
	seen[id] = true
}

func (c *settingsCheck) audiences() {
	if len(c.Audiences) == 0 {
		c.add("audiences", "no audience is named", "name at least one, with its disclosure tier")
	}
	seen := map[string]bool{}
	for i, a := range c.Audiences {
		at := fmt.Sprintf("audiences.%d.", i)
		c.identity(at, "audience", a.ID, seen)
		c.filled(at+"title", a.Title)
		c.between(at+"hide_up_to", a.HideUpTo, 1, 1000)
		c.between(at+"round_to", a.RoundTo, 0, 1000)
		c.between(at+"min_base", a.MinBase, 1, 10_000)
		if a.MinBase <= a.HideUpTo {
			c.add(at+"min_base", fmt.Sprintf("min_base %d would show a percentage of a hidden count", a.MinBase),
				fmt.Sprintf("make it at least hide_up_to + 1, which is %d", a.HideUpTo+1))
		}
		c.between(at+"level", a.Level, 0, SensitiveLevel)
		c.protection(at, a.Zeros, a.Class)
		for j, f := range a.Feeds {
			c.feedRules(fmt.Sprintf("%sfeeds.%d.", at, j), a, f)
		}
	}
	c.nesting()
}

func (c *settingsCheck) events() {
	for i, e := range c.Events {
		at := fmt.Sprintf("events.%d.", i)
		c.date(at+"on", e.On)
		c.filled(at+"title", e.Title)
		for j, m := range e.Measures {
			if !measureID.MatchString(m) {
				c.add(fmt.Sprintf("%smeasures.%d", at, j), fmt.Sprintf("%q is not the id of a measure", m), "ids are like RQ1")
			}
		}
	}
	for i, a := range c.Asks {
		at := fmt.Sprintf("asks.%d.", i)
		c.filled(at+"title", a.Title)
		c.filled(at+"owner", a.Owner)
		if q, err := ParsePeriod(a.Quarter); err != nil || q.Kind != Quarter {
			c.add(at+"quarter", fmt.Sprintf("%q is not a quarter", a.Quarter), "write it as 2026-27 Q2")
		}
	}
}

func (c *settingsCheck) paths() {
	used := map[string]string{}
	for _, x := range []struct{ key, path string }{
		{"inbox", c.Paths.Inbox}, {"outbox", c.Paths.Outbox}, {"archive", c.Paths.Archive},
		{"warehouse", c.Paths.Warehouse}, {"published", c.Paths.Published},
	} {
		clean := filepath.ToSlash(filepath.Clean(x.path))
		switch other := used[clean]; {
		case !filepath.IsLocal(x.path) || clean == ".":
			c.add("paths."+x.key, fmt.Sprintf("%q is not a folder below the partnership's directory", x.path), "use a relative path without ..")
		case other != "":
			c.add("paths."+x.key, fmt.Sprintf("%s and %s are the same folder", other, x.key), "give each its own")
		default:
			used[clean] = x.key
		}
	}
}

func (c *settingsCheck) schedule() {
	if _, err := time.LoadLocation(c.Schedule.TimeZone); err != nil || c.Schedule.TimeZone == "" {
		c.add("schedule.time_zone", fmt.Sprintf("%q is not a time zone", c.Schedule.TimeZone), "write it as Europe/London")
	}
	for key, rule := range map[string]string{"receive": c.Schedule.Receive, "publish": c.Schedule.Publish} {
		if !fiveFields.MatchString(rule) {
			c.add("schedule."+key, fmt.Sprintf("%q is not a cron expression", rule),
				"five fields: minute, hour, day of the month, month, day of the week; nightly at two is 0 2 * * *")
		}
	}
	c.between("schedule.retries", int64(c.Schedule.Retries), 0, 100)
	if c.Schedule.RetryAfter <= 0 {
		c.add("schedule.retry_after", "retry_after must be longer than nothing", "give the unit: 30s, 5m or 2h")
	}
}

func (c *settingsCheck) limits() {
	if !memorySize.MatchString(c.Limits.Memory) {
		c.add("limits.memory", fmt.Sprintf("%q is not a size of memory", c.Limits.Memory), "write it as 2GB or 512MB")
	}
	c.between("limits.threads", int64(c.Limits.Threads), 1, 1024)
	c.between("limits.extract_bytes", c.Limits.ExtractBytes, 1, 1<<50)
	c.between("limits.extract_rows", c.Limits.ExtractRows, 1, 1<<40)
	if c.Limits.Query <= 0 {
		c.add("limits.query", "query must be longer than nothing", "give the unit: 30s, 5m or 2h")
	}
}
