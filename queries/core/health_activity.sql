-- Counts of one service in one district in one month; there are no people in it.
create or replace view core.health_activity as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district
from landing.health_activity as feed
where feed.delivery_id in (select delivery_id from ledger.current);
