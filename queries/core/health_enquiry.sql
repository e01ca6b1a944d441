-- How many people were met, asked, told of and helped with, by service, district and month, in
-- whichever way a sender told it: the row of health_activity or, for a quarter without one, the
-- counts of health_enquiry_count. There are no people in it. A number is null where it was too
-- small to give or was not given, and then it is not nought.
create or replace view core.health_enquiry as
with counts as (
    select current.*
    from ledger.current as current
    where current.feed = 'health_enquiry_count'
        and not exists (
            select 1
            from ledger.current as with_rows
            where with_rows.feed = 'health_activity'
                and with_rows.agency = current.agency
                and with_rows.period = current.period
        )
)
select
    feed.month,
    feed.service,
    district_of(feed.district_code) as district,
    feed.eligible_contacts_n as eligible_n,
    feed.asked_private_n,
    feed.disclosed_n,
    feed.referred_specialist_n,
    feed.records_flagged_n,
    feed.child_voice_recorded_n
from landing.health_activity as feed
where feed.delivery_id in (select delivery_id from ledger.current)
union all
select
    feed.month,
    feed.service,
    district_of(feed.district_code),
    max(case when feed.step = 'eligible' then feed.people_n end),
    max(case when feed.step = 'asked_private' then feed.people_n end),
    max(case when feed.step = 'disclosed' then feed.people_n end),
    max(case when feed.step = 'referred_specialist' then feed.people_n end),
    max(case when feed.step = 'record_flagged' then feed.people_n end),
    max(case when feed.step = 'child_voice_recorded' then feed.people_n end)
from landing.health_enquiry_count as feed
join counts on counts.delivery_id = feed.delivery_id
group by feed.delivery_id, feed.month, feed.service, feed.district_code;
