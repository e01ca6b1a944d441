/*
id: MA1
title: MARAC cases for every 10,000 adult females
short: MARAC cases per 10,000 women
question: Are we finding the highest-risk cases?
counts: MARAC cases discussed
answers: [NFK1, HRT9]
kind: rate
better: neither
per: 10000
population: {sex: female, age: 16+}
headline: rolling
compare: [district]
benchmark: marac_rate
feeds: [marac_case]
source: "SafeLives: 40 cases for every 10,000 adult females is the expected level; 47 was the national figure for the year to September 2024"
owner: MARAC co-ordinator
cannot_tell: How many people at high risk were never referred.
note: >-
  Adult females are those aged 16 and over. Cases are counted on the day they were discussed or co-ordinated, whoever
  was harmed; the population is female because the national figure is. Months and quarters are for their own
  length, not scaled up to a year.
examples:
  - name: a case counts on the day it was discussed, in the district of the person harmed
    given:
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-03-31, district: E07000148}
        - {marac_case_key: m2, discussed_at: 2026-04-01, district: E07000148}
        - {marac_case_key: m3, discussed_at: 2026-04-02}
        - {marac_case_key: m4, referral_received_at: 2026-04-01}
    want:
      - {period: year to 2026-03, numerator: 1}
      - {period: 2026-27 Q1, numerator: 2}
      - {period: 2026-27 Q1, district: E07000148, numerator: 1}
      - {period: 2026-27 Q1, district: unknown, numerator: 1}
  - name: the same person discussed twice is two cases
    given:
      marac_case:
        - {marac_case_key: m1, victim_key: a, discussed_at: 2026-05-01}
        - {marac_case_key: m2, victim_key: a, discussed_at: 2026-05-29}
    want:
      - {period: 2026-05, numerator: 2}
*/
select
    discussed_at as at,
    district
from core.marac_case
