/*
id: TR6
title: Learners who gave an example of using the training that their manager confirmed
short: Learning applied at 3 months
question: Did people use what they learned?
counts: follow-up forms sent three months after a session
met: came back with an example from practice that a manager confirmed
answers: [NFK5]
kind: proportion
better: up
breakdowns: [agency, course_code, answer, barrier]
matures: 28 days
headline: rolling
compare: [agency]
feeds: [training_event, training_booking, training_evaluation]
source: "Kirkpatrick level 3; Norfolk JTAI letter, 27 February 2025: how well practitioners apply learning to practice; three months proposed by the partnership"
owner: Training lead, safeguarding partnership
cannot_tell: Whether practice changed among those who did not answer.
note: >-
  Counted three months after the session, when that is 28 days past. A form not returned shows no evidence, so it is not
  met: the table by answer gives the share of those who answered. An example that no manager confirmed, or was asked
  about, is not met.
examples:
  - name: an example and a manager's word; half of that, silence and no form
    given:
      training_event:
        - {session_key: s1, start_at: 2025-12-31 13:00, course_code: DA1, district: E07000148}
        - {session_key: s2, start_at: 2026-01-01 00:00, course_code: DA2}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police}
        - {session_key: s1, learner_key: a, agency: probation}
        - {session_key: s1, learner_key: b, agency: probation}
        - {session_key: s2, learner_key: a, agency: education_school}
      training_evaluation:
        - {session_key: s1, learner_key: a, stage: followup_3m, practice_example: Y, manager_confirmed: Y, barrier: none}
        - {session_key: s1, learner_key: b, stage: followup_3m, practice_example: Y, manager_confirmed: not_asked, barrier: workload}
        - {session_key: s1, learner_key: c, stage: followup_3m, practice_example: Y, manager_confirmed: N}
        - {session_key: s1, learner_key: d, stage: followup_3m, practice_example: N, manager_confirmed: Y}
        - {session_key: s1, learner_key: e, stage: followup_3m}
        - {session_key: s1, learner_key: f, stage: followup_3m, practice_example: Y}
        - {session_key: s1, learner_key: g, stage: followup_6_8w, practice_example: Y, manager_confirmed: Y}
        - {session_key: s2, learner_key: a, stage: followup_3m, practice_example: Y, manager_confirmed: Y}
        - {session_key: s3, learner_key: a, stage: followup_3m, practice_example: Y, manager_confirmed: Y}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 6}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 6}
      - {period: 2025-26 Q4, breakdown: agency, category: police, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: agency, category: probation, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: agency, category: not recorded, numerator: 0, denominator: 4}
      - {period: 2025-26 Q4, breakdown: course_code, category: DA1, numerator: 1, denominator: 6}
      - {period: 2025-26 Q4, breakdown: answer, category: answered, numerator: 1, denominator: 5}
      - {period: 2025-26 Q4, breakdown: answer, category: did not answer, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: barrier, category: workload, numerator: 0, denominator: 1}
  - name: a follow-up due fewer than 28 days ago is pending
    as_at: 2026-04-28
    given:
      training_event:
        - {session_key: s1, start_at: 2025-12-31 09:00}
        - {session_key: s2, start_at: 2026-01-01 09:00}
      training_evaluation:
        - {session_key: s1, learner_key: a, stage: followup_3m, practice_example: N}
        - {session_key: s2, learner_key: b, stage: followup_3m, practice_example: Y, manager_confirmed: Y}
    want:
      - {period: 2026-03, numerator: 0, denominator: 1}
      - {period: 2026-04, denominator: 0}
*/
with booking as (
    select session_key, learner_key, min(agency) as agency
    from core.training_booking
    group by session_key, learner_key
)
select
    event.start_at + interval 3 month as at,
    event.district,
    booking.agency,
    event.course_code,
    case when form.practice_example is not null then 'answered' else 'did not answer' end as answer,
    form.barrier,
    coalesce(form.practice_example = 'Y' and form.manager_confirmed = 'Y', false) as met
from core.training_evaluation as form
join core.training_event as event on event.session_key = form.session_key
left join booking
    on booking.session_key = form.session_key
    and booking.learner_key = form.learner_key
where form.stage = 'followup_3m'
