/*
id: RQ9
title: What followed domestic abuse contacts with the front door
short: What followed contacts
question: Where does the pathway from contact to outcome end, and for how many?
counts: domestic abuse contacts
answers: [NFK4, HRT1]
kind: distribution
better: neither
categories:
  - no further action
  - advice
  - another decision
  - "a referral, then neither an assessment nor an enquiry"
  - "a referral, then an assessment"
  - "a referral, then a child protection enquiry"
  - "a referral, then too early to say"
  - a child protection enquiry at once
pathway: [Contacts, What was decided, What followed within 60 working days]
periods: [quarter, rolling]
headline: rolling
feeds: [csc_contact_referral, csc_assessment]
source: "Social care data standard: outcomes of a contact; the rule of 60 working days is proposed by us"
owner: Front door manager
cannot_tell: Whether the decision was right, what early help or advice was taken up, or what followed later than 60 working days.
note: >-
  Each contact counts once, by what was decided and, after a referral, by the furthest that followed on the same referral within 60 working days. A referral is one that the
  contact began or joined, also where it ended with no further action. Until a contact is 120 days old it is too early to say what follows its referral, so that "not yet" is never read
  as "neither": 60 working days are at most 90 days, and the last assessments come with the next month's extract. RQ6 counts a referral that is open as taken forward, which this measure does not.
examples:
  - name: each decision and each ending
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: nfa}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: advice}
        - {contact_key: c3, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: other}
        - {contact_key: c4, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r4, referral_nfa: "true"}
        - {contact_key: c5, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: existing_referral, referral_key: r5}
        - {contact_key: c6, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r6}
        - {contact_key: c7, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: cp_enquiry, referral_key: r7}
        - {contact_key: c8, da_contact_flag: Y, contact_at: 2026-01-05 09:00}
        - {contact_key: c9, da_contact_flag: N, contact_at: 2026-01-05 09:00, contact_outcome: nfa}
      csc_assessment:
        - {assessment_key: s5, referral_key: r5, assessment_start_date: 2026-01-20}
        - {assessment_key: s6, referral_key: r6, assessment_start_date: 2026-01-20, s47_start_date: 2026-01-27}
        - {assessment_key: s7, referral_key: r7, assessment_start_date: 2026-01-06, s47_start_date: 2026-01-06}
    want:
      - {period: 2025-26 Q4, denominator: 8}
      - {period: 2025-26 Q4, breakdown: category, category: no further action, numerator: 1, denominator: 8, share: 12.5}
      - {period: 2025-26 Q4, breakdown: category, category: advice, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: another decision, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then neither an assessment nor an enquiry", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then an assessment", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then a child protection enquiry", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: a child protection enquiry at once, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: not recorded, numerator: 1}
  - name: what followed counts to the 60th working day, across Easter
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r1}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r2}
        - {contact_key: c3, da_contact_flag: Y, contact_at: 2026-01-16 09:00, contact_outcome: new_referral, referral_key: r3}
        - {contact_key: c4, da_contact_flag: Y, contact_at: 2026-01-05 09:00, contact_outcome: new_referral, referral_key: r4}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, assessment_start_date: 2026-03-30}
        - {assessment_key: s2, referral_key: r2, s47_start_date: 2026-03-31}
        - {assessment_key: s3, referral_key: r3, s47_start_date: 2026-04-14}
        - {assessment_key: s4, referral_key: r3, s47_start_date: 2026-05-14}
        - {assessment_key: s5, referral_key: r4, assessment_start_date: 2026-03-31}
    want:
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then an assessment", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then a child protection enquiry", numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then neither an assessment nor an enquiry", numerator: 2}
  - name: what follows a referral is told when the contact is 120 days old, and other decisions at once
    as_at: 2026-07-29
    given:
      csc_contact_referral:
        - {contact_key: c1, da_contact_flag: Y, contact_at: 2026-03-31 23:59, contact_outcome: new_referral, referral_key: r1}
        - {contact_key: c2, da_contact_flag: Y, contact_at: 2026-04-01 00:00, contact_outcome: new_referral, referral_key: r2}
        - {contact_key: c3, da_contact_flag: Y, contact_at: 2026-04-02 00:00, contact_outcome: nfa}
      csc_assessment:
        - {assessment_key: s2, referral_key: r2, assessment_start_date: 2026-04-08}
    want:
      - {period: 2025-26 Q4, breakdown: category, category: "a referral, then neither an assessment nor an enquiry", numerator: 1}
      - {period: 2026-27 Q1, denominator: 2}
      - {period: 2026-27 Q1, breakdown: category, category: "a referral, then too early to say", numerator: 1}
      - {period: 2026-27 Q1, breakdown: category, category: no further action, numerator: 1}
*/
with followed as (
    select referral_key, min(assessment_start_date) as assessed_on, min(s47_start_date) as enquiry_on
    from core.csc_assessment
    group by referral_key
)
select
    contact.contact_at as at,
    case
        when contact.contact_outcome = 'nfa' then 'no further action'
        when contact.contact_outcome = 'advice' then 'advice'
        when contact.contact_outcome = 'other' then 'another decision'
        when contact.contact_outcome = 'cp_enquiry' then 'a child protection enquiry at once'
        when contact.contact_outcome in ('new_referral', 'existing_referral')
            then case
                when contact.contact_at::date > as_at() - 120 then 'a referral, then too early to say'
                when working_days(contact.contact_at, followed.enquiry_on) <= 60 then 'a referral, then a child protection enquiry'
                when working_days(contact.contact_at, followed.assessed_on) <= 60 then 'a referral, then an assessment'
                else 'a referral, then neither an assessment nor an enquiry'
            end
    end as category
from core.csc_contact_referral as contact
left join followed on followed.referral_key = contact.referral_key
where contact.da_contact_flag = 'Y'
