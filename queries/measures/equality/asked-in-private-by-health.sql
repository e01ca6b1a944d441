/*
id: EQ8
title: People whom health services asked about domestic abuse in private
short: Asked in private by health services
question: Who is asked, and where are people not asked?
counts: people who, where counts were given, should be asked by health services about domestic abuse
met: were asked in private
answers: [NFK4]
kind: proportion
better: up
breakdowns: [service]
compare: [district, service]
feeds: [health_activity, health_enquiry_count]
source: "NICE quality standard QS116, statement 1: people with indicators of domestic abuse are asked about it in a private discussion; no numeric target"
owner: Designated nurse for safeguarding
cannot_tell: >-
  Whether people felt safe to answer, or who should have been asked and was not seen. Few disclosures where few are asked say nothing of how much abuse there is.
note: >-
  Counts that services add up, by month: someone who is seen by two services, or in two months, is counted twice. Maternity counts everyone booked; others count people with indicators. Where a quarter came as health_activity
  it is read from there, and else from health_enquiry_count. A count that came as too small to give is not nought: that service, district and month is left out of both numbers, as it is where either is blank, or where
  more were asked than could be. What is left out is where few were asked, so that the share may read a little high.
examples:
  - name: counts of two services are added up by month, district and service
    given:
      health_enquiry:
        - {month: 2026-02-01, service: maternity, district: E07000148, eligible_n: 10, asked_private_n: 8}
        - {month: 2026-03-01, service: maternity, district: E07000149, eligible_n: 5, asked_private_n: 5}
        - {month: 2026-03-01, service: ED, district: E07000148, eligible_n: 4, asked_private_n: 0}
        - {month: 2026-04-01, service: ED, district: E07000148, eligible_n: 7, asked_private_n: 3}
    want:
      - {period: 2025-26 Q4, numerator: 13, denominator: 19}
      - {period: 2026-03, numerator: 5, denominator: 9}
      - {period: 2026-27 Q1, numerator: 3, denominator: 7}
      - {period: 2025-26 Q4, district: E07000148, numerator: 8, denominator: 14}
      - {period: 2025-26 Q4, breakdown: service, category: ED, numerator: 0, denominator: 4}
      - {period: 2025-26 Q4, breakdown: service, category: maternity, numerator: 13, denominator: 15}
  - name: what was too small to give, or not given, or cannot be, is left out of both; a nought is not
    given:
      health_enquiry:
        - {month: 2026-03-01, service: GP, district: E07000148, eligible_n: 30, asked_private_n: 12}
        - {month: 2026-03-01, service: ED, district: E07000148, eligible_n: 40}
        - {month: 2026-03-01, service: ambulance, district: E07000148, asked_private_n: 6}
        - {month: 2026-03-01, service: sexual_health, district: E07000148}
        - {month: 2026-03-01, service: school_nursing, district: E07000148, eligible_n: 9, asked_private_n: 10}
        - {month: 2026-03-01, service: mental_health, district: E07000149, eligible_n: 20, asked_private_n: 0}
    want:
      - {period: 2025-26 Q4, numerator: 12, denominator: 50}
      - {period: 2025-26 Q4, breakdown: service, category: ED, numerator: 0, denominator: 0}
      - {period: 2025-26 Q4, breakdown: service, category: mental_health, numerator: 0, denominator: 20}
*/
select
    enquiry.month as at,
    enquiry.district,
    enquiry.service,
    person.number < enquiry.asked_private_n as met
from core.health_enquiry as enquiry
cross join unnest(range(enquiry.eligible_n)) as person(number)
where enquiry.asked_private_n <= enquiry.eligible_n
