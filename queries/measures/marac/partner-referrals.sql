/*
id: MA3
title: MARAC cases referred by partners other than the police
short: MARAC cases from other partners
question: Is MARAC owned by all partners?
counts: MARAC cases discussed
met: were referred by a partner other than the police
answers: [NFK1]
kind: proportion
better: up
breakdowns: [referral_criterion, model]
compare: [district]
benchmark: marac_partner_referrals
feeds: [marac_case]
source: "SafeLives: 36.1% of cases nationally in the year to September 2024"
owner: MARAC co-ordinator
cannot_tell: Whether partners refer every case they should.
note: >-
  A case whose referring agency is not recorded counts as not from a partner, so a gap in recording cannot raise
  the figure.
examples:
  - name: blank is not a partner
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-06-30, referring_agency: police, model: conference, referral_criterion: repeat, district: E07000148}
        - {marac_case_key: m2, discussed_at: 2026-06-30, referring_agency: idva, model: conference}
        - {marac_case_key: m3, discussed_at: 2026-06-30, referring_agency: primary_care, model: coordination}
        - {marac_case_key: m4, discussed_at: 2026-06-30, model: coordination}
        - {marac_case_key: m5, discussed_at: 2026-07-01, referring_agency: housing}
    want:
      - {period: 2026-27 Q1, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, breakdown: model, category: coordination, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: referral_criterion, category: repeat, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, district: E07000148, numerator: 0, denominator: 1}
      - {period: 2026-27 Q2, numerator: 1, denominator: 1}
*/
select
    discussed_at as at,
    district,
    referral_criterion,
    model,
    coalesce(referring_agency <> 'police', false) as met
from core.marac_case
