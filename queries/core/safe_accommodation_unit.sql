-- One row per unit per month. district is unknown for a refuge: where it is is never sent.
create or replace view core.safe_accommodation_unit as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district
from landing.safe_accommodation_unit as feed
where feed.delivery_id in (select delivery_id from ledger.current);
