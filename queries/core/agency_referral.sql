-- One row per child per referral into the front door. district is where the child lives.
create or replace view core.agency_referral as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district,
    lgr_unit_code as unitary
from landing.agency_referral as feed
where feed.delivery_id in (select delivery_id from ledger.current);
