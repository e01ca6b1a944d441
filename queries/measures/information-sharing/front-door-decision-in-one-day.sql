/*
id: IS4
title: Front-door decisions within one working day
short: Front-door decision in 1 day
question: Is triage on time?
counts: domestic abuse contacts received
met: had a decision within one working day
answers: [NFK4, HRT2]
kind: proportion
better: up
breakdowns: [mash_rag, out_of_hours, source]
compare: [district]
target: {value: 100, source: "one working day: Keeping Children Safe in Education 2025, paragraph 62, citing Working Together"}
matures: 7 days
feeds: [csc_contact_referral]
source: "Keeping Children Safe in Education 2025, paragraph 62"
owner: Front door manager
cannot_tell: Whether the decision was the right one.
note: >-
  The clock runs by working day, not by hour: a contact on a Friday has until the end of Monday. Bank holidays
  do not count. A contact with no decision a week later counts as not in time.
examples:
  - name: Friday to Monday is one working day, Friday to Tuesday is two
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-01-09 17:30, decision_at: 2026-01-12 16:00, out_of_hours: Y, mash_rag: red, contact_source_code: "6", district: E07000148}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-01-09 09:00, decision_at: 2026-01-13 09:00, out_of_hours: N, contact_source_code: 1B}
        - {contact_key: c3, da_contact_flag: Y, contact_at: 2026-01-10 11:00, decision_at: 2026-01-12 09:00, contact_source_code: "10"}
        - {contact_key: c5, contact_at: 2026-01-09 09:00, decision_at: 2026-01-09 10:00}
        - {contact_key: c4, da_contact_flag: N, contact_at: 2026-01-09 09:00, decision_at: 2026-01-09 10:00}
    want:
      - {period: 2026-01, numerator: 2, denominator: 3}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: mash_rag, category: red, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: out_of_hours, category: out of hours, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: out_of_hours, category: in hours, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: out_of_hours, category: not recorded, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: source, category: police, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: source, category: not an agency, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: source, category: not recorded, numerator: 1, denominator: 1}
  - name: Good Friday and Easter Monday do not count
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-04-02 16:00, decision_at: 2026-04-07 10:00}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-04-02 16:00, decision_at: 2026-04-08 10:00}
    want:
      - {period: 2026-04, numerator: 1, denominator: 2}
  - name: no decision yet is pending for a week, then a no
    as_at: 2026-07-07
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-06-30 09:00}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-07-01 09:00}
    want:
      - {period: 2026-06, numerator: 0, denominator: 1}
      - {period: 2026-07, numerator: 0, denominator: 0}
*/
select
    contact_at as at,
    district,
    mash_rag,
    case out_of_hours when 'Y' then 'out of hours' when 'N' then 'in hours' end as out_of_hours,
    coalesce(agency_of_source(contact_source_code), case when contact_source_code <> '10' then 'not an agency' end) as source,
    coalesce(working_days(contact_at, decision_at) <= 1, false) as met
from core.csc_contact_referral
where da_contact_flag = 'Y'
