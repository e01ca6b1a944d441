/*
id: MA2
title: MARAC cases returned within 12 months
short: MARAC cases returned
question: Are cases that come back recognised, and was the last plan enough?
counts: MARAC cases discussed
met: returned to MARAC within 12 months
answers: [NFK1]
kind: proportion
better: neither
breakdowns: [definition, referring_agency]
compare: [district]
benchmark: marac_repeat_rate
feeds: [marac_case]
source: "SafeLives: 31% of cases nationally in the year to September 2024"
owner: MARAC co-ordinator
cannot_tell: Whether a low figure means abuse stopped, or that it was not recognised.
note: >-
  A case has returned where any abuse of the same person by the same person came to notice within 12 months
  of the last referral. The older definition counted crimes; figures under the two cannot be compared, so see the
  table by definition. A flag left blank counts as not returned.
examples:
  - name: a blank flag is not a return, and definitions stand apart
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-01-31, repeat_flag: Y, repeat_definition_version: sl_any_instance, referring_agency: police}
        - {marac_case_key: m2, discussed_at: 2026-01-31, repeat_flag: N, repeat_definition_version: sl_any_instance, referring_agency: idva}
        - {marac_case_key: m3, discussed_at: 2026-01-31, repeat_definition_version: sl_old_criminal, referring_agency: police}
        - {marac_case_key: m4, repeat_flag: Y}
        - {marac_case_key: m5, discussed_at: 2026-02-01, repeat_flag: Y, district: E07000149, unitary: west_norfolk}
    want:
      - {period: 2026-01, numerator: 1, denominator: 3}
      - {period: 2026-01, breakdown: definition, category: any abuse, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: definition, category: crimes, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: referring_agency, category: police, numerator: 1, denominator: 2}
      - {period: 2026-02, breakdown: definition, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2026-02, district: E07000149, numerator: 1, denominator: 1}
      - {period: 2026-02, unitary: west_norfolk, numerator: 1, denominator: 1}
*/
select
    discussed_at as at,
    district,
    unitary,
    referring_agency,
    case repeat_definition_version when 'sl_any_instance' then 'any abuse' when 'sl_old_criminal' then 'crimes' end as definition,
    coalesce(repeat_flag = 'Y', false) as met
from core.marac_case
