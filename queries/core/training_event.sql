-- One row per training session. district is where it was held.
create or replace view core.training_event as
select
    feed.* exclude (delivery_id, line),
    district_of(venue_district) as district
from landing.training_event as feed
where feed.delivery_id in (select delivery_id from ledger.current);
