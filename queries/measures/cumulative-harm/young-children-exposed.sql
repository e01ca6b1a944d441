/*
id: CH1
title: Unborn children and children aged 0 to 7 exposed to abuse known to police, for every 10,000
short: Young children exposed, per 10,000
question: How many young children live with domestic abuse that police know of, and where?
counts: unborn children and children aged 0 to 7 linked to a police incident
answers: [NFK2]
kind: rate
better: neither
per: 10000
population: {age: 0-7, by: age}
breakdowns: [age]
unit: child_key
headline: rolling
compare: [district]
feeds: [police_da_incident, police_da_incident_child]
source: "Joint targeted area inspection cohort: unborn children and those aged 0 to 7"
owner: Constabulary data lead
cannot_tell: >-
  How many children are exposed. Police know of some; a higher figure may be better recording. Nor how exposure differs with
  deprivation: the extract holds no index of it, and no population by its fifths is held here.
note: >-
  A child counts once in each period, however many incidents. Children move between age groups and districts, so months
  do not add up to a year, nor districts or years of age to the partnership. Unborn children are counted but no population of them is,
  so the rate is a little high and they have none of their own. Each year of age is per the children of that age. Children of separated parents are linked less often. Never a target.
examples:
  - name: a child with two incidents is one child in each period, and one in each district
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, age_band_child: "3", incident_date: 2026-01-10, district: E07000148}
        - {incident_key: i2, child_key: a, age_group: 0-7, age_band_child: "4", incident_date: 2026-01-20, district: E07000149}
        - {incident_key: i3, child_key: a, age_group: 0-7, incident_date: 2026-02-20, district: E07000148}
        - {incident_key: i3, child_key: "m:U2026-06", age_group: unborn, age_band_child: unborn, incident_date: 2026-02-20, district: E07000148}
        - {incident_key: i3, child_key: c, age_group: 8-17, age_band_child: 8-11, incident_date: 2026-02-20, district: E07000148}
    want:
      - {period: 2026-01, numerator: 1}
      - {period: 2026-02, numerator: 2}
      - {period: 2025-26 Q4, numerator: 2}
      - {period: 2025-26 Q4, district: E07000148, numerator: 2}
      - {period: 2025-26 Q4, breakdown: age, category: "3", numerator: 1}
      - {period: 2025-26 Q4, breakdown: age, category: "4", numerator: 1}
      - {period: 2025-26 Q4, breakdown: age, category: unborn, numerator: 1}
      - {period: 2025-26 Q4, breakdown: age, category: 8-11, numerator: 0}
      - {period: 2025-26 Q4, district: E07000149, numerator: 1}
  - name: an incident on the last day of March is in the year that ends with it
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2026-03-31}
        - {incident_key: i2, child_key: b, age_group: 0-7, incident_date: 2025-03-31}
    want:
      - {period: 2025-26, numerator: 1}
      - {period: year to 2026-03, numerator: 1}
  - name: a child whose age or incident was not sent is not counted
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-03-31}
        - {incident_key: i2, child_key: b, age_group: 0-7}
        - {incident_key: i3, child_key: c, age_group: 0-7, incident_date: 2026-04-01, district: unknown}
    want:
      - {period: 2025-26 Q4, numerator: 0}
      - {period: 2026-27 Q1, numerator: 1}
      - {period: 2026-27 Q1, district: unknown, numerator: 1}
*/
select
    incident_date as at,
    district,
    age_band_child as age,
    child_key
from core.police_da_incident_child
where age_group in ('unborn', '0-7')
