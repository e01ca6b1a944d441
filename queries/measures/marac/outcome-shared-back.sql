/*
id: MA7
title: MARAC outcomes shared back within 5 working days
short: MARAC outcomes shared back
question: Does what MARAC decides get back to the people working with the child?
counts: MARAC cases discussed
met: had the outcome shared with everyone owed it within 5 working days
answers: [NFK1, NFK4]
kind: proportion
better: up
breakdowns: [referring_agency, children]
compare: [referring_agency]
matures: 14 days
feeds: [marac_case]
source: "Norfolk JTAI letter, 27 February 2025: outcomes not consistently being shared with relevant practitioners; 5 working days is proposed by us"
owner: MARAC co-ordinator
cannot_tell: Whether the practitioner read it, or what they did with it.
note: >-
  The outcome is owed to whoever referred and, where there are children in the household, to the child's lead practitioner
  as well. Where the number of children is blank the case is judged on the referrer alone. A case is judged 14
  days after it was discussed.
examples:
  - name: the fifth working day is in time, over Easter; with children both are needed
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-04-01, referring_agency: idva, children_in_household_n: 0, outcome_shared_referrer_at: 2026-04-10, district: E07000148}
        - {marac_case_key: m2, discussed_at: 2026-04-01, referring_agency: idva, children_in_household_n: 0, outcome_shared_referrer_at: 2026-04-13}
        - {marac_case_key: m3, discussed_at: 2026-04-01, referring_agency: police, children_in_household_n: 1, outcome_shared_referrer_at: 2026-04-02, outcome_shared_child_lead_at: 2026-04-10}
        - {marac_case_key: m4, discussed_at: 2026-04-01, referring_agency: police, children_in_household_n: 2, outcome_shared_referrer_at: 2026-04-02, outcome_shared_child_lead_at: 2026-04-13}
        - {marac_case_key: m9, discussed_at: 2026-04-01, referring_agency: police, children_in_household_n: 1, outcome_shared_referrer_at: 2026-04-02, outcome_shared_child_lead_at: 2026-04-02}
        - {marac_case_key: m5, discussed_at: 2026-04-01, referring_agency: police, children_in_household_n: 1, outcome_shared_referrer_at: 2026-04-02}
        - {marac_case_key: m6, discussed_at: 2026-04-01, referring_agency: police, children_in_household_n: 1, outcome_shared_child_lead_at: 2026-04-02}
        - {marac_case_key: m7, discussed_at: 2026-04-01, outcome_shared_referrer_at: 2026-04-02}
        - {marac_case_key: m8, discussed_at: 2026-04-01}
    want:
      - {period: 2026-04, numerator: 4, denominator: 9}
      - {period: 2026-04, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: referring_agency, category: police, numerator: 2, denominator: 5}
      - {period: 2026-04, breakdown: children, category: children, numerator: 2, denominator: 5}
      - {period: 2026-04, breakdown: children, category: no children, numerator: 1, denominator: 2}
      - {period: 2026-04, breakdown: children, category: not recorded, numerator: 1, denominator: 2}
  - name: a case younger than 14 days is pending, shared or not
    as_at: 2026-07-14
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-06-30, children_in_household_n: 0}
        - {marac_case_key: m2, discussed_at: 2026-07-01, children_in_household_n: 0, outcome_shared_referrer_at: 2026-07-02}
    want:
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
      - {period: 2026-27 Q2, numerator: 0, denominator: 0}
*/
select
    discussed_at as at,
    district,
    referring_agency,
    case when children_in_household_n > 0 then 'children' when children_in_household_n = 0 then 'no children' end as children,
    coalesce(working_days(discussed_at, outcome_shared_referrer_at) <= 5, false)
        and (
            coalesce(children_in_household_n, 0) = 0
            or coalesce(working_days(discussed_at, outcome_shared_child_lead_at) <= 5, false)
        ) as met
from core.marac_case
