/*
id: RQ8
title: Referrals delayed by consent
question: Is consent understood?
counts: referrals received
met: were delayed over consent
answers: [NFK4]
kind: proportion
better: down
breakdowns: [referring_agency, consent_status]
compare: [referring_agency]
feeds: [agency_referral]
source: "Norfolk JTAI letter, 27 February 2025: consent is not always fully understood by some partners"
owner: Front door manager
cannot_tell: How long the delay was, or whether waiting for consent was right for that child.
note: >-
  Counted per child, by the day the referral was received. A reason left blank counts as no delay, so gaps in recording
  make the figure lower than it is.
examples:
  - name: other reasons and a blank are not consent
    given:
      agency_referral:
        - {referral_key: r1, received_at: 2026-05-23 09:00, referring_agency: education_school, consent_status: not_sought_unclear, delay_reason: consent, district: E07000148}
        - {referral_key: r2, received_at: 2026-05-25 09:00, referring_agency: education_school, consent_status: obtained, delay_reason: missing_info}
        - {referral_key: r3, received_at: 2026-05-25 09:00, referring_agency: police, consent_status: obtained, delay_reason: none}
        - {referral_key: r4, received_at: 2026-05-25 09:00, referring_agency: police}
    want:
      - {period: 2026-05, numerator: 1, denominator: 4}
      - {period: 2026-05, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-05, breakdown: referring_agency, category: education_school, numerator: 1, denominator: 2}
      - {period: 2026-05, breakdown: consent_status, category: not_sought_unclear, numerator: 1, denominator: 1}
      - {period: 2026-05, breakdown: consent_status, category: not recorded, numerator: 0, denominator: 1}
  - name: two children of one referral are two; a quarter ends at midnight
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, received_at: 2026-03-31 23:59, delay_reason: consent}
        - {referral_key: r1, child_key: b, received_at: 2026-03-31 23:59, delay_reason: consent}
        - {referral_key: r2, child_key: a, received_at: 2026-04-01 00:00, delay_reason: duplicate}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 2}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
*/
select
    received_at as at,
    district,
    referring_agency,
    consent_status,
    coalesce(delay_reason = 'consent', false) as met
from core.agency_referral
