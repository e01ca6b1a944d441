-- One row per application, as the latest extract has it: an application comes again each month
-- until it is decided and any disclosure is made. known_to is the last day that extract speaks
-- for.
create or replace view core.dvds_application as
select
    feed.* exclude (delivery_id, line),
    district_of(feed.district_code) as district,
    (current.period_end - interval 1 day)::date as known_to
from landing.dvds_application as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.dvds_key order by current.period_start desc, current.delivery_id, feed.line) = 1;
