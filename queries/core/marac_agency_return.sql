-- One row per case and agency expected to take part in it, as the latest extract has it.
-- known_to is the last day that extract speaks for. The case has the date and the district.
create or replace view core.marac_agency_return as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.marac_agency_return as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.marac_case_key, feed.agency order by current.period_start desc, current.delivery_id, feed.line) = 1;
