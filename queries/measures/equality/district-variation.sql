/*
id: EQ3
title: Adults referred to specialist support for every 10,000 adults, by district
short: Specialist support by district
question: Is it a postcode lottery or noise?
counts: referrals of adults to the specialist service
kind: rate
better: neither
per: 10000
population: {age: 16+}
people: person_key
headline: rolling
compare: [district]
feeds: [da_service_episode]
source: "Funnel limits of 95% and 99.8%, as in the public health profiles of the Office for Health Improvement and Disparities"
owner: Partnership data lead
cannot_tell: Whether a district with a low rate has less abuse, less asking or less on offer, or was referred to somebody else.
note: >-
  Read it by the limits of chance and not by rank: by chance alone one district in 20 lies outside the inner limits and one in 500 outside the outer. Referrals are counted, and the people they were for are shown; the
  limits allow for the same person being referred more than once. Adults are aged 16 and over. Every measure whose page compares districts uses the same limits; this one stands here because
  who is reached at all comes before how well.
examples:
  - name: two referrals of one person are two events and one person; children do not count, and no key is its own person
    given:
      da_service_episode:
        - {episode_key: e1, person_key: a, client_type: adult, referred_at: 2026-03-31, district: E07000148}
        - {episode_key: e2, person_key: a, client_type: adult, referred_at: 2026-01-05, district: E07000148}
        - {episode_key: e3, person_key: b, client_type: child, referred_at: 2026-03-31, district: E07000148}
        - {episode_key: e4, client_type: adult, referred_at: 2026-03-31, district: E07000143}
        - {episode_key: e5, client_type: adult, referred_at: 2026-03-31}
        - {episode_key: e6, person_key: c, referred_at: 2026-03-31}
        - {episode_key: e7, person_key: a, client_type: adult, referred_at: 2026-04-01, district: E07000148}
    want:
      - {period: 2025-26 Q4, events: 4, people: 3}
      - {period: 2025-26 Q4, district: E07000148, events: 2, people: 1}
      - {period: 2025-26 Q4, district: E07000143, events: 1, people: 1}
      - {period: 2025-26 Q4, district: unknown, events: 1, people: 1}
      - {period: 2026-27 Q1, events: 1, people: 1}
*/
select
    referred_at as at,
    district,
    coalesce(person_key, episode_key) as person_key
from core.da_service_episode
where client_type = 'adult'
