/*
id: MA4
title: "Who reaches MARAC: minoritised, LGBT+, disabled, male, aged 16 or 17"
short: Who reaches MARAC
question: Who is missing?
counts: characteristics known of people discussed
met: put the person in a group that may be missed
answers: [NFK1]
sensitive: true
kind: proportion
better: neither
headline: rolling
breakdowns: [characteristic]
pool: 36 months
local_shares: {minoritised: local_minoritised, LGBT+: local_lgbt_16, disabled: local_disabled, male: local_men_16, aged 16 or 17: local_aged_16_17}
feeds: [marac_case]
source: "SafeLives, year to September 2024, nationally: Black, Asian and minoritised 14.1%, LGBT+ 1.6%, disabled 10.1%, male 6.4%, aged 16 or 17 1.3% of cases"
owner: MARAC co-ordinator
cannot_tell: How many people with each characteristic were at high risk and never referred.
note: >-
  Read the table by characteristic: each case counts once for each of the five that is known of the person harmed, so the
  whole is answers, not people. A characteristic not asked, not known or not given is left out; the share not known is
  in EQ1. Minoritised is any ethnicity outside the White group, because agencies agree on five groups and no more. The ratio is to the share of
  local people where that is held, and not to the national percentage of cases.
examples:
  - name: each of the five, known and so
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-06-30, district: E07000148, victim_ethnicity_19: asian_indian, victim_lgbtplus: Y, victim_disability: limited_a_little, victim_sex: M, victim_aged_16_17: Y}
        - {marac_case_key: m2, discussed_at: 2026-06-30, victim_ethnicity_19: white_roma, victim_lgbtplus: N, victim_disability: none, victim_sex: F, victim_aged_16_17: N}
    want:
      - {period: 2026-27 Q1, numerator: 5, denominator: 10}
      - {period: 2026-27 Q1, district: E07000148, numerator: 5, denominator: 5}
      - {period: 2026-27 Q1, breakdown: characteristic, category: minoritised, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: characteristic, category: LGBT+, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: characteristic, category: disabled, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: characteristic, category: male, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: characteristic, category: aged 16 or 17, numerator: 1, denominator: 2}
  - name: not known, not given and blank are left out, each by itself
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-06-30, victim_ethnicity_19: unknown, victim_lgbtplus: unknown, victim_disability: unknown, victim_sex: U}
        - {marac_case_key: m2, discussed_at: 2026-06-30, victim_ethnicity_19: refused, victim_disability: limited_a_lot}
        - {marac_case_key: m3, discussed_at: 2026-06-30}
        - {marac_case_key: m4, discussed_at: 2026-07-01, victim_ethnicity_19: white_british, victim_sex: F, victim_aged_16_17: N}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: characteristic, category: minoritised, numerator: 0, denominator: 0}
      - {period: 2026-27 Q2, numerator: 0, denominator: 3}
      - {period: 2026-27 Q2, breakdown: characteristic, category: male, numerator: 0, denominator: 1}
  - name: the same person in two cases counts in each
    given:
      marac_case:
        - {marac_case_key: m1, victim_key: a, discussed_at: 2026-04-04, victim_sex: M}
        - {marac_case_key: m2, victim_key: a, discussed_at: 2026-05-25, victim_sex: M}
    want:
      - {period: 2026-27 Q1, numerator: 2, denominator: 2}
*/
with answer as (
    select
        discussed_at,
        district,
        unnest(['minoritised', 'LGBT+', 'disabled', 'male', 'aged 16 or 17']) as characteristic,
        unnest([
            case when victim_ethnicity_19 not in ('refused', 'unknown') then not starts_with(victim_ethnicity_19, 'white_') end,
            case victim_lgbtplus when 'Y' then true when 'N' then false end,
            case when victim_disability <> 'unknown' then victim_disability <> 'none' end,
            case victim_sex when 'M' then true when 'F' then false end,
            case victim_aged_16_17 when 'Y' then true when 'N' then false end
        ]) as has_it
    from core.marac_case
)
select
    discussed_at as at,
    district,
    characteristic,
    has_it as met
from answer
where has_it is not null
