/*
id: SA6
title: Where households went on leaving safe accommodation
short: Destination on leaving
question: Do people leave to safety and stability?
counts: stays that ended
sensitive: true
kind: distribution
better: neither
categories: [a tenancy, "home, with the person causing harm gone", family or friends, another refuge or temporary accommodation, "home, with the person causing harm", other, not known]
headline: rolling
feeds: [safe_accommodation_stay]
source: "MHCLG annual return on support in safe accommodation; sanctuaries, of which 80% ended in England in 2024-25 because they were no longer needed, are not stays"
owner: Domestic abuse commissioner, county council
cannot_tell: Whether the household was still safe later, or what it would have chosen.
note: >-
  By the day the stay ended. Destinations that are not known are shown and stay in the whole, so that every other share is the least it can be. Social and private
  tenancies count together, and another refuge with temporary accommodation.
examples:
  - name: each destination, one not known, one not written, and a stay that goes on
    given:
      safe_accommodation_stay:
        - {stay_key: a, end_date: 2026-03-31, destination: social_tenancy}
        - {stay_key: b, end_date: 2026-03-31, destination: private_rented}
        - {stay_key: c, end_date: 2026-03-31, destination: returned_home_perp_absent}
        - {stay_key: d, end_date: 2026-03-31, destination: family_friends}
        - {stay_key: e, end_date: 2026-03-31, destination: other_refuge}
        - {stay_key: f, end_date: 2026-03-31, destination: temporary_accommodation}
        - {stay_key: g, end_date: 2026-03-31, destination: returned_to_perpetrator}
        - {stay_key: h, end_date: 2026-03-31, destination: other}
        - {stay_key: i, end_date: 2026-03-31, destination: unknown}
        - {stay_key: j, end_date: 2026-03-31}
        - {stay_key: k, start_date: 2026-03-01}
        - {stay_key: l, end_date: 2026-04-01, destination: other}
    want:
      - {period: 2025-26 Q4, denominator: 10}
      - {period: 2026-27 Q1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: a tenancy, numerator: 2, denominator: 10, share: 20}
      - {period: 2025-26 Q4, breakdown: category, category: "home, with the person causing harm gone", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: family or friends, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: another refuge or temporary accommodation, numerator: 2}
      - {period: 2025-26 Q4, breakdown: category, category: "home, with the person causing harm", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: other, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: not known, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: not recorded, numerator: 1}
*/
select
    end_date as at,
    case destination
        when 'social_tenancy' then 'a tenancy'
        when 'private_rented' then 'a tenancy'
        when 'returned_home_perp_absent' then 'home, with the person causing harm gone'
        when 'family_friends' then 'family or friends'
        when 'other_refuge' then 'another refuge or temporary accommodation'
        when 'temporary_accommodation' then 'another refuge or temporary accommodation'
        when 'returned_to_perpetrator' then 'home, with the person causing harm'
        when 'other' then 'other'
        when 'unknown' then 'not known'
    end as category
from core.safe_accommodation_stay
