-- One row per duty owed to a household, as the latest extract has it: each extract holds every
-- duty open at any time in its quarter. known_to is the last day that extract speaks for.
create or replace view core.homelessness_da as
select
    feed.* exclude (delivery_id, line),
    district_of(feed.district_code) as district,
    (current.period_end - interval 1 day)::date as known_to
from landing.homelessness_da as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.household_key, feed.duty, feed.duty_start order by current.period_start desc, current.delivery_id, feed.line) = 1;
