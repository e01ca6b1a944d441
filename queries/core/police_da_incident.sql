-- One row per domestic abuse incident or crime, of each period's current delivery. One that was
-- recorded late and is in the delivery of an earlier period too is counted there alone.
create or replace view core.police_da_incident as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district,
    lgr_unit_code as unitary
from landing.police_da_incident as feed
anti join ledger.received_before as before on before.delivery_id = feed.delivery_id and before.line = feed.line
where feed.delivery_id in (select delivery_id from ledger.current);
