/*
id: IS9
title: Clare's Law applications that a professional began
short: Clare's Law, right to know
question: Are partners using the scheme themselves?
counts: Clare's Law applications received
met: came under the right to know
answers: [NFK4, HRT8]
kind: proportion
better: neither
breakdowns: [referring_agency, applicant_type]
compare: [district]
feeds: [dvds_application]
source: "Hertfordshire JTAI letter, 12 December 2024: partners not proactively sharing information under the right to know; no numeric target"
owner: Constabulary disclosure scheme lead
cannot_tell: Whether partners began every application they could have; the share also moves with how many members of the public ask.
note: >-
  Under the right to know an agency begins; under the right to ask a person does. An application counts once, on the day it was received,
  whatever came of it, withdrawn ones too.
examples:
  - name: right to know of all, by who began it, withdrawn or not
    given:
      dvds_application:
        - {dvds_key: d1, route: right_to_know, applicant_type: agency, referring_agency: police, received_at: 2026-03-31, decision: withdrawn, district: E07000148}
        - {dvds_key: d2, route: right_to_know, applicant_type: agency, referring_agency: probation, received_at: 2026-03-31, decision: pending}
        - {dvds_key: d3, route: right_to_ask, applicant_type: third_party, received_at: 2026-03-31, decision: disclose}
        - {dvds_key: d4, route: right_to_ask, applicant_type: potential_victim, referring_agency: probation, received_at: 2026-04-01, decision: disclose}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 3}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: referring_agency, category: probation, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: referring_agency, category: not recorded, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: applicant_type, category: third_party, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
*/
select
    received_at as at,
    district,
    referring_agency,
    applicant_type,
    route = 'right_to_know' as met
from core.dvds_application
