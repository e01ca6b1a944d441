-- One row per form: an episode has one at intake, and may have one at each review, at exit and
-- at each follow-up. recorded_at says when.
create or replace view core.da_service_outcome as
select
    feed.* exclude (delivery_id, line)
from landing.da_service_outcome as feed
where feed.delivery_id in (select delivery_id from ledger.current);
