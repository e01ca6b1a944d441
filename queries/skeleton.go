package queries

import (
	"fmt"
	"slices"
	"strings"
)

// New is the text of a new measure: it passes Check and its example comes out, so that its
// author starts from something that works. It is to be written to
// measures/<family>/<slug>.sql. Without a title the measure is named after its file. The
// error says which name does not do.
func New(family, slug, id, title string) ([]byte, error) {
	if !slices.Contains(familySlugs(), family) {
		return nil, fmt.Errorf("%q is not a family: %s", family, didYouMean(family, familySlugs()))
	}
	if !slugForm.MatchString(slug) {
		return nil, fmt.Errorf("%q is not a file name for a measure: use lower-case words joined by hyphens", slug)
	}
	if !idForm.MatchString(id) {
		return nil, fmt.Errorf("%q is not an id: write two capitals and a number, such as RQ9", id)
	}
	if strings.TrimSpace(title) == "" {
		title = capital(strings.ReplaceAll(slug, "-", " "))
	}
	if words := wordsToMend(title, true); len(words) > 0 {
		return nil, fmt.Errorf("the title uses %q, which the house's word list leaves out: say what is counted, without blame or cause", words[0])
	}
	if strings.ContainsAny(title, "\"\n\\") {
		return nil, fmt.Errorf("the title has a quotation mark, a backslash or a line break: leave it out")
	}
	return fmt.Appendf(nil, skeleton, id, title), nil
}

const skeleton = `/*
id: %s
title: "%s"
question: What does the board want to know?
counts: referrals received                    # the base, in words
met: came from the police                     # what some of them did, in words
kind: proportion                              # count, proportion, rate or duration
better: neither                               # up, down or neither
breakdowns: [referring_agency]                # one column of the SELECT for each
feeds: [agency_referral]                      # the extracts it rests on
source: Say where the definition comes from
owner: Say who answers for it
cannot_tell: Say what the figure does not show.
examples:
  - name: one of two in January, one in February
    given:
      agency_referral:
        - {received_at: 2026-01-05 09:00, referring_agency: police, district: E07000148}
        - {received_at: 2026-01-31 23:59, referring_agency: health_gp}
        - {received_at: 2026-02-01 00:00, referring_agency: police}
    want:
      - {period: 2026-01, numerator: 1, denominator: 2}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-02, numerator: 1, denominator: 1}
*/
select
    received_at as at,
    district,
    referring_agency,
    coalesce(referring_agency = 'police', false) as met
from core.agency_referral
`
