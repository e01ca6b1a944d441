package publish

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"wherry/config"
	"wherry/dashboards"
	"wherry/pipelines/audit"
	"wherry/pipelines/warehouse"
	"wherry/queries"
)

// Input is everything an Edition is made from.
type Input struct {
	Partnership *config.Partnership
	Catalogue   *queries.Catalogue
	Queries     fs.FS
	Boards      fs.FS
	Editorial   *dashboards.Editorial // what Boards holds, read
	DB          Warehouse             // read-only, sandboxed
	Snapshot    string                // hash of the warehouse file DB reads
	Quarter     config.Period
	AsAt        time.Time
	Build       string
	History     *queries.History // what readers of earlier editions may have kept
}

// Warehouse is a finished warehouse file: *sql.DB gives it.
type Warehouse interface {
	queries.DB
	Conn(ctx context.Context) (*sql.Conn, error)
}

// Edition is what was issued.
type Edition struct {
	Name      string // 2026-27-Q2-0123456789ab
	Path      string // its folder
	Index     string // the page to open first
	Quarter   config.Period
	Warehouse string // hash of the snapshot it was measured on
	Measures  int
	Audiences []Audience
	Unchanged bool // the same bytes were already published
	Checked   int  // statements the auditor checked
}

// Audience is what one readership may see of an Edition.
type Audience struct {
	ID      string                 `json:"id"`
	Cells   int                    `json:"cells"`
	Hidden  int                    `json:"hidden"`
	Changes map[queries.Change]int `json:"changes"`
}

// LeakError says that the auditor could work out something hidden; nothing was published.
type LeakError struct{ Report *audit.Report }

func (e *LeakError) Error() string {
	return fmt.Sprintf("the audit found %d ways to learn what is hidden; nothing was published", len(e.Report.Findings))
}

// Progress hears of each part of the work as it ends.
type Progress func(part, detail string, took time.Duration)

// Publish makes the Edition of in.Quarter under the partnership's published folder. Where the
// newest edition was made from the same inputs, and is as it was issued, that one is returned.
// Errors: *LeakError where the audit stops it; anything else names the part.
func Publish(ctx context.Context, in Input, say Progress) (Edition, error) {
	inputs, err := fingerprint(in)
	if err != nil {
		return Edition{}, err
	}
	shelf, ledger := shelfOf(in.Partnership), releasesOf(in.Partnership)
	before, err := ledger.before(inputs)
	if err != nil {
		return Edition{}, err
	}
	if in.History, inputs.History, err = historyOf(before); err != nil {
		return Edition{}, err
	}
	if edition, made, err := shelf.made(inputs, in.Quarter); made || err != nil {
		return edition, err
	}
	began := time.Now()
	evaluated, err := evaluate(ctx, in, in.Catalogue.Measures)
	if err != nil {
		return Edition{}, err
	}
	results, release, err := evaluated.results(in)
	if err != nil {
		return Edition{}, err
	}
	measures := len(evaluated.cells)
	earlier := editionsOf(before)
	evaluated.cells, in.History = nil, nil // what is needed of them is in the results and the release
	say("measure", fmt.Sprintf("%d measures", measures), since(began))

	previous, err := shelf.previous(inputs)
	if err != nil {
		return Edition{}, err
	}
	draft, err := shelf.draft()
	if err != nil {
		return Edition{}, err
	}
	defer draft.discard()

	began = time.Now()
	edition := Edition{Quarter: in.Quarter, Warehouse: in.Snapshot, Measures: measures}
	var drawn string
	edition.Audiences, drawn, err = write(ctx, in, evaluated, results, draft.dir, previous)
	if err != nil {
		return Edition{}, err
	}
	say("draw", drawn, since(began))

	began = time.Now()
	report, err := shelf.audit(draft, earlier)
	if err != nil {
		return Edition{}, err
	}
	if len(report.Findings) > 0 {
		return Edition{}, &LeakError{report}
	}
	edition.Checked = report.Checked
	if err := explain(in, evaluated, results, draft.dir, report, len(earlier)); err != nil {
		return Edition{}, err
	}
	say("audit", fmt.Sprintf("%d statements checked, nothing hidden can be worked out", report.Checked), since(began))
	return shelf.issue(draft, edition, inputs, previous, func(name string) error {
		if err := ledger.refuseWithdrawn(name); err != nil {
			return err
		}
		release.Edition = name
		return ledger.add(inputs, release)
	})
}

