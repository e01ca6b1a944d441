-- One row per booking.
create or replace view core.training_booking as
select
    feed.* exclude (delivery_id, line)
from landing.training_booking as feed
where feed.delivery_id in (select delivery_id from ledger.current);
