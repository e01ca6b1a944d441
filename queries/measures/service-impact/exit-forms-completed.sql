/*
id: SI6
title: Episodes of support ended with an exit form
short: Exit forms completed
question: How far can the outcomes be believed?
counts: ended episodes of support of people who had engaged
met: had an exit form
answers: [NFK3]
kind: proportion
better: up
breakdowns: [service_strand, closure_type, client_type]
matures: 60 days
compare: [district, service_strand]
feeds: [da_service_episode, da_service_outcome]
source: "SafeLives children and young people Insights dataset 2023-24: 1,966 intake forms and 1,738 exit forms in seven services"
owner: Specialist service contract manager
cannot_tell: What those without a form would have said. They may differ from those with one.
note: >-
  Counted on the day support ended, when that is 60 days past: 28 days to complete the form, and a month for the
  extract. People who never engaged are left out, because there is nothing to ask them about; a review or follow-up form
  is not an exit form. Outcomes are of the people with a form: the lower this is, the less they say of all.
examples:
  - name: an exit form, a review in its place, and people who did not engage or are still supported
    given:
      da_service_episode:
        - {episode_key: e1, engaged_at: 2026-01-15, closed_at: 2026-03-31, service_strand: idva, closure_type: planned, client_type: adult, district: E07000148}
        - {episode_key: e2, engaged_at: 2026-01-15, closed_at: 2026-03-31, service_strand: cyp, closure_type: unplanned, client_type: child}
        - {episode_key: e3, engaged_at: 2026-01-15, closed_at: 2026-03-31, service_strand: cyp, closure_type: unplanned, client_type: child}
        - {episode_key: e4, closed_at: 2026-03-31, closure_type: not_contactable}
        - {episode_key: e5, engaged_at: 2026-01-15}
        - {episode_key: e6, engaged_at: 2026-01-15, closed_at: 2026-04-01}
      da_service_outcome:
        - {episode_key: e1, stage: intake, recorded_at: 2026-01-15}
        - {episode_key: e1, stage: exit, recorded_at: 2026-03-30}
        - {episode_key: e1, stage: exit, recorded_at: 2026-04-02}
        - {episode_key: e2, stage: review, recorded_at: 2026-03-30}
        - {episode_key: e4, stage: exit, recorded_at: 2026-03-30}
        - {episode_key: e6, stage: exit, recorded_at: 2026-05-30}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: service_strand, category: cyp, numerator: 0, denominator: 2}
      - {period: 2025-26 Q4, breakdown: closure_type, category: planned, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: client_type, category: child, numerator: 0, denominator: 2}
  - name: an episode ended fewer than 60 days ago is pending
    as_at: 2026-05-30
    given:
      da_service_episode:
        - {episode_key: e1, engaged_at: 2026-01-15, closed_at: 2026-03-31}
        - {episode_key: e2, engaged_at: 2026-01-15, closed_at: 2026-04-01}
      da_service_outcome:
        - {episode_key: e2, stage: exit, recorded_at: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2026-04, denominator: 0}
*/
select
    episode.closed_at as at,
    episode.district,
    episode.service_strand,
    episode.closure_type,
    episode.client_type,
    exists (
        select 1
        from core.da_service_outcome as form
        where form.episode_key = episode.episode_key
            and form.stage = 'exit'
    ) as met
from core.da_service_episode as episode
where episode.engaged_at is not null
