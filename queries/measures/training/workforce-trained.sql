/*
id: TR1
title: Workforce in scope with training in date at the level they need
short: Workforce with training in date
question: Is everyone who needs it trained?
counts: people in scope for domestic abuse training
met: had training in date at the level they need
answers: [NFK5]
kind: proportion
better: up
breakdowns: [agency, level, role_group]
compare: [agency]
periods: [quarter]
feeds: [workforce_denominator, training_booking, training_event]
source: "Norfolk JTAI letter, 27 February 2025: not enough practitioners are currently accessing this training"
owner: Training lead, safeguarding partnership
cannot_tell: Whether training changed practice.
note: >-
  The base is the head count that each agency sends by role. The number trained is different learners of the same agency
  and role who attended at that level or above and whose certificate is valid on the quarter's last day, and is never
  more than the head count. Learners who changed agency or role count where they were trained.
examples:
  - name: a certificate valid on the last day counts, one that ended the day before does not
    given:
      workforce_denominator:
        - {agency: police, role_group: officer, headcount_in_scope: 4, required_level: identification, as_at: 2026-06-30}
        - {agency: police, role_group: manager, headcount_in_scope: 1, required_level: specialist, as_at: 2026-06-30}
      training_event:
        - {session_key: s1, level: identification, start_at: 2025-07-01 09:00}
        - {session_key: s2, level: universal, start_at: 2025-07-01 09:00}
        - {session_key: s3, level: champion, start_at: 2025-07-01 09:00}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police, role_group: officer, status: attended, certificate_valid_to: 2026-06-30}
        - {session_key: s1, learner_key: b, agency: police, role_group: officer, status: attended, certificate_valid_to: 2026-06-29}
        - {session_key: s2, learner_key: c, agency: police, role_group: officer, status: attended, certificate_valid_to: 2027-06-30}
        - {session_key: s1, learner_key: d, agency: police, role_group: officer, status: no_show, certificate_valid_to: 2027-06-30}
        - {session_key: s3, learner_key: e, agency: police, role_group: manager, status: attended, certificate_valid_to: 2027-06-30}
    want:
      - {period: 2026-27 Q1, numerator: 2, denominator: 5}
      - {period: 2026-27 Q1, breakdown: level, category: specialist, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: level, category: identification, numerator: 1, denominator: 4}
  - name: one learner twice is one, more learners than posts is all of them, and later sessions do not count yet
    given:
      workforce_denominator:
        - {agency: housing_district, agency_team_code: t1, role_group: housing_officer, headcount_in_scope: 2, required_level: universal, as_at: 2026-03-31}
        - {agency: housing_district, agency_team_code: t2, role_group: housing_officer, headcount_in_scope: 1, required_level: universal, as_at: 2026-03-31}
        - {agency: probation, role_group: manager, headcount_in_scope: 1, required_level: universal, as_at: 2026-03-31}
        - {agency: probation, role_group: officer, headcount_in_scope: 0, required_level: universal, as_at: 2026-03-31}
      training_event:
        - {session_key: s1, level: universal, start_at: 2026-01-10 09:00}
        - {session_key: s2, level: universal, start_at: 2026-04-01 09:00}
      training_booking:
        - {session_key: s1, learner_key: a, agency: housing_district, role_group: housing_officer, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: s1, learner_key: a, agency: housing_district, role_group: housing_officer, status: walk_in, certificate_valid_to: 2027-01-10}
        - {session_key: s2, learner_key: b, agency: housing_district, role_group: housing_officer, status: attended, certificate_valid_to: 2027-04-01}
        - {session_key: s1, learner_key: c, agency: probation, role_group: manager, status: walk_in, certificate_valid_to: 2027-01-10}
        - {session_key: s1, learner_key: d, agency: probation, role_group: manager, status: attended, certificate_valid_to: 2027-01-10}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 4}
      - {period: 2025-26 Q4, breakdown: agency, category: housing_district, numerator: 1, denominator: 3}
      - {period: 2025-26 Q4, breakdown: agency, category: probation, numerator: 1, denominator: 1}
  - name: each level asks for its own or a higher one, and a role nobody trained for is in the base
    given:
      workforce_denominator:
        - {agency: police, role_group: r1, headcount_in_scope: 1, required_level: universal, as_at: 2026-06-30}
        - {agency: police, role_group: r2, headcount_in_scope: 2, required_level: identification, as_at: 2026-06-30}
        - {agency: police, role_group: r3, headcount_in_scope: 2, required_level: response, as_at: 2026-06-30}
        - {agency: police, role_group: r4, headcount_in_scope: 2, required_level: specialist, as_at: 2026-06-30}
        - {agency: police, role_group: r5, headcount_in_scope: 2, required_level: champion, as_at: 2026-06-30}
        - {agency: police, role_group: r6, headcount_in_scope: 3, required_level: universal, as_at: 2026-06-30}
      training_event:
        - {session_key: l1, level: universal, start_at: 2026-01-10 09:00}
        - {session_key: l2, level: identification, start_at: 2026-01-10 09:00}
        - {session_key: l3, level: response, start_at: 2026-01-10 09:00}
        - {session_key: l4, level: specialist, start_at: 2026-01-10 09:00}
        - {session_key: l5, level: champion, start_at: 2026-01-10 09:00}
      training_booking:
        - {session_key: l1, learner_key: a, agency: police, role_group: r1, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l1, learner_key: b, agency: police, role_group: r2, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l2, learner_key: c, agency: police, role_group: r2, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l2, learner_key: d, agency: police, role_group: r3, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l3, learner_key: e, agency: police, role_group: r3, status: walk_in, certificate_valid_to: 2027-01-10}
        - {session_key: l3, learner_key: f, agency: police, role_group: r4, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l4, learner_key: g, agency: police, role_group: r4, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l4, learner_key: h, agency: police, role_group: r5, status: attended, certificate_valid_to: 2027-01-10}
        - {session_key: l5, learner_key: i, agency: police, role_group: r5, status: walk_in, certificate_valid_to: 2027-01-10}
        - {session_key: l5, learner_key: j, agency: probation, role_group: r6, status: attended, certificate_valid_to: 2027-01-10}
    want:
      - {period: 2026-27 Q1, numerator: 5, denominator: 12}
      - {period: 2026-27 Q1, breakdown: role_group, category: r1, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: role_group, category: r2, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: role_group, category: r3, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: role_group, category: r4, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: role_group, category: r5, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: role_group, category: r6, numerator: 0, denominator: 3}
      - {period: 2026-27 Q1, breakdown: level, category: universal, numerator: 1, denominator: 4}
  - name: a session on the quarter's last day counts, and the head count of a month in the quarter stands for it
    given:
      workforce_denominator:
        - {agency: police, role_group: officer, headcount_in_scope: 2, required_level: universal, as_at: 2026-05-31}
      training_event:
        - {session_key: s1, level: universal, start_at: 2026-06-30 18:00}
        - {session_key: s2, level: universal, start_at: 2026-07-01 09:00}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police, role_group: officer, status: attended, certificate_valid_to: 2028-06-30}
        - {session_key: s2, learner_key: b, agency: police, role_group: officer, status: attended, certificate_valid_to: 2028-06-30}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 2}
*/
with levels (level, height) as (
    values ('universal', 1), ('identification', 2), ('response', 3), ('specialist', 4), ('champion', 5)
),
in_scope as (
    select
        quarter_end(as_at) as quarter_end,
        agency,
        role_group,
        required_level,
        sum(headcount_in_scope) as headcount
    from core.workforce_denominator
    group by all
),
certificate as (
    select
        booking.learner_key,
        booking.agency,
        booking.role_group,
        booking.certificate_valid_to,
        event.start_at::date as held_on,
        levels.height
    from core.training_booking as booking
    join core.training_event as event on event.session_key = booking.session_key
    join levels on levels.level = event.level
    where booking.status in ('attended', 'walk_in')
),
trained as (
    select
        in_scope.quarter_end,
        in_scope.agency,
        in_scope.role_group,
        in_scope.required_level,
        in_scope.headcount,
        count(distinct certificate.learner_key) as learners
    from in_scope
    join levels on levels.level = in_scope.required_level
    left join certificate
        on certificate.agency = in_scope.agency
        and certificate.role_group = in_scope.role_group
        and certificate.held_on <= in_scope.quarter_end
        and certificate.certificate_valid_to >= in_scope.quarter_end
        and certificate.height >= levels.height
    group by all
),
person as (
    select
        quarter_end,
        agency,
        role_group,
        required_level,
        learners,
        unnest(generate_series(1, headcount::bigint)) as place
    from trained
)
select
    quarter_end as at,
    agency,
    role_group,
    required_level as level,
    place <= learners as met
from person
