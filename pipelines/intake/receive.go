package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"filippo.io/age"

	"wherry/config"
	"wherry/pipelines/seal"
	"wherry/pipelines/warehouse"
)

// What can become of a file.
const (
	Loaded    = "loaded"
	Unchanged = "unchanged" // received before: nothing to do
	Refused   = "refused"   // not loaded at all
	Moving    = "moving"    // was written to while it was read; the next Receive takes it
)

// Outcome is what became of one file of the inbox.
type Outcome struct {
	Agency      string           `json:"agency"`
	Feed        string           `json:"feed,omitempty"`   // "" where the name does not say
	Period      string           `json:"period,omitempty"` // as config.Period prints it
	File        string           `json:"file"`             // agency/name
	Status      string           `json:"status"`
	Delivery    string           `json:"delivery,omitempty"`
	Accepted    int64            `json:"accepted"`
	Quarantined int64            `json:"quarantined"`          // rows
	Reasons     map[string]int64 `json:"reasons,omitempty"`    // rule -> times broken
	LeftOut     int              `json:"left_out,omitempty"`   // rows that are no data: titles, headers that come again, totals
	Warned      map[string]int64 `json:"warned,omitempty"`     // rule -> rows that break it and were kept
	Late        map[string]int64 `json:"late,omitempty"`       // earlier period -> rows accepted that belong to it
	Submission  int              `json:"submission,omitempty"` // 1, 2, ...
	Supersedes  int              `json:"supersedes,omitempty"` // the submission this one replaces; 0 for none
	Rule        string           `json:"rule,omitempty"`       // of a refusal
	Line        int64            `json:"line,omitempty"`       // where a refusal shows; 0 for the whole file
	Column      string           `json:"column,omitempty"`     // of a refusal
	Message     string           `json:"message,omitempty"`    // completes "<file> ..."
	Hint        string           `json:"hint,omitempty"`       // what to do
	SHA256      string           `json:"sha256,omitempty"`     // of a file that was refused and could be read

	listed []warehouse.Reason // of a file that went back for too many rows at fault
}

// Extract is the name of the file, after that of the zip it was sent in with others.
func (o Outcome) Extract() string {
	_, name, _ := strings.Cut(o.File, "/")
	return name
}

// Summary is what became of every file, in the order they were taken.
type Summary struct {
	Outcomes []Outcome
}

func (s Summary) with(status string) []Outcome {
	var found []Outcome
	for _, o := range s.Outcomes {
		if o.Status == status {
			found = append(found, o)
		}
	}
	return found
}

// Refused is the files that were not loaded at all.
func (s Summary) Refused() []Outcome { return s.with(Refused) }

// Loaded is the number of files loaded now.
func (s Summary) Loaded() int { return len(s.with(Loaded)) }

// Unchanged is the number of files that were received before.
func (s Summary) Unchanged() int { return len(s.with(Unchanged)) }

// sum adds up a number of each file loaded now.
func (s Summary) sum(of func(Outcome) int64) (n int64) {
	for _, o := range s.with(Loaded) {
		n += of(o)
	}
	return n
}

// times is how often counts say that something was, all together.
func times(counts map[string]int64) (n int64) {
	for _, c := range counts {
		n += c
	}
	return n
}

// Rows is the number of rows accepted now.
func (s Summary) Rows() int64 { return s.sum(func(o Outcome) int64 { return o.Accepted }) }

// QuarantinedRows is the number of rows put in quarantine now.
func (s Summary) QuarantinedRows() int64 {
	return s.sum(func(o Outcome) int64 { return o.Quarantined })
}

// WarnedRows is the number of times that a row accepted now broke a rule that only warns.
func (s Summary) WarnedRows() int64 {
	return s.sum(func(o Outcome) int64 { return times(o.Warned) })
}

// LateRows is the number of rows accepted now that belong to an earlier period than their file.
func (s Summary) LateRows() int64 { return s.sum(func(o Outcome) int64 { return times(o.Late) }) }

