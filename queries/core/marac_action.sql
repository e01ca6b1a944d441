-- One row per action, as the latest extract has it: an action comes again each month until it
-- is closed. known_to is the last day that extract speaks for.
create or replace view core.marac_action as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.marac_action as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.action_key order by current.period_start desc, current.delivery_id, feed.line) = 1;
