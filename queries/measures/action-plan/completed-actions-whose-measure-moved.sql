/*
id: AP2
title: Completed actions, by what became of the measures they are linked to
short: Completed actions and their measures
question: Did anything change after the action was finished?
counts: actions completed
answers: [NFK1, NFK2, NFK3, NFK4, NFK5]
kind: distribution
better: neither
categories: [moved, moved the other way, no change, too early, not measured]
breakdowns: [improvement_area]
periods: [quarter, rolling]
headline: rolling
protects: nobody
reads: [all]
feeds: [action_plan]
source: "Proposed by the partnership; it answers the Norfolk JTAI letter, 27 February 2025, which asks for greater emphasis on evaluating the impact of services"
owner: Safeguarding partnership business manager
cannot_tell: Whether the action moved the measure. It fits the timing, and shows no cause.
note: >-
  By the day an action was first reported complete, if it has stayed so. A measure moved where its latest reading shows an unusual change in the better direction that began no
  earlier than that day; it moved the other way where the change was in the worse. It is too early until six months have passed. An action is not measured where it names no measure, or where no change can
  be judged in those it names. An action with several measures counts once: as moved where any of them moved, then as moved the other way, no change, too early and not measured, in that order.
examples:
  - name: complete with and without a measure, not complete, and on either side of a quarter's end
    given:
      plan_action:
        - {action_id: A1, completed_on: 2026-03-31, improvement_area: NFK1, linked_measures: [MA3]}
        - {action_id: A2, completed_on: 2026-03-31, improvement_area: NFK2}
        - {action_id: A3, completed_on: 2026-03-31, improvement_area: NFK2, linked_measures: []}
        - {action_id: A4, improvement_area: NFK2, linked_measures: [RQ1]}
        - {action_id: A5, completed_on: 2026-04-01, improvement_area: NFK2, linked_measures: [RQ1, RQ2]}
    want:
      - {period: 2025-26 Q4, denominator: 3}
      - {period: 2026-27 Q1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: not measured, numerator: 2, denominator: 3}
      - {period: 2025-26 Q4, breakdown: category, category: a measure is linked, numerator: 1}
      - {period: 2026-27 Q1, breakdown: category, category: a measure is linked, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: improvement_area, category: NFK2, numerator: 2}
*/
select
    completed_on as at,
    improvement_area,
    case when len(linked_measures) > 0 then 'a measure is linked' else 'not measured' end as category
from core.plan_action
