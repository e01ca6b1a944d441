-- One row per person who answered. An answer has no date of its own: it counts on known_to, the
-- last day of the survey's quarter.
create or replace view core.practitioner_survey as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.practitioner_survey as feed
join ledger.current as current on current.delivery_id = feed.delivery_id;
