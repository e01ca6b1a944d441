package anonymise

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/google/renameio/v2"
)

// Report says what was made of a return. It holds no value of it.
type Report struct {
	Source  string         `json:"source"`
	KeyID   string         `json:"key_id"` // of the key that the pseudonyms were made with
	Files   []Written      `json:"files"`
	Dropped map[string]int `json:"dropped"` // what was left out, and how often
	Left    []string       `json:"left"`    // columns or elements that nothing was taken from
}

// Written is one extract.
type Written struct {
	File string `json:"file"`
	Feed string `json:"feed"`
	Rows int    `json:"rows"`
}

// String is the report for people.
func (r Report) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "Read as: %s\nPseudonyms by key: %s\n", r.Source, r.KeyID)
	for _, f := range r.Files {
		fmt.Fprintf(&b, "wrote %s: %d rows\n", f.File, f.Rows)
	}
	for _, what := range slices.Sorted(maps.Keys(r.Dropped)) {
		fmt.Fprintf(&b, "left out: %d %s\n", r.Dropped[what], what)
	}
	if len(r.Left) > 0 {
		fmt.Fprintf(&b, "not taken: %s\n", strings.Join(r.Left, ", "))
	}
	return b.String()
}

// File reads a return, a census or a workbook as its first bytes say, and writes its extracts
// into the folder to, which is made where it is missing. The caller sends them; File writes
// nowhere else.
func File(path string, key Key, to string) (report Report, err error) {
	f, err := os.Open(path)
	if err != nil {
		return Report{}, fmt.Errorf("opening the return: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	start := make([]byte, 64)
	n, err := f.ReadAt(start, 0)
	if n == 0 {
		return Report{}, fmt.Errorf("%s is empty or cannot be read", path)
	}
	switch trimmed := bytes.TrimLeft(bytes.TrimPrefix(start[:n], []byte("\ufeff")), " \t\r\n"); {
	case bytes.HasPrefix(start[:n], []byte("PK\x03\x04")):
		return AnnexA(path, key, to)
	case bytes.HasPrefix(trimmed, []byte("<")):
		return CIN(f, key, to)
	}
	return Report{}, fmt.Errorf("%s is neither a census (XML) nor an Annex A workbook (XLSX): name the contract before it", path)
}

// writer collects events and writes them out as extracts.
type writer struct {
	key         Key
	since1904   bool
	contacts    []contact
	assessments []*assessment
	report      Report
}

func newWriter(key Key, source string) *writer {
	return &writer{key: key, report: Report{Source: source, KeyID: key.ID(), Files: []Written{}, Dropped: map[string]int{}}}
}

func (w *writer) dropped() map[string]int { return w.report.Dropped }

// The headers of the two feeds, as their contracts have them.
func contactHeader() []string {
	return strings.Fields(`contact_key child_key contact_at contact_source_code da_contact_flag contact_outcome mash_rag
		decision_at referral_key referral_date referral_nfa primary_need_code closure_date reason_for_closure unborn_flag
		expected_birth_month out_of_hours district_code lgr_unit_code`)
}

func assessmentHeader() []string {
	return strings.Fields(`assessment_key referral_key child_key assessment_start_date assessment_auth_date factor_codes
		s47_start_date s47_outcome icpc_date icpc_outcome cpp_start_date cpp_end_date cpp_category cpp_sequence
		plan_type_at_close plan_closed_date child_safety_plan safety_plan_shared_with chronology_used_at_icpc`)
}

func (w *writer) contactRow(c contact) map[string]string {
	row := map[string]string{
		"contact_key":         w.key.Pseudonym(contactDomain, c.child+" "+day(c.on)+" "+day(c.referred)),
		"child_key":           w.key.Pseudonym(childDomain, c.child),
		"contact_at":          c.on.Format(time.DateTime),
		"contact_source_code": c.source, "referral_nfa": c.noAction, "primary_need_code": c.need,
		"closure_date": day(c.closed), "reason_for_closure": c.reason, "unborn_flag": c.unborn,
	}
	if !c.referred.IsZero() {
		row["referral_key"] = w.key.Pseudonym(referralDomain, c.child+" "+day(c.referred))
		row["referral_date"], row["contact_outcome"] = day(c.referred), "new_referral"
	}
	if !c.expectedOn.IsZero() {
		row["expected_birth_month"] = c.expectedOn.Format("2006-01") + "-01"
	}
	return row
}

func (w *writer) assessmentRow(a *assessment) map[string]string {
	row := map[string]string{
		"assessment_key":        w.key.Pseudonym(assessmentDomain, a.child+" "+day(a.start)+" "+day(a.authorised)),
		"child_key":             w.key.Pseudonym(childDomain, a.child),
		"assessment_start_date": day(a.start), "assessment_auth_date": day(a.authorised), "factor_codes": strings.Join(a.factors, "|"),
		"s47_start_date": day(a.enquiry), "icpc_date": day(a.conference), "icpc_outcome": a.outcome,
		"cpp_start_date": day(a.planned), "cpp_end_date": day(a.planEnded), "cpp_category": a.category, "cpp_sequence": a.sequence,
	}
	if a.referral != "" {
		row["referral_key"] = w.key.Pseudonym(referralDomain, a.child+" "+a.referral)
	}
	if !a.conference.IsZero() {
		row["s47_outcome"] = "CP_CONFERENCE"
	}
	return row
}

// day is a date as extracts write it, "" for none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}

// write makes the files: one for each feed and month.
func (w *writer) write(to string) (Report, error) {
	if err := os.MkdirAll(to, 0o700); err != nil {
		return Report{}, fmt.Errorf("making the folder to write to: %w", err)
	}
	contacts, assessments := map[string][]map[string]string{}, map[string][]map[string]string{}
	for _, c := range w.contacts {
		month := c.on.Format("2006-01")
		contacts[month] = append(contacts[month], w.contactRow(c))
	}
	for _, a := range w.assessments {
		month := a.authorised.Format("2006-01")
		assessments[month] = append(assessments[month], w.assessmentRow(a))
	}
	if err := w.feed(to, "csc_contact_referral", contactHeader(), contacts); err != nil {
		return Report{}, err
	}
	return w.report, w.feed(to, "csc_assessment", assessmentHeader(), assessments)
}

func (w *writer) feed(to, feed string, header []string, months map[string][]map[string]string) error {
	for _, month := range slices.Sorted(maps.Keys(months)) {
		var lines [][]string
		for _, row := range months[month] {
			line := make([]string, len(header))
			for i, name := range header {
				line[i] = row[name]
			}
			lines = append(lines, line)
		}
		// The keys come first, so this order tells nothing of the return's.
		slices.SortFunc(lines, slices.Compare)
		lines = slices.CompactFunc(lines, slices.Equal)
		if double := len(months[month]) - len(lines); double > 0 {
			w.dropped()["rows that stood there twice"] += double
		}
		var b bytes.Buffer
		out := csv.NewWriter(&b)
		if err := errors.Join(out.Write(header), out.WriteAll(lines)); err != nil {
			return fmt.Errorf("writing %s for %s: %w", feed, month, err)
		}
		name := feed + "_" + month + ".csv"
		if err := renameio.WriteFile(filepath.Join(to, name), b.Bytes(), 0o600); err != nil {
			return fmt.Errorf("writing %s for %s: %w", feed, month, err)
		}
		w.report.Files = append(w.report.Files, Written{name, feed, len(lines)})
	}
	return nil
}
