-- One row per return owed by the as-at date and what came of it. A return is on time by its
-- first submission; its rows are those of the current one.
create or replace view core.expected_return as
with first_submission as (
    select agency, feed, period, min(arrived_on) as arrived_on
    from ledger.delivery
    where not coalesce(arrived_on > as_at(), false)
    group by agency, feed, period
)
select
    expected.agency,
    expected.feed,
    expected.period,
    expected.period_start,
    expected.period_end,
    expected.due_on,
    first_submission.arrived_on,
    current.submission,
    current.accepted,
    current.quarantined,
    case
        when first_submission.arrived_on <= expected.due_on then 'on_time'
        when first_submission.arrived_on is not null then 'late'
        when expected.due_on > as_at() then 'not_due'
        else 'missing'
    end as status,
    coalesce(current.quarantined > 0, false) as has_quarantined_rows
from ledger.expected as expected
left join first_submission
    on first_submission.agency = expected.agency
    and first_submission.feed = expected.feed
    and first_submission.period = expected.period
left join ledger.current as current
    on current.agency = expected.agency
    and current.feed = expected.feed
    and current.period = expected.period;
