/*
id: TR7
title: Change in complete referrals of teams that were trained, beyond that of teams that were not
short: Referrals before and after training
question: Do trained teams' referrals tell the front door more?
counts: trained teams with earlier referrals
moves: complete referrals
against: untrained teams
answers: [NFK5, NFK2, HRT1]
kind: change
measured_in: percentage points
better: up
breakdowns: [agency]
periods: [quarter, year, rolling]
headline: rolling
protects: nobody
looks_back: 12 months
feeds: [training_event, training_booking, workforce_denominator, agency_referral]
source: "Kirkpatrick level 4; both JTAI letters, Norfolk 27 February 2025 and Hertfordshire 12 December 2024: the impact of training on practice is not evidenced. Method proposed by the partnership"
owner: Training lead, safeguarding partnership
cannot_tell: Whether training is the reason. Teams were not chosen for training by lot, and what else changed in them is not seen.
note: >-
  A team is trained on the first day by which two thirds of its latest head count had attended a session. For each such
  team, the first number is the share of its referrals that were complete in the six months before that day less the
  same share in teams of the same agency that were not trained by six months after it; the second number is that
  difference in the six months from that day. The figure is the second less the first, averaged over teams, each
  counting alike: a change that came to every team of the agency, such as a new form, is in both and drops out. It is
  given six months after the day. The interval is over teams, and treats them as independent though they share a
  comparison, so with few teams it is wide and still somewhat too narrow. Complete is as in the measure of police
  referrals, and includes whether the child was seen. A team with no such team to set beside it is left out.
examples:
  - name: the trained team goes from 25 in 100 to 50 while the other goes from 0 to 50, so the figure is 25 down
    given:
      workforce_denominator:
        - {agency: police, agency_team_code: t1, role_group: officer, headcount_in_scope: 2, as_at: 2026-03-31}
        - {agency: police, agency_team_code: t1, role_group: supervisor, headcount_in_scope: 1, as_at: 2026-03-31}
        - {agency: police, agency_team_code: t1, role_group: officer, headcount_in_scope: 30, as_at: 2025-12-31}
        - {agency: police, agency_team_code: t2, role_group: officer, headcount_in_scope: 2, as_at: 2026-03-31}
        - {agency: probation, agency_team_code: p1, role_group: officer, headcount_in_scope: 1, as_at: 2026-03-31}
        - {agency: probation, agency_team_code: t2, role_group: officer, headcount_in_scope: 2, as_at: 2026-03-31}
        - {agency: police, role_group: officer, headcount_in_scope: 1, as_at: 2026-03-31}
      training_event:
        - {session_key: s0, start_at: 2025-09-01 09:00}
        - {session_key: s1, start_at: 2025-12-31 09:00}
        - {session_key: s2, start_at: 2026-01-05 09:00}
      training_booking:
        - {session_key: s0, learner_key: a, agency: police, agency_team_code: t1, status: attended}
        - {session_key: s1, learner_key: a, agency: police, agency_team_code: t1, status: attended}
        - {session_key: s0, learner_key: z, agency: police, agency_team_code: t1, status: no_show}
        - {session_key: s1, learner_key: b, agency: police, agency_team_code: t1, status: walk_in}
        - {session_key: s2, learner_key: c, agency: police, agency_team_code: t1, status: attended}
        - {session_key: s0, learner_key: d, agency: police, agency_team_code: t2, status: attended}
        - {session_key: s2, learner_key: e, agency: probation, agency_team_code: p1, status: attended}
        - {session_key: s2, learner_key: f, agency: police, status: attended}
        - {session_key: s0, learner_key: g, agency: probation, agency_team_code: t2, status: attended}
        - {session_key: s0, learner_key: h, agency: probation, agency_team_code: t2, status: attended}
      agency_referral:
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-06-30 00:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-06-29 23:59, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-12-28 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-12-29 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-12-30 23:59, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-12-31 00:00, field_ethnicity: valid, field_religion_belief: refused, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {referring_agency: police, agency_team_code: t1, received_at: 2026-06-29 23:59, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_seen_no_reason}
        - {referring_agency: police, agency_team_code: t1, received_at: 2026-06-30 00:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t2, received_at: 2025-10-01 09:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_recorded}
        - {referring_agency: police, agency_team_code: t2, received_at: 2026-02-01 09:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_not_spoken}
        - {referring_agency: police, agency_team_code: t2, received_at: 2026-02-02 09:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid}
        - {referring_agency: police, received_at: 2025-10-01 09:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {referring_agency: probation, agency_team_code: p1, received_at: 2025-10-01 09:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {referring_agency: probation, agency_team_code: p1, received_at: 2026-02-01 09:00, field_ethnicity: blank}
    want:
      - {period: 2026-27 Q1, started: 1, paired: 1, before: 25, after: 0, value: -25, worse: 1}
      - {period: 2026-27 Q2, started: 0}
      - {period: 2026-27 Q1, breakdown: agency, category: police, started: 1, paired: 1}
  - name: a team trained within the six months is no comparison, one trained on the day after them is, and a team without a comparison is left out
    given:
      workforce_denominator:
        - {agency: police, agency_team_code: t1, headcount_in_scope: 1, as_at: 2026-03-31}
        - {agency: police, agency_team_code: t2, headcount_in_scope: 1, as_at: 2026-03-31}
        - {agency: police, agency_team_code: t3, headcount_in_scope: 1, as_at: 2026-03-31}
      training_event:
        - {session_key: s1, start_at: 2026-01-10 09:00}
        - {session_key: s2, start_at: 2026-07-09 09:00}
        - {session_key: s3, start_at: 2026-07-10 09:00}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police, agency_team_code: t1, status: attended}
        - {session_key: s2, learner_key: b, agency: police, agency_team_code: t2, status: attended}
        - {session_key: s3, learner_key: c, agency: police, agency_team_code: t3, status: attended}
      agency_referral:
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-10-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t1, received_at: 2026-02-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t2, received_at: 2025-10-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t2, received_at: 2026-02-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t3, received_at: 2025-10-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t3, received_at: 2026-02-01 09:00, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
    want:
      - {period: 2026-27 Q2, started: 1, paired: 1, before: 0, after: -100, value: -100, worse: 1}
      - {period: 2026-27 Q3, started: 0}
  - name: referrals before and none after is a start without a second number
    given:
      workforce_denominator:
        - {agency: police, agency_team_code: t1, headcount_in_scope: 3, as_at: 2026-03-31}
        - {agency: police, agency_team_code: t2, headcount_in_scope: 3, as_at: 2026-03-31}
      training_event:
        - {session_key: s1, start_at: 2026-01-10 09:00}
      training_booking:
        - {session_key: s1, learner_key: a, agency: police, agency_team_code: t1, status: attended}
        - {session_key: s1, learner_key: b, agency: police, agency_team_code: t1, status: attended}
        - {session_key: s1, learner_key: c, agency: police, agency_team_code: t2, status: attended}
      agency_referral:
        - {referring_agency: police, agency_team_code: t1, received_at: 2025-10-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t2, received_at: 2025-10-01 09:00, field_ethnicity: blank}
        - {referring_agency: police, agency_team_code: t2, received_at: 2026-02-01 09:00, field_ethnicity: blank}
    want:
      - {period: 2026-27 Q2, started: 1, paired: 0}
*/
with size_at as (
    select agency, agency_team_code, as_at, sum(headcount_in_scope) as people
    from core.workforce_denominator
    group by agency, agency_team_code, as_at
),
size as (
    select agency, agency_team_code, max_by(people, as_at) as people
    from size_at
    group by agency, agency_team_code
),
learner as (
    select
        booking.agency,
        booking.agency_team_code,
        booking.learner_key,
        min(event.start_at)::date as attended_on
    from core.training_booking as booking
    join core.training_event as event on event.session_key = booking.session_key
    where booking.status in ('attended', 'walk_in')
    group by booking.agency, booking.agency_team_code, booking.learner_key
),
in_turn as (
    select
        agency,
        agency_team_code,
        attended_on,
        count(*) over (partition by agency, agency_team_code order by attended_on) as people
    from learner
),
trained as (
    select size.agency, size.agency_team_code, min(in_turn.attended_on) as trained_on
    from size
    join in_turn
        on in_turn.agency = size.agency
        and in_turn.agency_team_code = size.agency_team_code
    where in_turn.people >= size.people * 2 / 3
    group by size.agency, size.agency_team_code
),
referral as (
    select
        referral.referring_agency as agency,
        referral.agency_team_code,
        referral.received_at,
        trained.trained_on,
        all_recorded(field_ethnicity, field_religion_belief, field_household_members, field_prior_incidents, field_immediate_safety)
            and coalesce(child_seen_status not in ('not_recorded', 'not_seen_no_reason'), false) as is_complete
    from core.agency_referral as referral
    left join trained
        on trained.agency = referral.referring_agency
        and trained.agency_team_code = referral.agency_team_code
),
beside as (
    select
        team.agency,
        team.agency_team_code,
        team.trained_on,
        referral.agency_team_code = team.agency_team_code as is_own,
        referral.received_at >= team.trained_on as is_later,
        case when referral.is_complete then 100 else 0 end as points
    from trained as team
    join referral
        on referral.agency = team.agency
        and referral.received_at >= team.trained_on - interval 6 month
        and referral.received_at < team.trained_on + interval 6 month
    where referral.agency_team_code = team.agency_team_code
        or coalesce(referral.trained_on >= team.trained_on + interval 6 month, true)
),
team as (
    select
        agency,
        trained_on,
        avg(case when is_own and not is_later then points end)
            - avg(case when not is_own and not is_later then points end) as before,
        avg(case when is_own and is_later then points end)
            - avg(case when not is_own and is_later then points end) as after
    from beside
    group by agency, agency_team_code, trained_on
)
select
    trained_on + interval 6 month as at,
    agency,
    before,
    after
from team
