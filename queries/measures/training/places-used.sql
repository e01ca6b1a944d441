/*
id: TR2
title: Training places used
short: Training places used
question: Is training capacity used?
counts: training places offered
met: were taken up by someone who attended
answers: [NFK5]
kind: proportion
better: up
breakdowns: [course_code, mode]
benchmark: training_places_used
compare: [district]
feeds: [training_event, training_booking]
source: "Reported in the same form by other safeguarding partnerships: Leicester, Leicestershire and Rutland gave 304 of 393"
owner: Training lead, safeguarding partnership
cannot_tell: Whether those who attended are those who needed it.
note: >-
  Each place of a session counts. Where more attended than there were places, every place was used and the rest are not
  counted. Sessions with no capacity recorded are left out. The district is where a session was held.
examples:
  - name: places, not bookings
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 13:00, capacity: 4, course_code: DA1, mode: in_person, district: E07000148}
        - {session_key: s2, start_at: 2026-03-31 13:00, course_code: DA1, mode: e_learning}
        - {session_key: s3, start_at: 2026-03-31 13:00, capacity: 1, course_code: DA2, mode: hybrid}
      training_booking:
        - {session_key: s1, learner_key: a, status: attended}
        - {session_key: s1, learner_key: b, status: no_show}
        - {session_key: s1, learner_key: c, status: walk_in}
        - {session_key: s2, learner_key: a, status: attended}
        - {session_key: s3, learner_key: a, status: attended}
        - {session_key: s3, learner_key: b, status: attended}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 5}
      - {period: 2025-26 Q4, district: E07000148, numerator: 2, denominator: 4}
      - {period: 2025-26 Q4, breakdown: course_code, category: DA2, numerator: 1, denominator: 1}
  - name: a session nobody came to has every place unused, and a learner listed twice is one
    given:
      training_event:
        - {session_key: s1, start_at: 2026-04-01 09:00, capacity: 2}
        - {session_key: s2, start_at: 2026-04-01 09:00, capacity: 2}
      training_booking:
        - {session_key: s2, learner_key: a, status: attended}
        - {session_key: s2, learner_key: a, status: attended}
        - {session_key: s1, learner_key: b, status: cancelled}
        - {session_key: s1, learner_key: c, status: waitlisted}
        - {session_key: s9, learner_key: d, status: attended}
    want:
      - {period: 2026-04, numerator: 1, denominator: 4}
  - name: an evening session on the last day of March is in the year that ends with it
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 23:00, capacity: 1}
        - {session_key: s2, start_at: 2026-04-01 00:00, capacity: 2}
      training_booking:
        - {session_key: s1, learner_key: a, status: walk_in}
    want:
      - {period: 2025-26, numerator: 1, denominator: 1}
      - {period: 2026-27, numerator: 0, denominator: 2}
*/
with attendance as (
    select session_key, count(distinct learner_key) as attended
    from core.training_booking
    where status in ('attended', 'walk_in')
    group by session_key
),
place as (
    select
        event.start_at,
        event.district,
        event.course_code,
        event.mode,
        attendance.attended,
        unnest(generate_series(1, event.capacity)) as place
    from core.training_event as event
    left join attendance on attendance.session_key = event.session_key
)
select
    start_at as at,
    district,
    course_code,
    mode,
    coalesce(place <= attended, false) as met
from place
