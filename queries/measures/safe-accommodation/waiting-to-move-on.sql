/*
id: SA11
title: Nights in safe accommodation after being ready to move on
short: Nights waiting to move on
question: Is move-on blocking the front door?
counts: households that became ready to move on
kind: duration
better: down
within: [56]
breakdowns: [accommodation_type]
headline: rolling
feeds: [safe_accommodation_stay]
source: "Proposed by the partnership, beside length of stay (SA5): housing is what a longer wait points to, not need"
owner: District councils' housing options leads, through the domestic abuse board
cannot_tell: What the household was waiting for, or when it was ready if nobody wrote it down.
note: >-
  Given by the quarter in which the household was ready, by the Kaplan-Meier method: one that is still waiting counts for the nights it has waited so far. A household
  that left before it was recorded as ready is not counted.
examples:
  - name: moved on, left the day it was ready, still waiting, and never recorded as ready
    given:
      safe_accommodation_stay:
        - {stay_key: a, accommodation_type: refuge, start_date: 2026-01-05, ready_to_move_on_date: 2026-03-31, end_date: 2026-05-10, known_to: 2026-06-30}
        - {stay_key: b, accommodation_type: refuge, start_date: 2026-01-05, ready_to_move_on_date: 2026-03-31, end_date: 2026-03-31, known_to: 2026-03-31}
        - {stay_key: c, accommodation_type: dispersed, start_date: 2026-01-05, ready_to_move_on_date: 2026-03-31, known_to: 2026-06-30}
        - {stay_key: d, accommodation_type: dispersed, start_date: 2026-01-05, end_date: 2026-03-20, known_to: 2026-03-31}
        - {stay_key: e, accommodation_type: dispersed, start_date: 2026-01-05, ready_to_move_on_date: 2026-04-01, known_to: 2026-06-30}
        - {stay_key: f, accommodation_type: dispersed, start_date: 2026-01-05, ready_to_move_on_date: 2026-04-02, known_to: 2026-04-01}
        - {stay_key: g, accommodation_type: dispersed, start_date: 2026-01-05, ready_to_move_on_date: 2026-04-02, end_date: 2026-04-01, known_to: 2026-06-30}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 3, open: 1, median: 40}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1, open: 1}
      - {period: 2025-26 Q4, breakdown: accommodation_type, category: refuge, numerator: 2, median: 20}
      - {period: 2025-26 Q4, breakdown: accommodation_type, category: dispersed, numerator: 0, denominator: 1}
*/
select
    ready_to_move_on_date as at,
    accommodation_type,
    coalesce(end_date, known_to) - ready_to_move_on_date as days,
    end_date is not null as ended
from core.safe_accommodation_stay
where coalesce(end_date, known_to) >= ready_to_move_on_date
