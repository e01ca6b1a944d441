/*
id: CH2
title: Children for whom an incident was at least the third in 12 months
short: Third incident in 12 months
question: How concentrated is repeat exposure?
counts: children linked to a police incident
met: had an incident that was at least their third in 12 months
answers: [NFK2, HRT1]
kind: proportion
better: down
breakdowns: [age_group]
unit: child_key
headline: rolling
looks_back: 12 months
compare: [district]
feeds: [police_da_incident, police_da_incident_child]
source: "Threshold of three follows the common MARAC criterion of three or more reports in 12 months; it is the partnership's own"
owner: Constabulary data lead
cannot_tell: Harm that police were not told of, or harm before the first extract.
note: >-
  Each child with an incident in the period counts once. A child meets it where, on the day of one of those incidents,
  it was at least the third different day with an incident in 365. Two incidents on one day are one.
examples:
  - name: the third day within 365 counts, two on one day do not
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2025-04-02, district: E07000148}
        - {incident_key: i2, child_key: a, age_group: 0-7, incident_date: 2025-10-01, district: E07000148}
        - {incident_key: i3, child_key: a, age_group: 0-7, incident_date: 2026-04-01, district: E07000148}
        - {incident_key: i4, child_key: b, age_group: 8-17, incident_date: 2026-04-01}
        - {incident_key: i5, child_key: b, age_group: 8-17, incident_date: 2026-04-01}
        - {incident_key: i6, child_key: b, age_group: 8-17, incident_date: 2026-04-30}
    want:
      - {period: 2025-10, numerator: 0, denominator: 1}
      - {period: 2026-04, numerator: 1, denominator: 2}
      - {period: 2026-04, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: age_group, category: 8-17, numerator: 0, denominator: 1}
      - {period: year to 2026-04, numerator: 1, denominator: 2}
  - name: the first day drops out on the 366th
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: unborn, incident_date: 2025-03-31}
        - {incident_key: i2, child_key: a, age_group: 0-7, incident_date: 2025-10-01}
        - {incident_key: i3, child_key: a, age_group: 0-7, incident_date: 2026-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
  - name: a fourth day counts as well, each child keeps its own days, and rows without a key or a date do not count
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-01-10}
        - {incident_key: i2, child_key: a, incident_date: 2026-02-10}
        - {incident_key: i3, child_key: a, incident_date: 2026-03-10}
        - {incident_key: i4, child_key: a, incident_date: 2026-04-10}
        - {incident_key: i5, child_key: b, incident_date: 2026-04-10}
        - {incident_key: i6, child_key: b}
        - {incident_key: i7, incident_date: 2026-04-11}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
  - name: a child in two districts or two age groups on one day is told once, in the first
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2026-04-01, district: E07000143, unitary: west_norfolk}
        - {incident_key: i2, child_key: a, age_group: 8-17, incident_date: 2026-04-01, district: E07000148}
    want:
      - {period: 2026-04, district: E07000143, numerator: 0, denominator: 1}
      - {period: 2026-04, unitary: west_norfolk, numerator: 0, denominator: 1}
      - {period: 2026-04, district: E07000148, numerator: 0, denominator: 0}
      - {period: 2026-04, breakdown: age_group, category: 0-7, numerator: 0, denominator: 1}
      - {period: 2026-04, breakdown: age_group, category: 8-17, numerator: 0, denominator: 0}
  - name: a child met with in two new councils counts in both, and once in their district
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-04-01, district: E07000149, unitary: west_norfolk}
        - {incident_key: i2, child_key: a, incident_date: 2026-05-01, district: E07000149, unitary: west_norfolk}
        - {incident_key: i3, child_key: a, incident_date: 2026-06-01, district: E07000149, unitary: east_norfolk}
        - {incident_key: i4, child_key: a, incident_date: 2026-06-01, district: E07000149, unitary: greater_norwich}
    want:
      - {period: 2026-27 Q1, unitary: west_norfolk, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, unitary: east_norfolk, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, unitary: greater_norwich, numerator: 0, denominator: 0}
      - {period: 2026-27 Q1, district: E07000149, numerator: 1, denominator: 1}
*/
with child_day as (
    select
        child_key,
        incident_date,
        min(age_group) as age_group,
        min(district) as district,
        min(unitary) as unitary
    from core.police_da_incident_child
    where child_key is not null
    group by child_key, incident_date
)
select
    incident_date as at,
    district,
    unitary,
    age_group,
    child_key,
    coalesce(
        incident_date - lag(incident_date, 2) over (partition by child_key order by incident_date) <= 364,
        false
    ) as met
from child_day
