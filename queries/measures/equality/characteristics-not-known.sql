/*
id: EQ1
title: Protected characteristics not known
short: Characteristics not known
question: Can we even see inequality?
counts: characteristics that records should hold
met: were not known
kind: proportion
better: down
breakdowns: [characteristic, feed]
feeds: [police_da_incident, marac_case, da_service_episode, safe_accommodation_referral]
source: "Norfolk JTAI letter, 27 February 2025: ethnicity, religion and beliefs missing"
owner: Partnership data lead
cannot_tell: Whether people were asked in a way that made it safe to answer.
note: >-
  Each record counts once for every characteristic its extract has, so the base is answers, not people. "Prefer not to
  say" is an answer; "unknown", "not recorded" and blank are not.
examples:
  - name: refused is known, unknown and blank are not
    given:
      police_da_incident:
        - {incident_key: i1, incident_date: 2026-01-31, district: E07000144, victim_sex: F, victim_age_band: 25-34, victim_ethnicity_19: refused, victim_religion: unknown, victim_disability: N}
    want:
      - {period: 2026-01, numerator: 2, denominator: 6}
      - {period: 2026-01, district: E07000144, numerator: 2, denominator: 6}
      - {period: 2026-01, breakdown: characteristic, category: ethnicity, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: characteristic, category: religion, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: characteristic, category: sexual orientation, numerator: 1, denominator: 1}
  - name: feeds hold different characteristics and different dates
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-04-01, victim_sex: U, victim_ethnicity_19: irish, victim_disability: unknown, victim_lgbtplus: unknown}
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-04-01, sex: F, age_band: 16-17, ethnicity_19: arab, religion: muslim, disability: N, sexual_orientation: prefer_not_to_say}
      safe_accommodation_referral:
        - {sa_referral_key: s1, referred_at: 2026-03-31}
    want:
      - {period: 2026-27 Q1, numerator: 3, denominator: 10}
      - {period: 2026-27 Q1, breakdown: feed, category: marac_case, numerator: 3, denominator: 4}
      - {period: 2026-27 Q1, breakdown: feed, category: da_service_episode, numerator: 0, denominator: 6}
      - {period: 2025-26 Q4, breakdown: feed, category: safe_accommodation_referral, numerator: 6, denominator: 6}
*/
select
    incident_date as at,
    district,
    'police_da_incident' as feed,
    unnest(['sex', 'age', 'ethnicity', 'religion', 'disability', 'sexual orientation']) as characteristic,
    unnest([
        not known(victim_sex), not known(victim_age_band), not known(victim_ethnicity_19),
        not known(victim_religion), not known(victim_disability), not known(victim_sexual_orientation)
    ]) as met
from core.police_da_incident
union all
select
    discussed_at as at,
    district,
    'marac_case' as feed,
    unnest(['sex', 'ethnicity', 'disability', 'LGBT+']) as characteristic,
    unnest([not known(victim_sex), not known(victim_ethnicity_19), not known(victim_disability), not known(victim_lgbtplus)]) as met
from core.marac_case
union all
select
    referred_at as at,
    district,
    'da_service_episode' as feed,
    unnest(['sex', 'age', 'ethnicity', 'religion', 'disability', 'sexual orientation']) as characteristic,
    unnest([
        not known(sex), not known(age_band), not known(ethnicity_19),
        not known(religion), not known(disability), not known(sexual_orientation)
    ]) as met
from core.da_service_episode
union all
select
    referred_at as at,
    district,
    'safe_accommodation_referral' as feed,
    unnest(['sex', 'age', 'ethnicity', 'religion', 'disability', 'sexual orientation']) as characteristic,
    unnest([
        not known(sex), not known(age_band), not known(ethnicity_19),
        not known(religion), not known(disability), not known(sexual_orientation)
    ]) as met
from core.safe_accommodation_referral
