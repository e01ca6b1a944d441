/*
id: IS2
title: Children linked to an incident for whom a setting was told
short: Encompass coverage
question: Who falls outside the net?
counts: children linked to police incidents
met: had an Operation Encompass notification sent
answers: [NFK4, HRT10]
kind: proportion
better: up
breakdowns: [age_group, setting_type, presence]
compare: [district]
matures: 38 days
feeds: [police_da_incident_child, police_da_incident, op_encompass_notification]
source: "Victims and Prisoners Act 2024, section 20: schools, further education and 16 to 19 academies; early years and health visiting are a local extension"
owner: Constabulary Operation Encompass lead
cannot_tell: Whether every child of the household was linked; children of separated parents or blended families may not be.
note: >-
  Every linked child counts once for each incident, wherever the child was, apart from the unborn. By type of setting, "no setting" and "not known" are
  the reasons given for not sending, and "not recorded" is a child for whom there is no notification at all, sent or not. An incident is judged
  after 38 days: a week to send, and a month for the extract that shows it.
examples:
  - name: sent, no setting, setting not known, and nothing at all
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 8-17, age_band_child: 8-11, presence: present_saw, incident_date: 2026-01-10, district: E07000148}
        - {incident_key: i1, child_key: b, age_group: 0-7, age_band_child: "3", presence: present_saw, incident_date: 2026-01-10, district: E07000148}
        - {incident_key: i2, child_key: d, age_group: 0-7, age_band_child: "6", presence: linked_other, incident_date: 2026-01-11}
        - {incident_key: i2, child_key: e, age_group: 0-7, age_band_child: "7", incident_date: 2026-01-11}
        - {incident_key: i2, child_key: f, age_group: unborn, age_band_child: unborn, incident_date: 2026-01-11}
        - {incident_key: i2, child_key: g, incident_date: 2026-01-11}
      op_encompass_notification:
        - {notification_key: n1, incident_key: i1, child_key: a, setting_urn_group: primary, sent_at: 2026-01-12 08:00, not_sent_reason: none}
        - {notification_key: n2, incident_key: i1, child_key: b, not_sent_reason: no_setting}
        - {notification_key: n3, incident_key: i2, child_key: d, not_sent_reason: unknown_setting}
        - {notification_key: n4, incident_key: i2, child_key: f, setting_urn_group: health_visitor, sent_at: 2026-01-12 08:00}
        - {notification_key: n5, incident_key: i2, child_key: g, setting_urn_group: secondary, not_sent_reason: system}
    want:
      - {period: 2026-01, numerator: 1, denominator: 5}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: age_group, category: 0-7, numerator: 0, denominator: 3}
      - {period: 2026-01, breakdown: age_group, category: not recorded, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: presence, category: present_saw, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: setting_type, category: primary, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: setting_type, category: secondary, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: setting_type, category: no setting, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: setting_type, category: not known, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: setting_type, category: not recorded, numerator: 0, denominator: 1}
  - name: two notifications or two rows for a child are one; another incident or another child does not count
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, presence: present_heard, age_group: 0-7, incident_date: 2026-03-31, district: E07000144}
        - {incident_key: i1, child_key: a, presence: present_saw, age_group: 8-17, incident_date: 2026-03-31, district: E07000144}
        - {incident_key: i2, child_key: a, incident_date: 2026-03-31}
        - {incident_key: i3, child_key: b, incident_date: 2026-03-31}
        - {incident_key: i4, child_key: b, incident_date: 2026-04-01}
        - {incident_key: i5, child_key: b}
        - {incident_key: i6, incident_date: 2026-03-31}
      op_encompass_notification:
        - {notification_key: n1, incident_key: i1, child_key: a, setting_urn_group: primary, not_sent_reason: system}
        - {notification_key: n2, incident_key: i1, child_key: a, setting_urn_group: secondary, sent_at: 2026-04-01 08:00, not_sent_reason: none}
        - {notification_key: n3, incident_key: i3, child_key: a, sent_at: 2026-04-01 08:00}
        - {notification_key: n4, incident_key: i4, child_key: b, sent_at: 2026-04-01 08:00}
        - {notification_key: n5, incident_key: i5, child_key: b, sent_at: 2026-04-01 08:00}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 4}
      - {period: 2025-26 Q4, district: E07000144, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: age_group, category: 0-7, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: presence, category: present_heard, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: setting_type, category: primary, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
  - name: an incident younger than 38 days is pending
    as_at: 2026-05-08
    given:
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-03-31}
        - {incident_key: i2, child_key: a, incident_date: 2026-04-01}
    want:
      - {period: 2026-03, numerator: 0, denominator: 1}
      - {period: 2026-04, numerator: 0, denominator: 0}
*/
with notification as (
    select
        incident_key,
        child_key,
        bool_or(sent_at is not null) as is_sent,
        coalesce(
            min(setting_urn_group),
            min(case not_sent_reason when 'no_setting' then 'no setting' when 'unknown_setting' then 'not known' end)
        ) as setting_type
    from core.op_encompass_notification
    group by incident_key, child_key
),
linked_child as (
    select
        incident_key,
        child_key,
        min(incident_date) as incident_date,
        min(district) as district,
        min(age_group) as age_group,
        min(presence) as presence
    from core.police_da_incident_child
    where age_band_child is distinct from 'unborn'
    group by incident_key, child_key
)
select
    linked_child.incident_date as at,
    linked_child.district,
    linked_child.age_group,
    notification.setting_type,
    linked_child.presence,
    coalesce(notification.is_sent, false) as met
from linked_child
left join notification
    on notification.incident_key = linked_child.incident_key
    and notification.child_key = linked_child.child_key
