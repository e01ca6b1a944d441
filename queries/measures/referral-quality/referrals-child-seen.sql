/*
id: RQ4
title: Police referrals that say whether the child was seen or spoken to
short: Child seen status stated
question: Is the child visible in the referral?
counts: police referrals of a child
met: said whether the child was seen or spoken to
answers: [NFK2, NFK3, HRT5]
kind: proportion
better: up
breakdowns: [age_band, agency_team_code]
compare: [district, agency_team_code]
feeds: [agency_referral, police_da_incident, police_da_incident_child]
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
  - name: every age has its group, and other agencies do not count
    given:
      agency_referral:
        - {referring_agency: police, child_key: a, incident_key: i1, received_at: 2026-04-06 09:00, child_seen_status: seen_not_spoken}
        - {referring_agency: police, child_key: b, incident_key: i1, received_at: 2026-04-06 09:00, child_seen_status: not_present}
        - {referring_agency: police, child_key: d, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: police, child_key: e, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: police, child_key: f, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: police, child_key: g, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: police, child_key: h, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: police, child_key: i, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: police, child_key: j, incident_key: i1, received_at: 2026-04-06 09:00}
        - {referring_agency: health_gp, child_key: k, incident_key: i1, received_at: 2026-04-06 09:00, child_seen_status: seen_and_spoken}
        - {child_key: k, incident_key: i1, received_at: 2026-04-06 09:00, child_seen_status: seen_and_spoken}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_band_child: "0"}
        - {incident_key: i1, child_key: b, age_band_child: "3"}
        - {incident_key: i1, child_key: d, age_band_child: "4"}
        - {incident_key: i1, child_key: e, age_band_child: "5"}
        - {incident_key: i1, child_key: f, age_band_child: "6"}
        - {incident_key: i1, child_key: g, age_band_child: "7"}
        - {incident_key: i1, child_key: h, age_band_child: 8-11}
        - {incident_key: i1, child_key: i, age_band_child: 12-15}
        - {incident_key: i1, child_key: j, age_band_child: 16-17}
        - {incident_key: i9, child_key: a, age_band_child: 16-17}
    want:
      - {period: 2026-04, numerator: 2, denominator: 9}
      - {period: 2026-04, breakdown: age_band, category: 0-1, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: age_band, category: 2-4, numerator: 1, denominator: 2}
      - {period: 2026-04, breakdown: age_band, category: 5-7, numerator: 0, denominator: 3}
      - {period: 2026-04, breakdown: age_band, category: 8-17, numerator: 0, denominator: 3}
  - name: a child linked twice to one incident is still one referral
    given:
      agency_referral:
        - {referring_agency: police, child_key: a, incident_key: i1, received_at: 2026-03-31 23:59, child_seen_status: observed_preverbal, district: E07000149, unitary: west_norfolk}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_band_child: "2"}
        - {incident_key: i1, child_key: a, age_band_child: "5"}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, unitary: west_norfolk, numerator: 1, denominator: 1}
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
    referral.unitary,
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
