/*
id: RQ3
title: Referrals that state earlier incidents, where police knew of one
short: Earlier incidents stated
question: Do referrals describe the pattern, or one incident?
counts: referrals of children with an earlier police incident in 24 months
met: stated the earlier incidents
answers: [NFK2, HRT1]
kind: proportion
better: up
breakdowns: [referring_agency, agency_team_code]
compare: [referring_agency]
feeds: [agency_referral, police_da_incident, police_da_incident_child]
source: "Hertfordshire JTAI letter, 12 December 2024: referrals do not include information about previous incidents"
owner: Front door manager
cannot_tell: Whether the history given was complete, or whether the referrer could have known of it.
note: >-
  A referral counts where police recorded an earlier incident for the same child, in the 24 months before
  it and apart from the incident it came from. Children whose keys do not match between the two
  extracts are left out, and so are incidents before the first extract.
examples:
  - name: a referral counts where the child has an earlier incident, and meets it by a count or by the field
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, incident_key: i2, received_at: 2026-01-10 09:00, field_prior_incidents: blank, prior_incident_count_stated: 1}
        - {referral_key: r2, child_key: b, incident_key: i4, received_at: 2026-01-11 09:00, field_prior_incidents: blank}
        - {referral_key: r3, child_key: c, incident_key: i5, received_at: 2026-01-12 09:00, field_prior_incidents: valid}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2025-06-01}
        - {incident_key: i2, child_key: a, incident_date: 2026-01-09}
        - {incident_key: i3, child_key: b, incident_date: 2024-02-01}
        - {incident_key: i4, child_key: b, incident_date: 2026-01-10}
        - {incident_key: i5, child_key: c, incident_date: 2026-01-11}
    want:
      - {period: 2026-01, numerator: 1, denominator: 2}
  - name: more than 24 months before, and after the referral, do not count; two earlier incidents count once
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, received_at: 2026-03-31 09:00, referring_agency: police, field_prior_incidents: valid}
        - {referral_key: r2, child_key: b, received_at: 2026-03-31 09:00, referring_agency: police, field_prior_incidents: valid}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2024-03-30}
        - {incident_key: i2, child_key: a, incident_date: 2026-04-01}
        - {incident_key: i3, child_key: b, incident_date: 2024-03-31}
        - {incident_key: i4, child_key: b, incident_date: 2025-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
  - name: an incident of the same day is not earlier, one of exactly 24 months before is
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, received_at: 2026-03-31 09:00, referring_agency: police, district: E07000148}
        - {referral_key: r2, child_key: b, received_at: 2026-03-31 09:00, referring_agency: police}
        - {referral_key: r3, child_key: d, received_at: 2026-04-01 00:00, referring_agency: probation, agency_team_code: t4, field_prior_incidents: valid}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2024-03-31}
        - {incident_key: i2, child_key: b, incident_date: 2026-03-31}
        - {incident_key: i3, child_key: d, incident_date: 2026-03-31}
        - {incident_key: i4, child_key: d}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: referring_agency, category: probation, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: agency_team_code, category: t4, numerator: 1, denominator: 1}
  - name: a zero stated is a statement
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, received_at: 2026-05-05 09:00, prior_incident_count_stated: 0, district: E07000144, unitary: east_norfolk}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-05-01}
    want:
      - {period: 2026-05, numerator: 1, denominator: 1}
      - {period: 2026-05, unitary: east_norfolk, numerator: 1, denominator: 1}
*/
select
    referral.received_at as at,
    referral.district,
    referral.unitary,
    referral.referring_agency,
    referral.agency_team_code,
    recorded(referral.field_prior_incidents) or referral.prior_incident_count_stated is not null as met
from core.agency_referral as referral
where exists (
    select 1
    from core.police_da_incident_child as earlier
    where earlier.child_key = referral.child_key
        and earlier.incident_date < referral.received_at::date
        and earlier.incident_date >= referral.received_at::date - interval 24 month
        and earlier.incident_key is distinct from referral.incident_key
)
