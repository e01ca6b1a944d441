/*
id: SA1
title: Refuge family places for every 10,000 people
short: Refuge places per 10,000
question: Are there as many refuge places as the Council of Europe benchmark?
counts: refuge family places in use or ready for use
kind: rate
better: up
per: 10000
population: {age: 0+}
periods: [month]
headline: month
protects: nobody
benchmark: refuge_family_places
feeds: [safe_accommodation_unit]
source: "Istanbul Convention explanatory report, as cited by the European Institute for Gender Equality: one place for every 10,000 inhabitants. England was 23.2% short on 1 May 2022 (Women's Aid, Annual Audit 2023)"
owner: Domestic abuse commissioner, county council
cannot_tell: >-
  Whether a place could take the family that needed it: in England few vacancies suit a wheelchair user, three or more children or no recourse to
  public funds. A count of places that leaves this out overstates supply.
note: >-
  A family place is one adult and any children, not a bed. Every place of a refuge that could be used on at least one night of the
  month counts; places lost to repairs all month do not, nor do dispersed homes, specialist and second-stage accommodation and sanctuaries. The number of places is
  known and not a matter of chance, so read the figure itself against the benchmark and not its interval. Everybody who lives in the county is in the population. There are no
  districts: where a refuge is, is never sent.
examples:
  - name: places of refuges that could be used; a unit under repair all month, other types and unknown places do not count
    given:
      safe_accommodation_unit:
        - {unit_key: u1, month: 2026-03-01, accommodation_type: refuge, family_places: 6, available_nights: 31, void_nights_maintenance: 30}
        - {unit_key: u2, month: 2026-03-01, accommodation_type: refuge, family_places: 2, available_nights: 1}
        - {unit_key: u3, month: 2026-03-01, accommodation_type: refuge, family_places: 4, available_nights: 31, void_nights_maintenance: 31}
        - {unit_key: u4, month: 2026-03-01, accommodation_type: refuge, family_places: 3, available_nights: 0}
        - {unit_key: u5, month: 2026-03-01, accommodation_type: dispersed, family_places: 5, available_nights: 31, void_nights_maintenance: 0}
        - {unit_key: u6, month: 2026-03-01, accommodation_type: sanctuary, family_places: 1, available_nights: 31, void_nights_maintenance: 0}
        - {unit_key: u7, month: 2026-03-01, accommodation_type: refuge, available_nights: 31, void_nights_maintenance: 0}
        - {unit_key: u1, month: 2026-04-01, accommodation_type: refuge, family_places: 5, available_nights: 30, void_nights_maintenance: 3}
    want:
      - {period: 2026-03, numerator: 8}
      - {period: 2026-04, numerator: 5}
  - name: no refuge is none
    given:
      safe_accommodation_unit:
        - {unit_key: u1, month: 2026-03-01, accommodation_type: second_stage, family_places: 6, available_nights: 31}
    want:
      - {period: 2026-03, numerator: 0, value: 0}
*/
select month as at
from core.safe_accommodation_unit
cross join unnest(range(family_places)) as place(number)
where accommodation_type = 'refuge'
    and available_nights > coalesce(void_nights_maintenance, 0)
