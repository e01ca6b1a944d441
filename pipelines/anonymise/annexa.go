package anonymise

import (
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"wherry/pipelines/intake"
)

// largestWorkbook is the most an Annex A workbook may unpack to, in bytes.
const largestWorkbook = 1 << 30

// AnnexA reads an Ofsted Annex A workbook and writes the extracts that its lists of contacts,
// referrals, assessments, section 47 enquiries, children in need and child protection plans
// hold into the folder to. Lists are known by their headers.
func AnnexA(path string, key Key, to string) (report Report, err error) {
	book, err := intake.OpenWorkbook(path, largestWorkbook)
	if err != nil {
		return Report{}, errors.New("reading the workbook: it cannot be opened, or is too large unpacked")
	}
	defer func() { err = errors.Join(err, book.Close()) }()
	properties, err := book.GetWorkbookProps()
	if err != nil {
		return Report{}, fmt.Errorf("reading the workbook: %w", err)
	}
	w := newWriter(key, "Annex A workbook")
	w.since1904 = properties.Date1904 != nil && *properties.Date1904
	a := &annexA{writer: w, left: map[string]bool{}, enquiries: map[string][]enquiry{}, plans: map[string][]plan{}}
	for _, sheet := range book.GetSheetList() {
		if err := a.list(book, sheet); err != nil {
			return Report{}, err
		}
	}
	if a.read == 0 {
		return Report{}, errors.New("reading the workbook: none of its sheets is an Annex A list that is used")
	}
	a.join()
	for name := range a.left {
		w.report.Left = append(w.report.Left, name)
	}
	slices.Sort(w.report.Left)
	return w.write(to)
}

type annexA struct {
	*writer
	read      int
	left      map[string]bool // headers of the lists read that nothing is taken from
	referrals []contact
	needs     []contact // children in need: need, closure
	enquiries map[string][]enquiry
	plans     map[string][]plan
}

// record is a row of a list by its headers, in small letters.
type record map[string]string

// lists is how each list is known, by a header that no other has, and what is made of it.
func (a *annexA) lists() map[string]func(id string, r record) {
	return map[string]func(id string, r record){
		"date of contact":                  a.contact,
		"date of referral":                 a.referral,
		"continuous assessment start date": a.assessment,
		"strategy discussion initiating section 47 enquiry start date": a.enquiry,
		"cin start date":                   a.need,
		"child protection plan start date": a.plan,
	}
}

// used is the headers of lists that something is taken from.
func used() []string {
	return []string{"child unique id", "date of contact", "contact source", "date of referral", "referral source", "referral nfa?",
		"continuous assessment start date", "continuous assessment date of authorisation",
		"strategy discussion initiating section 47 enquiry start date", "date of initial child protection conference",
		"did the initial child protection conference result in a child protection plan", "primary need code", "cin closure date",
		"reason for closure", "child protection plan start date", "child protection plan end date", "latest category of abuse",
		"number of previous child protection plans"}
}

