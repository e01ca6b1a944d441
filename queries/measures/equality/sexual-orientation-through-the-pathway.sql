/*
id: EQ6
title: Lesbian, gay, bisexual and other people at each stage of the pathway
short: LGB+ people by stage
question: Who is lost between one stage and the next?
counts: people at a stage of the pathway whose sexual orientation is known
met: were lesbian, gay, bisexual or of another orientation than straight
kind: proportion
better: neither
breakdowns: [stage]
unit: person_key
pool: 36 months
local_shares: {all: local_lgb_16}
headline: rolling
feeds: [police_da_incident, marac_case, da_service_episode, safe_accommodation_referral]
source: "Equality Act 2010; the question of Census 2021"
owner: Partnership data lead
cannot_tell: Why shares differ, or who never came to any stage.
note: >-
  As EQ2, for another characteristic. Each person counts once in a period at each stage, and stages pool 36 months. MARAC records LGBT+ people together, which is another group, so it is not one of the stages here. People of whom it was not asked, not known or not
  given are left out of the share; how many they are, by extract, is EQ1. Safe accommodation counts households, by the adult who was referred.
examples:
  - name: once each at a stage, each answer, and what is not known left out
    given:
      stage_reached:
        - {stage: police incident, reached_on: 2026-03-31, person_key: a, sexual_orientation: gay_lesbian, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-01, person_key: a, sexual_orientation: gay_lesbian, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-31, person_key: b, sexual_orientation: straight}
        - {stage: police incident, reached_on: 2026-03-31, person_key: c, sexual_orientation: bisexual}
        - {stage: police incident, reached_on: 2026-03-31, person_key: d, sexual_orientation: prefer_not_to_say}
        - {stage: police incident, reached_on: 2026-03-31, person_key: e}
        - {stage: police incident, reached_on: 2026-03-31, sexual_orientation: straight}
        - {stage: accommodated, reached_on: 2026-03-31, person_key: h, sexual_orientation: straight}
        - {stage: specialist service, reached_on: 2026-06-30, person_key: i, sexual_orientation: other}
        - {stage: accommodated, reached_on: 2026-04-01, person_key: b, sexual_orientation: straight}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: stage, category: police incident, numerator: 2, denominator: 3}
      - {period: 2025-26 Q4, breakdown: stage, category: accommodated, numerator: 0, denominator: 1}
*/
select
    reached_on as at,
    district,
    stage,
    person_key,
    sexual_orientation <> 'straight' as met
from core.stage_reached
where sexual_orientation in ('straight', 'gay_lesbian', 'bisexual', 'other')
    and person_key is not null
