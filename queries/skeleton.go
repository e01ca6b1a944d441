package queries

import (
	"fmt"
	"slices"
	"strings"
)

// New is the text of a new measure of a kind: it passes Check and its example comes out, so
// that its author starts from something that works. It is to be written to
// measures/<family>/<slug>.sql. Without a title the measure is named after its file. The
// error says which name does not do.
func New(kind Kind, family, slug, id, title string) ([]byte, error) {
	body, known := skeletons()[kind]
	if !known {
		return nil, fmt.Errorf("%q is not a kind of measure: %s", kind, didYouMean(string(kind), kindNames()))
	}
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
	return fmt.Appendf(nil, skeletonHead+body, id, title), nil
}

const skeletonHead = `/*
id: %s
title: "%s"
question: What does the board want to know?
source: Say where the definition comes from
owner: Say who answers for it
cannot_tell: Say what the figure does not show.
`

// skeletons is what follows the head, for each kind.
func skeletons() map[Kind]string {
	return map[Kind]string{Count: countSkeleton, Proportion: proportionSkeleton, Rate: rateSkeleton, Duration: durationSkeleton,
		Mean: meanSkeleton, PairedChange: changeSkeleton, Distribution: distributionSkeleton, Estimate: estimateSkeleton}
}

const countSkeleton = `kind: count
better: neither                               # up, down or neither
counts: referrals received                    # what is counted, in words
breakdowns: [referring_agency]                # one column of the SELECT for each
feeds: [agency_referral]                      # the extracts it rests on
examples:
  - name: two in January, one in February
    given:
      agency_referral:
        - {received_at: 2026-01-05 09:00, referring_agency: police, district: E07000148}
        - {received_at: 2026-01-31 23:59, referring_agency: health_gp}
        - {received_at: 2026-02-01 00:00, referring_agency: police}
    want:
      - {period: 2026-01, numerator: 2}
      - {period: 2026-01, district: E07000148, numerator: 1}
      - {period: 2026-02, breakdown: referring_agency, category: police, numerator: 1}
*/
select
    received_at as at,
    district,
    referring_agency
from core.agency_referral
`

const proportionSkeleton = `kind: proportion
better: neither                               # up, down or neither
counts: referrals received                    # the base, in words
met: came from the police                     # what some of them did, in words
breakdowns: [referring_agency]                # one column of the SELECT for each
feeds: [agency_referral]                      # the extracts it rests on
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

const rateSkeleton = `kind: rate
better: neither                               # up, down or neither
counts: MARAC cases discussed                 # the events, in words
per: 10000                                    # for every so many people
population: {sex: female, age: 16+}           # of whom
people: victim_key                            # who an event befell: leave out where nobody can have two
feeds: [marac_case]                           # the extracts it rests on
examples:
  - name: two cases of one person in a quarter, one in each month
    given:
      marac_case:
        - {discussed_at: 2026-04-02, victim_key: a, district: E07000148}
        - {discussed_at: 2026-05-07, victim_key: a, district: E07000148}
        - {discussed_at: 2026-05-07, victim_key: b}
    want:
      - {period: 2026-05, events: 2, people: 2}
      - {period: 2026-27 Q1, events: 3, people: 2}
      - {period: 2026-27 Q1, district: E07000148, events: 2, people: 1}
*/
select
    discussed_at as at,
    district,
    coalesce(victim_key, marac_case_key) as victim_key
from core.marac_case
`

const durationSkeleton = `kind: duration
better: down                                  # up, down or neither
counts: referrals to the specialist service   # who waits, in words
within: [2, 5]                                # days at which the share done is given
breakdowns: [risk]                            # one column of the SELECT for each
feeds: [da_service_episode]                   # the extracts it rests on
examples:
  - name: two ended, and one still open when the extract was made
    given:
      da_service_episode:
        - {referred_at: 2026-07-01, first_contact_at: 2026-07-02, risk_intake: high, district: E07000148, known_to: 2026-09-30}
        - {referred_at: 2026-07-06, first_contact_at: 2026-07-10, risk_intake: medium, known_to: 2026-09-30}
        - {referred_at: 2026-07-08, risk_intake: high, known_to: 2026-09-30}
    want:
      - {period: 2026-07, numerator: 2, denominator: 3, median: 4, open: 1}
      - {period: 2026-07, breakdown: risk, category: medium, median: 4}
*/
select
    referred_at as at,
    district,
    risk_intake as risk,
    date_diff('day', referred_at::date, coalesce(first_contact_at::date, known_to)) as days,
    first_contact_at is not null as ended
