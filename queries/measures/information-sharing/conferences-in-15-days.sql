/*
id: IS6
title: Initial child protection conferences within 15 working days of the strategy discussion
short: Conferences in 15 working days
question: Is the conference held in time for the child?
counts: initial child protection conferences held with a domestic abuse factor
met: were held within 15 working days of the strategy discussion
answers: [NFK4, HRT2]
kind: proportion
better: up
breakdowns: [unborn]
compare: [district]
target: {value: 100, source: "15 working days from the strategy discussion: DfE children in need census guide"}
feeds: [csc_assessment, csc_contact_referral]
source: "DfE children in need census guide, validation 8675Q; the enquiry starts with the strategy discussion by the social care data standard"
owner: Children's services performance lead
cannot_tell: Whether the right people came, or whether the plan made the child safer.
note: >-
  Counted per child, by the day of the conference. A conference told of by two assessments counts once, from the earlier strategy
  discussion. One whose assessment is not yet authorised comes with a later extract, so the latest month grows.
examples:
  - name: the 15th working day is in time, the next is not, and Easter does not count
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000147}
        - {contact_key: c2, referral_key: r1, district: E07000148}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, factor_codes: [3A], s47_start_date: 2026-03-27, icpc_date: 2026-04-21}
        - {assessment_key: s2, referral_key: r1, child_key: "m:U2026-06", factor_codes: [4B, 3B], s47_start_date: 2026-03-27, icpc_date: 2026-04-22}
        - {assessment_key: s3, child_key: b, factor_codes: [3C], s47_start_date: 2026-04-21, icpc_date: 2026-04-21}
    want:
      - {period: 2026-04, numerator: 2, denominator: 3}
      - {period: 2026-04, district: E07000147, numerator: 1, denominator: 2}
      - {period: 2026-04, district: unknown, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: unborn, category: unborn, numerator: 0, denominator: 1}
      - {period: 2026-04, breakdown: unborn, category: born, numerator: 2, denominator: 2}
  - name: no factor, no conference and no strategy discussion are not counted
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: ["21"], s47_start_date: 2026-03-27, icpc_date: 2026-03-31}
        - {assessment_key: s2, child_key: b, factor_codes: [3A], s47_start_date: 2026-03-27}
        - {assessment_key: s3, child_key: d, factor_codes: [3A], icpc_date: 2026-03-31}
        - {assessment_key: s4, child_key: e, factor_codes: [3A], s47_start_date: 2026-03-27, icpc_date: 2026-03-31}
        - {assessment_key: s5, child_key: f, factor_codes: [3A], s47_start_date: 2026-03-27, icpc_date: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
  - name: two assessments of one conference are one, and a second conference is another
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000147}
        - {contact_key: c2, referral_key: r2, district: E07000148}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, factor_codes: [3A], s47_start_date: 2026-01-05, icpc_date: 2026-03-02}
        - {assessment_key: s2, referral_key: r2, child_key: a, factor_codes: [3A], s47_start_date: 2026-02-23, icpc_date: 2026-03-02}
        - {assessment_key: s3, referral_key: r2, child_key: a, factor_codes: [3A], s47_start_date: 2026-03-23, icpc_date: 2026-03-30}
    want:
      - {period: 2026-03, numerator: 1, denominator: 2}
      - {period: 2026-03, district: E07000147, numerator: 0, denominator: 1}
*/
with referral as (
    select referral_key, min(district) as district
    from core.csc_contact_referral
    group by referral_key
),
conference as (
    select
        assessment.child_key,
        assessment.icpc_date,
        min(assessment.s47_start_date) as strategy_date,
        min(referral.district) as district
    from core.csc_assessment as assessment
    left join referral on referral.referral_key = assessment.referral_key
    where has_da_factor(assessment.factor_codes)
        and assessment.s47_start_date is not null
    group by assessment.child_key, assessment.icpc_date
)
select
    icpc_date as at,
    district,
    case when contains(child_key, ':U') then 'unborn' else 'born' end as unborn,
    working_days(strategy_date, icpc_date) <= 15 as met
from conference
