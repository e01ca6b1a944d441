/*
id: SI3
title: Abuse present at intake and absent at exit
short: Abuse ceased at exit
question: What has changed by the time people leave support?
counts: episodes with a kind of abuse present at intake and assessed at exit
met: had such a kind absent at exit
answers: [NFK2]
kind: proportion
better: up
breakdowns: [kind_of_abuse, risk, client_type]
unit: episode_key
headline: rolling
feeds: [da_service_episode, da_service_outcome]
source: "SafeLives Insights reports, which give cessation by kind of abuse at exit"
owner: Specialist service contract manager
cannot_tell: Whether support is the reason, whether abuse stays absent, or anything of those who left without a form.
note: >-
  Read the table by kind: of the episodes whose first intake form gives that kind of abuse as present and whose last
  exit form says present or absent, how many said absent. Each episode counts once, on the day of the exit form, so the
  figure for all kinds together is of those with at least one kind that had ceased, though others may go on. Forms are
  filled in mostly by workers. Read it with the measure of exit forms completed: these are the people who stayed long
  enough to have one.
examples:
  - name: present to absent, present to present; not present, not assessed and no exit form do not count
    given:
      da_service_episode:
        - {episode_key: e1, client_type: adult, risk_intake: high, district: E07000148}
        - {episode_key: e2, client_type: child, risk_intake: medium}
        - {episode_key: e3, client_type: adult}
      da_service_outcome:
        - {episode_key: e1, stage: intake, recorded_at: 2026-01-01, abuse_physical: present, abuse_sexual: present, abuse_harassment_stalking: present, abuse_controlling: present, abuse_economic: present}
        - {episode_key: e1, stage: exit, recorded_at: 2026-03-31, abuse_physical: absent, abuse_sexual: absent, abuse_harassment_stalking: absent, abuse_controlling: present, abuse_economic: absent}
        - {episode_key: e2, stage: intake, recorded_at: 2026-01-01, abuse_physical: absent, abuse_sexual: not_assessed, abuse_controlling: present, child_direct_harm: present, child_exposure: present}
        - {episode_key: e2, stage: exit, recorded_at: 2026-04-01, abuse_physical: absent, abuse_sexual: absent, abuse_controlling: not_assessed, abuse_economic: absent, child_direct_harm: absent, child_exposure: present}
        - {episode_key: e3, stage: intake, recorded_at: 2026-01-01, abuse_physical: present, abuse_sexual: present}
        - {episode_key: e3, stage: review, recorded_at: 2026-03-01, abuse_physical: absent, abuse_sexual: absent}
        - {episode_key: e4, stage: exit, recorded_at: 2026-03-01, abuse_physical: absent}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: kind_of_abuse, category: physical, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: kind_of_abuse, category: sexual, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: kind_of_abuse, category: harassment or stalking, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: kind_of_abuse, category: controlling, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: kind_of_abuse, category: economic, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: kind_of_abuse, category: direct harm to a child, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: kind_of_abuse, category: a child's exposure, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: kind_of_abuse, category: controlling, denominator: 0}
      - {period: 2025-26 Q4, breakdown: risk, category: high, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: client_type, category: child, numerator: 1, denominator: 1}
  - name: the first intake form and the last exit form decide, no other form does, and an episode that was not sent is kept
    given:
      da_service_outcome:
        - {episode_key: e1, stage: intake, recorded_at: 2026-01-01, abuse_physical: present, abuse_sexual: absent}
        - {episode_key: e1, stage: intake, recorded_at: 2026-01-09, abuse_physical: absent, abuse_sexual: present}
        - {episode_key: e1, stage: exit, recorded_at: 2026-03-31, abuse_physical: absent, abuse_sexual: absent}
        - {episode_key: e1, stage: exit, recorded_at: 2026-04-01, abuse_physical: present, abuse_sexual: present}
        - {episode_key: e1, stage: followup_3m, recorded_at: 2026-07-01, abuse_physical: absent, abuse_sexual: absent}
        - {episode_key: e2, stage: review, recorded_at: 2025-12-01, abuse_economic: absent}
        - {episode_key: e2, stage: intake, recorded_at: 2026-01-01, abuse_economic: present}
        - {episode_key: e2, stage: exit, recorded_at: 2026-04-30, abuse_economic: absent}
      da_service_episode:
        - {episode_key: e1, client_type: adult}
    want:
      - {period: 2026-04, numerator: 1, denominator: 2}
      - {period: 2026-04, breakdown: kind_of_abuse, category: physical, numerator: 0, denominator: 1}
      - {period: 2026-04, breakdown: kind_of_abuse, category: sexual, denominator: 0}
      - {period: 2026-04, breakdown: client_type, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2026-03, denominator: 0}
      - {period: 2026-07, denominator: 0}
*/
with form as (
    select
        episode_key,
        stage,
        recorded_at,
        [abuse_physical, abuse_sexual, abuse_harassment_stalking, abuse_controlling, abuse_economic, child_direct_harm, child_exposure] as answers
    from core.da_service_outcome
),
intake as (
    select episode_key, min_by(answers, recorded_at) as answers
    from form
    where stage = 'intake'
    group by episode_key
),
exit as (
    select episode_key, max(recorded_at) as recorded_at, max_by(answers, recorded_at) as answers
    from form
    where stage = 'exit'
    group by episode_key
),
kind_of_abuse as (
    select
        exit.episode_key,
        exit.recorded_at,
        unnest(['physical', 'sexual', 'harassment or stalking', 'controlling', 'economic', 'direct harm to a child', 'a child''s exposure']) as kind_of_abuse,
        unnest(intake.answers) as at_intake,
        unnest(exit.answers) as at_exit
    from exit
    join intake on intake.episode_key = exit.episode_key
)
select
    kind_of_abuse.recorded_at as at,
    episode.district,
    kind_of_abuse.episode_key,
    kind_of_abuse.kind_of_abuse,
    episode.risk_intake as risk,
    episode.client_type,
    kind_of_abuse.at_exit = 'absent' as met
from kind_of_abuse
left join core.da_service_episode as episode on episode.episode_key = kind_of_abuse.episode_key
where kind_of_abuse.at_intake = 'present'
    and kind_of_abuse.at_exit in ('present', 'absent')
