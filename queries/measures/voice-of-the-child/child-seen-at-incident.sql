/*
id: VC1
title: Children present at an incident who were seen by officers
short: Child seen by officers
question: Do police look for the child?
counts: children recorded as present at a police incident
met: were seen
answers: [NFK3, HRT5, HRT9]
kind: proportion
better: up
breakdowns: [age_group, presence, status]
compare: [district]
feeds: [police_da_incident, police_da_incident_child]
source: "Norfolk JTAI letter, 27 February 2025, and Hertfordshire JTAI letter, 12 December 2024: whether children were seen and spoken to"
owner: Constabulary data lead
cannot_tell: What the child said, or how it was heard.
note: >-
  Each child at each incident counts. Seen means seen and spoken to, seen without being spoken to, or, for a child too
  young to speak, observed. Not recorded counts as not seen. Children who usually live there and were away are left out.
examples:
  - name: three ways of being seen, four of not
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, presence: present_saw, child_seen_status: seen_and_spoken, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: i1, child_key: b, age_group: 0-7, presence: present_saw, child_seen_status: observed_preverbal, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: i1, child_key: c, age_group: 8-17, presence: present_heard, child_seen_status: seen_not_spoken, incident_date: 2026-03-31, district: E07000148}
        - {incident_key: i2, child_key: a, age_group: 0-7, presence: present_unclear, child_seen_status: not_seen_reason_given, incident_date: 2026-03-31, district: E07000144, unitary: greater_norwich}
        - {incident_key: i2, child_key: b, age_group: 0-7, presence: present_unclear, child_seen_status: not_seen_no_reason, incident_date: 2026-03-31}
        - {incident_key: i2, child_key: c, age_group: 8-17, presence: present_unclear, child_seen_status: not_recorded, incident_date: 2026-03-31}
        - {incident_key: i3, child_key: c, presence: present_heard, incident_date: 2026-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 7}
      - {period: 2025-26 Q4, district: E07000148, numerator: 3, denominator: 3}
      - {period: 2025-26 Q4, unitary: greater_norwich, numerator: 3, denominator: 4}
      - {period: 2025-26 Q4, breakdown: age_group, category: 8-17, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: presence, category: saw it, numerator: 2, denominator: 2}
      - {period: 2025-26 Q4, breakdown: presence, category: heard it, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: presence, category: present, numerator: 0, denominator: 3}
      - {period: 2025-26 Q4, breakdown: status, category: not_seen_no_reason, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: status, category: not recorded, numerator: 0, denominator: 2}
  - name: a child who was away, linked otherwise or not known to be there is not in the base
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, presence: usually_resident_absent, child_seen_status: seen_and_spoken, incident_date: 2026-04-01}
        - {incident_key: i1, child_key: b, presence: linked_other, child_seen_status: seen_and_spoken, incident_date: 2026-04-01}
        - {incident_key: i1, child_key: c, presence: unknown, child_seen_status: seen_and_spoken, incident_date: 2026-04-01}
        - {incident_key: i1, child_key: d, child_seen_status: seen_and_spoken, incident_date: 2026-04-01}
        - {incident_key: i1, child_key: e, presence: present_saw, child_seen_status: seen_and_spoken, incident_date: 2026-04-01}
        - {incident_key: i2, child_key: e, presence: present_saw, child_seen_status: seen_and_spoken}
    want:
      - {period: 2026-04, numerator: 1, denominator: 1}
*/
select
    incident_date as at,
    district,
    unitary,
    age_group,
    case presence
        when 'present_saw' then 'saw it'
        when 'present_heard' then 'heard it'
        else 'present'
    end as presence,
    nullif(child_seen_status, 'not_recorded') as status,
    coalesce(child_seen_status in ('seen_and_spoken', 'seen_not_spoken', 'observed_preverbal'), false) as met
from core.police_da_incident_child
where presence in ('present_saw', 'present_heard', 'present_unclear')
