/*
id: MA9
title: Days from referral to discussion at MARAC
short: Days to MARAC
question: How long do people at high risk wait?
counts: MARAC cases discussed
answers: [NFK1, NFK4]
kind: duration
better: down
within: [7]
breakdowns: [model, referring_agency]
compare: [district]
feeds: [marac_case]
source: "Norfolk JTAI letter, 27 February 2025: the adapted model aims to bring agencies together more quickly; no published value"
owner: MARAC co-ordinator
cannot_tell: How long those still waiting have waited, or what was done for them in the meantime.
note: >-
  Counted by the day of the discussion, or of the end of co-ordination, in calendar days. A case is in the extract once it was
  discussed, so every wait counted has ended. Cases without a day of referral are left out.
examples:
  - name: calendar days, weekends and bank holidays included; the same day is nought
    given:
      marac_case:
        - {marac_case_key: m1, referral_received_at: 2026-03-31, discussed_at: 2026-04-14, model: conference, referring_agency: police, district: E07000148}
        - {marac_case_key: m2, referral_received_at: 2026-04-14, discussed_at: 2026-04-14, model: coordination, referring_agency: idva, district: E07000149, unitary: greater_norwich}
        - {marac_case_key: m3, referral_received_at: 2026-04-03, discussed_at: 2026-04-07, model: coordination, referring_agency: idva}
        - {marac_case_key: m4, discussed_at: 2026-04-14, model: coordination, referring_agency: idva}
        - {marac_case_key: m5, referral_received_at: 2026-04-14}
    want:
      - {period: 2026-04, numerator: 3, denominator: 3, open: 0, median: 4}
      - {period: 2026-04, district: E07000148, numerator: 1, denominator: 1, median: 14}
      - {period: 2026-04, unitary: greater_norwich, numerator: 2, denominator: 2, median: 7}
      - {period: 2026-04, breakdown: model, category: coordination, numerator: 2, denominator: 2, median: 2}
      - {period: 2026-04, breakdown: referring_agency, category: police, numerator: 1, denominator: 1, median: 14}
  - name: the day of the discussion gives the quarter
    given:
      marac_case:
        - {marac_case_key: m1, referral_received_at: 2026-03-01, discussed_at: 2026-03-31}
        - {marac_case_key: m2, referral_received_at: 2026-03-01, discussed_at: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1, median: 30}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1, median: 31}
*/
select
    discussed_at as at,
    district,
    unitary,
    model,
    referring_agency,
    discussed_at - referral_received_at as days,
    true as ended
from core.marac_case
where referral_received_at <= discussed_at
