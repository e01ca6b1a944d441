package anonymise

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"wherry/pipelines/intake"
)

// contact is a contact or referral of one child, before its identifier is replaced.
type contact struct {
	child      string
	on         time.Time // of the contact
	source     string
	referred   time.Time // zero where it stopped there
	noAction   string    // true or false
	need       string
	closed     time.Time
	reason     string
	unborn     string    // Y, N
	expectedOn time.Time // birth, of an unborn child
}

// assessment is an assessment of one child and what followed.
type assessment struct {
	child, referral     string // referral: date of the referral it follows, "" where not known
	start, authorised   time.Time
	factors             []string
	enquiry, conference time.Time
	outcome             string // of the conference: cp_plan, no_cp_plan
	planned, planEnded  time.Time
	category, sequence  string
}

// enquiry is a section 47 enquiry; plan a child protection plan.
type enquiry struct {
	on, conference time.Time
	outcome        string
}

type plan struct {
	from, to           time.Time
	category, sequence string
}

// follow gives each enquiry to the first assessment authorised on or after the day it
// began, and each plan to the assessment with the latest enquiry that began on or before
// the plan. One enquiry or plan never stands beside two assessments. What finds no place is
// counted in dropped.
func follow(assessments []*assessment, enquiries []enquiry, plans []plan, dropped map[string]int) {
	slices.SortStableFunc(assessments, func(a, b *assessment) int { return a.authorised.Compare(b.authorised) })
	slices.SortStableFunc(enquiries, func(a, b enquiry) int { return a.on.Compare(b.on) })
	slices.SortStableFunc(plans, func(a, b plan) int { return a.from.Compare(b.from) })
	for _, e := range enquiries {
		i := slices.IndexFunc(assessments, func(a *assessment) bool { return a.enquiry.IsZero() && !a.authorised.Before(e.on) })
		if i < 0 {
			dropped["section 47 enquiries with no later assessment to stand beside"]++
			continue
		}
		assessments[i].enquiry, assessments[i].conference, assessments[i].outcome = e.on, e.conference, e.outcome
	}
	for _, p := range plans {
		var best *assessment
		for _, a := range assessments {
			if !a.enquiry.IsZero() && a.planned.IsZero() && !a.enquiry.After(p.from) && (best == nil || a.enquiry.After(best.enquiry)) {
				best = a
			}
		}
		if best == nil {
			dropped["child protection plans with no enquiry before them"]++
			continue
		}
		best.planned, best.planEnded, best.category, best.sequence = p.from, p.to, p.category, p.sequence
		if best.conference.Equal(p.from) {
			best.outcome = "cp_plan"
		}
	}
}

// What a code may look like. Nothing else of a return's text gets through.
var (
	sourceForm   = regexp.MustCompile(`^(1[A-D]|2[AB]|3[A-F]|4|5[A-D]|6|7|8|9|10)$`)
	needForm     = regexp.MustCompile(`^N[0-9]$`)
	closureForm  = regexp.MustCompile(`^RC[1-9]$`)
	factorForm   = regexp.MustCompile(`^[0-9]{1,2}[A-C]?$`)
	categoryForm = regexp.MustCompile(`^(NEG|PHY|SAB|EMO|MUL)$`)
	flagForm     = regexp.MustCompile(`^(true|false)$`)
	sequenceForm = regexp.MustCompile(`^[0-9]{1,2}$`)
)

// code is value where it has the form of a code; a value that has not is left out and
// counted.
func code(form *regexp.Regexp, value, what string, dropped map[string]int) string {
	value = strings.TrimSpace(value)
	if value == "" || form.MatchString(value) {
		return value
	}
	dropped[what+" that are no code (left blank)"]++
	return ""
}

// next is the number of a plan that so many came before.
func next(previous string) string {
	n, err := strconv.Atoi(previous)
	if err != nil {
		return ""
	}
	return strconv.Itoa(n + 1)
}

// date reads a day in any form the returns have: ISO, day first, or a workbook's serial.
// One that cannot be read is left out and counted.
func (w *writer) date(s, what string) time.Time {
	if s = strings.TrimSpace(s); s == "" {
		return time.Time{}
	}
	for _, form := range []string{time.DateOnly, "02/01/2006", "2006-01-02T15:04:05", "2006-01-02 15:04:05"} {
		if t, err := time.Parse(form, s); err == nil {
			return t.Truncate(24 * time.Hour)
		}
	}
	if serial, err := strconv.ParseFloat(s, 64); err == nil {
		if t, ok := intake.SerialTime(serial, w.since1904); ok {
			return t.Truncate(24 * time.Hour)
		}
	}
	w.dropped()[what+" that cannot be read (left blank)"]++
	return time.Time{}
}
