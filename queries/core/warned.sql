-- Rows of each current delivery that were kept and are in doubt, by the rule they broke. A row
-- that broke two such rules is counted under both.
create or replace view core.warned as
select
    current.agency,
    current.feed,
    current.period,
    current.period_start,
    current.period_end,
    warning.rule,
    warning.kept
from quarantine.warning as warning
join ledger.current as current on current.delivery_id = warning.delivery_id;
