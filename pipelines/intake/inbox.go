package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"wherry/config"
	"wherry/pipelines/screen"
	"wherry/pipelines/seal"
)

// extract is a file in the inbox and what its name says it is.
type extract struct {
	agency, name, path string
	size               int64
	modified           time.Time
	sha256             string
	plain              string // path of the rows: without characters that DuckDB reads as a pattern (see readable), and unpacked
	sealed             string // ".age" where it was sent encrypted: path, size and sha256 are then of what was in it; see unseal
	zip                *inZip // where it was sent in a zip with others; nil otherwise
	lies               string // where it lies in the inbox
	lying              int64  // and its size there

	contract *config.Contract
	period   config.Period
	format   string // csv, xlsx, parquet, arrow, jsonl; zip until it is unpacked
	refusal  *Refusal

	localIDs []config.LocalID // the partnership's own references, by which names inside it are screened
}

// look is the screen for what its headers, sheets and packed files are named.
func (e *extract) look() *screen.Screen { return screen.Of(e.localIDs) }

// file is the extract's name as people see it: its place in the inbox.
func (e *extract) file() string {
	if e.zip != nil {
		return e.agency + "/" + e.zip.name + e.sealed + "/" + e.name
	}
	return e.agency + "/" + e.name + e.sealed
}

// sent is its name on record: unsealed, and in a zip after the zip's.
func (e *extract) sent() string {
	if e.zip != nil {
		return e.zip.name + "/" + e.name
	}
	return e.name
}

// id names the delivery. The same bytes may be right for another period: a return with
// nothing to report is a header and no more.
func (e *extract) id() string {
	sum := sha256.Sum256([]byte(strings.Join([]string{e.agency, e.contract.Feed, e.period.String(), e.sha256}, "\x00")))
	return hex.EncodeToString(sum[:])[:16]
}

// scan lists the inbox: every file one folder down, in order of feed, agency, period and
// arrival, so that of two submissions the later one supersedes.
func scan(inbox string, p *config.Partnership, asAt time.Time) ([]*extract, error) {
	folders, err := os.ReadDir(inbox)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("reading the inbox: %w", err)
	}
	var found []*extract
	for _, folder := range folders {
		if strings.HasPrefix(folder.Name(), ".") {
			continue
		}
		if !folder.IsDir() {
			stray := &extract{name: folder.Name(), path: filepath.Join(inbox, folder.Name())}
			stray.refusal = refuse("unknown_agency", "put it in the folder of the agency that sent it", "lies in the inbox itself, not in an agency's folder")
			found = append(found, stray)
			continue
		}
		files, err := os.ReadDir(filepath.Join(inbox, folder.Name()))
		if err != nil {
			return nil, fmt.Errorf("reading the inbox of %s: %w", folder.Name(), err)
		}
		for _, file := range files {
			if file.IsDir() || strings.HasPrefix(file.Name(), ".") {
				continue
			}
			found = append(found, &extract{agency: folder.Name(), name: file.Name(),
				path: filepath.Join(inbox, folder.Name(), file.Name())})
		}
	}
	patterns := patternsOf(p)
	for _, e := range found {
		if err := e.lookAt(p, patterns, asAt); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(found, compareExtracts)
	return found, nil
}

func compareExtracts(a, b *extract) int {
	key := func(e *extract) string {
		return feedOf(e) + "\x00" + e.agency + "\x00" + e.period.Start.Format(time.DateOnly)
	}
	if n := strings.Compare(key(a), key(b)); n != 0 {
		return n
	}
	if n := a.modified.Compare(b.modified); n != 0 {
		return n
	}
	return strings.Compare(a.name, b.name)
}

// lookAt fills in what can be known without reading the file.
func (e *extract) lookAt(p *config.Partnership, patterns map[string]pattern, asAt time.Time) error {
	info, err := os.Lstat(e.path)
	if err != nil {
		return fmt.Errorf("looking at %s: %w", e.file(), err)
	}
	e.size, e.modified = info.Size(), info.ModTime()
	e.lies, e.lying = e.path, e.size
	e.localIDs = p.Screen.LocalIDs
	if ending := filepath.Ext(e.name); strings.EqualFold(ending, seal.Ending) {
		e.name, e.sealed = strings.TrimSuffix(e.name, ending), ending
	}
	if !info.Mode().IsRegular() && e.refusal == nil {
		e.refusal = refuse("unknown_file", "send the file itself", "is not a plain file")
	}
	if e.refusal == nil {
		e.refusal = e.place(p, patterns, asAt)
	}
	return nil
}

