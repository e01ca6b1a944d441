/*
id: AP3
title: Returns received on time with every row accepted
short: Returns on time and clean
question: Can the board trust this pack?
counts: returns owed
met: came on time with every row accepted
kind: proportion
better: up
breakdowns: [agency, feed]
compare: [agency]
protects: nobody
feeds: []
source: "Practice of the London Innovation and Improvement Alliance: an error report for every load. Giving it back to the sender is proposed by the partnership"
owner: Partnership data lead
cannot_tell: Whether what was sent is true.
note: >-
  A return counts in the month, or the last month of the quarter, that it reports on. It is on time by its first
  submission; its rows are those of the current one, so a corrected return can still meet it. Returns not yet owed are
  not counted.
examples:
  - name: late, missing and with rows kept out are not met; not yet owed is not counted
    given:
      expected_return:
        - {agency: police, feed: marac_case, period_start: 2026-06-01, period_end: 2026-07-01, status: on_time, has_quarantined_rows: false}
        - {agency: police, feed: agency_referral, period_start: 2026-06-01, period_end: 2026-07-01, status: on_time, has_quarantined_rows: true}
        - {agency: health, feed: agency_referral, period_start: 2026-04-01, period_end: 2026-07-01, status: late, has_quarantined_rows: false}
        - {agency: health, feed: marac_case, period_start: 2026-04-01, period_end: 2026-05-01, status: missing, has_quarantined_rows: false}
        - {agency: health, feed: marac_case, period_start: 2026-06-01, period_end: 2026-07-01, status: not_due, has_quarantined_rows: false}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 4}
      - {period: 2026-06, numerator: 1, denominator: 3}
      - {period: 2026-04, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: agency, category: health, numerator: 0, denominator: 2}
*/
select
    (period_end - interval 1 day)::date as at,
    agency,
    feed,
    status = 'on_time' and not has_quarantined_rows as met
from core.expected_return
where status <> 'not_due'
