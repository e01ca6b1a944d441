-- One row per assessment. It has no district of its own: take it from the referral.
create or replace view core.csc_assessment as
select
    feed.* exclude (delivery_id, line)
from landing.csc_assessment as feed
where feed.delivery_id in (select delivery_id from ledger.current);
