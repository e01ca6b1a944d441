/*
id: SA12
title: People and households known at each level of the response
short: Known at each level
question: Of those who may be harmed, who is known to anybody?
counts: people or households known at some level
kind: count
better: neither
breakdowns: [level]
unit: person_key
headline: rolling
feeds: [police_da_incident, marac_case, da_service_episode, safe_accommodation_referral]
source: "Proposed by the partnership: the counted levels of the need pyramid whose top is SA9"
owner: Domestic abuse commissioner, county council
cannot_tell: Who was harmed and told nobody, and who was helped by a service that sends nothing here.
note: >-
  Each person counts once in a period, at each level once. Levels overlap: one person may be at several, so they do not add up. Safe accommodation
  counts households, under keys that match nobody's, so a person who was also accommodated is two in the whole. Children who are clients are not
  counted here. Read the levels of a year against the modelled number of adults of the same year (SA9).
examples:
  - name: once in a level, once in the whole, and other stages are not levels
    given:
      stage_reached:
        - {stage: police incident, reached_on: 2026-03-31, person_key: a, district: E07000148}
        - {stage: police incident, reached_on: 2026-03-01, person_key: a, district: E07000148}
        - {stage: MARAC, reached_on: 2026-03-31, person_key: a}
        - {stage: specialist service, reached_on: 2026-03-31, person_key: b}
        - {stage: engaged with the service, reached_on: 2026-03-31, person_key: c}
        - {stage: planned ending, reached_on: 2026-03-31, person_key: d}
        - {stage: referred to safe accommodation, reached_on: 2026-03-31, person_key: h1}
        - {stage: accommodated, reached_on: 2026-03-31, person_key: h2}
        - {stage: police incident, reached_on: 2026-04-01, person_key: a}
        - {stage: police incident, reached_on: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 3}
      - {period: 2026-27 Q1, numerator: 1}
      - {period: 2025-26, numerator: 3}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1}
      - {period: 2025-26 Q4, breakdown: level, category: police incident, numerator: 1}
      - {period: 2025-26 Q4, breakdown: level, category: MARAC, numerator: 1}
      - {period: 2025-26 Q4, breakdown: level, category: specialist service, numerator: 1}
      - {period: 2025-26 Q4, breakdown: level, category: accommodated, numerator: 1}
*/
select
    reached_on as at,
    district,
    stage as level,
    person_key
from core.stage_reached
where stage in ('police incident', 'MARAC', 'specialist service', 'accommodated')
    and person_key is not null
