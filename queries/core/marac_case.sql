-- One row per case discussed or co-ordinated.
create or replace view core.marac_case as
select
    feed.* exclude (delivery_id, line),
    district_of(district_code) as district,
    lgr_unit_code as unitary
from landing.marac_case as feed
where feed.delivery_id in (select delivery_id from ledger.current);
