-- How many children a kind of setting was told of by Operation Encompass, and for how many it made
-- each response, by district and month. There are no children in it, and a child is counted in
-- every response made. A number is null where it was too small to give or was not given, and then
-- it is not nought.
create or replace view core.school_response as
select
    feed.month,
    feed.setting_urn_group as setting_type,
    district_of(feed.district_code) as district,
    max(case when feed.response = 'notified' then feed.children_n end) as notified_n,
    max(case when feed.response = 'acknowledged' then feed.children_n end) as acknowledged_n,
    max(case when feed.response = 'check_in' then feed.children_n end) as check_in_n,
    max(case when feed.response = 'adjusted_day' then feed.children_n end) as adjusted_day_n,
    max(case when feed.response = 'counselling' then feed.children_n end) as counselling_n,
    max(case when feed.response = 'eh_referral' then feed.children_n end) as eh_referral_n,
    max(case when feed.response = 'csc_contact' then feed.children_n end) as csc_contact_n,
    max(case when feed.response = 'parent_contact' then feed.children_n end) as parent_contact_n,
    max(case when feed.response = 'other' then feed.children_n end) as other_n
from landing.school_response_count as feed
where feed.delivery_id in (select delivery_id from ledger.current)
group by feed.delivery_id, feed.month, feed.setting_urn_group, feed.district_code;
