/*
id: MA6
title: MARAC actions completed by their due date
short: MARAC actions on time
question: Do decisions happen?
counts: MARAC actions due
met: were completed by the due date
answers: [NFK1]
kind: proportion
better: up
breakdowns: [owner_agency, action_type, action_subject]
compare: [owner_agency]
feeds: [marac_action, marac_case]
source: "Norfolk JTAI letter, 27 February 2025: oversight of MARAC; no numeric target"
owner: MARAC co-ordinator
cannot_tell: Whether a completed action made anyone safer.
note: >-
  Counted by the day the action was due, in calendar days, as its latest row has it. An action still open, or that turned out not
  to be possible, counts as not completed; one put aside for another is left out. An action whose case is not in the extracts
  counts in an unknown district.
examples:
  - name: the due date is in time, the day after is not, and a due date on a Sunday is not moved
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-01-05, district: E07000148}
        - {marac_case_key: m1, discussed_at: 2026-01-05, district: E07000149}
      marac_action:
        - {marac_case_key: m1, action_key: x1, owner_agency: housing, action_type: housing, action_subject: household, due_date: 2026-01-18, completed_date: 2026-01-18, status: completed}
        - {marac_case_key: m1, action_key: x2, owner_agency: housing, action_type: visit, action_subject: child, due_date: 2026-01-18, completed_date: 2026-01-19, status: completed}
        - {marac_case_key: m9, action_key: x3, owner_agency: police, action_type: enforcement, action_subject: perpetrator, due_date: 2026-01-18, completed_date: 2026-01-06, status: completed}
    want:
      - {period: 2026-01, numerator: 2, denominator: 3}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 2}
      - {period: 2026-01, district: unknown, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: owner_agency, category: housing, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: action_type, category: visit, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: action_subject, category: child, numerator: 0, denominator: 1}
  - name: open and not possible are not completed; put aside is not counted; the due date gives the quarter
    given:
      marac_action:
        - {action_key: x1, owner_agency: police, due_date: 2026-03-31, status: open}
        - {action_key: x2, owner_agency: police, due_date: 2026-03-31, status: not_possible}
        - {action_key: x3, owner_agency: police, due_date: 2026-03-31, status: superseded}
        - {action_key: x4, owner_agency: police, due_date: 2026-03-31, completed_date: 2026-03-31, status: completed}
        - {action_key: x5, owner_agency: police, due_date: 2026-04-01, completed_date: 2026-03-30, status: completed}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
*/
with marac as (
    select marac_case_key, min(district) as district
    from core.marac_case
    group by marac_case_key
)
select
    action.due_date as at,
    marac.district,
    action.owner_agency,
    action.action_type,
    action.action_subject,
    coalesce(action.completed_date <= action.due_date, false) as met
from core.marac_action as action
left join marac on marac.marac_case_key = action.marac_case_key
where action.status <> 'superseded'
