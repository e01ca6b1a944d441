/*
id: RQ1
title: Police referrals with every core detail completed
short: Police referrals complete
question: Does the front door get the whole picture first time?
counts: police referrals received
met: had every core detail
answers: [NFK2, NFK4, HRT1]
kind: proportion
better: up
breakdowns: [agency_team_code]
compare: [district, agency_team_code]
matures: 0 days
feeds: [agency_referral]
source: "Norfolk JTAI letter, 27 February 2025: ethnicity, religion and beliefs; Hertfordshire JTAI letter, 12 December 2024: previous incidents, safety planning, whether children were seen"
owner: Constabulary data lead
cannot_tell: Whether the details are right, or whether the child was kept safe.
note: >-
  Counted per child. The core details are ethnicity, religion or belief, household members, previous
  incidents, immediate safety and whether the child was seen. An answer of "refused" is complete;
  "unknown", "partial" and blank are not.
examples:
  - name: one blank field is enough, refused is an answer
    given:
      agency_referral:
        - {received_at: 2026-01-05 09:00, referring_agency: police, field_ethnicity: valid, field_religion_belief: refused, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {received_at: 2026-01-09 17:30, referring_agency: police, field_ethnicity: valid, field_religion_belief: blank, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
    want:
      - {period: 2026-01, numerator: 1, denominator: 2}
  - name: unknown, partial and not recorded are not complete
    given:
      agency_referral:
        - {received_at: 2026-02-02 09:00, referring_agency: police, field_ethnicity: unknown, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_present}
        - {received_at: 2026-02-02 09:00, referring_agency: police, field_ethnicity: valid, field_religion_belief: valid, field_household_members: partial, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_present}
        - {received_at: 2026-02-02 09:00, referring_agency: police, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_recorded}
        - {received_at: 2026-02-02 09:00, referring_agency: police, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid}
        - {received_at: 2026-02-02 09:00, referring_agency: police, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_seen_no_reason}
    want:
      - {period: 2026-02, numerator: 0, denominator: 5}
  - name: each core detail is needed, and a reason for not seeing the child is a statement
    given:
      agency_referral:
        - {received_at: 2026-05-25 09:00, referring_agency: police, agency_team_code: north, field_ethnicity: unknown, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {received_at: 2026-05-25 09:00, referring_agency: police, agency_team_code: north, field_ethnicity: valid, field_religion_belief: unknown, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {received_at: 2026-05-25 09:00, referring_agency: police, agency_team_code: north, field_ethnicity: valid, field_religion_belief: valid, field_household_members: blank, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {received_at: 2026-05-25 09:00, referring_agency: police, agency_team_code: north, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: blank, field_immediate_safety: valid, child_seen_status: seen_and_spoken}
        - {received_at: 2026-05-25 09:00, referring_agency: police, agency_team_code: north, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: blank, child_seen_status: seen_and_spoken}
        - {received_at: 2026-05-25 09:00, referring_agency: police, agency_team_code: north, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: not_seen_reason_given}
    want:
      - {period: 2026-05, breakdown: agency_team_code, category: north, numerator: 1, denominator: 6}
  - name: other agencies do not count, and a quarter ends at midnight
    given:
      agency_referral:
        - {received_at: 2026-03-31 23:59, referring_agency: police, district: E07000148, field_ethnicity: valid, field_religion_belief: valid, field_household_members: valid, field_prior_incidents: valid, field_immediate_safety: valid, child_seen_status: seen_not_spoken}
        - {received_at: 2026-04-01 00:00, referring_agency: police, district: E07000148, field_ethnicity: blank}
        - {received_at: 2026-04-01 00:00, referring_agency: health_gp, field_ethnicity: valid}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, district: E07000148, numerator: 0, denominator: 1}
  - name: a district inside one new council places its referrals, another needs to be told
    given:
      agency_referral:
        - {received_at: 2026-06-01 09:00, referring_agency: police, district: E07000148}
        - {received_at: 2026-06-01 09:00, referring_agency: police, district: E07000149, unitary: west_norfolk}
        - {received_at: 2026-06-01 09:00, referring_agency: police, district: E07000149, unitary: greater_norwich}
        - {received_at: 2026-06-01 09:00, referring_agency: police, district: E07000149}
        - {received_at: 2026-06-01 09:00, referring_agency: police, district: E07000144, unitary: west_norfolk}
        - {received_at: 2026-06-01 09:00, referring_agency: police, unitary: west_norfolk}
    want:
      - {period: 2026-06, unitary: greater_norwich, numerator: 0, denominator: 2}
      - {period: 2026-06, unitary: west_norfolk, numerator: 0, denominator: 1}
      - {period: 2026-06, unitary: unknown_unitary, numerator: 0, denominator: 3}
      - {period: 2026-06, district: E07000149, numerator: 0, denominator: 3}
*/
select
    received_at as at,
    district,
    unitary,
    agency_team_code,
    all_recorded(field_ethnicity, field_religion_belief, field_household_members, field_prior_incidents, field_immediate_safety)
        and coalesce(child_seen_status not in ('not_recorded', 'not_seen_no_reason'), false) as met
from core.agency_referral
where referring_agency = 'police'
