/*
id: MA5
title: Expected agency returns made in time for MARAC
short: Agency returns made
question: Who is not in the room?
counts: returns expected of an agency for a case
met: were made, by research in time or by attending
answers: [NFK1, HRT9]
kind: proportion
better: up
breakdowns: [agency, model]
compare: [agency]
feeds: [marac_agency_return, marac_case]
source: "Hertfordshire JTAI letter, 12 December 2024: inconsistent engagement by key partners; Norfolk JTAI letter, 27 February 2025; no numeric target"
owner: MARAC co-ordinator
cannot_tell: Whether what was returned was useful, or whether the agency knew that it held a record.
note: >-
  A return is expected where the agency holds a record of someone in the case. It is made where research came back by
  the day of the discussion or co-ordination, or where the agency or its deputy attended; nobody attends in the
  co-ordination model. Counted by the day of the case.
examples:
  - name: research on the day is in time, a deputy attends, and an agency that holds nothing is not expected
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-01-12, model: coordination, district: E07000148}
        - {marac_case_key: m2, discussed_at: 2026-01-12, model: conference}
      marac_agency_return:
        - {marac_case_key: m1, agency: police, expected: Y, research_returned_at: 2026-01-12, attended: not_applicable}
        - {marac_case_key: m1, agency: housing, expected: Y, research_returned_at: 2026-01-13, attended: not_applicable}
        - {marac_case_key: m1, agency: education, expected: Y, research_returned_at: 2026-01-10}
        - {marac_case_key: m1, agency: probation, expected: N, research_returned_at: 2026-01-10}
        - {marac_case_key: m1, agency: mash, research_returned_at: 2026-01-10}
        - {marac_case_key: m2, agency: police, expected: Y, attended: Y}
        - {marac_case_key: m2, agency: housing, expected: Y, attended: deputy, research_returned_at: 2026-01-13}
        - {marac_case_key: m2, agency: education, expected: Y, attended: N}
        - {marac_case_key: m2, agency: idva, expected: Y}
    want:
      - {period: 2026-01, numerator: 4, denominator: 7}
      - {period: 2026-01, district: E07000148, numerator: 2, denominator: 3}
      - {period: 2026-01, breakdown: agency, category: housing, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: agency, category: idva, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: model, category: conference, numerator: 2, denominator: 4}
  - name: the case gives the quarter, a return without its case is not counted, and a case sent twice is one
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-03-31, district: E07000144, model: conference}
        - {marac_case_key: m1, discussed_at: 2026-04-30, district: E07000148, model: coordination}
        - {marac_case_key: m2, discussed_at: 2026-04-01}
      marac_agency_return:
        - {marac_case_key: m1, agency: police, expected: Y, research_returned_at: 2026-04-01}
        - {marac_case_key: m2, agency: police, expected: Y, research_returned_at: 2026-04-01}
        - {marac_case_key: m9, agency: police, expected: Y, research_returned_at: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, district: E07000144, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: model, category: conference, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
*/
with marac as (
    select marac_case_key, min(discussed_at) as discussed_at, min(district) as district, min(model) as model
    from core.marac_case
    group by marac_case_key
)
select
    marac.discussed_at as at,
    marac.district,
    agency_return.agency,
    marac.model,
    coalesce(agency_return.research_returned_at <= marac.discussed_at, false)
        or coalesce(agency_return.attended in ('Y', 'deputy'), false) as met
from core.marac_agency_return as agency_return
join marac on marac.marac_case_key = agency_return.marac_case_key
where agency_return.expected = 'Y'
