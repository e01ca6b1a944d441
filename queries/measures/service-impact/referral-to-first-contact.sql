/*
id: SI1
title: Working days from referral to first contact by the specialist service
short: Days to first contact
question: How long do people wait for help?
counts: referrals to the specialist service
answers: [NFK4, NFK2]
kind: duration
better: down
within: [2, 5]
breakdowns: [risk, referral_route]
compare: [district]
feeds: [da_service_episode]
source: "Contract standard: 2 working days for high risk, 5 for medium; proposed, not yet agreed by the board"
owner: Specialist service contract manager
cannot_tell: Whether the person wanted contact then, or was safe while waiting.
note: >-
  The figure is the median, with the days by which nine in ten had been contacted beside it, by the Kaplan-Meier method: people still waiting count for as long as the latest extract
  shows, and those whose case closed before any contact for as long as it was open. The first day is the next working
  day after the referral.
examples:
  - name: a weekend does not count, and the same day is none
    as_at: 2026-01-31
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-01-09, first_contact_at: 2026-01-12, risk_intake: high, district: E07000146}
        - {episode_key: e2, referred_at: 2026-01-09, first_contact_at: 2026-01-09, risk_intake: high}
        - {episode_key: e3, referred_at: 2026-01-09, first_contact_at: 2026-01-14, risk_intake: medium}
    want:
      - {period: 2026-01, denominator: 3, median: 1, nine_in_ten: 3}
      - {period: 2026-01, breakdown: risk, category: medium, denominator: 1, median: 3}
      - {period: 2026-01, district: E07000146, denominator: 1, median: 1}
  - name: those still waiting are in the base and hold the median up
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-06-29, first_contact_at: 2026-06-30}
        - {episode_key: e2, referred_at: 2026-06-29, first_contact_at: 2026-07-03}
        - {episode_key: e3, referred_at: 2026-06-30, known_to: 2026-07-31}
        - {episode_key: e4, referred_at: 2026-06-29, closed_at: 2026-06-30, closure_type: not_contactable}
    want:
      - {period: 2026-27 Q1, numerator: 2, denominator: 4, median: 4, nine_in_ten: -1}
  - name: a wait is known no further than the extract that shows it
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-06-29, first_contact_at: 2026-07-03, known_to: 2026-09-30}
        - {episode_key: e2, referred_at: 2026-06-29, known_to: 2026-06-30}
    want:
      - {period: 2026-06, numerator: 1, denominator: 2, median: 4}
  - name: a day off the calendar is not counted, and a quarter ends at midnight
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-03-31, first_contact_at: 2099-01-01}
        - {episode_key: e2, referred_at: 2026-03-31, first_contact_at: 2026-04-07, closed_at: 2026-04-08}
        - {episode_key: e3, referred_at: 2026-04-01, first_contact_at: 2026-04-01, known_to: 2026-06-30}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1, median: 3}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1, median: 0}
  - name: contact before the referral, and an empty date, do not count
    as_at: 2026-07-31
    given:
      da_service_episode:
        - {episode_key: e1, referred_at: 2026-06-29, first_contact_at: 2026-06-26}
        - {episode_key: e2, first_contact_at: 2026-06-26}
        - {episode_key: e3, referred_at: 2026-06-29, first_contact_at: 2026-06-30}
    want:
      - {period: 2026-06, denominator: 1, median: 1}
*/
with waited as (
    select
        referred_at,
        district,
        risk_intake,
        referral_route,
        first_contact_at is not null as ended,
        working_days(referred_at, coalesce(first_contact_at, closed_at, known_to)) as days
    from core.da_service_episode
    where coalesce(first_contact_at, closed_at, known_to) >= referred_at
)
select
    referred_at as at,
    district,
    risk_intake as risk,
    referral_route,
    days,
    ended
from waited
where days is not null
