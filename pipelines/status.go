package pipelines

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"wherry/pipelines/fetch"
	"wherry/pipelines/intake"
	"wherry/pipelines/publish"
	"wherry/pipelines/warehouse"
)

// shownRuns is how many of the last runs status shows.
const shownRuns = 5

// Status is what an operator wants to know at a glance.
type Status struct {
	Edition string          `json:"edition"` // name of the current edition, "" for none
	Runs    []warehouse.Run `json:"runs"`    // the last few, newest first
	Next    []Timing        `json:"next"`
	Needs   []string        `json:"needs"` // what needs a person, in words

	Returns   []MarkedReturn       `json:"returns"`   // of the latest quarter that somebody should look at, by reason
	Late      []LateRows           `json:"late"`      // rows of earlier periods that came with returns of that quarter
	Objects   warehouse.Objects    `json:"objects"`   // how rows are kept in the archive
	Erased    []warehouse.Erasure  `json:"erased"`    // what was taken out for good, the latest first
	Withdrawn []publish.Withdrawal `json:"withdrawn"` // every edition taken back, the latest first
}

// Status reads the ledger, the published folder and the inbox's records. now is for the
// schedule only.
func (p *Project) Status(ctx context.Context, now time.Time) (Status, error) {
	s := Status{Returns: []MarkedReturn{}, Late: []LateRows{}, Withdrawn: []publish.Withdrawal{}}
	s.Edition = p.current()
	runs, err := warehouse.Runs(p.Partnership)
	if err != nil {
		return s, err
	}
	for i := len(runs) - 1; i >= 0 && len(s.Runs) < shownRuns; i-- {
		s.Runs = append(s.Runs, runs[i])
	}
	if s.Next, err = p.Timings(now); err != nil {
		return s, err
	}
	withdrawn, err := publish.Withdrawals(p.Partnership)
	if err != nil {
		return s, err
	}
	slices.SortStableFunc(withdrawn, func(x, y publish.Withdrawal) int { return y.On.Compare(x.On) })
	s.Withdrawn = append(s.Withdrawn, withdrawn...)
	if s.Erased, err = warehouse.Erasures(p.Partnership); err != nil {
		return s, err
	}
	if s.Objects, err = warehouse.KeptObjects(p.Partnership); err != nil {
		return s, err
	}
	s.Needs, err = p.needs(ctx, &s)
	return s, err
}

// needs also fills in the returns of s.
func (p *Project) needs(ctx context.Context, s *Status) ([]string, error) {
	var needs []string
	if missing := p.Untranslated(); missing != "" {
		needs = append(needs, missing)
	}
	if len(s.Runs) > 0 && s.Runs[0].Outcome == Undone {
		r := s.Runs[0]
		needs = append(needs, fmt.Sprintf("the last run (%s, %s) could not be done: %s", r.Job, r.Started.Format("2 January 15:04"), r.Steps[len(r.Steps)-1].Detail))
	}
	unreached, err := fetch.Problems(p.Partnership)
	if err != nil {
		return nil, err
	}
	needs = append(needs, unreached...)
	for _, e := range s.Erased {
		if !e.Finished {
			needs = append(needs, fmt.Sprintf("taking out what was to be %s on %s was cut short: do it again, by wherry %s", e.Kind, e.On, e.Command()))
		}
	}
	if s.Objects.Seals && s.Objects.Plain > 0 {
		needs = append(needs, number(int64(s.Objects.Plain), "object")+" of the archive came before age: archive_recipients was set, and lies plain: wherry rebuild seals it")
	}
	refusals, err := intake.Refusals(p.Partnership)
	if err != nil {
		return nil, err
	}
	for _, o := range refusals {
		needs = append(needs, fmt.Sprintf("%s %s (not loaded)", o.File, o.Message))
	}
	marked, late, err := p.markedReturns(ctx)
	if errors.Is(err, fs.ErrNotExist) {
		return append(needs, "nothing has been received yet: put extracts in "+p.Paths.Inbox+" and run wherry receive"), nil
	}
	if err != nil {
		return nil, err
	}
	s.Returns, s.Late = append(s.Returns, marked...), append(s.Late, late...)
	for _, m := range marked {
		needs = append(needs, fmt.Sprintf("%s, %s, %s: %s: %s", m.Agency, m.Feed, m.Period, m.Reason.Words(), m.Says))
	}
	deliveries, err := warehouse.Deliveries(p.Partnership)
	if err != nil {
		return nil, err
	}
	if rows, files := quarantinedNow(deliveries); rows > 0 {
		needs = append(needs, fmt.Sprintf("%d rows of %d extracts are in quarantine: the senders' reasons are in %s", rows, files, p.Paths.Outbox))
	}
	if rows, files := warnedNow(deliveries); rows > 0 {
		needs = append(needs, fmt.Sprintf("%d rows of %d extracts were kept and are in doubt: the senders' reasons are in %s", rows, files, p.Paths.Outbox))
	}
	return append(needs, p.PublishedWarnings(p.AsAt)...), nil
}

// Untranslated names the words that the language of the pages lacks, "" where it lacks none.
func (p *Project) Untranslated() string {
	missing := p.Editorial.Untranslated(p.Lang())
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf("dashboards/words/%s.yaml lacks %d of the words, which stand in English: %s", p.Lang(), len(missing), named(missing))
}

// mostNamed is how many keys are named one by one.
const mostNamed = 20

// named is keys of words, or, of many, the sections of the file that they are of, each with their number.
func named(keys []string) string {
	if len(keys) <= mostNamed {
		return strings.Join(keys, ", ")
	}
	var sections []string
	of := map[string]int{}
	for _, key := range keys {
		section, _, _ := strings.Cut(key, ".")
		if of[section]++; of[section] == 1 {
			sections = append(sections, section)
		}
	}
	for i, section := range sections {
		sections[i] = fmt.Sprintf("%s (%d)", section, of[section])
	}
	return strings.Join(sections, ", ")
}

// quarantinedNow counts rows in quarantine of deliveries that nothing has superseded.
func quarantinedNow(deliveries []*warehouse.Delivery) (rows int64, files int) {
	for _, d := range warehouse.Current(deliveries) {
		if d.Quarantined > 0 {
			rows += d.Quarantined
			files++
		}
	}
	return rows, files
}

// warnedNow counts rows of such deliveries that were kept and break a rule that only warns.
func warnedNow(deliveries []*warehouse.Delivery) (rows int64, files int) {
	for _, d := range current(deliveries) {
		if len(d.Warned) > 0 {
			files++
		}
		for _, n := range d.Warned {
			rows += n
		}
	}
	return rows, files
}

// current is the deliveries that nothing has superseded.
func current(deliveries []*warehouse.Delivery) map[[3]string]*warehouse.Delivery {
	current := map[[3]string]*warehouse.Delivery{}
	for _, d := range deliveries {
		key := [3]string{d.Agency, d.Feed, d.Period}
		if c := current[key]; c == nil || d.Submission > c.Submission {
			current[key] = d
		}
	}
	return current
}