// list reads a sheet where its header is that of a list that is used.
func (a *annexA) list(book *excelize.File, sheet string) (err error) {
	rows, err := book.Rows(sheet)
	if err != nil {
		return fmt.Errorf("reading a sheet of the workbook: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	if !rows.Next() {
		return rows.Error()
	}
	header, err := rows.Columns()
	if err != nil {
		return fmt.Errorf("reading the header of a list: %w", err)
	}
	for i := range header {
		header[i] = strings.ToLower(strings.Trim(header[i], " \u00a0"))
	}
	var take func(string, record)
	for known, f := range a.lists() {
		if slices.Contains(header, known) && slices.Contains(header, "child unique id") {
			take = f
		}
	}
	if take == nil {
		a.dropped()["lists that are not used"]++
		return nil
	}
	a.read++
	for _, name := range header {
		if !slices.Contains(used(), name) && name != "" {
			a.left[name] = true
		}
	}
	return a.rows(rows, header, take)
}

func (a *annexA) rows(rows *excelize.Rows, header []string, take func(string, record)) error {
	for rows.Next() {
		cells, err := rows.Columns()
		if err != nil {
			return fmt.Errorf("reading a row of a list: %w", err)
		}
		r := record{}
		for i, cell := range cells {
			if cell = strings.Trim(cell, " \u00a0"); i < len(header) && !strings.HasPrefix(cell, "#") {
				r[header[i]] = cell
			}
		}
		id := canonical(r["child unique id"])
		if id == "" {
			if strings.TrimSpace(strings.Join(cells, "")) != "" {
				a.dropped()["rows without an identifier"]++
			}
			continue
		}
		take(id, r)
	}
	return rows.Error()
}

func (a *annexA) contact(id string, r record) {
	on := a.date(r["date of contact"], "contact dates")
	if on.IsZero() {
		a.dropped()["contacts without a date"]++
		return
	}
	a.contacts = append(a.contacts, contact{child: id, on: on, source: a.source(r["contact source"])})
}

func (a *annexA) referral(id string, r record) {
	on := a.date(r["date of referral"], "referral dates")
	if on.IsZero() {
		a.dropped()["referrals without a date"]++
		return
	}
	a.referrals = append(a.referrals, contact{child: id, on: on, referred: on, source: a.source(r["referral source"]),
		noAction: map[string]string{"yes": "true", "no": "false"}[yesOrNo(r["referral nfa?"])]})
}

func (a *annexA) assessment(id string, r record) {
	authorised := a.date(r["continuous assessment date of authorisation"], "authorisation dates")
	if authorised.IsZero() {
		a.dropped()["assessments not authorised yet"]++
		return
	}
	a.assessments = append(a.assessments, &assessment{child: id, authorised: authorised,
		start: a.date(r["continuous assessment start date"], "assessment start dates")})
}

func (a *annexA) enquiry(id string, r record) {
	on := a.date(r["strategy discussion initiating section 47 enquiry start date"], "enquiry dates")
	if on.IsZero() {
		a.dropped()["section 47 enquiries without a date"]++
		return
	}
	e := enquiry{on: on, conference: a.date(r["date of initial child protection conference"], "conference dates")}
	if !e.conference.IsZero() {
		e.outcome = map[string]string{"yes": "cp_plan", "no": "no_cp_plan"}[yesOrNo(r["did the initial child protection conference result in a child protection plan"])]
	}
	a.enquiries[id] = append(a.enquiries[id], e)
}

func (a *annexA) need(id string, r record) {
	need, _, _ := strings.Cut(r["primary need code"], " ")
	reason := closureCode.FindString(strings.ToUpper(r["reason for closure"]))
	a.needs = append(a.needs, contact{child: id, need: code(needForm, need, "need codes", a.dropped()),
		closed: a.date(r["cin closure date"], "closure dates"), reason: reason})
}

var closureCode = regexp.MustCompile(`RC[1-9]`)

func (a *annexA) plan(id string, r record) {
	from := a.date(r["child protection plan start date"], "plan start dates")
	if from.IsZero() {
		a.dropped()["child protection plans without a date"]++
		return
	}
	category := map[string]string{"neglect": "NEG", "physical abuse": "PHY", "sexual abuse": "SAB", "emotional abuse": "EMO", "multiple": "MUL",
		"multiple categories": "MUL"}[strings.ToLower(r["latest category of abuse"])]
	a.plans[id] = append(a.plans[id], plan{from, a.date(r["child protection plan end date"], "plan end dates"), category,
		next(code(sequenceForm, r["number of previous child protection plans"], "numbers of earlier plans", a.dropped()))})
}

// join puts together what the lists have of one child. They have no number in common but
// the child's, so closures join a referral only where the child has one, and a referral
// joins the latest contact of the same child in the three days up to it.
func (a *annexA) join() {
	count := map[string]int{}
	for _, r := range a.referrals {
		count[r.child]++
	}
	for _, n := range a.needs {
		for i := range a.referrals {
			r := &a.referrals[i]
			if r.child == n.child && count[r.child] == 1 && (n.closed.IsZero() || !n.closed.Before(r.referred)) {
				r.need, r.closed, r.reason = n.need, n.closed, n.reason
			}
		}
	}
	for _, r := range a.referrals {
		if c := a.before(r); c != nil {
			r.on, r.source = c.on, c.source
			*c = r
		} else {
			a.contacts = append(a.contacts, r)
		}
	}
	byChild := map[string][]*assessment{}
	for _, s := range a.assessments {
		byChild[s.child] = append(byChild[s.child], s)
	}
	ids := slices.Concat(slices.Collect(maps.Keys(a.enquiries)), slices.Collect(maps.Keys(a.plans)))
	slices.Sort(ids)
	for _, id := range slices.Compact(ids) {
		follow(byChild[id], a.enquiries[id], a.plans[id], a.dropped())
	}
}

// before is the contact that led to a referral, nil for none.
func (a *annexA) before(r contact) *contact {
	var best *contact
	for i := range a.contacts {
		c := &a.contacts[i]
		days := r.referred.Sub(c.on).Hours() / 24
		if c.child == r.child && c.referred.IsZero() && days >= 0 && days <= 3 && (best == nil || c.on.After(best.on)) {
			best = c
		}
	}
	return best
}

// source takes the DfE code out of the workbook's form of it: "q) 6: Police".
func (a *annexA) source(cell string) string {
	_, after, ok := strings.Cut(cell, ")")
	if !ok {
		after = cell
	}
	value, _, _ := strings.Cut(after, ":")
	return code(sourceForm, value, "sources", a.dropped())
}

// yesOrNo reads "Yes", "a) Yes" and their opposites.
func yesOrNo(cell string) string {
	cell = strings.ToLower(cell)
	if _, after, ok := strings.Cut(cell, ")"); ok {
		cell = after
	}
	return strings.TrimSpace(cell)
}
