-- One row per child of a household stay, of the latest extract that has the stay, with the
-- stay's own columns. Children have no key here: two of one age in one stay are two rows.
create or replace view core.safe_accommodation_stay_child as
with children as (
    select
        feed.stay_key,
        feed.child_age_band,
        feed.child_support_received,
        (current.period_end - interval 1 day)::date as known_to
    from landing.safe_accommodation_stay as feed
    join ledger.current as current on current.delivery_id = feed.delivery_id
    where feed.child_age_band is not null
)
select
    stay.*,
    children.child_age_band,
    age_group(children.child_age_band) as age_group,
    children.child_support_received
from children
join core.safe_accommodation_stay as stay
    on stay.stay_key = children.stay_key
    and stay.known_to = children.known_to;
