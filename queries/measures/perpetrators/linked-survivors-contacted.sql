/*
id: PE3
title: Partners and former partners offered support while the work goes on
short: Linked survivors contacted
question: Is safety, not attendance, the outcome that comes first?
counts: people who began work on their behaviour and have a known partner or former partner
met: had a partner or former partner who was contacted and offered support
answers: [HRT8]
kind: proportion
better: up
breakdowns: [intervention_type, children]
matures: 59 days
headline: rolling
compare: [district]
feeds: [perpetrator_episode]
source: "Home Office, Standards for domestic abuse perpetrator interventions, January 2023, standard 1: the outcome that comes first is the safety and freedom of all victim-survivors, including children"
owner: Commissioner of perpetrator programmes
cannot_tell: Whether the offer was taken up, whether they are safer, or whether the children were heard.
note: >-
  By the day the work began, one for each episode, as the latest extract has it. Where there is no partner, or nobody wrote whether there is, the episode is left out. It is judged when it is 59
  days old: 28 in which to make contact, and a month for the quarter's return to come.
examples:
  - name: contacted, not contacted, no partner, no answer, and work that has not begun
    given:
      perpetrator_episode:
        - {perp_episode_key: a, started_at: 2026-03-31, linked_survivor_contacted: Y, linked_children_n: 1, intervention_type: behaviour_change, district: E07000148}
        - {perp_episode_key: b, started_at: 2026-03-31, linked_survivor_contacted: N, linked_children_n: 0, intervention_type: behaviour_change}
        - {perp_episode_key: c, started_at: 2026-03-31, linked_survivor_contacted: no_partner, intervention_type: behaviour_change}
        - {perp_episode_key: d, started_at: 2026-03-31, intervention_type: behaviour_change}
        - {perp_episode_key: e, referred_at: 2026-03-31, linked_survivor_contacted: Y}
        - {perp_episode_key: f, started_at: 2026-04-01, linked_survivor_contacted: Y, intervention_type: help_seeking}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: intervention_type, category: behaviour_change, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: children, category: children linked, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: children, category: none linked, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: children, category: not recorded, numerator: 1, denominator: 1}
*/
select
    started_at as at,
    district,
    intervention_type,
    case when linked_children_n > 0 then 'children linked' when linked_children_n is not null then 'none linked' end as children,
    linked_survivor_contacted = 'Y' as met
from core.perpetrator_episode
where linked_survivor_contacted in ('Y', 'N')
