/*
id: PE2
title: Work with people who use harmful behaviour that was completed
short: Work completed
question: Do people finish?
counts: people who began work on their behaviour
met: completed it within 40 weeks, with at least 22 attended where it was behaviour change
answers: [HRT8]
kind: proportion
better: up
breakdowns: [intervention_type]
matures: 311 days
headline: rolling
feeds: [perpetrator_episode]
source: "Home Office, Standards for domestic abuse perpetrator interventions, January 2023: behaviour-change work takes 22 weeks or more. 40 weeks to finish proposed by the partnership"
owner: Commissioner of perpetrator programmes
cannot_tell: Whether behaviour changed. Finishing a programme is not safety for those harmed.
note: >-
  By the day the work began, one for each episode. It is judged when it is 311 days old: 40 weeks in which to finish, and a month for the quarter's return
  to come. Behaviour-change work recorded as complete after fewer than 22 weeks, or with the weeks not recorded, is not met; other work is complete when
  its provider says so.
examples:
  - name: 22 weeks and 21, weeks not known, other work, the last day of 40 weeks and the day after, and left early
    given:
      perpetrator_episode:
        - {perp_episode_key: a, started_at: 2025-03-31, completed_at: 2025-09-10, weeks_attended: 22, intervention_type: behaviour_change, district: E07000148}
        - {perp_episode_key: b, started_at: 2025-03-31, completed_at: 2025-09-10, weeks_attended: 21, intervention_type: behaviour_change}
        - {perp_episode_key: c, started_at: 2025-03-31, completed_at: 2025-09-10, intervention_type: behaviour_change}
        - {perp_episode_key: d, started_at: 2025-03-31, completed_at: 2025-06-10, weeks_attended: 8, intervention_type: early_response}
        - {perp_episode_key: e, started_at: 2025-03-31, completed_at: 2026-01-05, intervention_type: help_seeking}
        - {perp_episode_key: f, started_at: 2025-03-31, completed_at: 2026-01-06, weeks_attended: 30, intervention_type: help_seeking}
        - {perp_episode_key: g, started_at: 2025-03-31, weeks_attended: 24, intervention_type: behaviour_change, exit_reason: disengaged}
        - {perp_episode_key: h, referred_at: 2025-03-31, intervention_type: behaviour_change}
        - {perp_episode_key: i, started_at: 2025-04-01, completed_at: 2025-10-10, weeks_attended: 26, intervention_type: behaviour_change}
        - {perp_episode_key: j, started_at: 2025-04-01, completed_at: 2026-02-10, weeks_attended: 26, intervention_type: behaviour_change}
    want:
      - {period: 2024-25 Q4, numerator: 3, denominator: 7}
      - {period: 2025-26 Q1, numerator: 1, denominator: 2}
      - {period: 2024-25 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2024-25 Q4, breakdown: intervention_type, category: behaviour_change, numerator: 1, denominator: 4}
  - name: younger than 311 days is pending, even where it is complete
    as_at: 2026-10-31
    given:
      perpetrator_episode:
        - {perp_episode_key: a, started_at: 2025-12-24, completed_at: 2026-03-01, intervention_type: early_response}
        - {perp_episode_key: b, started_at: 2025-12-25, completed_at: 2026-03-01, intervention_type: early_response}
    want:
      - {period: 2025-12, numerator: 1, denominator: 1}
*/
select
    started_at as at,
    district,
    intervention_type,
    coalesce(completed_at - started_at <= 280, false)
        and (intervention_type <> 'behaviour_change' or coalesce(weeks_attended >= 22, false)) as met
from core.perpetrator_episode
