/*
id: RQ5
title: Audited referrals graded good or better
short: Audited referrals good or better
question: Is completeness matched by quality?
counts: audited referrals that were graded
met: were graded good or outstanding
answers: [NFK2, NFK4, HRT1]
sensitive: true
kind: proportion
better: up
periods: [quarter, year, rolling]
breakdowns: [agency, sample_method]
compare: [agency]
feeds: [audit_case]
source: "A local four-point scale in Ofsted's words, proposed by us; no published value"
owner: Safeguarding partnership quality assurance lead
cannot_tell: Whether referrals that were not audited are as good, least of all where the sample was chosen and not drawn at random.
note: >-
  A case counts once for each agency whose record was read, by the first auditor's grade, on the last day of the quarter of the
  audit. Audits of other kinds, audits of a case read before, and cases without a grade are left out. Few are read in a quarter, so read
  the interval before the percentage, and the rolling year before the quarter.
examples:
  - name: good and outstanding are good or better; the second auditor's grade is not counted
    given:
      audit_case:
        - {audit_key: a1, agency: police, audit_type: referral, known_to: 2026-03-31, sample_method: random_seeded, overall_grade: good, second_auditor_grade: inadequate}
        - {audit_key: a1, agency: education_school, audit_type: referral, known_to: 2026-03-31, sample_method: random_seeded, overall_grade: outstanding}
        - {audit_key: a2, agency: police, audit_type: referral, known_to: 2026-03-31, sample_method: targeted, overall_grade: requires_improvement, second_auditor_grade: good}
        - {audit_key: a3, agency: police, audit_type: referral, known_to: 2026-03-31, sample_method: targeted, overall_grade: inadequate}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 4}
      - {period: 2025-26 Q4, breakdown: agency, category: police, numerator: 1, denominator: 3}
      - {period: 2025-26 Q4, breakdown: sample_method, category: random_seeded, numerator: 2, denominator: 2}
      - {period: 2025-26 Q4, breakdown: sample_method, category: targeted, numerator: 0, denominator: 2}
  - name: no grade, another kind of audit and a second look are not counted; a quarter ends on its last day
    given:
      audit_case:
        - {audit_key: a1, agency: police, audit_type: referral, known_to: 2026-03-31, overall_grade: good}
        - {audit_key: a2, agency: police, audit_type: referral, known_to: 2026-03-31}
        - {audit_key: a3, agency: police, audit_type: encompass, known_to: 2026-03-31, overall_grade: good}
        - {audit_key: a1, agency: police, audit_type: re_audit, known_to: 2026-06-30, overall_grade: outstanding}
        - {audit_key: a4, agency: health_gp, audit_type: referral, known_to: 2026-06-30, overall_grade: inadequate}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
      - {period: year to 2026-06, numerator: 1, denominator: 2}
*/
select
    known_to as at,
    agency,
    sample_method,
    overall_grade in ('good', 'outstanding') as met
from core.audit_case
where audit_type = 'referral'
    and overall_grade is not null
