-- How many people under supervision with a domestic abuse flag have contact with a child, and in
-- how many of their cases the child's voice was considered, by district and quarter, in whichever
-- way a sender told it: the people in its probation_case or, for a quarter without that, the
-- counts of probation_case_count. quarter is its first day; whoever was supervised on any day in
-- it counts once in a district. A number is null where it was too small to give or was not given,
-- and then it is not nought.
create or replace view core.probation_contact as
with counts as (
    select current.*
    from ledger.current as current
    where current.feed = 'probation_case_count'
        and not exists (
            select 1
            from ledger.current as with_rows
            where with_rows.feed = 'probation_case'
                and with_rows.agency = current.agency
                and with_rows.period = current.period
        )
)
select
    current.period_start as quarter,
    district_of(feed.district_code) as district,
    count(distinct feed.perpetrator_key) as contact_n,
    count(distinct case when feed.child_voice_considered = 'Y' then feed.perpetrator_key end) as voice_considered_n
from landing.probation_case as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
where feed.child_contact_known = 'Y'
group by current.delivery_id, current.period_start, district_of(feed.district_code)
union all
select
    counts.period_start,
    district_of(feed.district_code),
    max(case when feed.characteristic = 'child_contact_known' then feed.people_n end),
    max(case when feed.characteristic = 'child_voice_considered' then feed.people_n end)
from landing.probation_case_count as feed
join counts on counts.delivery_id = feed.delivery_id
group by counts.delivery_id, counts.period_start, feed.district_code;
