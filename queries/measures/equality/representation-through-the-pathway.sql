/*
id: EQ2
title: People of minority ethnic groups at each stage of the pathway
short: Minority ethnic groups by stage
question: Who is lost between one stage and the next?
counts: people at a stage of the pathway whose ethnic group is known
met: were of an ethnic group other than white
sensitive: true
kind: proportion
better: neither
breakdowns: [stage]
unit: person_key
pool: 36 months
local_shares: {all: local_minoritised}
headline: rolling
feeds: [police_da_incident, marac_case, da_service_episode, safe_accommodation_referral]
source: "Equality Act 2010. The groups are the five of Census 2021; the Department for Education's own dashboard leaves characteristics out because single years are too small"
owner: Partnership data lead
cannot_tell: >-
  Why shares differ, or who never came to any stage. The ratio to local people takes everybody, whatever their age.
note: >-
  Each person counts once in a period at each stage, and stages pool 36 months, because groups are too small for one. Read down the table of stages: a share that falls
  from one stage to the next is a group that was lost there, if the intervals stand apart. Where the share of local people is held, the ratio to it stands beside. People whose ethnic group was not asked, not known or not
  given are left out of the share; how many they are, by extract, is EQ1, and where they are many the shares may mislead. White includes white minorities such as Gypsy,
  Roma and Traveller people, whom five groups cannot show. Safe accommodation counts households, by the adult who was referred.
examples:
  - name: shares by stage, once each, with what is not known left out
    given:
      stage_reached:
        - {stage: police incident, reached_on: 2026-03-31, person_key: a, ethnicity_19: asian_indian, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-01, person_key: a, ethnicity_19: asian_indian, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-31, person_key: b, ethnicity_19: white_british}
        - {stage: police incident, reached_on: 2026-03-31, person_key: c, ethnicity_19: white_roma}
        - {stage: police incident, reached_on: 2026-03-31, person_key: d, ethnicity_19: unknown}
        - {stage: police incident, reached_on: 2026-03-31, person_key: e, ethnicity_19: refused}
        - {stage: police incident, reached_on: 2026-03-31, person_key: f}
        - {stage: police incident, reached_on: 2026-03-31, ethnicity_19: white_british}
        - {stage: MARAC, reached_on: 2026-03-31, person_key: b, ethnicity_19: white_british}
        - {stage: MARAC, reached_on: 2026-04-01, person_key: g, ethnicity_19: black_african}
        - {stage: accommodated, reached_on: 2026-03-31, person_key: h1, ethnicity_19: mixed_other}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: stage, category: police incident, numerator: 1, denominator: 3}
      - {period: 2025-26 Q4, breakdown: stage, category: MARAC, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: stage, category: accommodated, numerator: 1, denominator: 1}
*/
with grouped as (
    select
        reached_on,
        district,
        stage,
        person_key,
        ethnicity_5(ethnicity_19) as ethnic_group
    from core.stage_reached
)
select
    reached_on as at,
    district,
    stage,
    person_key,
    ethnic_group <> 'white' as met
from grouped
where ethnic_group not in ('unknown', 'refused')
    and person_key is not null
