-- One row per domestic abuse incident or crime, of each period's current delivery.
create or replace view core.police_da_incident as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district,
    lgr_unit_code as unitary
from landing.police_da_incident as feed
where feed.delivery_id in (select delivery_id from ledger.current);
