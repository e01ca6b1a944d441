package anonymise

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"golang.org/x/text/encoding/charmap"
)

// child is what is read of a Child of the census. GenderCurrent (to 2025) and Sex (from
// 2026), ethnicity, disability, UPN and death are never read at all.
type child struct {
	ID       string    `xml:"ChildIdentifiers>LAchildID"`
	Born     string    `xml:"ChildIdentifiers>PersonBirthDate"`
	Expected string    `xml:"ChildIdentifiers>ExpectedPersonBirthDate"`
	Details  []details `xml:"CINdetails"`
}

type details struct {
	Referral    string `xml:"CINreferralDate"`
	Source      string `xml:"ReferralSource"`
	Need        string `xml:"PrimaryNeedCode"`
	Closed      string `xml:"CINclosureDate"`
	Reason      string `xml:"ReasonForClosure"`
	NoAction    string `xml:"ReferralNFA"`
	Assessments []struct {
		Start      string   `xml:"AssessmentActualStartDate"`
		Authorised string   `xml:"AssessmentAuthorisationDate"`
		Factors    []string `xml:"FactorsIdentifiedAtAssessment>AssessmentFactors"`
	} `xml:"Assessments"`
	Enquiries []struct {
		Start      string `xml:"S47ActualStartDate"`
		Conference string `xml:"DateOfInitialCPC"`
	} `xml:"Section47"`
	Plans []struct {
		Start    string `xml:"CPPstartDate"`
		End      string `xml:"CPPendDate"`
		Category string `xml:"LatestCategoryOfAbuse"`
		Previous string `xml:"NumberOfPreviousCPP"`
	} `xml:"ChildProtectionPlans"`
}

// CIN reads a Children in Need census return, child by child, and writes the extracts that
// it holds into the folder to. The error names an element and its place in the file, never a
// value.
func CIN(in io.Reader, key Key, to string) (Report, error) {
	w := newWriter(key, "Children in Need census")
	w.report.Left = []string{"UPN", "FormerUPN", "UPNunknown", "PersonBirthDate", "ExpectedPersonBirthDate (its month is kept for the unborn)",
		"PersonDeathDate", "GenderCurrent or Sex", "Ethnicity", "Disabilities", "DateOfInitialCPC of the referral",
		"AssessmentInternalReviewDate", "CINPlanDates", "InitialCPCtarget", "InitialCategoryOfAbuse", "Reviews"}
	decoder := xml.NewDecoder(in)
	decoder.CharsetReader = charset
	children := 0
	for {
		token, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Report{}, unreadable(decoder, err)
		}
		start, ok := token.(xml.StartElement)
		if !ok || start.Name.Local != "Child" {
			continue
		}
		var c child
		if err := decoder.DecodeElement(&c, &start); err != nil {
			return Report{}, unreadable(decoder, err)
		}
		children++
		w.child(c)
	}
	if children == 0 {
		return Report{}, errors.New("reading the census: there is no Child in it")
	}
	return w.write(to)
}

// unreadable says where XML is broken. What the parser says may quote the file.
func unreadable(d *xml.Decoder, err error) error {
	line, column := d.InputPos()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		return fmt.Errorf("reading the census: line %d, column %d is not well-formed XML", line, column)
	}
	return fmt.Errorf("reading the census: it cannot be read at line %d, column %d", line, column)
}

func charset(name string, in io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-8", "us-ascii":
		return in, nil
	case "windows-1252", "iso-8859-1":
		return charmap.Windows1252.NewDecoder().Reader(in), nil
	}
	return nil, errors.New("the encoding is not one that is read")
}

func (w *writer) child(c child) {
	id := canonical(c.ID)
	if id == "" {
		w.dropped()["children without an identifier"]++
		return
	}
	for _, d := range c.Details {
		referred := w.date(d.Referral, "referral dates")
		if referred.IsZero() {
			w.dropped()["referrals without a date"]++
		} else {
			w.contacts = append(w.contacts, w.referral(id, c, d, referred))
		}
		w.assess(id, d, referred)
	}
}

func (w *writer) referral(id string, c child, d details, referred time.Time) contact {
	r := contact{child: id, on: referred, referred: referred, unborn: "N",
		source:   code(sourceForm, d.Source, "referral sources", w.dropped()),
		noAction: code(flagForm, trueOrFalse(d.NoAction), "outcomes of referrals", w.dropped()),
		need:     code(needForm, d.Need, "need codes", w.dropped()),
		closed:   w.date(d.Closed, "closure dates"),
		reason:   code(closureForm, d.Reason, "reasons for closure", w.dropped())}
	born, expected := w.date(c.Born, "dates of birth"), w.date(c.Expected, "expected dates of birth")
	if !expected.IsZero() && (born.IsZero() || born.After(referred)) {
		r.unborn, r.expectedOn = "Y", expected
	}
	return r
}

// trueOrFalse writes the schema's 1 and 0 as its true and false.
func trueOrFalse(s string) string {
	switch s = strings.ToLower(strings.TrimSpace(s)); s {
	case "1":
		return "true"
	case "0":
		return "false"
	}
	return s
}

func (w *writer) assess(id string, d details, referred time.Time) {
	var found []*assessment
	for _, a := range d.Assessments {
		authorised := w.date(a.Authorised, "authorisation dates")
		if authorised.IsZero() {
			w.dropped()["assessments not authorised yet"]++
			continue
		}
		next := &assessment{child: id, referral: day(referred), start: w.date(a.Start, "assessment start dates"), authorised: authorised}
		for _, f := range a.Factors {
			if f = code(factorForm, f, "assessment factors", w.dropped()); f != "" {
				next.factors = append(next.factors, f)
			}
		}
		found = append(found, next)
	}
	var enquiries []enquiry
	for _, e := range d.Enquiries {
		if on := w.date(e.Start, "enquiry dates"); !on.IsZero() {
			enquiries = append(enquiries, enquiry{on: on, conference: w.date(e.Conference, "conference dates")})
		}
	}
	var plans []plan
	for _, p := range d.Plans {
		if from := w.date(p.Start, "plan start dates"); !from.IsZero() {
			previous := code(sequenceForm, p.Previous, "numbers of earlier plans", w.dropped())
			plans = append(plans, plan{from, w.date(p.End, "plan end dates"), code(categoryForm, p.Category, "categories of abuse", w.dropped()), next(previous)})
		}
	}
	follow(found, enquiries, plans, w.dropped())
	w.assessments = append(w.assessments, found...)
}