// Receive takes every file of the inbox. report is called as each feed ends, with what became
// of its files, which is on disk by then, and how long they took. Bad rows and bad files are outcomes; an error means that the work could not go on,
// and what was reported before it stands. The caller publishes. Receive records which files
// are refused now (see Refusals) and writes the senders' reasons (see Feedback).
func Receive(ctx context.Context, w *warehouse.Writer, p *config.Partnership, asAt time.Time, report func([]Outcome, time.Duration)) (s Summary, err error) {
	scratch, err := os.MkdirTemp(warehouse.Dir(p, p.Paths.Warehouse), "unfinished-intake-")
	if err != nil {
		return Summary{}, fmt.Errorf("making a folder to work in: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(scratch)) }()
	r := &receiver{writer: w, partnership: p, asAt: asAt, scratch: scratch, report: report,
		keys: sync.OnceValues(func() ([]age.Identity, error) { return seal.Keys(p) })}
	if err := r.receive(ctx); err != nil {
		return r.summary, err
	}
	return r.summary, Feedback(p, r.summary, w.Deliveries())
}

// prepare gives the extract's source, or nil where its outcome is known without one.
func (r *feedReceiver) prepare(ctx context.Context, e *extract) (*source, error) {
	if err := e.withholdName(r.partnership); err != nil {
		return nil, err
	}
	if e.refusal != nil {
		r.done(e, Outcome{Status: Refused}, e.refusal)
		return nil, nil
	}
	limit := r.partnership.Limits.ExtractBytes
	if limit > 0 && e.size > limit {
		r.done(e, Outcome{Status: Refused}, refuse("too_large", "split it, or raise limits.extract_bytes", "is larger than %d bytes", limit))
		return nil, nil
	}
	var refusal *Refusal
	if err := e.unseal(r.scratch, r.keys); errors.As(err, &refusal) {
		r.done(e, Outcome{Status: Refused}, refusal)
		return nil, nil
	} else if err != nil {
		return nil, err
	}
	if err := e.hash(); err != nil {
		return nil, err
	}
	if d := r.known[e.id()]; d != nil {
		r.done(e, again(d, r.writer.Deliveries()), nil)
		return nil, nil
	}
	refusal = r.elsewhere(e)
	var src *source
	var err error
	if refusal == nil {
		src, err = r.prepareSource(ctx, e)
	}
	if refusal != nil || errors.As(err, &refusal) {
		r.done(e, Outcome{Status: Refused}, refusal)
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", e.file(), err)
	}
	// Claimed now, so that a copy of the same file under another name is not taken too.
	r.known[e.id()] = &warehouse.Delivery{ID: e.id(), SHA256: e.sha256, Feed: e.contract.Feed, Agency: e.agency, Period: e.period.String(), Extract: e.sent(), Accepted: src.rows}
	return src, nil
}

func (r *feedReceiver) prepareSource(ctx context.Context, e *extract) (*source, error) {
	if err := e.readable(r.scratch); err != nil {
		return nil, err
	}
	return readSource(ctx, r.conn, e, r.scratch, r.partnership.Limits)
}

// again is the outcome of a file that was received before.
func again(d *warehouse.Delivery, all []*warehouse.Delivery) Outcome {
	o := Outcome{Status: Unchanged, Delivery: d.ID, Accepted: d.Accepted, Quarantined: d.Quarantined, Warned: d.Warned, Submission: d.Submission, Message: "was received before"}
	for _, e := range all {
		if e.Agency == d.Agency && e.Feed == d.Feed && e.Period == d.Period && e.Submission > d.Submission {
			o.Message = "was received before, and a later submission has replaced it"
			o.Hint = "to go back to it, send it with a change"
		}
	}
	return o
}

// elsewhere refuses a file with rows that was received as another period's.
func (r *feedReceiver) elsewhere(e *extract) *Refusal {
	for _, d := range r.known {
		if d.SHA256 == e.sha256 && d.Feed == e.contract.Feed && d.Agency == e.agency && d.Accepted+d.Quarantined > 0 {
			return refuse("sent_for_another_period", "check which period it is for, and send the other one",
				"is the same, byte for byte, as the extract received for %s", d.Period)
		}
	}
	return nil
}

// done takes down an outcome.
func (r *feedReceiver) done(e *extract, o Outcome, refusal *Refusal) {
	o.Agency, o.File = e.agency, filepath.ToSlash(e.file())
	if e.contract != nil {
		o.Feed = e.contract.Feed
	}
	if !e.period.Start.IsZero() {
		o.Period = e.period.String()
	}
	if refusal != nil {
		o.Rule, o.Message, o.Hint = refusal.Rule, refusal.Message, refusal.Hint
		o.Line, o.Column = refusal.Line, refusal.Column
		o.SHA256 = e.sha256
	}
	r.outcomes = append(r.outcomes, o)
}

// load stages and accepts a batch. Where DuckDB reads a file otherwise than we do, every
// file is read for itself, and then line by line.
func (r *feedReceiver) load(ctx context.Context, b batch) error {
	s, err := r.stage(ctx, b)
	switch {
	case err == nil:
		return errors.Join(r.accept(ctx, s), remove(s.written))
	case ctx.Err() != nil:
		return ctx.Err()
	case len(b) > 1:
		for _, src := range b {
			if err := r.load(ctx, batch{src}); err != nil {
				return err
			}
		}
		return nil
	case b[0].form == "tidy":
		var refusal *Refusal
		if err := b[0].tidy(r.scratch); errors.As(err, &refusal) {
			r.done(b[0].extract, Outcome{Status: Refused}, refusal)
			return nil
		} else if err != nil {
			return err
		}
		return r.load(ctx, b)
	}
	return fmt.Errorf("loading %s: %w", b[0].file(), err)
}

// stage reads a batch. Whatever keeps one file from being read straight, newStage meets again
// and tells of.
func (r *feedReceiver) stage(ctx context.Context, b batch) (*stage, error) {
	if len(b) == 1 {
		s, err := straight(ctx, r.conn, r.partnership, r.writer, b[0], filepath.Join(r.scratch, b[0].id()+".parquet"))
		if err == nil || ctx.Err() != nil {
			return s, err
		}
	}
	return newStage(ctx, r.conn, r.partnership, b)
}

func (r *feedReceiver) accept(ctx context.Context, s *stage) error {
	var deliveries []*warehouse.Delivery
	var taken []*source
	for f, src := range s.batch {
		switch {
		case s.results[f].refusal != nil:
			r.done(src.extract, Outcome{Status: Refused, listed: s.results[f].listed}, s.results[f].refusal)
		case !src.unchanged():
			s.results[f].refusal = refuse("moving", "", "")
			r.done(src.extract, Outcome{Status: Moving, Message: "was written to while it was read", Hint: "it is taken the next time"}, nil)
		default:
			d := r.delivery(src)
			var err error
			if d.Warned, d.Warnings, err = s.warned(ctx, f); err != nil {
				return err
			}
			taken, deliveries = append(taken, src), append(deliveries, d)
		}
	}
	if len(taken) == 0 {
		return nil
	}
	if err := s.views(ctx); err != nil {
		return fmt.Errorf("gathering rows: %w", err)
	}
	if err := r.writer.Accept(ctx, r.conn, s.plan.contract, deliveries, "accepted", "reasons", s.written); err != nil {
		return err
	}
	for i, d := range deliveries {
		o := Outcome{Status: Loaded, Delivery: d.ID, Accepted: d.Accepted, Quarantined: d.Quarantined,
			Submission: d.Submission, Supersedes: d.Submission - 1, Reasons: map[string]int64{}, Warned: d.Warned, Late: d.Late, LeftOut: taken[i].left.rows(), Message: taken[i].remark(d)}
		for _, reason := range d.Reasons {
			o.Reasons[reason.Rule]++
		}
		r.done(taken[i].extract, o, nil)
	}
	return nil
}

func (r *receiver) delivery(src *source) *warehouse.Delivery {
	return &warehouse.Delivery{
		ID: src.id(), Agency: src.agency, Feed: src.contract.Feed, Period: src.period.String(),
		Extract: src.sent(), Bytes: src.size, SHA256: src.sha256,
		ArrivedOn: src.arrivedOn(r.asAt), Contract: contractHash(src.contract),
	}
}

// remark is what there is to say of a file that was loaded, "" for nothing.
func (src *source) remark(d *warehouse.Delivery) string {
	var parts []string
	if d.Accepted+d.Quarantined == 0 {
		parts = append(parts, "is a return with nothing to report")
	}
	if extra := len(src.layout.extra); extra > 0 {
		parts = append(parts, fmt.Sprintf("has %d %s the contract does not have, which %s left out", extra, plural(extra, "column", "columns"), plural(extra, "was", "were")))
	}
	if left := src.left.String(); left != "" {
		parts = append(parts, "has "+left+", left out")
	}
	return strings.Join(parts, "; it ")
}
