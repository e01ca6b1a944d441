/*
id: PE7
title: Recorded breaches of protective orders followed by an arrest
short: Breaches of orders with an arrest
question: Is a breach of an order acted on?
counts: protective orders with a breach recorded
met: were followed by an arrest
answers: [HRT8]
kind: proportion
better: up
breakdowns: [order_type, answer]
headline: rolling
feeds: [protective_order, police_da_incident]
source: "Hertfordshire JTAI letter, 12 December 2024, on what follows a breach of an order"
owner: Detective chief superintendent, safeguarding
cannot_tell: A breach of an order that nobody reported, and any after the first. An arrest may not have been the right step.
note: >-
  By the day of the first breach recorded of each order. No answer on an arrest is not a record of one, so it is not met; the table by answer shows how many there are. The district is that of the incident behind the order, where the order names it.
examples:
  - name: arrest, none, no answer, and an order without a breach
    given:
      protective_order:
        - {order_key: o1, incident_key: i1, order_type: dapo, issued_at: 2026-01-05, breach_at: 2026-03-31, breach_arrest: Y}
        - {order_key: o2, incident_key: i9, order_type: dapo, issued_at: 2026-01-05, breach_at: 2026-03-31, breach_arrest: N}
        - {order_key: o3, order_type: non_molestation, issued_at: 2026-01-05, breach_at: 2026-03-31}
        - {order_key: o4, order_type: dapo, issued_at: 2026-03-31, granted: Y}
        - {order_key: o5, incident_key: i1, order_type: dvpo, issued_at: 2026-01-05, breach_at: 2026-04-01, breach_arrest: Y}
      police_da_incident:
        - {incident_key: i1, district: E07000148}
        - {incident_key: i1, district: E07000149}
        - {incident_key: i2, district: E07000143}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: unknown, numerator: 0, denominator: 2}
      - {period: 2025-26 Q4, breakdown: order_type, category: dapo, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: answer, category: yes or no, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: answer, category: not recorded, numerator: 0, denominator: 1}
*/
with incident as (
    select incident_key, min(district) as district
    from core.police_da_incident
    group by incident_key
)
select
    protective.breach_at as at,
    incident.district,
    protective.order_type,
    case when protective.breach_arrest is not null then 'yes or no' end as answer,
    coalesce(protective.breach_arrest = 'Y', false) as met
from core.protective_order as protective
left join incident on incident.incident_key = protective.incident_key