// arrivedOn is the day the extract came: never later than the day it is looked at.
func (e *extract) arrivedOn(asAt time.Time) string {
	on := e.modified.UTC()
	if on.After(asAt) {
		on = asAt
	}
	return on.Format(time.DateOnly)
}

// place finds the contract and period that the folder and name stand for.
func (e *extract) place(p *config.Partnership, patterns map[string]pattern, asAt time.Time) *Refusal {
	known := slices.ContainsFunc(p.Agencies, func(a config.Agency) bool { return a.ID == e.agency })
	if !known {
		var ids []string
		for _, a := range p.Agencies {
			ids = append(ids, a.ID)
		}
		return refuse("unknown_agency", nearest(e.agency, ids, "put it in the folder of an agency of wherry.yaml"),
			"lies in the folder %s, which is no agency of this partnership", e.agency)
	}
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(e.name), "."))
	stem := strings.TrimSuffix(e.name, filepath.Ext(e.name))
	c, text := e.contractOf(p, patterns, stem)
	if c == nil {
		return e.unknown(p, stem)
	}
	e.contract, e.format = c, formatOf(ending)
	if e.format != "zip" && !slices.Contains(c.File.Formats, e.format) {
		return e.unknownFormat(ending)
	}
	return e.placePeriod(text, asAt)
}

// formatOf is the format that a file's ending stands for.
func formatOf(ending string) string {
	switch ending {
	case "txt", "tsv":
		return "csv"
	case "ndjson":
		return "jsonl"
	case "feather":
		return "arrow"
	}
	return ending
}

func (e *extract) unknownFormat(ending string) *Refusal {
	formats := strings.Join(e.contract.File.Formats, " or ")
	switch ending {
	case "":
		return refuse("unknown_format", "give its name the ending of what it is: "+formats, "has a name without an ending")
	case "xls", "xlsm", "xlsb", "ods", "numbers":
		return refuse("unknown_format", "save it as .xlsx or CSV, and send that: "+formats, "is a .%s workbook, which is not read here", ending)
	}
	return refuse("unknown_format", "send it as "+formats, "is a .%s file, which the contract of %s does not name", ending, e.contract.Feed)
}

// contractOf is the contract of the agency whose pattern the name fits, and what stands
// where its period should be. A name whose period can be read goes before one whose cannot;
// after that the longest pattern wins, for one feed's name may begin another's.
func (e *extract) contractOf(p *config.Partnership, patterns map[string]pattern, stem string) (best *config.Contract, text string) {
	readable := false
	for _, c := range p.Contracts {
		found, sure, ok := patterns[c.Feed].period(stem)
		if !ok || !c.Sends(e.agency) || (readable && !sure) {
			continue
		}
		if best == nil || (sure && !readable) || len(c.File.Pattern) > len(best.File.Pattern) {
			best, text, readable = c, found, sure
		}
	}
	return best, text
}

func (e *extract) placePeriod(text string, asAt time.Time) *Refusal {
	c := e.contract
	form := map[config.PeriodKind]string{config.Month: "2026-09", config.Quarter: "2026-27-Q2"}[c.Every]
	period, err := config.ParsePeriod(text)
	if err != nil || period.Kind != c.Every {
		return refuse("unreadable_period", fmt.Sprintf("write the %s as %s", c.Every, form), "has a name that gives no %s", c.Every)
	}
	e.period, e.contract = period, c.Version(period)
	if first, err := config.ParsePeriod(c.Starts); err == nil && period.Start.Before(config.Containing(c.Every, first.Start).Start) {
		return refuse("period_before_start", "if earlier periods are wanted, the partnership must change the contract",
			"is for %s, and the contract of %s starts with %s", period, c.Feed, c.Starts)
	}
	if until, limited := c.KeptUntil(period); limited && !until.After(asAt) {
		return refuse("past_retention", "take it out of the inbox: wherry purge has removed its period, or will", "is for %s, which the contract of %s keeps for %d years only", period, c.Feed, c.Retention)
	}
	if period.Start.After(asAt) {
		return refuse("period_in_future", "check the period in the file's name", "is for %s, which has not begun", period)
	}
	return nil
}

