/*
id: PE6
title: Incidents by people with three incidents or two victims in 12 months
short: Repeat and serial harm
question: How concentrated is the harm?
counts: police incidents in which the person causing harm is known
met: were by somebody with three or more incidents, or two or more victims, in the 12 months to that day
answers: [HRT8, HRT9]
kind: proportion
better: down
looks_back: 12 months
compare: [district]
feeds: [police_da_incident]
source: "Hertfordshire JTAI letter, 12 December 2024, on multi-agency tasking and co-ordination; three incidents or two victims proposed by the partnership"
owner: Detective chief superintendent, safeguarding
cannot_tell: Harm that was not reported, or the many incidents in which nobody was identified. More reporting and better identification raise it.
note: >-
  By the day of the incident, looking back 365 days with that day counted. Incidents on one day all count. A victim is a person, however often harmed. Incidents
  with nobody identified are left out of both numbers.
examples:
  - name: the third incident, the first on the 365th day back and on the 366th, and two victims
    given:
      police_da_incident:
        - {incident_key: a1, perpetrator_key: a, victim_key: v1, incident_date: 2025-04-01}
        - {incident_key: a2, perpetrator_key: a, victim_key: v1, incident_date: 2025-12-01}
        - {incident_key: a3, perpetrator_key: a, victim_key: v1, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: b1, perpetrator_key: b, victim_key: v2, incident_date: 2025-03-31}
        - {incident_key: b2, perpetrator_key: b, victim_key: v2, incident_date: 2025-12-01}
        - {incident_key: b3, perpetrator_key: b, victim_key: v2, incident_date: 2026-03-31, district: E07000143}
        - {incident_key: c1, perpetrator_key: c, victim_key: v3, incident_date: 2025-04-01}
        - {incident_key: c2, perpetrator_key: c, victim_key: v4, incident_date: 2026-03-31}
        - {incident_key: d1, perpetrator_key: d, victim_key: v5, incident_date: 2025-03-31}
        - {incident_key: d2, perpetrator_key: d, victim_key: v6, incident_date: 2026-03-31}
        - {incident_key: f1, perpetrator_key: f, victim_key: v8, incident_date: 2025-03-31}
        - {incident_key: f2, perpetrator_key: f, victim_key: v7, incident_date: 2026-03-31}
        - {incident_key: e1, victim_key: v7, incident_date: 2026-03-01}
        - {incident_key: e2, victim_key: v8, incident_date: 2026-03-31}
        - {incident_key: e3, victim_key: v9, incident_date: 2026-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 5}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000143, numerator: 0, denominator: 1}
      - {period: 2025-12, numerator: 0, denominator: 2}
  - name: three on one day are three, and a later incident does not reach back
    given:
      police_da_incident:
        - {incident_key: a1, perpetrator_key: a, victim_key: v1, incident_date: 2026-04-01}
        - {incident_key: a2, perpetrator_key: a, victim_key: v1, incident_date: 2026-04-01}
        - {incident_key: a3, perpetrator_key: a, victim_key: v1, incident_date: 2026-04-01}
        - {incident_key: b1, perpetrator_key: b, victim_key: v2, incident_date: 2026-04-01}
        - {incident_key: b2, perpetrator_key: b, victim_key: v3, incident_date: 2026-05-01}
        - {incident_key: b3, perpetrator_key: b, victim_key: v2, incident_date: 2026-06-30}
    want:
      - {period: 2026-04, numerator: 3, denominator: 4}
      - {period: 2026-05, numerator: 1, denominator: 1}
      - {period: 2026-06, numerator: 1, denominator: 1}
*/
with looked_back as (
    select
        incident_date,
        district,
        count(*) over past as incidents,
        min(victim_key) over past <> max(victim_key) over past as several_victims
    from core.police_da_incident
    where perpetrator_key is not null
    window past as (partition by perpetrator_key order by incident_date range between interval 364 day preceding and current row)
)
select
    incident_date as at,
    district,
    incidents >= 3 or several_victims as met
from looked_back
