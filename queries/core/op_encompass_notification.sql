-- One row per child per notification to a school or other setting.
create or replace view core.op_encompass_notification as
select
    feed.* exclude (delivery_id, line)
from landing.op_encompass_notification as feed
where feed.delivery_id in (select delivery_id from ledger.current);