// isFor says whether a period as written in a name is the extract's.
func (e *extract) isFor(text string) bool {
	p, err := config.ParsePeriod(text)
	return err == nil && p == e.period
}

// periodForm matches what may stand for {period} in a file name.
const periodForm = `(\d{4}-\d{2}-Q[1-4]|\d{4}-\d{2})`

// pattern is a contract's file name pattern: one that knows a period when it sees it, and
// one that takes anything in its place.
type pattern struct{ sure, loose *regexp.Regexp }

func newPattern(text string) pattern {
	expression := func(period string) *regexp.Regexp {
		var b strings.Builder
		for i, part := range strings.Split(text, "{period}") {
			if i > 0 {
				b.WriteString(period)
			}
			b.WriteString(strings.NewReplacer(`\*`, `.*`, `\?`, `.`).Replace(regexp.QuoteMeta(part)))
		}
		return regexp.MustCompile(`(?is)^` + b.String() + `$`)
	}
	return pattern{expression(periodForm), expression(`(.*?)`)}
}

// period is what stands at {period} in a name that fits; sure says that it is written as a
// period.
func (p pattern) period(stem string) (text string, sure, ok bool) {
	if m := p.sure.FindStringSubmatch(stem); m != nil {
		return strings.ToUpper(m[1]), true, true
	}
	if m := p.loose.FindStringSubmatch(stem); m != nil {
		return m[1], false, true
	}
	return "", false, false
}

// unknown is the refusal of a file whose name fits no contract of its agency.
func (e *extract) unknown(p *config.Partnership, stem string) *Refusal {
	if r := rawReturn(e.path); r != nil {
		return r
	}
	var names []string
	for _, c := range p.Contracts {
		if c.Sends(e.agency) {
			names = append(names, c.Feed)
		}
	}
	feed := regexp.MustCompile(`[_ -]*\d{4}.*$`).ReplaceAllString(stem, "")
	return refuse("unknown_file", nearest(feed, names, "name it <feed>_<period>, where the feed is one of: "+strings.Join(names, ", ")),
		"is not the name of an extract that %s sends", e.agency)
}

// hash fills in the SHA-256 of the whole file.
func (e *extract) hash() error {
	if e.zip != nil && e.sha256 != "" {
		return nil
	}
	f, err := os.Open(e.path)
	if err != nil {
		return fmt.Errorf("reading %s: %w", e.file(), err)
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.CopyBuffer(h, f, make([]byte, 1<<20)); err != nil {
		return fmt.Errorf("reading %s: %w", e.file(), err)
	}
	e.sha256 = hex.EncodeToString(h.Sum(nil))
	return nil
}

// readable makes a path by which DuckDB can be given the file: a name such as
// "visit_2026-09 [1].csv" would be read as a pattern, and might find another file.
func (e *extract) readable(scratch string) error {
	if err := e.takeOut(scratch); err != nil {
		return err
	}
	e.plain = e.path
	if e.zip != nil {
		return nil
	}
	if !strings.ContainsAny(e.name, "*?[]{}") {
		return nil
	}
	from, err := filepath.Abs(e.path)
	if err != nil {
		return err
	}
	e.plain = filepath.Join(scratch, e.id()+"."+e.format)
	return os.Symlink(from, e.plain)
}

// unchanged says whether the file is still the one that was looked at.
func (e *extract) unchanged() bool {
	info, err := os.Lstat(e.lies)
	return err == nil && info.Size() == e.lying && info.ModTime().Equal(e.modified)
}

// nearest suggests the known word that is most like word, or says otherwise.
func nearest(word string, known []string, otherwise string) string {
	best, least := "", max(3, len(word)/2)
	for _, k := range known {
		start := strings.ToLower(word)
		if len(start) > len(k) && strings.Contains(start, k) {
			return fmt.Sprintf("did you mean %s?", k)
		}
		if n := config.Edits(start, strings.ToLower(k)); n < least {
			best, least = k, n
		}
	}
	if best == "" {
		return otherwise
	}
	return fmt.Sprintf("did you mean %s?", best)
}
