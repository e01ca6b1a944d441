/*
id: VC2
title: Audited records with evidence of the child's voice
short: Voice evidenced in audited records
question: Which agency hears children?
counts: audited records in which a child could be heard
met: had evidence of the child's voice
answers: [NFK3, HRT5]
sensitive: true
kind: proportion
better: up
breakdowns: [agency, age_mode, sample_method]
periods: [quarter, year, rolling]
headline: rolling
compare: [agency]
feeds: [audit_case]
source: "Norfolk JTAI letter, 27 February 2025: voices of individual children listened to and captured; less consistent in health, probation and police"
owner: Safeguarding partnership quality assurance lead
cannot_tell: Anything of cases that were not audited, unless they were drawn at random.
note: >-
  One for each case and agency whose record was read, in the quarter of the audit. Evidence is the child's own words,
  observation of the child, or an advocate. Records marked "not applicable" or not answered are left out. Children under
  2 and unborn are told apart, because they are heard by being observed; that age is proposed by the partnership. A
  random sample is told from targeted cases.
examples:
  - name: three kinds of evidence, none, and those left out
    given:
      audit_case:
        - {audit_key: a1, agency: police, child_age_band: 12-15, sample_method: random_seeded, voice_evidence: own_words, known_to: 2026-06-30}
        - {audit_key: a1, agency: probation, child_age_band: 12-15, sample_method: random_seeded, voice_evidence: none, known_to: 2026-06-30}
        - {audit_key: a2, agency: police, child_age_band: "1", sample_method: targeted, voice_evidence: observed, known_to: 2026-06-30}
        - {audit_key: a3, agency: police, child_age_band: "0", sample_method: self_selected, voice_evidence: none, known_to: 2026-06-30}
        - {audit_key: a4, agency: police, child_age_band: unborn, sample_method: self_selected, voice_evidence: advocate, known_to: 2026-06-30}
        - {audit_key: a5, agency: police, child_age_band: unborn, sample_method: self_selected, voice_evidence: not_applicable, known_to: 2026-06-30}
        - {audit_key: a6, agency: police, child_age_band: "2", sample_method: targeted, known_to: 2026-06-30}
        - {audit_key: a7, agency: police, child_age_band: "2", sample_method: targeted, voice_evidence: none, known_to: 2026-09-30}
        - {audit_key: a8, agency: police, voice_evidence: own_words, known_to: 2026-09-30}
    want:
      - {period: 2026-27 Q1, numerator: 3, denominator: 5}
      - {period: 2026-27 Q2, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: agency, category: police, numerator: 3, denominator: 4}
      - {period: 2026-27 Q1, breakdown: agency, category: probation, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: age_mode, category: unborn or under 2, numerator: 2, denominator: 3}
      - {period: 2026-27 Q1, breakdown: age_mode, category: 2 and over, numerator: 1, denominator: 2}
      - {period: 2026-27 Q2, breakdown: age_mode, category: 2 and over, numerator: 0, denominator: 1}
      - {period: 2026-27 Q2, breakdown: age_mode, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: sample_method, category: random sample, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: sample_method, category: targeted, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: sample_method, category: chosen by the agency, numerator: 1, denominator: 2}
*/
select
    known_to as at,
    agency,
    case
        when child_age_band in ('unborn', '0', '1') then 'unborn or under 2'
        when child_age_band is not null then '2 and over'
    end as age_mode,
    case sample_method
        when 'random_seeded' then 'random sample'
        when 'targeted' then 'targeted'
        when 'self_selected' then 'chosen by the agency'
    end as sample_method,
    voice_evidence <> 'none' as met
from core.audit_case
where voice_evidence <> 'not_applicable'
