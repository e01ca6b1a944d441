/*
id: PE5
title: High-risk incidents followed by a protective notice or order
short: Protective orders, high-risk incidents
question: Are powers used after incidents?
counts: police incidents graded high risk
met: were followed within 28 days by a notice or order that protects
answers: [HRT8]
sensitive: true
kind: proportion
better: up
breakdowns: [risk_tool]
matures: 59 days
headline: rolling
compare: [district]
feeds: [police_da_incident, protective_order]
source: "Hertfordshire JTAI letter, 12 December 2024, on protection notices; notices and orders of the Domestic Abuse Act 2021 and those before it"
owner: Detective chief superintendent, safeguarding
cannot_tell: Whether an order would have been right, whether one was thought of, or whether it was kept to. An order that does not name its incident is not seen here.
note: >-
  For every 100 incidents, how many were followed by an order, so that two orders after one incident count once. By the day of the incident, at its final grade, or its first where there is
  no final one. Notices and orders are protection notices and orders under the Act of 2021 and the law before it (DVPN, DVPO, DAPN and DAPO), issued no later than 28 days after, and not turned down by the court. An incident is judged when it is
  59 days old: 28 in which to act, and a month for the return to come. Grades from DASH and DARA cannot be compared, so they stand apart in the table by risk tool.
examples:
  - name: each kind of order, the last day of 28, pending at court, and two orders of one incident
    given:
      police_da_incident:
        - {incident_key: i1, incident_date: 2026-03-31, risk_grade_final: high, risk_tool: DASH, district: E07000148}
        - {incident_key: i2, incident_date: 2026-03-31, risk_grade_final: high, risk_tool: DARA}
        - {incident_key: i3, incident_date: 2026-03-31, risk_grade_initial: high, risk_tool: DARA}
        - {incident_key: i4, incident_date: 2026-03-31, risk_grade_final: high, risk_tool: DARA}
        - {incident_key: i5, incident_date: 2026-04-01, risk_grade_final: high, risk_tool: DARA}
      protective_order:
        - {order_key: o1, incident_key: i1, order_type: dvpn, issued_at: 2026-03-31, granted: Y}
        - {order_key: o2, incident_key: i1, order_type: dvpo, issued_at: 2026-04-02, granted: Y}
        - {order_key: o3, incident_key: i2, order_type: dapn, issued_at: 2026-04-28, granted: pending}
        - {order_key: o4, incident_key: i3, order_type: dapo, issued_at: 2026-03-31}
        - {order_key: o5, incident_key: i5, order_type: dvpo, issued_at: 2026-04-02, granted: Y}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: risk_tool, category: DARA, numerator: 2, denominator: 3}
  - name: the day after 28, before the incident, turned down, not issued, another kind, another incident, and other grades
    given:
      police_da_incident:
        - {incident_key: i1, incident_date: 2026-03-31, risk_grade_final: high}
        - {incident_key: i2, incident_date: 2026-03-31, risk_grade_final: high}
        - {incident_key: i3, incident_date: 2026-03-31, risk_grade_final: high}
        - {incident_key: i4, incident_date: 2026-03-31, risk_grade_final: high}
        - {incident_key: i5, incident_date: 2026-03-31, risk_grade_final: high}
        - {incident_key: i6, incident_date: 2026-03-31, risk_grade_final: medium, risk_grade_initial: high}
        - {incident_key: i7, incident_date: 2026-03-31, risk_grade_initial: standard}
        - {incident_key: i8, incident_date: 2026-03-31}
      protective_order:
        - {order_key: o1, incident_key: i1, order_type: dvpo, issued_at: 2026-04-29, granted: Y}
        - {order_key: o2, incident_key: i2, order_type: dvpo, issued_at: 2026-03-30, granted: Y}
        - {order_key: o3, incident_key: i3, order_type: dvpo, issued_at: 2026-04-01, granted: N}
        - {order_key: o4, incident_key: i4, order_type: dvpn, considered_at: 2026-04-01}
        - {order_key: o5, incident_key: i5, order_type: non_molestation, issued_at: 2026-04-01, granted: Y}
        - {order_key: o6, incident_key: i6, order_type: dvpo, issued_at: 2026-04-01, granted: Y}
        - {order_key: o7, incident_key: i7, order_type: dvpo, issued_at: 2026-04-01, granted: Y}
        - {order_key: o8, order_type: dvpo, issued_at: 2026-04-01, granted: Y}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 5}
      - {period: 2025-26 Q4, breakdown: risk_tool, category: not recorded, numerator: 0, denominator: 5}
*/
select
    incident_date as at,
    district,
    risk_tool,
    exists (
        select 1
        from core.protective_order as protective
        where protective.incident_key = incident.incident_key
            and protective.order_type in ('dvpn', 'dvpo', 'dapn', 'dapo')
            and protective.issued_at - incident.incident_date between 0 and 28
            and protective.granted is distinct from 'N'
    ) as met
from core.police_da_incident as incident
where coalesce(risk_grade_final, risk_grade_initial) = 'high'
