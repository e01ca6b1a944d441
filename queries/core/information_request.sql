-- One row per request, as the latest extract has it: a request comes again each month until it
-- is answered or withdrawn. known_to is the last day that extract speaks for.
create or replace view core.information_request as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.information_request as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.request_key order by current.period_start desc, current.delivery_id, feed.line) = 1;
