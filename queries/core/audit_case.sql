-- One row per case per auditing agency. An audit has no date of its own: it counts on known_to,
-- the last day of the quarter in which it was done.
create or replace view core.audit_case as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.audit_case as feed
join ledger.current as current on current.delivery_id = feed.delivery_id;