from core.da_service_episode
where referred_at is not null
    and coalesce(first_contact_at::date, known_to) >= referred_at::date
`

const meanSkeleton = `kind: mean
better: neither                               # up, down or neither
counts: MARAC cases for which the number of children is recorded # whose values, in words
measured_in: children                         # what the value is in
breakdowns: [referring_agency]                # one column of the SELECT for each
feeds: [marac_case]                           # the extracts it rests on
examples:
  - name: none, three and not recorded
    given:
      marac_case:
        - {discussed_at: 2026-05-01, children_in_household_n: 0, referring_agency: police}
        - {discussed_at: 2026-05-29, children_in_household_n: 3, referring_agency: idva, district: E07000148}
        - {discussed_at: 2026-05-29}
    want:
      - {period: 2026-05, value: 1.5, denominator: 2}
      - {period: 2026-05, district: E07000148, value: 3}
      - {period: 2026-05, breakdown: referring_agency, category: police, value: 0, denominator: 1}
*/
select
    discussed_at as at,
    district,
    referring_agency,
    children_in_household_n as value
from core.marac_case
where children_in_household_n is not null
`

const changeSkeleton = `kind: change
better: up                                    # up, down or neither
counts: people who gave a score before training # who started, in words
measured_in: points                           # what the scores are in
scale: {min: 0, max: 10}                      # the lowest and the highest answer
feeds: [training_evaluation]                  # the extracts it rests on
examples:
  - name: one better, one at the top as before, and one who gave no second score
    given:
      training_evaluation:
        - {session_key: s1, learner_key: a, stage: pre, knowledge_score: 4, known_to: 2026-06-30}
        - {session_key: s1, learner_key: a, stage: post, knowledge_score: 7}
        - {session_key: s1, learner_key: b, stage: pre, knowledge_score: 10, known_to: 2026-06-30}
        - {session_key: s1, learner_key: b, stage: post, knowledge_score: 10}
        - {session_key: s1, learner_key: c, stage: pre, knowledge_score: 2, known_to: 2026-06-30}
    want:
      - {period: 2026-06, started: 3, paired: 2, value: 1.5, before: 7, after: 8.5, improved: 1, same: 1, worse: 0, at_ceiling: 1}
*/
select
    first.known_to as at,
    first.knowledge_score as before,
    second.knowledge_score as after
from core.training_evaluation as first
left join core.training_evaluation as second
    on second.session_key = first.session_key and second.learner_key = first.learner_key and second.stage = 'post'
where first.stage = 'pre'
    and first.knowledge_score is not null
`

const distributionSkeleton = `kind: distribution
better: neither                               # up, down or neither
counts: referrals to safe accommodation       # the whole, in words
categories: [accommodated, waiting, unable_to_support] # their order; others follow by name
feeds: [safe_accommodation_referral]          # the extracts it rests on
examples:
  - name: one in three was accommodated
    given:
      safe_accommodation_referral:
        - {referred_at: 2026-07-01, outcome: accommodated}
        - {referred_at: 2026-07-02, outcome: unable_to_support}
        - {referred_at: 2026-07-31, outcome: unable_to_support}
    want:
      - {period: 2026-07, denominator: 3}
      - {period: 2026-07, breakdown: category, category: accommodated, numerator: 1, denominator: 3, share: 33.3333}
      - {period: 2026-07, breakdown: category, category: waiting, numerator: 0}
*/
select
    referred_at as at,
    outcome as category
from core.safe_accommodation_referral
`

const estimateSkeleton = `kind: estimate
better: neither                               # up, down or neither
counts: staff in scope who may need refreshed training # what is estimated, in words
measured_in: people                           # what the value is in
protects: nobody                              # modelled, not counted
periods: [quarter, year]                      # the rows of a period are added up
feeds: [workforce_denominator]                # the extracts it rests on
examples:
  - name: a tenth of those in scope, between a twentieth and a fifth
    given:
      workforce_denominator:
        - {as_at: 2026-06-30, headcount_in_scope: 100}
        - {as_at: 2026-06-30, headcount_in_scope: 300}
    want:
      - {period: 2026-27 Q1, value: 40, low: 20, high: 80}
*/
select
    as_at as at,
    headcount_in_scope * 0.1 as value,
    headcount_in_scope * 0.05 as low,
    headcount_in_scope * 0.2 as high
from core.workforce_denominator
`
