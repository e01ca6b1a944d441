/*
id: RQ6
title: Domestic abuse contacts taken forward as a referral, an assessment or an enquiry
short: Contacts taken forward
question: Do partners contact the front door about the right children?
counts: domestic abuse contacts
met: were taken forward as a referral, an assessment or an enquiry
answers: [NFK4, HRT1]
kind: proportion
better: neither
breakdowns: [source]
compare: [source, district]
matures: 120 days
feeds: [csc_contact_referral, csc_assessment]
source: "Social care data standard: outcomes of a contact; the rule of 60 working days is proposed by us"
owner: Front door manager
cannot_tell: Whether a contact that was not taken forward should have been, or was met with the right advice.
note: >-
  A contact is taken forward where it began or joined a referral that did not end at once with no further action, led straight to
  a child protection enquiry, or was followed within 60 working days by an assessment or enquiry on the same referral. Another
  referral of the same child is not used. It is judged after 120 days: 60 working days are at most 90 days, and
  the last assessments come with the next month's extract, so that "not yet" is never read as "no further action".
examples:
  - name: each way of being taken forward, and the ways of not
    given:
      csc_contact_referral:
        - {contact_key: c1, child_key: a, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "6", contact_outcome: cp_enquiry, district: E07000148}
        - {contact_key: c2, child_key: b, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "6", contact_outcome: new_referral, referral_key: r2, referral_nfa: "false"}
        - {contact_key: c3, child_key: d, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: 2A, contact_outcome: existing_referral, referral_key: r3}
        - {contact_key: c4, child_key: e, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: 2B, contact_outcome: new_referral, referral_key: r4, referral_nfa: "true"}
        - {contact_key: c5, child_key: f, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "7", contact_outcome: nfa}
        - {contact_key: c6, child_key: g, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "8", contact_outcome: advice}
        - {contact_key: c7, child_key: h, da_contact_flag: Y, contact_at: 2026-01-05 09:00}
        - {contact_key: c8, child_key: i, da_contact_flag: N, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r8}
        - {contact_key: c9, child_key: j, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r9}
    want:
      - {period: 2026-01, numerator: 3, denominator: 7}
      - {period: 2026-01, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2026-01, breakdown: source, category: police, numerator: 2, denominator: 2}
      - {period: 2026-01, breakdown: source, category: education, numerator: 1, denominator: 2}
      - {period: 2026-01, breakdown: source, category: courts or probation, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: source, category: other agency, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: source, category: not recorded, numerator: 0, denominator: 1}
  - name: an assessment on the same referral counts to the 60th working day, across Easter; another referral of the child does not
    given:
      csc_contact_referral:
        - {contact_key: c1, child_key: a, da_contact_flag: Y, contact_at: 2026-01-05 09:00, referral_key: r1, referral_nfa: "true"}
        - {contact_key: c2, child_key: b, da_contact_flag: Y, contact_at: 2026-01-05 09:00, referral_key: r2, referral_nfa: "true"}
        - {contact_key: c3, child_key: b, da_contact_flag: Y, contact_at: 2026-01-05 09:00, referral_key: r3, referral_nfa: "true"}
        - {contact_key: c4, child_key: d, da_contact_flag: Y, contact_at: 2026-01-05 09:00, referral_key: r4, referral_nfa: "true"}
        - {contact_key: c5, child_key: e, da_contact_flag: Y, contact_at: 2026-01-05 09:00, referral_key: r5, referral_nfa: "true"}
        - {contact_key: c6, child_key: f, da_contact_flag: Y, contact_at: 2026-01-16 09:00, referral_key: r6, referral_nfa: "true"}
        - {contact_key: c7, child_key: g, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: nfa}
        - {contact_key: c8, child_key: h, da_contact_flag: Y, contact_at: 2026-01-05 09:00, referral_key: r8, referral_nfa: "true"}
      csc_assessment:
        - {assessment_key: s1, child_key: a, referral_key: r1, assessment_start_date: 2026-03-30}
        - {assessment_key: s2, child_key: b, referral_key: r2, assessment_start_date: 2026-03-31}
        - {assessment_key: s3, child_key: d, referral_key: r4, s47_start_date: 2026-03-30}
        - {assessment_key: s4, child_key: e, referral_key: r5, s47_start_date: 2026-03-31}
        - {assessment_key: s5, child_key: f, referral_key: r6, assessment_start_date: 2026-04-14}
        - {assessment_key: s6, child_key: f, referral_key: r6, assessment_start_date: 2026-05-14}
        - {assessment_key: s8, child_key: h, referral_key: r8, s47_start_date: 2026-01-06}
        - {assessment_key: s9, child_key: h, referral_key: r8, s47_start_date: 2026-06-01}
        - {assessment_key: s7, child_key: g, assessment_start_date: 2026-01-06}
    want:
      - {period: 2026-01, numerator: 4, denominator: 8}
  - name: every source has its group
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: 1A}
        - {contact_key: c7, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: 1C}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: 3B}
        - {contact_key: c3, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "4"}
        - {contact_key: c4, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: 5D}
        - {contact_key: c5, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "9"}
        - {contact_key: c6, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_source_code: "10"}
    want:
      - {period: 2026-01, breakdown: source, category: family and public, denominator: 2}
      - {period: 2026-01, breakdown: source, category: health, denominator: 1}
      - {period: 2026-01, breakdown: source, category: housing, denominator: 1}
      - {period: 2026-01, breakdown: source, category: local authority, denominator: 1}
      - {period: 2026-01, breakdown: source, category: anonymous, denominator: 1}
      - {period: 2026-01, breakdown: source, category: not recorded, denominator: 1}
  - name: a contact younger than 120 days is pending, whatever its outcome
    as_at: 2026-07-29
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-03-31 23:59, contact_outcome: nfa}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-04-01 00:00, contact_outcome: new_referral, referral_key: r2}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 0}
*/
with followed as (
    select referral_key, min(assessment_start_date) as assessed_on, min(s47_start_date) as enquiry_on
    from core.csc_assessment
    group by referral_key
)
select
    contact.contact_at as at,
    contact.district,
    case
        when starts_with(contact.contact_source_code, '2') then 'education'
        when starts_with(contact.contact_source_code, '3') then 'health'
        when starts_with(contact.contact_source_code, '5') then 'local authority'
        when contact.contact_source_code = '4' then 'housing'
        when contact.contact_source_code = '6' then 'police'
        when contact.contact_source_code = '7' then 'courts or probation'
        when contact.contact_source_code = '8' then 'other agency'
        when contact.contact_source_code = '9' then 'anonymous'
        when contact.contact_source_code <> '10' then 'family and public'
    end as source,
    coalesce(contact.contact_outcome = 'cp_enquiry', false)
        or (contact.referral_key is not null and contact.referral_nfa is distinct from 'true')
        or coalesce(working_days(contact.contact_at, followed.assessed_on) <= 60, false)
        or coalesce(working_days(contact.contact_at, followed.enquiry_on) <= 60, false) as met
from core.csc_contact_referral as contact
left join followed on followed.referral_key = contact.referral_key
where contact.da_contact_flag = 'Y'
