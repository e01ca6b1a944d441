/*
id: CH5
title: Children with three incidents in 12 months and no assessment, enquiry or plan
short: 3+ incidents, no response
question: Which patterns did nobody pick up?
counts: children for whom an incident was at least the third in 12 months
met: had no assessment, enquiry or plan in the 12 months before it or the 28 days after
answers: [NFK2, HRT1]
sensitive: true
kind: proportion
better: down
breakdowns: [age_group]
unit: child_key
matures: 100 days
looks_back: 12 months
headline: rolling
feeds: [police_da_incident, police_da_incident_child, csc_assessment]
source: "Proposed by the partnership, as a source of cases to audit and not as a score; national statistics cannot show it, because assessments name current concerns"
owner: Head of the front door, children's services
cannot_tell: Whether a threshold was missed. Help without an assessment, and children whose keys do not match between agencies, cannot be seen.
note: >-
  Each child counts once in a period, and meets it where, on the day of an incident that was at least its third
  different day in 365, no assessment, child protection enquiry, or child protection, child in need or early help plan
  had been under way in the 365 days before, and none began in the 28 days after. An assessment is sent when it is
  authorised, so an incident is judged when it is 100 days old. The cases are for reading, one by one, by the agencies
  that can look them up.
examples:
  - name: no response, a response on the first and last day of the window, and one on either side of it
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2026-01-10, district: E07000148}
        - {incident_key: i2, child_key: a, age_group: 0-7, incident_date: 2026-02-10, district: E07000148}
        - {incident_key: i3, child_key: a, age_group: 0-7, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: j1, child_key: b, age_group: 8-17, incident_date: 2026-01-10}
        - {incident_key: j2, child_key: b, age_group: 8-17, incident_date: 2026-02-10}
        - {incident_key: j3, child_key: b, age_group: 8-17, incident_date: 2026-03-31}
        - {incident_key: k1, child_key: c, age_group: 8-17, incident_date: 2026-01-10}
        - {incident_key: k2, child_key: c, age_group: 8-17, incident_date: 2026-02-10}
        - {incident_key: k3, child_key: c, age_group: 8-17, incident_date: 2026-03-31}
        - {incident_key: l1, child_key: d, age_group: unborn, incident_date: 2026-01-10}
        - {incident_key: l2, child_key: d, age_group: 0-7, incident_date: 2026-02-10}
        - {incident_key: l3, child_key: d, age_group: 0-7, incident_date: 2026-03-31}
        - {incident_key: m1, child_key: e, age_group: 0-7, incident_date: 2026-01-10}
        - {incident_key: m2, child_key: e, age_group: 0-7, incident_date: 2026-02-10}
        - {incident_key: m3, child_key: e, age_group: 0-7, incident_date: 2026-03-31}
      csc_assessment:
        - {assessment_key: s1, child_key: b, assessment_start_date: 2026-04-28, factor_codes: ["21"]}
        - {assessment_key: s2, child_key: c, assessment_start_date: 2026-04-29}
        - {assessment_key: s3, child_key: d, assessment_start_date: 2025-03-31}
        - {assessment_key: s4, child_key: e, assessment_start_date: 2025-03-30}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 5}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: age_group, category: 0-7, numerator: 2, denominator: 3}
      - {period: 2025-26 Q4, breakdown: age_group, category: 8-17, numerator: 1, denominator: 2}
  - name: two incidents, or three with two on one day, or the first on the 366th day back, are not three
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-04-01}
        - {incident_key: i2, child_key: a, incident_date: 2026-04-01}
        - {incident_key: i3, child_key: a, incident_date: 2026-04-03}
        - {incident_key: j1, child_key: b, incident_date: 2025-04-01}
        - {incident_key: j2, child_key: b, incident_date: 2026-01-01}
        - {incident_key: j3, child_key: b, incident_date: 2026-04-01}
        - {incident_key: k1, child_key: c, incident_date: 2025-04-02}
        - {incident_key: k2, child_key: c, incident_date: 2026-01-01}
        - {incident_key: k3, child_key: c, age_group: 0-7, incident_date: 2026-04-01, district: E07000143}
        - {incident_key: k4, child_key: c, age_group: 8-17, incident_date: 2026-04-01, district: E07000148}
        - {incident_key: x1, incident_date: 2026-04-01}
        - {incident_key: x2, incident_date: 2026-04-02}
        - {incident_key: x3, incident_date: 2026-04-03}
      csc_assessment:
        - {assessment_key: s1, child_key: a, assessment_start_date: 2026-04-10}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, district: E07000143, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: age_group, category: 0-7, numerator: 1, denominator: 1}
  - name: an enquiry, an open plan, and a plan that ended in the window are responses; a plan ended before it, and closing with no plan, are not
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-01-10}
        - {incident_key: i2, child_key: a, incident_date: 2026-02-10}
        - {incident_key: i3, child_key: a, incident_date: 2026-03-31}
        - {incident_key: j1, child_key: b, incident_date: 2026-01-10}
        - {incident_key: j2, child_key: b, incident_date: 2026-02-10}
        - {incident_key: j3, child_key: b, incident_date: 2026-03-31}
        - {incident_key: k1, child_key: c, incident_date: 2026-01-10}
        - {incident_key: k2, child_key: c, incident_date: 2026-02-10}
        - {incident_key: k3, child_key: c, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: l1, child_key: d, incident_date: 2026-01-10}
        - {incident_key: l2, child_key: d, incident_date: 2026-02-10}
        - {incident_key: l3, child_key: d, incident_date: 2026-03-31}
        - {incident_key: m1, child_key: e, incident_date: 2026-01-10}
        - {incident_key: m2, child_key: e, incident_date: 2026-02-10}
        - {incident_key: m3, child_key: e, incident_date: 2026-03-31}
        - {incident_key: n1, child_key: f, incident_date: 2026-01-10}
        - {incident_key: n2, child_key: f, incident_date: 2026-02-10}
        - {incident_key: n3, child_key: f, incident_date: 2026-03-31}
      csc_assessment:
        - {assessment_key: s1, child_key: a, assessment_start_date: 2026-05-30, s47_start_date: 2026-04-28}
        - {assessment_key: s2, child_key: b, assessment_start_date: 2024-01-01, cpp_start_date: 2024-02-01}
        - {assessment_key: s3, child_key: c, assessment_start_date: 2024-01-01, plan_type_at_close: eh, plan_closed_date: 2025-03-31}
        - {assessment_key: s4, child_key: d, assessment_start_date: 2024-01-01, plan_type_at_close: none, plan_closed_date: 2025-06-01}
        - {assessment_key: s5, child_key: e, assessment_start_date: 2024-01-01, cpp_start_date: 2024-02-01, cpp_end_date: 2025-03-30}
        - {assessment_key: s6, child_key: f, assessment_start_date: 2024-01-01, cpp_start_date: 2024-02-01, cpp_end_date: 2025-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 6}
      - {period: 2025-26 Q4, district: E07000148, numerator: 0, denominator: 1}
  - name: an incident younger than 100 days is pending
    as_at: 2026-06-09
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-01-10}
        - {incident_key: i2, child_key: a, incident_date: 2026-02-10}
        - {incident_key: i3, child_key: a, incident_date: 2026-03-01}
        - {incident_key: j1, child_key: b, incident_date: 2026-01-10}
        - {incident_key: j2, child_key: b, incident_date: 2026-02-10}
        - {incident_key: j3, child_key: b, incident_date: 2026-03-02}
    want:
      - {period: 2026-03, numerator: 1, denominator: 1}
*/
with child_day as (
    select
        child_key,
        incident_date,
        min(age_group) as age_group,
        min(district) as district
    from core.police_da_incident_child
    where child_key is not null
    group by child_key, incident_date
),
in_order as (
    select
        *,
        lag(incident_date, 2) over (partition by child_key order by incident_date) as second_before
    from child_day
),
response as (
    select
        child_key,
        least(assessment_start_date, s47_start_date) as began_on,
        greatest(
            assessment_start_date,
            s47_start_date,
            case when plan_type_at_close <> 'none' then plan_closed_date end,
            case when cpp_start_date is not null then coalesce(cpp_end_date, as_at()) end
        ) as under_way_to
    from core.csc_assessment
)
select
    incident_date as at,
    district,
    age_group,
    child_key,
    not exists (
        select 1
        from response
        where response.child_key = in_order.child_key
            and response.began_on - in_order.incident_date <= 28
            and in_order.incident_date - response.under_way_to <= 365
    ) as met
from in_order
where incident_date - second_before <= 364
