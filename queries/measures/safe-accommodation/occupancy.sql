/*
id: SA4
title: Nights on which places of safe accommodation were occupied
short: Nights occupied
question: Is supply in the right place and of the right type?
counts: nights on which a place could be used
met: were occupied
kind: proportion
better: neither
breakdowns: [accommodation_type, size, wheelchair]
capacity: [accommodation_type]
feeds: [safe_accommodation_unit, safe_accommodation_stay]
source: "Types of accommodation from SI 2021/991; no published level was found"
owner: Domestic abuse commissioner, county council
cannot_tell: Whether an empty place could have taken a household that was turned away.
note: >-
  Each place of each unit counts once for every night of the month on which it was in the register and not under repair. A household takes one place on every night
  from the day it came to the night before it left; one that is still there counts up to the last day its provider has told of. A unit is never more than full.
  A stay that names no unit is in no place, so the figure may be a little low. Very high is not better: a place must be empty to take the next household. Sanctuaries are homes,
  not places. One stay is many nights, so the true interval is wider than the one shown. The district of a refuge is never sent, so refuges are "unknown".
examples:
  - name: nights in the month, a stay that goes on, one that ended on the first of the month, and repairs
    given:
      safe_accommodation_unit:
        - {unit_key: u1, month: 2026-06-01, accommodation_type: dispersed, family_places: 1, available_nights: 30, void_nights_maintenance: 4, accepts: [women, wheelchair], district: E07000145}
        - {unit_key: u1, month: 2026-07-01, accommodation_type: dispersed, family_places: 1, available_nights: 31, accepts: [women, wheelchair], district: E07000145}
        - {unit_key: u2, month: 2026-06-01, accommodation_type: refuge, family_places: 2, available_nights: 30, void_nights_maintenance: 0, accepts: [women]}
        - {unit_key: u3, month: 2026-06-01, accommodation_type: sanctuary, family_places: 1, available_nights: 30}
        - {unit_key: u5, month: 2026-06-01, accommodation_type: other_designated, family_places: 1, available_nights: 5}
        - {unit_key: u4, month: 2026-06-01, accommodation_type: second_stage, available_nights: 30}
      safe_accommodation_stay:
        - {stay_key: a, unit_key: u1, start_date: 2026-05-20, end_date: 2026-06-11, known_to: 2026-06-30}
        - {stay_key: b, unit_key: u1, start_date: 2026-06-29, known_to: 2026-07-10}
        - {stay_key: c, unit_key: u2, start_date: 2026-05-01, end_date: 2026-06-01, known_to: 2026-06-30}
        - {stay_key: d, unit_key: u2, start_date: 2026-06-30, end_date: 2026-07-01, known_to: 2026-07-31}
        - {stay_key: e, unit_key: u2, start_date: 2026-07-01, known_to: 2026-07-31}
        - {stay_key: g, unit_key: u2, start_date: 2026-07-20, end_date: 2026-07-25, known_to: 2026-07-31}
        - {stay_key: f, start_date: 2026-06-01, known_to: 2026-07-31}
    want:
      - {period: 2026-06, numerator: 13, denominator: 91}
      - {period: 2026-07, numerator: 10, denominator: 31}
      - {period: 2026-06, district: E07000145, numerator: 12, denominator: 26}
      - {period: 2026-06, breakdown: accommodation_type, category: refuge, numerator: 1, denominator: 60}
      - {period: 2026-06, breakdown: size, category: one place, numerator: 12, denominator: 31}
      - {period: 2026-06, breakdown: accommodation_type, category: other_designated, numerator: 0, denominator: 5}
      - {period: 2026-06, breakdown: size, category: several places, numerator: 1, denominator: 60}
      - {period: 2026-06, breakdown: wheelchair, category: takes a wheelchair user, numerator: 12, denominator: 26}
      - {period: 2026-06, breakdown: wheelchair, category: does not, numerator: 1, denominator: 60}
  - name: a unit is never more than full, a night on which one left and another came is one, and an unknown list is not recorded
    given:
      safe_accommodation_unit:
        - {unit_key: u1, month: 2026-02-01, accommodation_type: specialist, family_places: 1, available_nights: 28, void_nights_maintenance: 10}
      safe_accommodation_stay:
        - {stay_key: a, unit_key: u1, start_date: 2026-02-01, end_date: 2026-02-15, known_to: 2026-03-31}
        - {stay_key: b, unit_key: u1, start_date: 2026-02-15, end_date: 2026-03-31, known_to: 2026-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 18, denominator: 18}
      - {period: 2025-26 Q4, breakdown: wheelchair, category: not recorded, numerator: 18, denominator: 18}
*/
with unit as (
    select
        unit_key,
        month,
        (month + interval 1 month)::date as next_month,
        district,
        accommodation_type,
        family_places,
        accepts,
        family_places * (available_nights - coalesce(void_nights_maintenance, 0)) as usable
    from core.safe_accommodation_unit
    where accommodation_type <> 'sanctuary'
),
stay as (
    select
        unit_key,
        start_date as came_on,
        coalesce(end_date, known_to + 1) as left_on
    from core.safe_accommodation_stay
),
occupied as (
    select
        unit.unit_key,
        unit.month,
        sum(least(stay.left_on, unit.next_month) - greatest(stay.came_on, unit.month)) as nights
    from unit
    join stay on stay.unit_key = unit.unit_key
    where stay.came_on < unit.next_month
        and stay.left_on > unit.month
    group by unit.unit_key, unit.month
)
select
    unit.month as at,
    unit.district,
    unit.accommodation_type,
    case when unit.family_places = 1 then 'one place' else 'several places' end as size,
    case when list_contains(unit.accepts, 'wheelchair') then 'takes a wheelchair user' when unit.accepts is not null then 'does not' end as wheelchair,
    coalesce(night.number < occupied.nights, false) as met
from unit
left join occupied on occupied.unit_key = unit.unit_key and occupied.month = unit.month
cross join unnest(range(unit.usable)) as night(number)
