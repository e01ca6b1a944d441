/*
id: EQ5
title: Men at each stage of the pathway
short: Men by stage
question: Who is lost between one stage and the next?
counts: people at a stage of the pathway whose sex is known
met: were men
kind: proportion
better: neither
breakdowns: [stage]
unit: person_key
pool: 36 months
local_shares: {all: local_men_16}
headline: rolling
feeds: [police_da_incident, marac_case, da_service_episode, safe_accommodation_referral]
source: "Equality Act 2010"
owner: Partnership data lead
cannot_tell: Why shares differ, or who never came to any stage.
note: >-
  As EQ2, for another characteristic. Each person counts once in a period at each stage, and stages pool 36 months. Sex is as each agency recorded it. People of whom it was not asked, not known or not
  given are left out of the share; how many they are, by extract, is EQ1. Safe accommodation counts households, by the adult who was referred.
examples:
  - name: once each at a stage, each answer, and what is not known left out
    given:
      stage_reached:
        - {stage: police incident, reached_on: 2026-03-31, person_key: a, sex: M, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-01, person_key: a, sex: M, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-31, person_key: b, sex: F}
        - {stage: police incident, reached_on: 2026-03-31, person_key: c, sex: M}
        - {stage: police incident, reached_on: 2026-03-31, person_key: d, sex: U}
        - {stage: police incident, reached_on: 2026-03-31, person_key: e}
        - {stage: police incident, reached_on: 2026-03-31, sex: F}
        - {stage: accommodated, reached_on: 2026-03-31, person_key: h, sex: F}
        - {stage: accommodated, reached_on: 2026-04-01, person_key: b, sex: F}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: stage, category: police incident, numerator: 2, denominator: 3}
      - {period: 2025-26 Q4, breakdown: stage, category: accommodated, numerator: 0, denominator: 1}
*/
select
    reached_on as at,
    district,
    stage,
    person_key,
    sex = 'M' as met
from core.stage_reached
where sex in ('M', 'F')
    and person_key is not null
