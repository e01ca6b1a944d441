/*
id: IS3
title: Sampled Operation Encompass notifications with support recorded
short: Encompass support recorded
question: Did it change the child's day?
counts: notifications chosen for a dip sample
met: had support recorded by the setting
answers: [NFK4, HRT10]
sensitive: true
kind: proportion
better: up
periods: [quarter, year, rolling]
breakdowns: [setting_type]
feeds: [op_encompass_notification, police_da_incident]
source: "Norfolk JTAI letter, 27 February 2025: regular dip sampling; Hertfordshire JTAI letter, 12 December 2024: no quality assurance framework for Operation Encompass"
owner: Education safeguarding lead
cannot_tell: Whether the support was what the child wanted, or what happened to children whose notification was not sampled.
note: >-
  Counted by the school day on which the notification was due. A sampled notification with nothing recorded, or with
  "none", counts as without support. Few are sampled, so read the interval before the percentage.
examples:
  - name: one kind of support is enough; none and a blank are not support
    given:
      op_encompass_notification:
        - {notification_key: n1, incident_key: i1, dip_sampled: Y, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45, support_given: [check_in, parent_contact]}
        - {notification_key: n2, incident_key: i1, dip_sampled: Y, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45, support_given: [none]}
        - {notification_key: n3, incident_key: i2, dip_sampled: Y, setting_urn_group: secondary, next_school_day_start: 2026-03-31 08:45}
        - {notification_key: n4, incident_key: i2, dip_sampled: Y, setting_urn_group: secondary, next_school_day_start: 2026-03-31 08:45, support_given: []}
        - {notification_key: n5, incident_key: i2, dip_sampled: Y, setting_urn_group: secondary, next_school_day_start: 2026-03-31 08:45, support_given: [other]}
      police_da_incident:
        - {incident_key: i1, district: E07000148}
        - {incident_key: i1, district: E07000149}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 5}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, district: unknown, numerator: 1, denominator: 3}
      - {period: 2025-26 Q4, breakdown: setting_type, category: primary, numerator: 1, denominator: 2}
  - name: what was not sampled does not count, and a quarter ends with its last school day
    given:
      op_encompass_notification:
        - {notification_key: n1, dip_sampled: N, next_school_day_start: 2026-03-31 08:45, support_given: [check_in]}
        - {notification_key: n2, next_school_day_start: 2026-03-31 08:45, support_given: [check_in]}
        - {notification_key: n3, dip_sampled: Y, next_school_day_start: 2026-03-31 08:45, support_given: [check_in]}
        - {notification_key: n4, dip_sampled: Y, next_school_day_start: 2026-04-13 08:45}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
*/
with incident as (
    select incident_key, min(district) as district
    from core.police_da_incident
    group by incident_key
)
select
    notification.next_school_day_start as at,
    incident.district,
    notification.setting_urn_group as setting_type,
    coalesce(len(notification.support_given) > 0 and not list_contains(notification.support_given, 'none'), false) as met
from core.op_encompass_notification as notification
left join incident on incident.incident_key = notification.incident_key
where notification.dip_sampled = 'Y'
