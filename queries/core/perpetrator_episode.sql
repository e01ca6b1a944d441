-- One row per episode of work with someone using harmful behaviour, as the latest extract has
-- it: each extract holds every episode open at any time in its quarter. known_to is the last day
-- that extract speaks for.
create or replace view core.perpetrator_episode as
select
    feed.* exclude (delivery_id, line),
    district_of(feed.district_code) as district,
    (current.period_end - interval 1 day)::date as known_to
from landing.perpetrator_episode as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.perp_episode_key order by current.period_start desc, current.delivery_id, feed.line) = 1;
