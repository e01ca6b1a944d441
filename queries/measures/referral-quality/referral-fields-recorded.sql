/*
id: RQ2
title: Referral details recorded, field by field
short: Referral fields recorded
question: Which detail is holding quality back?
counts: details asked for in referrals received
met: were recorded
answers: [NFK2, NFK4, HRT1]
kind: proportion
better: up
breakdowns: [field, referring_agency]
compare: [referring_agency]
feeds: [agency_referral]
source: "Norfolk JTAI letter, 27 February 2025; Hertfordshire JTAI letter, 12 December 2024"
owner: Front door manager
cannot_tell: Whether a detail is right, or was used in the decision.
note: >-
  Each referral counts once for each of eight details, so the base is details, not children. The table by
  field has one row per detail. An answer of "refused", and "none" where there is no non-resident parent, is recorded.
examples:
  - name: one referral is eight details
    given:
      agency_referral:
        - {received_at: 2026-01-05 09:00, referring_agency: police, district: E07000148, field_ethnicity: valid, field_religion_belief: unknown, field_language: valid, field_disability: refused, field_household_members: partial, field_non_resident_parent: none, field_prior_incidents: blank, field_immediate_safety: valid}
    want:
      - {period: 2026-01, numerator: 5, denominator: 8}
      - {period: 2026-01, breakdown: field, category: non-resident parent, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: field, category: household members, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: field, category: ethnicity, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: field, category: religion or belief, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: field, category: language, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: field, category: disability, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: field, category: previous incidents, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: field, category: immediate safety, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: referring_agency, category: police, numerator: 5, denominator: 8}
  - name: an empty form has eight details not recorded
    given:
      agency_referral:
        - {received_at: 2026-06-30 23:00}
    want:
      - {period: 2026-27 Q1, numerator: 0, denominator: 8}
      - {period: 2026-27 Q1, district: unknown, numerator: 0, denominator: 8}
      - {period: 2026-27 Q1, breakdown: referring_agency, category: not recorded, numerator: 0, denominator: 8}
*/
select
    received_at as at,
    district,
    referring_agency,
    unnest([
        'ethnicity', 'religion or belief', 'language', 'disability',
        'household members', 'non-resident parent', 'previous incidents', 'immediate safety'
    ]) as field,
    unnest([
        recorded(field_ethnicity), recorded(field_religion_belief), recorded(field_language), recorded(field_disability),
        recorded(field_household_members), recorded(field_non_resident_parent), recorded(field_prior_incidents), recorded(field_immediate_safety)
    ]) as met
from core.agency_referral
