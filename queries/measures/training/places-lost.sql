/*
id: TR3
title: Booked training places lost to no-shows and late cancellations
short: Booked places lost
question: Why are places lost?
counts: bookings that held a place
met: were not attended, by a late cancellation or without notice
answers: [NFK5]
kind: proportion
better: down
breakdowns: [agency, mode, notice, ending]
feeds: [training_event, training_booking]
source: "Reported in this form by other safeguarding partnerships: Leicester, Leicestershire and Rutland, and Wirral, where 38 of 165 places were lost"
owner: Training lead, safeguarding partnership
cannot_tell: Why someone did not come. The reason is not recorded.
note: >-
  Counted on the day of the session. Bookings that never held a place (waiting list, session full) and people who came
  without a booking are left out; a booking cancelled in good time held one, and is not lost. Notice is the time from
  booking to session. The table by ending tells no-shows from late cancellations. The district is where the session was
  held.
examples:
  - name: the two ways to lose a place, two that do not, and three that held none
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 13:00, mode: in_person, district: E07000148}
        - {session_key: s2, start_at: 2026-04-01 00:00, mode: live_online}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police, status: attended, booked_at: 2026-03-18}
        - {session_key: s1, learner_key: b, agency: police, status: no_show, booked_at: 2026-03-17}
        - {session_key: s1, learner_key: c, agency: probation, status: late_cancel, booked_at: 2026-03-03}
        - {session_key: s1, learner_key: d, agency: probation, status: cancelled, booked_at: 2026-03-04}
        - {session_key: s1, learner_key: e, agency: probation, status: waitlisted, booked_at: 2026-03-04}
        - {session_key: s1, learner_key: f, agency: probation, status: refused_full, booked_at: 2026-03-04}
        - {session_key: s1, learner_key: g, agency: probation, status: walk_in}
        - {session_key: s2, learner_key: h, agency: police, status: no_show}
        - {session_key: s3, learner_key: i, agency: police, status: no_show}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 2, denominator: 4}
      - {period: 2025-26 Q4, breakdown: agency, category: police, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: mode, category: in_person, numerator: 2, denominator: 4}
      - {period: 2025-26 Q4, breakdown: notice, category: under 2 weeks, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: notice, category: 2 to 4 weeks, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: notice, category: 4 weeks or more, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: notice, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: ending, category: no-show, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: ending, category: late cancellation, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: ending, category: cancelled in time, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: ending, category: attended, numerator: 0, denominator: 1}
*/
select
    event.start_at as at,
    event.district,
    booking.agency,
    event.mode,
    case
        when event.start_at::date - booking.booked_at < 14 then 'under 2 weeks'
        when event.start_at::date - booking.booked_at < 28 then '2 to 4 weeks'
        when booking.booked_at is not null then '4 weeks or more'
    end as notice,
    case booking.status
        when 'attended' then 'attended'
        when 'cancelled' then 'cancelled in time'
        when 'late_cancel' then 'late cancellation'
        when 'no_show' then 'no-show'
    end as ending,
    booking.status in ('no_show', 'late_cancel') as met
from core.training_booking as booking
join core.training_event as event on event.session_key = booking.session_key
where booking.status in ('attended', 'cancelled', 'late_cancel', 'no_show')
