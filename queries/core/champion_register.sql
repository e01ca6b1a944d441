-- One row per champion on the register, again in every quarter it stands there: read one quarter
-- at a time. known_to is the last day of the quarter that the register speaks for. A kind of
-- setting and district without a champion has one row, with no dates.
create or replace view core.champion_register as
select
    feed.* exclude (delivery_id, line),
    district_of(feed.district_code) as district,
    (current.period_end - interval 1 day)::date as known_to
from landing.champion_register as feed
join ledger.current as current on current.delivery_id = feed.delivery_id;
