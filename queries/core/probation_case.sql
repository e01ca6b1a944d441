-- One row per person under supervision and start of it, as the latest extract has it: each
-- extract holds every case open at any time in its quarter. known_to is the last day that
-- extract speaks for.
create or replace view core.probation_case as
select
    feed.* exclude (delivery_id, line),
    district_of(feed.district_code) as district,
    (current.period_end - interval 1 day)::date as known_to
from landing.probation_case as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.perpetrator_key, feed.start_date order by current.period_start desc, current.delivery_id, feed.line) = 1;
