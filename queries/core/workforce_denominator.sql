-- One row per agency, team and role per quarter: who should be trained.
create or replace view core.workforce_denominator as
select
    feed.* exclude (delivery_id, line)
from landing.workforce_denominator as feed
where feed.delivery_id in (select delivery_id from ledger.current);
