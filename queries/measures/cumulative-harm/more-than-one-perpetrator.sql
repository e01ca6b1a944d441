/*
id: CH6
title: Children exposed to more than one perpetrator in 36 months
short: More than one perpetrator
question: Is risk following the adult or the child?
counts: children linked to a police incident with an identified perpetrator
met: had been linked to incidents with two or more different perpetrators in 36 months
answers: [NFK2, HRT8]
kind: proportion
better: down
breakdowns: [age_group]
unit: child_key
headline: rolling
looks_back: 36 months
compare: [district]
feeds: [police_da_incident, police_da_incident_child]
source: "Leeds audit learning: previous relationships not explored"
owner: Constabulary data lead
cannot_tell: Who else the child lived with, or anything of an incident whose perpetrator police did not identify.
note: >-
  Each child counts once in a period, and meets it where, on the day of one of its incidents, a different perpetrator
  had been identified in another of its incidents in the 36 months to that day. Incidents without an identified
  perpetrator are left out: they are neither yes nor no. One person under two keys would count as two.
examples:
  - name: a second perpetrator within 36 months counts from that day, the same one twice does not
    given:
      police_da_incident:
        - {incident_key: i1, perpetrator_key: p1}
        - {incident_key: i2, perpetrator_key: p2}
        - {incident_key: i3, perpetrator_key: p1}
        - {incident_key: i4, perpetrator_key: p1}
        - {incident_key: i5}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2023-04-01, district: E07000148}
        - {incident_key: i2, child_key: a, age_group: 0-7, incident_date: 2026-04-01, district: E07000148}
        - {incident_key: i3, child_key: b, age_group: 8-17, incident_date: 2026-01-01}
        - {incident_key: i4, child_key: b, age_group: 8-17, incident_date: 2026-04-02}
        - {incident_key: i5, child_key: b, age_group: 8-17, incident_date: 2026-04-03}
        - {incident_key: i5, child_key: c, age_group: 8-17, incident_date: 2026-04-03}
    want:
      - {period: 2026-04, numerator: 1, denominator: 2}
      - {period: 2023-04, numerator: 0, denominator: 1}
      - {period: 2026-04, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: age_group, category: 8-17, numerator: 0, denominator: 1}
  - name: the first drops out after 36 months, and a later perpetrator is not known on the day
    given:
      police_da_incident:
        - {incident_key: i1, perpetrator_key: p1}
        - {incident_key: i2, perpetrator_key: p2}
        - {incident_key: i3, perpetrator_key: p1}
        - {incident_key: i4, perpetrator_key: p9}
      police_da_incident_child:
        - {incident_key: i4, child_key: b, incident_date: 2023-03-30}
        - {incident_key: i2, child_key: b, incident_date: 2026-03-31}
        - {incident_key: i1, child_key: a, incident_date: 2023-03-30}
        - {incident_key: i2, child_key: a, incident_date: 2026-03-31}
        - {incident_key: i3, child_key: a, incident_date: 2026-04-01}
        - {incident_key: i1, incident_date: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 2}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
  - name: two perpetrators on one day count, an incident sent twice has one, and each child has its own
    given:
      police_da_incident:
        - {incident_key: i1, perpetrator_key: p1}
        - {incident_key: i1, perpetrator_key: p1}
        - {incident_key: i2, perpetrator_key: p2}
        - {incident_key: i3, perpetrator_key: p4}
        - {incident_key: i3, perpetrator_key: p3}
        - {incident_key: i4, perpetrator_key: p3}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-05-01}
        - {incident_key: i2, child_key: a, incident_date: 2026-05-01}
        - {incident_key: i2, child_key: b, incident_date: 2026-05-01}
        - {incident_key: i3, child_key: c, incident_date: 2026-05-02}
        - {incident_key: i4, child_key: c, incident_date: 2026-05-03}
    want:
      - {period: 2026-05, numerator: 1, denominator: 3}
*/
with incident as (
    select incident_key, min(perpetrator_key) as perpetrator_key
    from core.police_da_incident
    group by incident_key
),
exposure as (
    select
        child.child_key,
        child.incident_date,
        child.district,
        child.age_group,
        min(incident.perpetrator_key) over lately as one_perpetrator,
        max(incident.perpetrator_key) over lately as another_perpetrator
    from core.police_da_incident_child as child
    join incident on incident.incident_key = child.incident_key
    where incident.perpetrator_key is not null
        and child.child_key is not null
    window lately as (
        partition by child.child_key
        order by child.incident_date
        range between interval 36 month preceding and current row
    )
)
select
    incident_date as at,
    district,
    age_group,
    child_key,
    one_perpetrator <> another_perpetrator as met
from exposure
