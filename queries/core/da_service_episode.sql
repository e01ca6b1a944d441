-- One row per episode of support, adult or child.
create or replace view core.da_service_episode as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district
from landing.da_service_episode as feed
where feed.delivery_id in (select delivery_id from ledger.current);
