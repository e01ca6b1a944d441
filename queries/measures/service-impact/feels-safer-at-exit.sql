/*
id: SI4
title: People who say at exit that they feel safer
short: Feels safer at exit
question: Do people say it helped?
counts: exit forms completed by the person themselves
met: said they feel safer
answers: [NFK3, HRT5]
kind: proportion
better: up
breakdowns: [client_type, sex, wellbeing, risk]
headline: rolling
pool: 36 months
feeds: [da_service_episode, da_service_outcome]
source: "Client-reported answers are told from caseworkers' own, which SafeLives Insights reports; the split is proposed by the partnership"
owner: Specialist service contract manager
cannot_tell: What those say who left without a form, or who had it filled in for them.
note: >-
  An answer of 4 or 5, where 5 is much safer, is met. Only forms that the person completed alone count: those of a
  worker, or of both together, are left out. One exit form for each person, the last. The table by wellbeing divides
  them by whether their wellbeing score is higher than, the same as or lower than on the first intake form that they
  completed alone. Read it with the measure of exit forms completed.
examples:
  - name: four is met, three is not; a worker's form, a joint one and an empty answer are left out
    given:
      da_service_episode:
        - {episode_key: e1, client_type: adult, sex: F, risk_intake: high, district: E07000148}
        - {episode_key: e2, client_type: child, sex: M}
      da_service_outcome:
        - {episode_key: e1, stage: exit, recorded_at: 2026-03-31, completed_by: client, feels_safer: 4}
        - {episode_key: e2, stage: exit, recorded_at: 2026-03-31, completed_by: client, feels_safer: 3}
        - {episode_key: e3, stage: exit, recorded_at: 2026-03-31, completed_by: worker, feels_safer: 5}
        - {episode_key: e4, stage: exit, recorded_at: 2026-03-31, completed_by: both, feels_safer: 5}
        - {episode_key: e5, stage: exit, recorded_at: 2026-03-31, completed_by: client}
        - {episode_key: e6, stage: exit, recorded_at: 2026-03-31, feels_safer: 5}
        - {episode_key: e7, stage: review, recorded_at: 2026-03-31, completed_by: client, feels_safer: 5}
        - {episode_key: e8, stage: exit, recorded_at: 2026-04-01, completed_by: client, feels_safer: 5}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: client_type, category: child, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: sex, category: F, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: risk, category: high, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: wellbeing, category: not recorded, numerator: 1, denominator: 2}
  - name: the last exit form counts, and wellbeing is set beside the first intake form
    given:
      da_service_outcome:
        - {episode_key: e1, stage: intake, recorded_at: 2026-01-01, completed_by: client, wellbeing: 2}
        - {episode_key: e1, stage: intake, recorded_at: 2026-01-02, completed_by: client, wellbeing: 5}
        - {episode_key: e1, stage: exit, recorded_at: 2026-04-10, completed_by: client, feels_safer: 1, wellbeing: 1}
        - {episode_key: e1, stage: exit, recorded_at: 2026-04-11, completed_by: client, feels_safer: 5, wellbeing: 3}
        - {episode_key: e2, stage: intake, recorded_at: 2026-01-01, completed_by: client, wellbeing: 3}
        - {episode_key: e2, stage: exit, recorded_at: 2026-04-11, completed_by: client, feels_safer: 5, wellbeing: 3}
        - {episode_key: e3, stage: intake, recorded_at: 2026-01-01, completed_by: client, wellbeing: 4}
        - {episode_key: e3, stage: exit, recorded_at: 2026-04-11, completed_by: client, feels_safer: 4, wellbeing: 3}
        - {episode_key: e4, stage: intake, recorded_at: 2026-01-01, completed_by: worker, wellbeing: 1}
        - {episode_key: e5, stage: intake, recorded_at: 2026-01-01, completed_by: client, wellbeing: 1}
        - {episode_key: e5, stage: exit, recorded_at: 2026-04-11, completed_by: client, feels_safer: 3}
        - {episode_key: e4, stage: exit, recorded_at: 2026-04-11, completed_by: client, feels_safer: 4, wellbeing: 3}
    want:
      - {period: 2026-04, numerator: 4, denominator: 5}
      - {period: 2026-04, breakdown: wellbeing, category: higher than at intake, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: wellbeing, category: the same, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: wellbeing, category: lower than at intake, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: wellbeing, category: not recorded, numerator: 1, denominator: 2}
*/
with own_form as (
    select episode_key, stage, recorded_at, feels_safer, wellbeing
    from core.da_service_outcome
    where completed_by = 'client'
),
intake as (
    select episode_key, min_by(wellbeing, recorded_at) as wellbeing
    from own_form
    where stage = 'intake'
    group by episode_key
),
exit as (
    select
        episode_key,
        max(recorded_at) as recorded_at,
        max_by(feels_safer, recorded_at) as feels_safer,
        max_by(wellbeing, recorded_at) as wellbeing
    from own_form
    where stage = 'exit' and feels_safer is not null
    group by episode_key
)
select
    exit.recorded_at as at,
    episode.district,
    episode.client_type,
    episode.sex,
    case
        when exit.wellbeing > intake.wellbeing then 'higher than at intake'
        when exit.wellbeing < intake.wellbeing then 'lower than at intake'
        when exit.wellbeing is not null and intake.wellbeing is not null then 'the same'
    end as wellbeing,
    episode.risk_intake as risk,
    exit.feels_safer >= 4 as met
from exit
left join intake on intake.episode_key = exit.episode_key
left join core.da_service_episode as episode on episode.episode_key = exit.episode_key
