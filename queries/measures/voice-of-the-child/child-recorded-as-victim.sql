/*
id: VC4
title: Records that name an exposed child as a victim in their own right
short: Child recorded as a victim
question: Is the Act reflected in practice?
counts: police and probation records with an exposed child
met: named the child as a victim in their own right
answers: [NFK3, HRT5, HRT9]
kind: proportion
better: up
breakdowns: [agency]
compare: [district]
feeds: [police_da_incident, police_da_incident_child, probation_case]
source: "Domestic Abuse Act 2021, section 3: a child who sees, hears or experiences the effects of abuse is a victim; Hertfordshire JTAI letter, 12 December 2024: children described as indirect victims"
owner: Safeguarding partnership business manager
cannot_tell: Whether the child was treated as a victim, or anything of health records, which come as counts without it.
note: >-
  Of police records, each child at each incident who was present or usually lives there; of probation records, each
  person supervised who has contact with a child, on the day supervision began. "Not recorded" and blank are not met.
  The two agencies' records are of different things: read each by itself.
examples:
  - name: police records by who was exposed, and what the record says
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, presence: present_saw, child_victim_flag: Y, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: i1, child_key: b, presence: present_heard, child_victim_flag: N, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: i1, child_key: c, presence: present_unclear, child_victim_flag: not_recorded, incident_date: 2026-03-31}
        - {incident_key: i1, child_key: d, presence: usually_resident_absent, incident_date: 2026-03-31}
        - {incident_key: i1, child_key: e, presence: linked_other, child_victim_flag: Y, incident_date: 2026-03-31}
        - {incident_key: i1, child_key: f, presence: unknown, child_victim_flag: Y, incident_date: 2026-03-31}
        - {incident_key: i1, child_key: g, child_victim_flag: Y, incident_date: 2026-03-31}
        - {incident_key: i2, child_key: a, presence: present_saw, child_victim_flag: Y, incident_date: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 4}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: agency, category: police, numerator: 1, denominator: 4}
  - name: probation records of people with contact with a child
    given:
      probation_case:
        - {perpetrator_key: p1, start_date: 2026-04-01, child_contact_known: Y, child_victim_flag: Y, district: E07000143}
        - {perpetrator_key: p2, start_date: 2026-04-01, child_contact_known: Y, child_victim_flag: N}
        - {perpetrator_key: p3, start_date: 2026-04-01, child_contact_known: Y}
        - {perpetrator_key: p4, start_date: 2026-04-01, child_contact_known: N, child_victim_flag: Y}
        - {perpetrator_key: p5, start_date: 2026-04-01, child_contact_known: unknown, child_victim_flag: Y}
        - {perpetrator_key: p6, start_date: 2026-04-01, child_victim_flag: Y}
      police_da_incident_child:
        - {incident_key: i2, child_key: a, presence: present_saw, child_victim_flag: N, incident_date: 2026-04-01}
    want:
      - {period: 2026-04, numerator: 1, denominator: 4}
      - {period: 2026-04, district: E07000143, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: agency, category: probation, numerator: 1, denominator: 3}
      - {period: 2026-04, breakdown: agency, category: police, numerator: 0, denominator: 1}
*/
with record as (
    select incident_date as day, district, 'police' as agency, child_victim_flag
    from core.police_da_incident_child
    where presence in ('present_saw', 'present_heard', 'present_unclear', 'usually_resident_absent')
    union all
    select start_date as day, district, 'probation' as agency, child_victim_flag
    from core.probation_case
    where child_contact_known = 'Y'
)
select
    day as at,
    district,
    agency,
    coalesce(child_victim_flag = 'Y', false) as met
from record
