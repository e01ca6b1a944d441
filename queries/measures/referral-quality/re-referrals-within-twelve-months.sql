/*
id: RQ7
title: Domestic abuse referrals that follow another within 12 months
short: Re-referrals within 12 months
question: Did the last response hold?
counts: referrals with a domestic abuse factor at assessment
met: followed another referral of the same child within 365 days
answers: [NFK2, HRT1]
kind: proportion
better: down
breakdowns: [unborn]
compare: [district]
matures: 70 days
looks_back: 12 months
feeds: [csc_contact_referral, csc_assessment]
source: "DfE children's social care dashboard indicator: re-referrals within 12 months of a previous referral (all causes)"
owner: Children's services performance lead
cannot_tell: Whether the earlier response was right at the time, or whether harm went on unreported.
note: >-
  Whether abuse was a factor is known from the last assessment, so a referral is judged when it is 70 days old:
  45 working days for the assessment, and a week. The earlier referral may be for any cause.
examples:
  - name: a second referral within 365 days follows the first; one contact more does not make one
    given:
      csc_contact_referral:
        - {contact_key: c1, child_key: a, referral_key: r1, referral_date: 2025-03-01}
        - {contact_key: c2, child_key: a, referral_key: r2, referral_date: 2026-03-01}
        - {contact_key: c3, child_key: a, referral_key: r2, referral_date: 2026-03-01}
        - {contact_key: c4, child_key: b, referral_key: r3, referral_date: 2026-03-02}
        - {contact_key: c5, child_key: a}
      csc_assessment:
        - {assessment_key: s1, referral_key: r2, assessment_start_date: 2026-03-05, factor_codes: [3A, 4A]}
        - {assessment_key: s2, referral_key: r3, assessment_start_date: 2026-03-05, factor_codes: [3B]}
    want:
      - {period: 2026-03, numerator: 1, denominator: 2}
  - name: 366 days later is not within twelve months, and the last assessment decides
    given:
      csc_contact_referral:
        - {contact_key: c1, child_key: a, referral_key: r1, referral_date: 2025-03-01}
        - {contact_key: c2, child_key: a, referral_key: r2, referral_date: 2026-03-02}
        - {contact_key: c3, child_key: b, referral_key: r3, referral_date: 2026-03-31, district: E07000148}
        - {contact_key: c4, child_key: d, referral_key: r4}
      csc_assessment:
        - {assessment_key: s1, referral_key: r2, assessment_start_date: 2026-03-05, factor_codes: [3C]}
        - {assessment_key: s2, referral_key: r3, assessment_start_date: 2026-04-01, factor_codes: [3A]}
        - {assessment_key: s3, referral_key: r3, assessment_start_date: 2026-05-01, factor_codes: ["21"]}
        - {assessment_key: s4, referral_key: r4, assessment_start_date: 2026-03-05, factor_codes: [3A]}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: unborn, category: born, numerator: 0, denominator: 1}
  - name: a referral has the date of its first contact, and one of the contacts says that the child is unborn
    given:
      csc_contact_referral:
        - {contact_key: c1, child_key: a, referral_key: r1, referral_date: 2025-03-31}
        - {contact_key: c2, child_key: a, referral_key: r2, referral_date: 2026-03-31, unborn_flag: Y, district: E07000148}
        - {contact_key: c3, child_key: a, referral_key: r2, referral_date: 2026-04-02, unborn_flag: N, district: E07000149}
        - {contact_key: c4, child_key: b, referral_key: r3, referral_date: 2025-06-01}
        - {contact_key: c5, child_key: d, referral_key: r4, referral_date: 2026-04-01}
        - {contact_key: c6, child_key: d, referral_date: 2025-12-01}
      csc_assessment:
        - {assessment_key: s1, referral_key: r2, assessment_start_date: 2026-04-10, factor_codes: [3A]}
        - {assessment_key: s2, referral_key: r4, assessment_start_date: 2026-04-10, factor_codes: [3B]}
        - {assessment_key: s3, referral_key: r3, assessment_start_date: 2025-06-10}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: unborn, category: unborn, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
  - name: a referral younger than 70 days is pending, not a no
    as_at: 2026-05-10
    given:
      csc_contact_referral:
        - {contact_key: c1, child_key: "m:U2026-09", referral_key: r1, referral_date: 2026-03-01, unborn_flag: Y}
        - {contact_key: c2, child_key: b, referral_key: r2, referral_date: 2026-03-02}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, assessment_start_date: 2026-03-05, factor_codes: [3A]}
        - {assessment_key: s2, referral_key: r2, assessment_start_date: 2026-03-05, factor_codes: [3A]}
    want:
      - {period: 2026-03, numerator: 0, denominator: 1}
      - {period: 2026-03, breakdown: unborn, category: unborn, numerator: 0, denominator: 1}
*/
with referral as (
    select
        referral_key,
        min(child_key) as child_key,
        min(referral_date) as referral_date,
        min(district) as district,
        bool_or(coalesce(unborn_flag = 'Y', false)) as is_unborn
    from core.csc_contact_referral
    where referral_key is not null and referral_date is not null
    group by referral_key
),
in_order as (
    select
        *,
        lag(referral_date) over (partition by child_key order by referral_date, referral_key) as previous_date
    from referral
),
last_assessment as (
    select
        referral_key,
        max_by(has_da_factor(factor_codes), assessment_start_date) as is_domestic_abuse
    from core.csc_assessment
    group by referral_key
)
select
    in_order.referral_date as at,
    in_order.district,
    case when in_order.is_unborn then 'unborn' else 'born' end as unborn,
    coalesce(in_order.referral_date - in_order.previous_date <= 365, false) as met
from in_order
join last_assessment on last_assessment.referral_key = in_order.referral_key
where last_assessment.is_domestic_abuse
