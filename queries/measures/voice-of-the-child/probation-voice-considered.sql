/*
id: VC6
title: Probation cases with contact with a child in which the child's voice was considered
short: Child's voice considered by probation
question: Does probation hear of the child?
counts: people under supervision who, where counts were given, have a domestic abuse flag and contact with a child
met: had the child's voice considered in their case
answers: [NFK3]
kind: proportion
better: up
compare: [district]
periods: [quarter]
feeds: [probation_case, probation_case_count]
source: "Norfolk JTAI letter, 27 February 2025: the voice of the child is weak in probation; no numeric target"
owner: Head of the probation delivery unit
cannot_tell: Whether the child was asked, or whether what was considered changed what was done. People whose contact with a child nobody recorded are not counted.
note: >-
  Everyone supervised on any day of the quarter counts once in it, so that quarters hold many of the same people and are not added up. Where a quarter came as rows of probation_case it is read from them, and else from
  probation_case_count. A count that came as too small to give is not nought: that district is left out of both numbers for the quarter, as it is where either is not given, or where a voice was considered in more
  cases than there are. What is left out is where few were considered, so that the share may read a little high. No answer is not met.
examples:
  - name: counts by district and quarter
    given:
      probation_contact:
        - {quarter: 2026-01-01, district: E07000148, contact_n: 12, voice_considered_n: 5}
        - {quarter: 2026-01-01, district: E07000149, contact_n: 8, voice_considered_n: 8}
        - {quarter: 2026-04-01, district: E07000148, contact_n: 11, voice_considered_n: 0}
    want:
      - {period: 2025-26 Q4, numerator: 13, denominator: 20}
      - {period: 2025-26 Q4, district: E07000148, numerator: 5, denominator: 12}
      - {period: 2026-27 Q1, numerator: 0, denominator: 11}
  - name: a district with a count too small to give, or not given, or that cannot be, is left out of both
    given:
      probation_contact:
        - {quarter: 2026-01-01, district: E07000148, contact_n: 12, voice_considered_n: 5}
        - {quarter: 2026-01-01, district: E07000149, contact_n: 9}
        - {quarter: 2026-01-01, district: E07000144, voice_considered_n: 9}
        - {quarter: 2026-01-01, district: E07000143}
        - {quarter: 2026-01-01, district: E07000145, contact_n: 6, voice_considered_n: 7}
    want:
      - {period: 2025-26 Q4, numerator: 5, denominator: 12}
      - {period: 2025-26 Q4, district: E07000149, numerator: 0, denominator: 0}
*/
select
    probation.quarter as at,
    probation.district,
    person.number < probation.voice_considered_n as met
from core.probation_contact as probation
cross join unnest(range(probation.contact_n)) as person(number)
where probation.voice_considered_n <= probation.contact_n
