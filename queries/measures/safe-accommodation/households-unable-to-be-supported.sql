/*
id: SA2
title: Households that safe accommodation was unable to support
short: Households unable to be supported
question: How much need goes unmet?
counts: households referred to safe accommodation
met: were unable to be supported by any provider
kind: proportion
better: down
breakdowns: [accommodation_type, large_family]
matures: 28 days
compare: [district]
feeds: [safe_accommodation_referral]
source: "MHCLG annual return item; England had 28,190 in 2024-25"
owner: Domestic abuse commissioner, county council
cannot_tell: Households never referred, or why a household looked elsewhere.
note: >-
  A household referred to several providers, each within 28 days of the last, counts once, on the day of the first. It is
  met where a provider was unable to support it and none accommodated it. Referrals counted one by one would be
  more. A household still waiting is in the base and not met. Referrals with no household key count one by one.
examples:
  - name: three providers are one household, and one place is enough
    given:
      safe_accommodation_referral:
        - {sa_referral_key: a1, household_key: a, referred_at: 2026-01-05, outcome: unable_to_support, accommodation_type: refuge, district: E07000143}
        - {sa_referral_key: a2, household_key: a, referred_at: 2026-02-02, outcome: unable_to_support, accommodation_type: dispersed}
        - {sa_referral_key: b1, household_key: b, referred_at: 2026-01-05, outcome: unable_to_support, accommodation_type: refuge}
        - {sa_referral_key: b2, household_key: b, referred_at: 2026-01-06, outcome: accommodated, accommodation_type: refuge}
        - {sa_referral_key: c1, household_key: c, referred_at: 2026-01-07, outcome: waiting, accommodation_type: refuge}
    want:
      - {period: 2026-01, numerator: 1, denominator: 3}
      - {period: 2026-02, numerator: 0, denominator: 0}
      - {period: 2026-01, district: E07000143, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: accommodation_type, category: refuge, numerator: 1, denominator: 3}
  - name: 29 days later is a new need, and a missing key is its own household
    given:
      safe_accommodation_referral:
        - {sa_referral_key: a1, household_key: a, referred_at: 2026-03-02, outcome: unable_to_support, large_family_3plus: Y}
        - {sa_referral_key: a2, household_key: a, referred_at: 2026-03-31, outcome: declined_by_survivor, large_family_3plus: Y}
        - {sa_referral_key: x1, referred_at: 2026-03-31, outcome: unable_to_support}
        - {sa_referral_key: x2, referred_at: 2026-03-31, outcome: unable_to_support}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 4}
      - {period: 2025-26 Q4, breakdown: large_family, category: three or more children, numerator: 1, denominator: 2}
  - name: two needs of one household in a period, blank and other outcomes, each size of family, and a referral with no date
    given:
      safe_accommodation_referral:
        - {sa_referral_key: a1, household_key: a, referred_at: 2026-01-05, outcome: unable_to_support, large_family_3plus: N}
        - {sa_referral_key: a2, household_key: a, referred_at: 2026-02-03, outcome: accommodated, large_family_3plus: N}
        - {sa_referral_key: a3, household_key: a, referred_at: 2026-03-20, outcome: unable_to_support, large_family_3plus: Y}
        - {sa_referral_key: b1, household_key: b, referred_at: 2026-01-05, large_family_3plus: N}
        - {sa_referral_key: c1, household_key: c, referred_at: 2026-01-05, outcome: unable_to_support}
        - {sa_referral_key: c2, household_key: c, referred_at: 2026-01-06}
        - {sa_referral_key: c3, household_key: c, outcome: accommodated}
        - {sa_referral_key: d1, household_key: d, outcome: unable_to_support}
    want:
      - {period: 2026-01, numerator: 2, denominator: 3}
      - {period: 2026-02, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, numerator: 3, denominator: 5}
      - {period: 2025-26 Q4, breakdown: large_family, category: three or more children, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: large_family, category: fewer than three children, numerator: 1, denominator: 3}
      - {period: 2025-26 Q4, breakdown: large_family, category: not recorded, numerator: 1, denominator: 1}
*/
with referral as (
    select
        *,
        coalesce(household_key, sa_referral_key) as household,
        lag(referred_at) over (partition by coalesce(household_key, sa_referral_key) order by referred_at, sa_referral_key) as previous_at
    from core.safe_accommodation_referral
    where referred_at is not null
),
numbered as (
    select
        *,
        count(case when previous_at is null or referred_at - previous_at > 28 then 1 end)
            over (partition by household order by referred_at, sa_referral_key rows unbounded preceding) as need
    from referral
),
household_need as (
    select
        min(referred_at) as referred_at,
        min_by(district, (referred_at, sa_referral_key)) as district,
        min_by(accommodation_type, (referred_at, sa_referral_key)) as accommodation_type,
        min_by(large_family_3plus, (referred_at, sa_referral_key)) as large_family_3plus,
        bool_or(coalesce(outcome = 'unable_to_support', false)) as was_unable,
        bool_or(coalesce(outcome = 'accommodated', false)) as was_accommodated
    from numbered
    group by household, need
)
select
    referred_at as at,
    district,
    accommodation_type,
    case large_family_3plus when 'Y' then 'three or more children' when 'N' then 'fewer than three children' end as large_family,
    was_unable and not was_accommodated as met
from household_need
