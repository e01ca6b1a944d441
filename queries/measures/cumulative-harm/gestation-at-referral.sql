/*
id: CH7
title: Weeks of pregnancy at the referral of an unborn child
short: Weeks of pregnancy at referral
question: Do we have time to plan before birth?
counts: referrals of unborn children about domestic abuse
answers: [NFK2]
sensitive: true
kind: mean
measured_in: weeks of pregnancy
better: down
breakdowns: [stage_of_pregnancy, out_of_hours]
headline: rolling
feeds: [csc_contact_referral]
source: "Work before birth is a strength in the Norfolk JTAI letter, 27 February 2025; no published target was found"
owner: Children's services performance lead
cannot_tell: When the pregnancy was known to anyone, or to within two weeks how far on it was.
note: >-
  Only the month of the expected birth is sent, so the day is taken as the 15th, 40 weeks after the start, and each
  figure is right to about two weeks. Referrals with no expected month, or whose dates cannot belong to one pregnancy
  (after 43 weeks or before the start), are left out. A referral counts once, by its first contact about domestic abuse.
  Two unborn children of one mother are two.
examples:
  - name: ten weeks and 29; born, about something else, with no month or no referral are left out
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, referral_date: 2026-01-17, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-08-01, district: E07000148, out_of_hours: Y}
        - {contact_key: c2, referral_key: r2, referral_date: 2026-01-28, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-04-01, out_of_hours: N}
        - {contact_key: c3, referral_key: r3, referral_date: 2026-01-31, unborn_flag: N, da_contact_flag: Y, expected_birth_month: 2026-04-01}
        - {contact_key: c4, referral_key: r4, referral_date: 2026-01-31, unborn_flag: Y, da_contact_flag: N, expected_birth_month: 2026-04-01}
        - {contact_key: c5, referral_key: r5, referral_date: 2026-01-31, unborn_flag: Y, da_contact_flag: Y}
        - {contact_key: c6, referral_date: 2026-01-31, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-04-01}
    want:
      - {period: 2026-01, denominator: 2, value: 19.5}
      - {period: 2026-01, district: E07000148, denominator: 1, value: 10}
      - {period: 2026-01, breakdown: stage_of_pregnancy, category: up to 13 weeks, denominator: 1}
      - {period: 2026-01, breakdown: stage_of_pregnancy, category: 28 weeks or later, denominator: 1}
      - {period: 2026-01, breakdown: out_of_hours, category: out of hours, denominator: 1}
      - {period: 2026-01, breakdown: out_of_hours, category: in hours, denominator: 1}
  - name: each stage begins on its week, and weeks that cannot be are left out
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, referral_date: 2026-02-07, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-11-01}
        - {contact_key: c2, referral_key: r2, referral_date: 2026-02-08, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-11-01}
        - {contact_key: c3, referral_key: r3, referral_date: 2026-02-13, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-08-01}
        - {contact_key: c4, referral_key: r4, referral_date: 2026-02-14, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-08-01}
        - {contact_key: c5, referral_key: r5, referral_date: 2026-02-20, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-05-01}
        - {contact_key: c6, referral_key: r6, referral_date: 2026-02-19, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-05-01}
        - {contact_key: c7, referral_key: r7, referral_date: 2026-02-05, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-01-01}
        - {contact_key: c8, referral_key: r8, referral_date: 2026-02-06, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-01-01}
    want:
      - {period: 2026-02, denominator: 6}
      - {period: 2026-02, breakdown: stage_of_pregnancy, category: up to 13 weeks, denominator: 2}
      - {period: 2026-02, breakdown: stage_of_pregnancy, category: 14 to 27 weeks, denominator: 2}
      - {period: 2026-02, breakdown: stage_of_pregnancy, category: 28 weeks or later, denominator: 2}
  - name: a referral with several contacts counts once, and a quarter ends at midnight
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, referral_date: 2026-03-31, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-07-01, district: E07000143, out_of_hours: N}
        - {contact_key: c2, referral_key: r1, referral_date: 2026-04-01, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-08-01, district: E07000148, out_of_hours: Y}
        - {contact_key: c3, referral_key: r2, referral_date: 2026-04-01, unborn_flag: Y, da_contact_flag: Y, expected_birth_month: 2026-07-01}
    want:
      - {period: 2025-26 Q4, denominator: 1, value: 24.857142857142858}
      - {period: 2025-26 Q4, district: E07000143, denominator: 1}
      - {period: 2025-26 Q4, breakdown: out_of_hours, category: in hours, denominator: 1}
      - {period: 2026-27 Q1, denominator: 1, value: 25}
*/
with referral as (
    select
        referral_key,
        min(referral_date) as referral_date,
        min(expected_birth_month) as expected_birth_month,
        min(district) as district,
        min(out_of_hours) as out_of_hours
    from core.csc_contact_referral
    where unborn_flag = 'Y'
        and da_contact_flag = 'Y'
        and referral_key is not null
    group by referral_key
),
pregnancy as (
    select
        *,
        280 - (expected_birth_month + 14 - referral_date) as days
    from referral
)
select
    referral_date as at,
    district,
    case
        when days < 98 then 'up to 13 weeks'
        when days < 196 then '14 to 27 weeks'
        else '28 weeks or later'
    end as stage_of_pregnancy,
    case out_of_hours when 'Y' then 'out of hours' when 'N' then 'in hours' end as out_of_hours,
    days / 7 as value
from pregnancy
where days between 0 and 301
