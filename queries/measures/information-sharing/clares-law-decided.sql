/*
id: IS8
title: Days from a Clare's Law application to its decision or disclosure
short: Days to a Clare's Law decision
question: Are disclosures timely?
counts: Clare's Law applications received
answers: [NFK4]
kind: duration
better: down
within: [28, 35]
breakdowns: [route]
compare: [district]
feeds: [dvds_application]
source: "Domestic Violence Disclosure Scheme guidance, April 2023: 28 days; 35 days before it"
owner: Constabulary disclosure scheme lead
cannot_tell: Whether the person at risk was safer for knowing, or who was at risk and never asked about.
note: >-
  The scheme allows 28 days, and allowed 35 before April 2023; the share done in each is given beside the median. Counted by the day received. An application is done when the disclosure was made, or on the day of the panel that decided
  against one; a disclosure agreed and not yet made is still open. Open applications count for as long as they are known to have waited, and
  withdrawn ones are left out. The days are calendar days.
examples:
  - name: a disclosure is done when it is made, and a decision against one when the panel met
    given:
      dvds_application:
        - {dvds_key: d1, route: right_to_ask, received_at: 2026-01-05, panel_date: 2026-01-07, decision: disclose, disclosed_at: 2026-02-02, known_to: 2026-02-28, district: E07000148}
        - {dvds_key: d2, route: right_to_ask, received_at: 2026-01-05, panel_date: 2026-01-15, decision: no_disclosure_concern, known_to: 2026-01-31}
        - {dvds_key: d3, route: right_to_know, received_at: 2026-01-05, panel_date: 2026-01-10, decision: no_disclosure_no_concern, known_to: 2026-01-31}
        - {dvds_key: d4, route: right_to_know, received_at: 2026-01-05, panel_date: 2026-01-06, decision: withdrawn, known_to: 2026-01-31}
    want:
      - {period: 2026-01, numerator: 3, denominator: 3, open: 0, median: 10}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 1, median: 28}
      - {period: 2026-01, breakdown: route, category: right_to_know, numerator: 1, denominator: 1, median: 5}
  - name: pending, agreed and not yet made, and decided with no day of the panel are open to the last day known
    given:
      dvds_application:
        - {dvds_key: d1, route: right_to_ask, received_at: 2026-03-31, decision: pending, panel_date: 2026-04-08, known_to: 2026-04-30}
        - {dvds_key: d2, route: right_to_ask, received_at: 2026-03-31, panel_date: 2026-04-08, decision: disclose, known_to: 2026-04-30}
        - {dvds_key: d3, route: right_to_ask, received_at: 2026-03-31, decision: no_disclosure_concern, known_to: 2026-04-30}
        - {dvds_key: d4, route: right_to_ask, received_at: 2026-04-01, decision: pending, known_to: 2026-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 3, open: 3, median: -1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1, open: 1, median: -1}
  - name: what is open makes the median longer than that of the done alone
    given:
      dvds_application:
        - {dvds_key: d1, route: right_to_ask, received_at: 2026-05-01, panel_date: 2026-05-05, decision: no_disclosure_concern, known_to: 2026-05-31}
        - {dvds_key: d2, route: right_to_ask, received_at: 2026-05-01, panel_date: 2026-05-21, decision: no_disclosure_concern, known_to: 2026-05-31}
        - {dvds_key: d3, route: right_to_ask, received_at: 2026-05-01, decision: pending, known_to: 2026-05-11}
        - {dvds_key: d4, route: right_to_ask, received_at: 2026-05-01, decision: pending, known_to: 2026-05-31}
    want:
      - {period: 2026-05, numerator: 2, denominator: 4, open: 2, median: 20}
*/
with application as (
    select
        received_at,
        district,
        route,
        known_to,
        case decision
            when 'disclose' then disclosed_at
            when 'no_disclosure_concern' then panel_date
            when 'no_disclosure_no_concern' then panel_date
        end as done_on
    from core.dvds_application
    where decision <> 'withdrawn'
)
select
    received_at as at,
    district,
    route,
    greatest(coalesce(done_on, known_to) - received_at, 0) as days,
    done_on is not null as ended
from application