// editionsOf are the names of the editions on record, the latest first.
func editionsOf(records []record) []string {
	var names []string
	for _, r := range slices.Backward(records) {
		names = append(names, r.Release.Edition)
	}
	return names
}

// audit holds the draft against itself and against the editions before it, the latest first.
func (s shelf) audit(d draft, before []string) (*audit.Report, error) {
	var earlier []string
	for _, edition := range before {
		dir, err := s.find(edition)
		if err != nil {
			return nil, err
		}
		earlier = append(earlier, dir)
	}
	report, err := audit.Releases(d.dir, earlier)
	if err != nil {
		return nil, fmt.Errorf("auditing the edition: %w", err)
	}
	return report, nil
}

// explain adds what the audit found to every audience's pages, and has the auditor read it back.
func explain(in Input, ev evaluation, results [][]*queries.Result, dir string, report *audit.Report, earlier int) error {
	if err := report.Ship(dir); err != nil {
		return err
	}
	losses := map[string][]dashboards.Loss{}
	for _, l := range report.Losses() {
		losses[l.Folder] = append(losses[l.Folder], dashboards.Loss{Measure: l.Measure, Figures: l.Figures, Hidden: l.Hidden, Level: l.Level, Least: l.Least, Most: l.Most, Few: l.Few, Known: l.Known})
	}
	for i, a := range in.Partnership.Audiences {
		folder := audienceDir(dir, a)
		p := dashboards.Protection{Checked: report.Checked, Earlier: earlier, Losses: losses[a.ID]}
		if err := dashboards.WriteProtection(folder, ev.site(a, in, results[i], ""), p); err != nil {
			return fmt.Errorf("writing what is hidden from %s: %w", a.ID, err)
		}
	}
	shipped, err := audit.Shipped(dir)
	if err != nil {
		return fmt.Errorf("auditing the report on what is hidden: %w", err)
	}
	if len(shipped.Findings) > 0 {
		return &LeakError{shipped}
	}
	return nil
}

// drawings is the folder, below the warehouse's, of what was drawn before: see charts.Drawer.KeepIn.
const drawings = "drawings"

// write draws every audience's pages, each into its own folder of dir, and says what was drawn.
// What keeps drawings from being kept only costs time: it is said, and no error.
func write(ctx context.Context, in Input, ev evaluation, results [][]*queries.Result, dir, previous string) ([]Audience, string, error) {
	drawer, err := dashboards.NewDrawer()
	if err != nil {
		return nil, "", err
	}
	unkept := drawer.KeepIn(filepath.Join(warehouse.Dir(in.Partnership, in.Partnership.Paths.Warehouse), drawings))
	audiences := make([]Audience, len(in.Partnership.Audiences))
	work, _ := errgroup.WithContext(ctx)
	for i, a := range in.Partnership.Audiences {
		work.Go(func() error {
			site := ev.site(a, in, results[i], previous)
			if err := dashboards.Write(audienceDir(dir, a), site, drawer); err != nil {
				return fmt.Errorf("writing the pages for %s: %w", a.ID, err)
			}
			audiences[i] = tally(a, results[i])
			return nil
		})
	}
	if err := work.Wait(); err != nil {
		return nil, "", err
	}
	count := drawer.Count()
	drawn := fmt.Sprintf("%d audiences, %d charts drawn, %d as drawn before", len(audiences), count.Drawn, count.Kept)
	if unkept = cmp.Or(unkept, drawer.Tidy()); unkept != nil {
		drawn += "; the next run will draw again: " + unkept.Error()
	}
	return audiences, drawn, nil
}

func tally(a config.Audience, results []*queries.Result) Audience {
	t := Audience{ID: a.ID, Changes: map[queries.Change]int{}}
	for _, r := range results {
		t.Cells += r.Hidden.Cells
		t.Hidden += r.Hidden.Hidden
		t.Changes[r.Reading.Change]++
	}
	return t
}
