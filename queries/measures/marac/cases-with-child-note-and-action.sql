/*
id: MA8
title: MARAC cases with children that carry a note of the child's risk and an action for the child
short: MARAC cases with a child action
question: Does MARAC see the child as well as the adult?
counts: MARAC cases with a child in the household
met: carried a note of the child's risk and an action for the child
answers: [NFK1, NFK2, HRT9]
kind: proportion
better: up
breakdowns: [age_of_youngest]
compare: [district]
feeds: [marac_case, marac_action]
source: "Hertfordshire JTAI letter, 12 December 2024: MARAC is adult-focused and incident-led; no numeric target"
owner: MARAC co-ordinator
cannot_tell: Whether the action was the right one, or whether the child was asked; MA6 says whether it was done.
note: >-
  Counted by the day of the case. A case with no child, or with the number of children not recorded, is left out.
examples:
  - name: both are needed, an action for an adult is not one for the child, and two actions count once
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-01-10, children_in_household_n: 1, youngest_child_age_band: "3", child_risk_recorded: Y, district: E07000148}
        - {marac_case_key: m2, discussed_at: 2026-01-10, children_in_household_n: 2, youngest_child_age_band: "7", child_risk_recorded: N}
        - {marac_case_key: m3, discussed_at: 2026-01-10, children_in_household_n: 2, youngest_child_age_band: 8-11, child_risk_recorded: Y}
        - {marac_case_key: m4, discussed_at: 2026-01-10, children_in_household_n: 3, youngest_child_age_band: unborn}
        - {marac_case_key: m5, discussed_at: 2026-01-10, children_in_household_n: 1}
        - {marac_case_key: m6, discussed_at: 2026-01-10, children_in_household_n: 0, child_risk_recorded: Y}
        - {marac_case_key: m7, discussed_at: 2026-01-10, child_risk_recorded: Y}
      marac_action:
        - {marac_case_key: m1, action_key: x1, action_subject: child}
        - {marac_case_key: m1, action_key: x2, action_subject: child}
        - {marac_case_key: m2, action_key: x3, action_subject: child}
        - {marac_case_key: m3, action_key: x4, action_subject: victim}
        - {marac_case_key: m4, action_key: x5, action_subject: child}
        - {marac_case_key: m6, action_key: x6, action_subject: child}
    want:
      - {period: 2026-01, numerator: 1, denominator: 5}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: age_of_youngest, category: 0-7, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: age_of_youngest, category: unborn, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: age_of_youngest, category: not recorded, numerator: 0, denominator: 1}
  - name: the day of the case gives the quarter, not the action's
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-03-31, children_in_household_n: 1, child_risk_recorded: Y}
        - {marac_case_key: m2, discussed_at: 2026-04-01, children_in_household_n: 1, child_risk_recorded: Y}
      marac_action:
        - {marac_case_key: m1, action_key: x1, action_subject: child, due_date: 2026-04-20, completed_date: 2026-04-20}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
*/
with for_child as (
    select distinct marac_case_key
    from core.marac_action
    where action_subject = 'child'
)
select
    marac.discussed_at as at,
    marac.district,
    age_group(marac.youngest_child_age_band) as age_of_youngest,
    coalesce(marac.child_risk_recorded = 'Y', false) and for_child.marac_case_key is not null as met
from core.marac_case as marac
left join for_child on for_child.marac_case_key = marac.marac_case_key
where marac.children_in_household_n > 0
