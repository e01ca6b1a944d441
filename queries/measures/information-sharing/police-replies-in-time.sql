/*
id: IS7
title: Requests that police answered inside the agreed time
short: Police replies in the agreed time
question: Do requesters get answers?
counts: requests for information made to the police
met: were answered inside the agreed time
answers: [NFK4]
kind: proportion
better: up
breakdowns: [requester_agency, purpose]
compare: [requester_agency]
feeds: [information_request]
source: "Norfolk JTAI letter, 27 February 2025: police do not always respond to requests for information in a timely way; the time is agreed locally"
owner: Constabulary information-sharing lead
cannot_tell: Whether the answer was what the requester needed, or how many requests were never logged.
note: >-
  Counted by the day of the request, in working days; an answer on the last day is in time. A request is judged when the last
  extract reaches the end of its agreed time, and one not answered by then counts as late. A partial answer, and a lawful
  decision not to share, are answers. Requests withdrawn, and those with no agreed time, are left out.
examples:
  - name: an answer on the last working day is in time, over a weekend and a bank holiday
    given:
      information_request:
        - {request_key: q1, responder_agency: police, requester_agency: probation, purpose: assessment, requested_at: 2026-04-30 16:00, sla_days: 3, answered_at: 2026-05-06 17:00, answered_status: full, known_to: 2026-05-31}
        - {request_key: q2, responder_agency: police, requester_agency: probation, purpose: marac, requested_at: 2026-04-30 16:00, sla_days: 3, answered_at: 2026-05-07 09:00, answered_status: full, known_to: 2026-05-31}
        - {request_key: q3, responder_agency: police, requester_agency: childrens_social_care, purpose: icpc, requested_at: 2026-04-30 16:00, sla_days: 3, answered_at: 2026-04-30 17:00, answered_status: partial, known_to: 2026-05-31}
        - {request_key: q4, responder_agency: police, requester_agency: childrens_social_care, purpose: icpc, requested_at: 2026-04-30 16:00, sla_days: 3, answered_at: 2026-05-01 17:00, answered_status: refused, known_to: 2026-05-31}
    want:
      - {period: 2026-04, numerator: 3, denominator: 4}
      - {period: 2026-04, breakdown: requester_agency, category: probation, numerator: 1, denominator: 2}
      - {period: 2026-04, breakdown: purpose, category: marac, numerator: 0, denominator: 1}
  - name: unanswered is late once its time is up; withdrawn, no agreed time and other responders are not counted
    given:
      information_request:
        - {request_key: q1, responder_agency: police, requested_at: 2026-03-31 23:59, sla_days: 5, known_to: 2026-04-30}
        - {request_key: q2, responder_agency: police, requested_at: 2026-03-31 09:00, sla_days: 5, answered_at: 2026-04-01 09:00, answered_status: withdrawn, known_to: 2026-04-30}
        - {request_key: q3, responder_agency: police, requested_at: 2026-03-31 09:00, answered_at: 2026-04-01 09:00, answered_status: full, known_to: 2026-04-30}
        - {request_key: q4, responder_agency: health_gp, requested_at: 2026-03-31 09:00, sla_days: 5, answered_at: 2026-04-01 09:00, answered_status: full, known_to: 2026-04-30}
        - {request_key: q5, responder_agency: police, requested_at: 2026-04-01 00:00, sla_days: 5, answered_at: 2026-04-02 09:00, answered_status: full, known_to: 2026-04-30}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
  - name: a request whose time is not up on the last day known is pending, answered or not
    given:
      information_request:
        - {request_key: q1, responder_agency: police, requested_at: 2026-06-23 09:00, sla_days: 5, known_to: 2026-06-30}
        - {request_key: q2, responder_agency: police, requested_at: 2026-06-24 09:00, sla_days: 5, known_to: 2026-06-30}
        - {request_key: q3, responder_agency: police, requested_at: 2026-06-24 09:00, sla_days: 5, answered_at: 2026-06-24 10:00, answered_status: full, known_to: 2026-06-30}
        - {request_key: q4, responder_agency: police, requested_at: 2026-05-27 09:00, sla_days: 5, answered_at: 2026-05-28 10:00, answered_status: full, known_to: 2026-05-31}
    want:
      - {period: 2026-06, numerator: 0, denominator: 1}
      - {period: 2026-05, numerator: 1, denominator: 1}
*/
with request as (
    select
        requester_agency,
        purpose,
        responder_agency,
        answered_status,
        requested_at,
        answered_at,
        sla_days,
        max(known_to) over () as last_known
    from core.information_request
)
select
    requested_at as at,
    requester_agency,
    purpose,
    coalesce(working_days(requested_at, answered_at) <= sla_days, false) as met
from request
where responder_agency = 'police'
    and answered_status is distinct from 'withdrawn'
    and working_days(requested_at, last_known) >= sla_days
