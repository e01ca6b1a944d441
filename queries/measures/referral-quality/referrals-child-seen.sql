/*
id: RQ4
title: Police referrals that say whether the child was seen or spoken to
short: Child seen status stated
question: Is the child visible in the referral?
counts: police referrals of a child
met: said whether the child was seen or spoken to
answers: [NFK2, NFK3]
kind: proportion
better: up
breakdowns: [age_band, agency_team_code]
feeds: [agency_referral, police_da_incident_child]
source: "Hertfordshire JTAI letter, 12 December 2024"
owner: Constabulary data lead
cannot_tell: What the child said, or whether it changed what was done.
note: >-
  "Not present" and "not seen, with a reason" are statements too. The age is that of the linked police incident;
  a referral with no linked incident has its age not recorded.
examples:
  - name: a reason for not seeing is a statement, no reason is not
    given:
      agency_referral:
        - {referring_agency: police, child_key: a, incident_key: i1, received_at: 2026-01-05 09:00, child_seen_status: seen_and_spoken}
        - {referring_agency: police, child_key: b, incident_key: i1, received_at: 2026-01-05 09:00, child_seen_status: not_seen_reason_given}
        - {referring_agency: police, child_key: c, incident_key: i2, received_at: 2026-01-05 09:00, child_seen_status: not_seen_no_reason}
        - {referring_agency: police, child_key: d, received_at: 2026-01-05 09:00, child_seen_status: not_recorded}
        - {referring_agency: police, child_key: e, received_at: 2026-01-05 09:00}
        - {referring_agency: police, received_at: 2026-01-05 09:00, child_seen_status: seen_and_spoken}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_band_child: unborn}
        - {incident_key: i1, child_key: b, age_band_child: "1"}
        - {incident_key: i2, child_key: c, age_band_child: 12-15}
    want:
      - {period: 2026-01, numerator: 2, denominator: 5}
      - {period: 2026-01, breakdown: age_band, category: unborn, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: age_band, category: 0-1, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: age_band, category: 8-17, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: age_band, category: not recorded, numerator: 0, denominator: 2}
  - name: a child linked twice to one incident is still one referral
    given:
      agency_referral:
        - {referring_agency: police, child_key: a, incident_key: i1, received_at: 2026-03-31 23:59, child_seen_status: observed_preverbal}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_band_child: "2"}
        - {incident_key: i1, child_key: a, age_band_child: "2"}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: age_band, category: 2-4, numerator: 1, denominator: 1}
*/
with linked_child as (
    select incident_key, child_key, min(age_band_child) as age_band_child
    from core.police_da_incident_child
    group by incident_key, child_key
)
select
    referral.received_at as at,
    referral.district,
    referral.agency_team_code,
    case
        when linked_child.age_band_child = 'unborn' then 'unborn'
        when linked_child.age_band_child in ('0', '1') then '0-1'
        when linked_child.age_band_child in ('2', '3', '4') then '2-4'
        when linked_child.age_band_child in ('5', '6', '7') then '5-7'
        when linked_child.age_band_child in ('8-11', '12-15', '16-17') then '8-17'
    end as age_band,
    coalesce(referral.child_seen_status in (
        'seen_and_spoken', 'seen_not_spoken', 'observed_preverbal', 'not_present', 'not_seen_reason_given'
    ), false) as met
from core.agency_referral as referral
left join linked_child
    on linked_child.incident_key = referral.incident_key
    and linked_child.child_key = referral.child_key
where referral.referring_agency = 'police'
    and referral.child_key is not null
