-- One row per notice or order, as the latest extract has it: it comes again in each month in
-- which it was granted or breached. known_to is the last day that extract speaks for.
create or replace view core.protective_order as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.protective_order as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.order_key order by current.period_start desc, current.delivery_id, feed.line) = 1;
