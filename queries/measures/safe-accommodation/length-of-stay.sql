/*
id: SA5
title: Nights in safe accommodation
short: Length of stay
question: How long do households stay?
counts: stays begun
kind: duration
better: neither
within: [28, 91, 182]
breakdowns: [accommodation_type, family]
headline: rolling
feeds: [safe_accommodation_stay]
source: "MHCLG's annual return asks for support that ended; the wait to move on is SA11"
owner: Domestic abuse commissioner, county council
cannot_tell: Whether a stay was as long as the household needed. A short one may be a move to a safe home or a return to harm.
note: >-
  Given by the quarter in which a stay began, by the Kaplan-Meier method: a household still there counts for the nights it has stayed, and is never left out, because leaving
  out the current stays would make stays look short. The share that had left within 28, 91 and 182 nights is given beside the median.
examples:
  - name: ended, left the next day, and still there when the extract was made
    given:
      safe_accommodation_stay:
        - {stay_key: a, accommodation_type: refuge, start_date: 2026-03-31, end_date: 2026-05-30, known_to: 2026-06-30}
        - {stay_key: b, accommodation_type: refuge, start_date: 2026-03-30, end_date: 2026-03-31, known_to: 2026-03-31}
        - {stay_key: c, accommodation_type: dispersed, start_date: 2026-03-01, known_to: 2026-06-30}
        - {stay_key: d, accommodation_type: dispersed, start_date: 2026-04-01, known_to: 2026-06-30}
      safe_accommodation_stay_child:
        - {stay_key: a, child_age_band: "4"}
        - {stay_key: a, child_age_band: "4"}
        - {stay_key: b, child_age_band: "1"}
        - {stay_key: b, child_age_band: "2"}
        - {stay_key: b, child_age_band: "3"}
        - {stay_key: d, child_age_band: "3"}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 3, open: 1, median: 60}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1, open: 1, median: -1}
      - {period: 2025-26 Q4, breakdown: accommodation_type, category: refuge, numerator: 2, denominator: 2, median: 30.5}
      - {period: 2025-26 Q4, breakdown: family, category: no children, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: family, category: one or two children, numerator: 1, denominator: 1, median: 60}
      - {period: 2025-26 Q4, breakdown: family, category: three or more children, numerator: 1, denominator: 1, median: 1}
      - {period: 2026-27 Q1, breakdown: family, category: one or two children, denominator: 1}
  - name: a stay of no nights is a stay, and one that begins after the last day told of is not yet known
    given:
      safe_accommodation_stay:
        - {stay_key: a, start_date: 2026-05-02, end_date: 2026-05-02, known_to: 2026-06-30}
        - {stay_key: b, start_date: 2026-06-30, known_to: 2026-06-30}
        - {stay_key: c, start_date: 2026-07-01, known_to: 2026-06-30}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 2, open: 1, median: 0}
      - {period: 2026-27 Q2, denominator: 0}
*/
with family as (
    select stay_key, count(*) as children
    from core.safe_accommodation_stay_child
    group by stay_key
)
select
    stay.start_date as at,
    stay.accommodation_type,
    case
        when family.children >= 3 then 'three or more children'
        when family.children is not null then 'one or two children'
        else 'no children'
    end as family,
    coalesce(stay.end_date, stay.known_to) - stay.start_date as days,
    stay.end_date is not null as ended
from core.safe_accommodation_stay as stay
left join family on family.stay_key = stay.stay_key
where coalesce(stay.end_date, stay.known_to) >= stay.start_date
