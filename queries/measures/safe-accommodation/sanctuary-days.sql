/*
id: SA10
title: Days from asking for a sanctuary to having it
short: Days to a sanctuary
question: Can people stay home safely?
counts: sanctuaries asked for
kind: duration
better: down
within: [14, 28]
feeds: [sanctuary_install]
source: "SI 2021/991 counts sanctuary schemes as safe accommodation; Norfolk has them in every district. No published number of days was found"
owner: District councils' housing options leads
cannot_tell: Whether the household felt safe at home afterwards.
note: >-
  Calendar days, by the day it was asked for, by the Kaplan-Meier method: a request not yet met counts for the days it has waited. A request that ended
  without the work counts up to the day it ended, as one not met.
examples:
  - name: installed over a weekend, the same day, waiting, and ended without the work
    given:
      sanctuary_install:
        - {sanctuary_key: a, requested_at: 2026-03-27, installed_at: 2026-03-30, district: E07000147, known_to: 2026-06-30}
        - {sanctuary_key: b, requested_at: 2026-03-31, installed_at: 2026-03-31, support_ended_at: 2026-05-01, known_to: 2026-06-30}
        - {sanctuary_key: c, requested_at: 2026-03-31, installed_at: 2026-05-10, known_to: 2026-06-30}
        - {sanctuary_key: d, requested_at: 2026-03-31, support_ended_at: 2026-04-02, known_to: 2026-06-30}
        - {sanctuary_key: e, requested_at: 2026-04-01, known_to: 2026-06-30}
        - {sanctuary_key: f, requested_at: 2026-06-30, known_to: 2026-06-30}
        - {sanctuary_key: g, requested_at: 2026-07-01, known_to: 2026-06-30}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 4, open: 1, median: 3}
      - {period: 2025-26 Q4, district: E07000147, numerator: 1, denominator: 1, median: 3}
      - {period: 2026-27 Q1, numerator: 0, denominator: 2, open: 2}
      - {period: 2026-27 Q2, denominator: 0}
  - name: the end of a request is where its wait is last known, not the end of the extract
    given:
      sanctuary_install:
        - {sanctuary_key: a, requested_at: 2026-05-01, installed_at: 2026-05-11, known_to: 2026-06-30}
        - {sanctuary_key: b, requested_at: 2026-05-01, support_ended_at: 2026-05-04, known_to: 2026-06-30}
        - {sanctuary_key: c, requested_at: 2026-05-01, support_ended_at: 2026-05-04, known_to: 2026-06-30}
        - {sanctuary_key: d, requested_at: 2026-05-01, installed_at: 2026-05-31, known_to: 2026-06-30}
    want:
      - {period: 2026-05, numerator: 2, denominator: 4, open: 2, median: 20}
*/
select
    requested_at as at,
    district,
    coalesce(installed_at, support_ended_at, known_to) - requested_at as days,
    installed_at is not null as ended
from core.sanctuary_install
where coalesce(installed_at, support_ended_at, known_to) >= requested_at
