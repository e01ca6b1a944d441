-- One row per household stay, as the latest extract has it: each extract holds every stay open
-- at any time in its quarter, so a stay comes several times. known_to is the last day that
-- extract speaks for. The children of a stay are in core.safe_accommodation_stay_child.
create or replace view core.safe_accommodation_stay as
select
    feed.* exclude (delivery_id, line, child_age_band, child_support_received),
    (current.period_end - interval 1 day)::date as known_to
from landing.safe_accommodation_stay as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
where feed.child_age_band is null
qualify row_number() over (partition by feed.stay_key order by current.period_start desc, current.delivery_id, feed.line) = 1;
