/*
id: PE1
title: Work with people who use harmful behaviour that began after referral
short: Referred and begun
question: Does the work that was ordered or offered begin?
counts: people referred for work on their behaviour
met: began within 91 days
answers: [HRT8]
kind: proportion
better: up
breakdowns: [intervention_type, referral_route]
matures: 122 days
headline: rolling
compare: [district, referral_route]
feeds: [perpetrator_episode]
source: "Hertfordshire JTAI letter, 12 December 2024: take-up is low and some work does not take place, which gives false assurance. Types from the Home Office standards of January 2023; 91 days proposed by the partnership"
owner: Commissioner of perpetrator programmes
cannot_tell: Whether anybody is safer. Work ordered by a court and given by probation is not in this extract.
note: >-
  By the day of the referral, one for each episode. A referral is judged when it is 122 days old: 91 in which to begin, and a month for the quarter's return to
  come. Work that began later than that, or has not, is not met, whatever the reason.
examples:
  - name: begun on the 91st day, on the 92nd, never, and the same day
    given:
      perpetrator_episode:
        - {perp_episode_key: a, referred_at: 2026-03-31, started_at: 2026-06-30, intervention_type: behaviour_change, referral_route: csc, district: E07000148}
        - {perp_episode_key: b, referred_at: 2026-03-31, started_at: 2026-07-01, intervention_type: behaviour_change, referral_route: police}
        - {perp_episode_key: c, referred_at: 2026-03-31, intervention_type: early_response, referral_route: police}
        - {perp_episode_key: d, referred_at: 2026-04-01, started_at: 2026-04-01, intervention_type: early_response, referral_route: police}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: intervention_type, category: behaviour_change, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: referral_route, category: police, numerator: 0, denominator: 2}
  - name: younger than 122 days is pending, even where it has begun
    as_at: 2026-10-31
    given:
      perpetrator_episode:
        - {perp_episode_key: a, referred_at: 2026-07-01, started_at: 2026-07-08}
        - {perp_episode_key: b, referred_at: 2026-07-02, started_at: 2026-07-08}
    want:
      - {period: 2026-07, numerator: 1, denominator: 1}
*/
select
    referred_at as at,
    district,
    intervention_type,
    referral_route,
    coalesce(started_at - referred_at <= 91, false) as met
from core.perpetrator_episode
