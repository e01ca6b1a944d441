/*
id: AP1
title: Actions of the inspection action plan
short: Actions in the plan
question: Is the plan on track?
counts: actions reported
answers: [NFK1, NFK2, NFK3, NFK4, NFK5]
kind: count
better: neither
breakdowns: [brag, improvement_area, owner_agency]
periods: [month]
headline: month
protects: nobody
feeds: [action_plan]
source: "Written statement of action, 11 June 2025"
owner: Safeguarding partnership business manager
cannot_tell: Whether finishing an action changed anything.
note: >-
  Each action counts once a month, by its last update in that month. Status is the owner's own: complete with
  evidence, on track, at risk, off track or not started. A month's figure is the plan as it then stood; months do not add up.
examples:
  - name: the last update of the month counts
    given:
      action_plan:
        - {action_id: A1, status_date: 2026-06-02, brag: amber, improvement_area: NFK1, owner_agency: police}
        - {action_id: A1, status_date: 2026-06-30, brag: green, improvement_area: NFK1, owner_agency: housing_district}
        - {action_id: A2, status_date: 2026-06-15, brag: blue, improvement_area: NFK2}
        - {action_id: A2, status_date: 2026-07-15, brag: blue, improvement_area: NFK2}
        - {action_id: A3, status_date: 2026-06-15}
        - {action_id: A4, status_date: 2026-06-30, brag: green, improvement_area: NFK3}
        - {action_id: A5, status_date: 2026-06-30, brag: green, improvement_area: NFK3}
        - {action_id: A6, status_date: 2026-06-30, brag: red, improvement_area: NFK3}
        - {action_id: A7, status_date: 2026-06-30, brag: grey, improvement_area: NFK3}
        - {status_date: 2026-06-30, brag: red, improvement_area: NFK3}
        - {action_id: A8, brag: red, improvement_area: NFK3}
    want:
      - {period: 2026-06, numerator: 7}
      - {period: 2026-07, numerator: 1}
      - {period: 2026-06, breakdown: brag, category: on track, numerator: 3}
      - {period: 2026-06, breakdown: brag, category: at risk, numerator: 0}
      - {period: 2026-06, breakdown: brag, category: complete, numerator: 1}
      - {period: 2026-06, breakdown: brag, category: off track, numerator: 1}
      - {period: 2026-06, breakdown: brag, category: not started, numerator: 1}
      - {period: 2026-06, breakdown: brag, category: not recorded, numerator: 1}
      - {period: 2026-06, breakdown: improvement_area, category: NFK2, numerator: 1}
      - {period: 2026-06, breakdown: owner_agency, category: housing_district, numerator: 1}
      - {period: 2026-06, breakdown: owner_agency, category: police, numerator: 0}
*/
with last_update as (
    select
        action_id,
        date_trunc('month', status_date)::date as month,
        max(status_date) as status_date,
        max_by(brag, status_date) as brag,
        max_by(improvement_area, status_date) as improvement_area,
        max_by(owner_agency, status_date) as owner_agency
    from core.action_plan
    where action_id is not null and status_date is not null
    group by all
)
select
    status_date as at,
    case brag
        when 'blue' then 'complete'
        when 'green' then 'on track'
        when 'amber' then 'at risk'
        when 'red' then 'off track'
        when 'grey' then 'not started'
    end as brag,
    improvement_area,
    owner_agency
from last_update
