/*
id: PE4
title: Probation cases with contact with a child and a condition that protects the child
short: Conditions that protect a child
question: Are powers used?
counts: probation cases with domestic abuse in which the person has contact with a child
met: had a licence condition or requirement that protects a child
answers: [HRT8]
kind: proportion
better: up
breakdowns: [sentence_type, risk, answer]
headline: rolling
compare: [district, sentence_type]
feeds: [probation_case]
source: "Hertfordshire JTAI letter, 12 December 2024: licence conditions are not consistently used; Norfolk JTAI letter, 27 February 2025: appropriate licence restrictions seen"
owner: Head of the probation delivery unit
cannot_tell: Whether the condition was right or was kept to, or whether the child was asked.
note: >-
  By the day supervision began, one for each start of it, as the latest extract has it. A case in which contact is not known is not counted here. "Not applicable" and no answer are not a
  condition, so they are not met; the table by answer shows how many there are. Risk is the risk of serious harm.
examples:
  - name: in place, not in place, not applicable and no answer; contact unknown or none is left out
    given:
      probation_case:
        - {perpetrator_key: a, start_date: 2026-03-31, child_contact_known: Y, licence_condition_child_protective: Y, sentence_type: licence, rosh: high, district: E07000148}
        - {perpetrator_key: b, start_date: 2026-03-31, child_contact_known: Y, licence_condition_child_protective: N, sentence_type: licence, rosh: very_high}
        - {perpetrator_key: c, start_date: 2026-03-31, child_contact_known: Y, licence_condition_child_protective: n/a, sentence_type: community_order, rosh: low}
        - {perpetrator_key: d, start_date: 2026-03-31, child_contact_known: Y, sentence_type: community_order, rosh: medium}
        - {perpetrator_key: e, start_date: 2026-03-31, child_contact_known: N, licence_condition_child_protective: Y}
        - {perpetrator_key: f, start_date: 2026-03-31, child_contact_known: unknown, licence_condition_child_protective: Y}
        - {perpetrator_key: g, start_date: 2026-03-31, licence_condition_child_protective: Y}
        - {perpetrator_key: a, start_date: 2026-04-01, child_contact_known: Y, licence_condition_child_protective: Y, sentence_type: pss}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: sentence_type, category: licence, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: risk, category: high or very high, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: risk, category: low or medium, numerator: 0, denominator: 2}
      - {period: 2026-27 Q1, breakdown: risk, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: answer, category: yes or no, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: answer, category: said not to apply, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: answer, category: not recorded, numerator: 0, denominator: 1}
*/
select
    start_date as at,
    district,
    sentence_type,
    case rosh
        when 'low' then 'low or medium'
        when 'medium' then 'low or medium'
        when 'high' then 'high or very high'
        when 'very_high' then 'high or very high'
    end as risk,
    case licence_condition_child_protective
        when 'Y' then 'yes or no'
        when 'N' then 'yes or no'
        when 'n/a' then 'said not to apply'
    end as answer,
    coalesce(licence_condition_child_protective = 'Y', false) as met
from core.probation_case
where child_contact_known = 'Y'
