-- One row per contact with children's services; the referral columns are null where it stopped there.
create or replace view core.csc_contact_referral as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district,
    lgr_unit_code as unitary
from landing.csc_contact_referral as feed
where feed.delivery_id in (select delivery_id from ledger.current);
