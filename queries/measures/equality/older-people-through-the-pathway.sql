/*
id: EQ7
title: People aged 55 and over at each stage of the pathway
short: People aged 55 and over by stage
question: Who is lost between one stage and the next?
counts: people at a stage of the pathway whose age is known
met: were aged 55 or over
kind: proportion
better: neither
breakdowns: [stage]
unit: person_key
pool: 36 months
local_shares: {all: local_aged_55}
headline: rolling
feeds: [police_da_incident, marac_case, da_service_episode, safe_accommodation_referral]
source: "Equality Act 2010"
owner: Partnership data lead
cannot_tell: Why shares differ, or who never came to any stage. Survey estimates of harm fall with age, so an even share is not to be expected.
note: >-
  As EQ2, for another characteristic. Each person counts once in a period at each stage, and stages pool 36 months. Age is the band sent with the record; MARAC sends none, so it is not one of the stages here. People
  whose age is not known are left out of the share; how many they are, by extract, is EQ1. Safe accommodation counts households, by the adult who was referred.
examples:
  - name: once each at a stage, each band, and what is not known left out
    given:
      stage_reached:
        - {stage: police incident, reached_on: 2026-03-31, person_key: a, age_band: 55-64, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-01, person_key: a, age_band: 55-64, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-31, person_key: b, age_band: 45-54}
        - {stage: police incident, reached_on: 2026-03-31, person_key: c, age_band: 65-74}
        - {stage: police incident, reached_on: 2026-03-31, person_key: d, age_band: unknown}
        - {stage: police incident, reached_on: 2026-03-31, person_key: e}
        - {stage: police incident, reached_on: 2026-03-31, age_band: 75+}
        - {stage: accommodated, reached_on: 2026-03-31, person_key: h, age_band: 75+}
        - {stage: accommodated, reached_on: 2026-04-01, person_key: b, age_band: 16-17}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 4}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: stage, category: police incident, numerator: 2, denominator: 3}
      - {period: 2025-26 Q4, breakdown: stage, category: accommodated, numerator: 1, denominator: 1}
*/
select
    reached_on as at,
    district,
    stage,
    person_key,
    age_band in ('55-64', '65-74', '75+') as met
from core.stage_reached
where age_band <> 'unknown'
    and person_key is not null
