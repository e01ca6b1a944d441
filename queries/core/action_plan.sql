-- One row per action per update; updates are added, never edited.
create or replace view core.action_plan as
select
    feed.* exclude (delivery_id, line)
from landing.action_plan as feed
where feed.delivery_id in (select delivery_id from ledger.current);
