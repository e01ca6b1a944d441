/*
id: SI2
title: Referrals to the specialist service that engaged within eight weeks
short: Referrals engaged in eight weeks
question: Do people take up support?
counts: referrals to the specialist service
met: engaged within 56 days
answers: [NFK4]
kind: proportion
better: up
breakdowns: [referral_route, contact, client_type, sex, ethnicity]
pool: 36 months
compare: [district]
feeds: [da_service_episode]
source: "Proposed by the partnership; no published value was verified. Eight weeks is the partnership's own"
owner: Specialist service contract manager
cannot_tell: Why someone did not take it up, or whether they found help elsewhere.
note: >-
  Counted on the day of referral. A referral is judged once the service's latest extract reaches 56 days past it,
  whatever came of it by then, so that recent referrals are not taken for people who did not engage. Those never reached
  are in the base, and the table by contact shows them apart.
examples:
  - name: the 56th day counts, the 57th does not; reached, not reached and never engaged
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-03-31, first_contact_at: 2026-04-01, engaged_at: 2026-05-26, referral_route: police, client_type: adult, sex: F, ethnicity_19: white_irish, district: E07000148, known_to: 2026-06-30}
        - {episode_key: e2, referred_at: 2026-03-31, first_contact_at: 2026-04-01, engaged_at: 2026-05-27, referral_route: self, client_type: adult, sex: M, known_to: 2026-06-30}
        - {episode_key: e3, referred_at: 2026-03-31, closure_type: not_contactable, closed_at: 2026-04-10, referral_route: self, client_type: child, sex: F, known_to: 2026-06-30}
        - {episode_key: e4, referred_at: 2026-03-31, referral_route: self, known_to: 2026-06-30}
        - {episode_key: e5, referred_at: 2026-04-01, engaged_at: 2026-04-01, known_to: 2026-06-30}
        - {episode_key: e6, engaged_at: 2026-04-01, known_to: 2026-06-30}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: referral_route, category: self, numerator: 0, denominator: 3}
      - {period: 2025-26 Q4, breakdown: contact, category: reached, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: contact, category: could not be reached, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: contact, category: no contact recorded, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: client_type, category: child, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: sex, category: F, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: ethnicity, category: white_irish, numerator: 1, denominator: 1}
  - name: a referral that the latest extract has not followed for 56 days is not judged, even if it engaged
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-05-05, known_to: 2026-06-30}
        - {episode_key: e2, referred_at: 2026-05-06, engaged_at: 2026-05-07, known_to: 2026-06-30}
        - {episode_key: e3, referred_at: 2026-05-05, closed_at: 2026-05-06, engaged_at: 2026-05-05, known_to: 2026-05-31}
    want:
      - {period: 2026-05, numerator: 1, denominator: 2}
*/
with extract_end as (
    select max(known_to) as known_to
    from core.da_service_episode
)
select
    episode.referred_at as at,
    episode.district,
    episode.referral_route,
    case
        when episode.first_contact_at is not null then 'reached'
        when episode.closure_type = 'not_contactable' then 'could not be reached'
        else 'no contact recorded'
    end as contact,
    episode.client_type,
    episode.sex,
    episode.ethnicity_19 as ethnicity,
    coalesce(episode.engaged_at - episode.referred_at <= 56, false) as met
from core.da_service_episode as episode
cross join extract_end
where extract_end.known_to - episode.referred_at >= 56
