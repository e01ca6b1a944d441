/*
id: SA8
title: Placements in safe accommodation, by where households came from and went
short: Placements in and out of area
question: Who do we serve, and who serves us?
counts: referrals with a place found
sensitive: true
kind: distribution
better: neither
categories: ["from the county, placed in it", "from outside, placed in the county", "from the county, placed outside it", "from outside, placed outside"]
headline: rolling
feeds: [safe_accommodation_referral]
source: "Domestic Abuse Act 2021, section 57: the assessment must include people who come from outside the area"
owner: Domestic abuse commissioner, county council
cannot_tell: Households of the county that went straight to a provider elsewhere; those providers send nothing here.
note: >-
  By the day of the referral. The county is its seven districts; anywhere else is outside. Where either end is not known the placement is "not recorded". Moving
  away can be what makes a household safe, so no direction is better. Small flows are hidden.
examples:
  - name: each flow, an end not known, and referrals without a place
    given:
      safe_accommodation_referral:
        - {sa_referral_key: a, referred_at: 2026-03-31, outcome: accommodated, origin_lad: E07000145, destination_lad: E07000148}
        - {sa_referral_key: b, referred_at: 2026-03-31, outcome: accommodated, origin_lad: E07000148, destination_lad: E07000148}
        - {sa_referral_key: c, referred_at: 2026-03-31, outcome: accommodated, origin_lad: OOA, destination_lad: E07000148}
        - {sa_referral_key: d, referred_at: 2026-03-31, outcome: accommodated, origin_lad: E07000143, destination_lad: OOA}
        - {sa_referral_key: e, referred_at: 2026-03-31, outcome: accommodated, origin_lad: OOA, destination_lad: OOA}
        - {sa_referral_key: f, referred_at: 2026-03-31, outcome: accommodated, destination_lad: E07000148}
        - {sa_referral_key: g, referred_at: 2026-03-31, outcome: accommodated, origin_lad: E07000148}
        - {sa_referral_key: h, referred_at: 2026-03-31, outcome: accommodated, origin_lad: OOA}
        - {sa_referral_key: k, referred_at: 2026-03-31, outcome: accommodated, destination_lad: OOA}
        - {sa_referral_key: i, referred_at: 2026-03-31, outcome: waiting, origin_lad: OOA, destination_lad: OOA}
        - {sa_referral_key: j, referred_at: 2026-04-01, outcome: accommodated, origin_lad: OOA, destination_lad: E07000145}
    want:
      - {period: 2025-26 Q4, denominator: 9}
      - {period: 2026-27 Q1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "from the county, placed in it", numerator: 2, denominator: 9, share: 22.2222}
      - {period: 2025-26 Q4, breakdown: category, category: "from outside, placed in the county", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "from the county, placed outside it", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "from outside, placed outside", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: not recorded, numerator: 4}
*/
select
    referred_at as at,
    case
        when origin_lad <> 'OOA' and destination_lad <> 'OOA' then 'from the county, placed in it'
        when origin_lad = 'OOA' and destination_lad <> 'OOA' then 'from outside, placed in the county'
        when origin_lad <> 'OOA' and destination_lad = 'OOA' then 'from the county, placed outside it'
        when origin_lad = 'OOA' and destination_lad = 'OOA' then 'from outside, placed outside'
    end as category
from core.safe_accommodation_referral
where outcome = 'accommodated'
