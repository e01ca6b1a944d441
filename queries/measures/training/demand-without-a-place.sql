/*
id: TR4
title: Attempts to book training that found no place
short: Bookings with no place
question: Is training accessible?
counts: attempts to book a training place
met: were put on a waiting list or found the session full
answers: [NFK5]
kind: proportion
better: down
breakdowns: [agency, mode, time_of_day, wait]
compare: [agency]
feeds: [training_event, training_booking]
source: "Norfolk JTAI letter, 27 February 2025: accessibility of domestic abuse training"
owner: Training lead, safeguarding partnership
cannot_tell: Who did not try, or whether someone without a place found one on another date.
note: >-
  Counted on the day of the session. People who came without a booking made no attempt to book and are left out. Wait is
  the time from booking to session, for those who got a place and for those who did not; a booking without a date has
  none. The district is where the session was held, and not where the learner works, which is not sent.
examples:
  - name: waiting and full are met; every other booking is an attempt, and a walk-in is none
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 18:00, mode: in_person, evening_weekend: Y, district: E07000148}
        - {session_key: s2, start_at: 2026-04-01 00:00, mode: live_online, evening_weekend: N}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police, status: attended, booked_at: 2026-03-18}
        - {session_key: s1, learner_key: b, agency: police, status: no_show, booked_at: 2026-03-17}
        - {session_key: s1, learner_key: c, agency: probation, status: late_cancel, booked_at: 2026-03-04}
        - {session_key: s1, learner_key: d, agency: probation, status: cancelled, booked_at: 2026-02-04}
        - {session_key: s1, learner_key: e, agency: probation, status: waitlisted, booked_at: 2026-02-03}
        - {session_key: s1, learner_key: f, agency: probation, status: refused_full, booked_at: 2026-03-03}
        - {session_key: s1, learner_key: g, agency: probation, status: walk_in}
        - {session_key: s2, learner_key: h, agency: police, status: waitlisted}
        - {session_key: s3, learner_key: i, agency: police, status: waitlisted}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 6}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 2, denominator: 6}
      - {period: 2025-26 Q4, breakdown: agency, category: probation, numerator: 2, denominator: 4}
      - {period: 2025-26 Q4, breakdown: mode, category: in_person, numerator: 2, denominator: 6}
      - {period: 2025-26 Q4, breakdown: time_of_day, category: evening or weekend, numerator: 2, denominator: 6}
      - {period: 2026-27 Q1, breakdown: time_of_day, category: working hours, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: wait, category: under 2 weeks, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: wait, category: 2 to 4 weeks, numerator: 0, denominator: 2}
      - {period: 2025-26 Q4, breakdown: wait, category: 4 to 8 weeks, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: wait, category: 8 weeks or more, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: wait, category: not recorded, numerator: 1, denominator: 1}
*/
select
    event.start_at as at,
    event.district,
    booking.agency,
    event.mode,
    case event.evening_weekend when 'Y' then 'evening or weekend' when 'N' then 'working hours' end as time_of_day,
    case
        when event.start_at::date - booking.booked_at < 14 then 'under 2 weeks'
        when event.start_at::date - booking.booked_at < 28 then '2 to 4 weeks'
        when event.start_at::date - booking.booked_at < 56 then '4 to 8 weeks'
        when booking.booked_at is not null then '8 weeks or more'
    end as wait,
    booking.status in ('waitlisted', 'refused_full') as met
from core.training_booking as booking
join core.training_event as event on event.session_key = booking.session_key
where booking.status <> 'walk_in'
