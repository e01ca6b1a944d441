-- One row per contract and grant per quarter, so a contract comes in every quarter it was paid
-- in. known_to is the last day of that quarter.
create or replace view core.part4_finance as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.part4_finance as feed
join ledger.current as current on current.delivery_id = feed.delivery_id;
