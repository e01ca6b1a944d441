-- Rows kept out of each current delivery, by the rule they broke. A row that broke two
-- rules is counted under both.
create or replace view core.quarantined as
select
    current.agency,
    current.feed,
    current.period,
    current.period_start,
    current.period_end,
    reason.rule,
    count(distinct reason.line) as quarantined
from quarantine.reason as reason
join ledger.current as current on current.delivery_id = reason.delivery_id
group by all;
