/*
id: TR5
title: Change in knowledge score from before a session to after it
short: Knowledge gained
question: Did people learn?
counts: learners who gave a score before a session
answers: [NFK5]
kind: change
measured_in: points out of 10
scale: {min: 0, max: 10}
better: up
breakdowns: [agency, course_code, mode, kept]
matures: 28 days
headline: rolling
compare: [agency]
feeds: [training_event, training_booking, training_evaluation]
source: "Kirkpatrick level 2, by the design used by London safeguarding boards: before, after, and 6 to 8 weeks later"
owner: Training lead, safeguarding partnership
cannot_tell: Whether practice changed, or what those who gave no second score learned.
note: >-
  Each learner at each session counts once, on the day of the session, when that is 28 days past. The change is of those
  who gave both scores, and is set beside how many gave the first. The table by what was kept divides them by their
  score 6 to 8 weeks later: at least as high as straight after, lower than that but above the first, or back to the
  first; many give none. A score at the top cannot rise, and people score themselves higher on questions they have seen.
examples:
  - name: both scores make a change, one score is a start, and none is nothing
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 13:00, course_code: DA1, mode: in_person, district: E07000148}
        - {session_key: s2, start_at: 2026-04-01 00:00, course_code: DA2, mode: live_online}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police}
        - {session_key: s1, learner_key: b, agency: probation}
        - {session_key: s2, learner_key: a, agency: police}
      training_evaluation:
        - {session_key: s1, learner_key: a, stage: pre, knowledge_score: 4}
        - {session_key: s1, learner_key: a, stage: post, knowledge_score: 7}
        - {session_key: s1, learner_key: b, stage: pre, knowledge_score: 6}
        - {session_key: s1, learner_key: b, stage: post, knowledge_score: 5}
        - {session_key: s1, learner_key: c, stage: pre, knowledge_score: 3}
        - {session_key: s1, learner_key: d, stage: post, knowledge_score: 9}
        - {session_key: s1, learner_key: e, stage: pre}
        - {session_key: s2, learner_key: a, stage: pre, knowledge_score: 10}
        - {session_key: s2, learner_key: a, stage: post, knowledge_score: 10}
        - {session_key: s3, learner_key: a, stage: pre, knowledge_score: 1}
        - {session_key: s3, learner_key: a, stage: post, knowledge_score: 9}
    want:
      - {period: 2025-26 Q4, started: 3, paired: 2, before: 5, after: 6, value: 1, improved: 1, same: 0, worse: 1}
      - {period: 2026-27 Q1, started: 1, paired: 1, value: 0, same: 1, at_ceiling: 1}
      - {period: 2025-26 Q4, district: E07000148, started: 3, paired: 2}
      - {period: 2025-26 Q4, breakdown: agency, category: police, started: 1, paired: 1, value: 3}
      - {period: 2025-26 Q4, breakdown: agency, category: not recorded, started: 1, paired: 0}
      - {period: 2025-26 Q4, breakdown: course_code, category: DA1, started: 3, paired: 2}
      - {period: 2025-26 Q4, breakdown: mode, category: in_person, started: 3}
  - name: what was kept at 6 to 8 weeks, and the three months' form does not count for it
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 13:00}
      training_evaluation:
        - {session_key: s1, learner_key: a, stage: pre, knowledge_score: 4}
        - {session_key: s1, learner_key: a, stage: post, knowledge_score: 7}
        - {session_key: s1, learner_key: a, stage: followup_6_8w, knowledge_score: 7}
        - {session_key: s1, learner_key: b, stage: pre, knowledge_score: 4}
        - {session_key: s1, learner_key: b, stage: post, knowledge_score: 8}
        - {session_key: s1, learner_key: b, stage: followup_6_8w, knowledge_score: 7}
        - {session_key: s1, learner_key: c, stage: pre, knowledge_score: 4}
        - {session_key: s1, learner_key: c, stage: post, knowledge_score: 9}
        - {session_key: s1, learner_key: c, stage: followup_6_8w, knowledge_score: 4}
        - {session_key: s1, learner_key: d, stage: pre, knowledge_score: 4}
        - {session_key: s1, learner_key: d, stage: post, knowledge_score: 10}
        - {session_key: s1, learner_key: d, stage: followup_3m, knowledge_score: 4}
        - {session_key: s1, learner_key: e, stage: pre, knowledge_score: 4}
        - {session_key: s1, learner_key: e, stage: followup_6_8w, knowledge_score: 8}
    want:
      - {period: 2026-03, started: 5, paired: 4, value: 4.5}
      - {period: 2026-03, breakdown: kept, category: all of it, started: 1, paired: 1, value: 3}
      - {period: 2026-03, breakdown: kept, category: some of it, started: 1, paired: 1, value: 4}
      - {period: 2026-03, breakdown: kept, category: back to the first score, started: 1, paired: 1, value: 5}
      - {period: 2026-03, breakdown: kept, category: no score 6 to 8 weeks later, started: 1, paired: 1, value: 6}
      - {period: 2026-03, breakdown: kept, category: no score straight after, started: 1, paired: 0}
  - name: a session younger than 28 days is pending, and a booking listed twice is one learner
    as_at: 2026-04-28
    given:
      training_event:
        - {session_key: s1, start_at: 2026-03-31 09:00}
        - {session_key: s2, start_at: 2026-04-01 09:00}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police}
        - {session_key: s1, learner_key: a, agency: probation}
      training_evaluation:
        - {session_key: s1, learner_key: a, stage: pre, knowledge_score: 4}
        - {session_key: s2, learner_key: b, stage: pre, knowledge_score: 4}
    want:
      - {period: 2026-03, started: 1, paired: 0}
      - {period: 2026-04, started: 0}
      - {period: 2026-03, breakdown: agency, category: police, started: 1}
*/
with learner as (
    select
        session_key,
        learner_key,
        max(case when stage = 'pre' then knowledge_score end) as first_score,
        max(case when stage = 'post' then knowledge_score end) as second_score,
        max(case when stage = 'followup_6_8w' then knowledge_score end) as later_score
    from core.training_evaluation
    group by session_key, learner_key
),
booking as (
    select session_key, learner_key, min(agency) as agency
    from core.training_booking
    group by session_key, learner_key
)
select
    event.start_at as at,
    event.district,
    booking.agency,
    event.course_code,
    event.mode,
    case
        when learner.second_score is null then 'no score straight after'
        when learner.later_score is null then 'no score 6 to 8 weeks later'
        when learner.later_score >= learner.second_score then 'all of it'
        when learner.later_score > learner.first_score then 'some of it'
        else 'back to the first score'
    end as kept,
    learner.first_score as before,
    learner.second_score as after
from learner
join core.training_event as event on event.session_key = learner.session_key
left join booking
    on booking.session_key = learner.session_key
    and booking.learner_key = learner.learner_key
