-- One row per action of the plan, as its last update has it. completed_on is the first day on
-- which it was reported complete and has been ever since; null where it is not complete.
create or replace view core.plan_action as
with latest as (
    select *
    from core.action_plan
    where action_id is not null
    qualify row_number() over (partition by action_id order by status_date desc) = 1
),
still_open as (
    select action_id, max(status_date) as last_on
    from core.action_plan
    where brag is distinct from 'blue'
    group by action_id
),
completed as (
    select update.action_id, min(update.status_date) as completed_on
    from core.action_plan as update
    left join still_open on still_open.action_id = update.action_id
    where update.brag = 'blue' and (still_open.last_on is null or update.status_date > still_open.last_on)
    group by update.action_id
)
select
    latest.*,
    completed.completed_on
from latest
left join completed on completed.action_id = latest.action_id;
