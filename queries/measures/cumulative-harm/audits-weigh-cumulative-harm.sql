/*
id: CH8
title: Audited cases that weigh cumulative harm fully
short: Cumulative harm weighed fully
question: Is cumulative harm in the analysis, as well as in the chronology?
counts: audited records in which the auditor looked for cumulative harm
met: weighed it fully
answers: [NFK2, HRT1]
sensitive: true
kind: proportion
better: up
breakdowns: [agency, age_group, sample_method]
periods: [quarter, year, rolling]
headline: rolling
compare: [agency]
feeds: [audit_case]
source: "Norfolk JTAI letter, 27 February 2025: consistent consideration of cumulative harm to children aged 0 to 7"
owner: Safeguarding partnership quality assurance lead
cannot_tell: Anything of cases that were not audited, unless they were drawn at random.
note: >-
  One for each case and agency whose record was read, in the quarter of the audit. Records in which the question was not
  answered are left out. Targeted and self-selected cases are told apart from a random sample: only that speaks for all
  cases. Auditors grade by judgement.
examples:
  - name: partly is not fully, an unanswered question is left out, and each agency's record counts
    given:
      audit_case:
        - {audit_key: a1, agency: police, child_age_band: "3", sample_method: random_seeded, cumulative_harm_considered: fully, known_to: 2026-06-30}
        - {audit_key: a1, agency: health_visiting, child_age_band: "3", sample_method: random_seeded, cumulative_harm_considered: partly, known_to: 2026-06-30}
        - {audit_key: a2, agency: police, child_age_band: 8-11, sample_method: targeted, cumulative_harm_considered: "no", known_to: 2026-06-30}
        - {audit_key: a3, agency: police, child_age_band: unborn, sample_method: self_selected, known_to: 2026-06-30}
        - {audit_key: a4, agency: police, sample_method: self_selected, cumulative_harm_considered: fully, known_to: 2026-09-30}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 3}
      - {period: 2026-27 Q2, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: agency, category: police, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: age_group, category: 0-7, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: age_group, category: unborn, numerator: 0, denominator: 0}
      - {period: 2026-27 Q2, breakdown: age_group, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: sample_method, category: random sample, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: sample_method, category: targeted, numerator: 0, denominator: 1}
      - {period: 2026-27 Q2, breakdown: sample_method, category: chosen by the agency, numerator: 1, denominator: 1}
*/
select
    known_to as at,
    agency,
    age_group(child_age_band) as age_group,
    case sample_method
        when 'random_seeded' then 'random sample'
        when 'targeted' then 'targeted'
        when 'self_selected' then 'chosen by the agency'
    end as sample_method,
    cumulative_harm_considered = 'fully' as met
from core.audit_case
where cumulative_harm_considered is not null
