/*
id: IS5
title: Domestic abuse assessments completed within 45 working days of referral
short: Assessments in 45 working days
question: Are assessments finished in time for the child?
counts: assessments completed with a domestic abuse factor
met: were completed within 45 working days of the referral
answers: [NFK4, HRT2]
kind: proportion
better: up
breakdowns: [unborn]
compare: [district]
target: {value: 100, source: "45 working days from referral: DfE children in need census guide"}
feeds: [csc_assessment, csc_contact_referral]
source: "DfE children in need census guide"
owner: Children's services performance lead
cannot_tell: Whether the assessment was thorough, or what changed for the child.
note: >-
  Counted by the day the assessment was authorised. Assessments still open are not counted until they end, so a
  growing backlog shows later. Assessments whose referral is not in the extracts are left out.
examples:
  - name: the 45th working day is in time, the next is not
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, child_key: a, referral_date: 2026-01-05, district: E07000147}
        - {contact_key: c2, referral_key: r2, child_key: "m:U2026-06", referral_date: 2026-01-05, district: E07000149, unitary: east_norfolk}
        - {contact_key: c3, referral_key: r2, child_key: "m:U2026-06", referral_date: 2026-01-05, district: E07000149, unitary: west_norfolk}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, assessment_auth_date: 2026-03-09, factor_codes: [3A]}
        - {assessment_key: s2, referral_key: r2, child_key: "m:U2026-06", assessment_auth_date: 2026-03-10, factor_codes: [1A, 3B]}
    want:
      - {period: 2026-03, numerator: 1, denominator: 2}
      - {period: 2026-03, district: E07000147, numerator: 1, denominator: 1}
      - {period: 2026-03, unitary: east_norfolk, numerator: 1, denominator: 2}
      - {period: 2026-03, breakdown: unborn, category: unborn, numerator: 0, denominator: 1}
      - {period: 2026-03, breakdown: unborn, category: born, numerator: 1, denominator: 1}
  - name: no factor, no end and no referral are not counted; two contacts of one referral are one
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, referral_date: 2026-01-05}
        - {contact_key: c2, referral_key: r1, referral_date: 2025-10-06}
        - {contact_key: c3, referral_key: r1}
        - {contact_key: c4, referral_key: r2, referral_date: 2025-10-06}
        - {contact_key: c5, referral_key: r5}
        - {contact_key: c6, referral_date: 2026-01-05}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, assessment_auth_date: 2026-01-20, factor_codes: ["21"]}
        - {assessment_key: s2, referral_key: r1, factor_codes: [3A]}
        - {assessment_key: s3, referral_key: r9, assessment_auth_date: 2026-01-20, factor_codes: [3A]}
        - {assessment_key: s4, referral_key: r1, assessment_auth_date: 2026-01-20, factor_codes: [3C]}
        - {assessment_key: s5, referral_key: r5, assessment_auth_date: 2026-01-20, factor_codes: [3C]}
        - {assessment_key: s6, assessment_auth_date: 2026-01-20, factor_codes: [3C]}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
*/
with referral as (
    select referral_key, min(referral_date) as referral_date, min(district) as district, min(unitary) as unitary
    from core.csc_contact_referral
    where referral_date is not null
    group by referral_key
)
select
    assessment.assessment_auth_date as at,
    referral.district,
    referral.unitary,
    case when contains(assessment.child_key, ':U') then 'unborn' else 'born' end as unborn,
    working_days(referral.referral_date, assessment.assessment_auth_date) <= 45 as met
from core.csc_assessment as assessment
join referral on referral.referral_key = assessment.referral_key
where has_da_factor(assessment.factor_codes)
