/*
id: VC3
title: Audited plans that the child's voice changed
short: Voice changed the plan
question: Is voice used, as well as recorded?
counts: audited records with evidence of the child's voice and a plan
met: had a plan that the child's voice changed
answers: [NFK3, HRT5]
sensitive: true
kind: proportion
better: up
breakdowns: [agency, age_group, sample_method, evidence]
periods: [quarter, year, rolling]
headline: rolling
compare: [agency]
feeds: [audit_case]
source: "Norfolk JTAI letter, 27 February 2025: children's voices used to inform their plans"
owner: Safeguarding partnership quality assurance lead
cannot_tell: Anything of cases that were not audited, unless they were drawn at random, or of voices that were not recorded.
note: >-
  The second step after evidence of voice: read it beside that measure. Records without such evidence, without a plan or
  with no answer are left out. A random sample is told from targeted cases. Influence is the auditor's judgement.
examples:
  - name: yes, no, and those left out
    given:
      audit_case:
        - {audit_key: a1, agency: police, child_age_band: 12-15, sample_method: random_seeded, voice_evidence: own_words, voice_influenced_plan: Y, known_to: 2026-06-30}
        - {audit_key: a2, agency: police, child_age_band: "1", sample_method: targeted, voice_evidence: observed, voice_influenced_plan: N, known_to: 2026-06-30}
        - {audit_key: a3, agency: probation, sample_method: self_selected, voice_evidence: advocate, voice_influenced_plan: N, known_to: 2026-06-30}
        - {audit_key: a4, agency: police, voice_evidence: none, voice_influenced_plan: N, known_to: 2026-06-30}
        - {audit_key: a5, agency: police, voice_evidence: not_applicable, voice_influenced_plan: N, known_to: 2026-06-30}
        - {audit_key: a6, agency: police, voice_evidence: own_words, voice_influenced_plan: na, known_to: 2026-06-30}
        - {audit_key: a7, agency: police, voice_evidence: own_words, known_to: 2026-06-30}
        - {audit_key: a8, agency: police, voice_influenced_plan: N, known_to: 2026-06-30}
        - {audit_key: a9, agency: police, voice_evidence: own_words, voice_influenced_plan: Y, known_to: 2026-09-30}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 3}
      - {period: 2026-27 Q2, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: agency, category: police, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: age_group, category: 8-17, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: sample_method, category: random sample, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: sample_method, category: targeted, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: sample_method, category: chosen by the agency, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: evidence, category: advocate, numerator: 0, denominator: 1}
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
    voice_evidence as evidence,
    voice_influenced_plan = 'Y' as met
from core.audit_case
where voice_evidence in ('own_words', 'observed', 'advocate')
    and voice_influenced_plan in ('Y', 'N')
