/*
id: IS1
title: Operation Encompass notifications that reached the setting before the school day
short: Encompass before the school day
question: Does the school know before the child walks in?
counts: notifications owed to a school or other setting
met: reached the setting before the next school day began
answers: [NFK4, HRT10]
kind: proportion
better: up
breakdowns: [setting_type, school_opens]
compare: [district, setting_type]
feeds: [op_encompass_notification, police_da_incident]
source: "Operation Encompass scheme and Keeping Children Safe in Education 2025: before the child arrives at school the following day"
owner: Constabulary Operation Encompass lead
cannot_tell: Whether the setting acted, or whether the child's day was any better.
note: >-
  Counted by the school day on which the notification was due. Notifications not sent because there was no
  setting, the child was out of area, or telling the setting would put someone at risk are left out; those
  not sent for any other reason count as not reaching it. The duty in law is "as soon as is reasonably practicable";
  this is the scheme's own, stricter, clock.
examples:
  - name: before the bell, at the bell, and over a weekend
    given:
      op_encompass_notification:
        - {notification_key: n1, incident_key: i1, setting_urn_group: primary, received_at: 2026-01-12 08:00, next_school_day_start: 2026-01-12 08:45, not_sent_reason: none}
        - {notification_key: n2, incident_key: i1, setting_urn_group: primary, received_at: 2026-01-12 08:45, next_school_day_start: 2026-01-12 08:45, not_sent_reason: none}
        - {notification_key: n3, incident_key: i2, setting_urn_group: secondary, received_at: 2026-01-10 11:00, next_school_day_start: 2026-01-12 08:45, not_sent_reason: none}
      police_da_incident:
        - {incident_key: i1, district: E07000148, incident_date: 2026-01-11}
        - {incident_key: i1, district: E07000148, incident_date: 2026-01-12}
        - {incident_key: i2, incident_date: 2026-01-09}
    want:
      - {period: 2026-01, breakdown: school_opens, category: the next day, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: school_opens, category: after a weekend, numerator: 1, denominator: 1}
      - {period: 2026-01, numerator: 2, denominator: 3}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 2}
      - {period: 2026-01, district: unknown, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: setting_type, category: primary, numerator: 1, denominator: 2}
  - name: two days on is over a weekend, four over a holiday, and the next day is neither; an incident not sent is not placed
    given:
      op_encompass_notification:
        - {notification_key: n1, incident_key: i1, next_school_day_start: 2026-01-12 08:45}
        - {notification_key: n2, incident_key: i2, received_at: 2026-01-12 08:00, next_school_day_start: 2026-01-12 08:45}
        - {notification_key: n3, incident_key: i3, next_school_day_start: 2026-01-12 08:45}
        - {notification_key: n4, incident_key: i4, next_school_day_start: 2026-01-12 08:45}
        - {notification_key: n5, incident_key: i5, next_school_day_start: 2026-01-12 08:45}
      police_da_incident:
        - {incident_key: i1, incident_date: 2026-01-10}
        - {incident_key: i2, incident_date: 2026-01-08}
        - {incident_key: i3, incident_date: 2026-01-11}
        - {incident_key: i5, incident_date: 2026-01-09}
    want:
      - {period: 2026-01, breakdown: school_opens, category: after a weekend, numerator: 0, denominator: 2}
      - {period: 2026-01, breakdown: school_opens, category: after a holiday, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: school_opens, category: the next day, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: school_opens, category: not recorded, numerator: 0, denominator: 1}
  - name: not sent counts, unless it should not have been
    given:
      op_encompass_notification:
        - {notification_key: n1, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45, not_sent_reason: system}
        - {notification_key: n2, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45, not_sent_reason: unknown_setting}
        - {notification_key: n6, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45}
        - {notification_key: n7, setting_urn_group: primary, next_school_day_start: 2026-04-01 08:45, not_sent_reason: system}
        - {notification_key: n3, next_school_day_start: 2026-03-31 08:45, not_sent_reason: no_setting}
        - {notification_key: n4, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45, not_sent_reason: safeguarding_exception}
        - {notification_key: n5, setting_urn_group: primary, next_school_day_start: 2026-03-31 08:45, not_sent_reason: out_of_area}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 3}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
*/
with incident as (
    select incident_key, min(district) as district, min(incident_date) as incident_date
    from core.police_da_incident
    group by incident_key
)
select
    notification.next_school_day_start as at,
    incident.district,
    notification.setting_urn_group as setting_type,
    case
        when notification.next_school_day_start::date - incident.incident_date <= 1 then 'the next day'
        when notification.next_school_day_start::date - incident.incident_date <= 3 then 'after a weekend'
        when incident.incident_date is not null then 'after a holiday'
    end as school_opens,
    coalesce(notification.received_at < notification.next_school_day_start, false) as met
from core.op_encompass_notification as notification
left join incident on incident.incident_key = notification.incident_key
where coalesce(notification.not_sent_reason, 'none') not in ('no_setting', 'out_of_area', 'safeguarding_exception')
