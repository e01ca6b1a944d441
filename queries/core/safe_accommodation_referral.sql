-- One row per household per provider it was referred to. district is where it came from.
create or replace view core.safe_accommodation_referral as
select
    feed.* exclude (delivery_id, line),
    district_of(origin_lad) as district
from landing.safe_accommodation_referral as feed
where feed.delivery_id in (select delivery_id from ledger.current);
