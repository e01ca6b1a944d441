/*
id: SA7
title: Children in safe accommodation with support of their own
short: Children with support of their own
question: Are children supported in their own right?
counts: children whose stay in safe accommodation began
met: were recorded as having support of their own
answers: [NFK3]
kind: proportion
better: up
breakdowns: [age_group, accommodation_type]
feeds: [safe_accommodation_stay]
source: "Domestic Abuse Act 2021, sections 3 and 57; in 2022-23 Norfolk commissioned support so that every refuge could meet children's needs"
owner: Domestic abuse commissioner, county council
cannot_tell: Whether the support was the right one, or for how long it lasted.
note: >-
  A child counts on the day the stay began, once for each stay, as the latest extract has it: children in stays have no key, so two of one age in one stay are two children. No answer is not
  a record of support, so it is not met. Support takes time to begin: a stay is judged from 28 days before the last day any provider has told of.
examples:
  - name: yes, no and no answer; two of one age are two
    given:
      safe_accommodation_stay_child:
        - {stay_key: a, start_date: 2026-03-31, accommodation_type: refuge, child_age_band: "4", age_group: 0-7, child_support_received: Y, known_to: 2026-06-30}
        - {stay_key: a, start_date: 2026-03-31, accommodation_type: refuge, child_age_band: "4", age_group: 0-7, child_support_received: N, known_to: 2026-06-30}
        - {stay_key: b, start_date: 2026-03-31, accommodation_type: dispersed, child_age_band: 8-11, age_group: 8-17, known_to: 2026-06-30}
        - {stay_key: c, start_date: 2026-04-01, accommodation_type: dispersed, child_age_band: 8-11, age_group: 8-17, child_support_received: Y, known_to: 2026-06-30}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: age_group, category: 0-7, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: accommodation_type, category: dispersed, numerator: 0, denominator: 1}
  - name: a stay of 27 days is not yet judged, one of 28 is, and a short stay that ended is judged like the others
    given:
      safe_accommodation_stay_child:
        - {stay_key: a, start_date: 2026-06-02, child_support_received: Y, known_to: 2026-06-30}
        - {stay_key: b, start_date: 2026-06-03, child_support_received: Y, known_to: 2026-06-30}
        - {stay_key: c, start_date: 2026-03-30, end_date: 2026-03-31, child_support_received: N, known_to: 2026-03-31}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
*/
with told as (
    select max(known_to) as until
    from core.safe_accommodation_stay_child
)
select
    child.start_date as at,
    child.age_group,
    child.accommodation_type,
    coalesce(child.child_support_received = 'Y', false) as met
from core.safe_accommodation_stay_child as child
cross join told
where told.until - child.start_date >= 28
