/*
id: IS10
title: Safety plans held by every agency of the core group
short: Safety plans held by all
question: Is the plan where the practitioner is?
counts: children's safety plans made with a domestic abuse factor
met: were shared with every agency of the core group
answers: [NFK4, HRT7]
sensitive: true
kind: proportion
better: up
breakdowns: [missing, unborn]
compare: [district]
feeds: [csc_assessment, csc_contact_referral]
source: "Norfolk JTAI letter, 27 February 2025, and Hertfordshire JTAI letter, 12 December 2024: safety plans sit on the children's services system and are not consistently shared"
owner: Children's services performance lead
cannot_tell: Whether anybody read the plan, or whether it asks too much of the parent who is harmed.
note: >-
  Counted by the day the assessment was authorised. The core group here is police, a health service (GP, health visiting or maternity) and,
  unless the child is unborn, a school or early years setting; it is proposed by us, and a partnership that has agreed another
  changes the lists. The table by what is missing is read by its number of plans: its percentages are 0 or 100 by their meaning. A plan with no
  agency named counts as shared with nobody.
examples:
  - name: police, one health service and one setting are the core group
    given:
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000147}
        - {contact_key: c2, referral_key: r1, district: E07000148}
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, assessment_auth_date: 2026-01-05, factor_codes: [3A], child_safety_plan: Y, safety_plan_shared_with: [police, health_gp, education_school, probation]}
        - {assessment_key: s2, referral_key: r1, child_key: b, assessment_auth_date: 2026-01-05, factor_codes: [3B], child_safety_plan: Y, safety_plan_shared_with: [police, health_visiting, early_years]}
        - {assessment_key: s3, child_key: d, assessment_auth_date: 2026-01-05, factor_codes: [3C], child_safety_plan: Y, safety_plan_shared_with: [health_gp, education_school]}
        - {assessment_key: s4, child_key: e, assessment_auth_date: 2026-01-05, factor_codes: [3A], child_safety_plan: Y, safety_plan_shared_with: [police, education_school, mental_health]}
        - {assessment_key: s5, child_key: f, assessment_auth_date: 2026-01-05, factor_codes: [3A], child_safety_plan: Y, safety_plan_shared_with: [police, maternity]}
        - {assessment_key: s6, child_key: g, assessment_auth_date: 2026-01-05, factor_codes: [3A], child_safety_plan: Y, safety_plan_shared_with: [police]}
        - {assessment_key: s7, child_key: h, assessment_auth_date: 2026-01-05, factor_codes: [3A], child_safety_plan: Y}
    want:
      - {period: 2026-01, numerator: 2, denominator: 7}
      - {period: 2026-01, district: E07000147, numerator: 2, denominator: 2}
      - {period: 2026-01, breakdown: missing, category: nothing missing, numerator: 2, denominator: 2}
      - {period: 2026-01, breakdown: missing, category: police, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: missing, category: health, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: missing, category: school or early years, numerator: 0, denominator: 1}
      - {period: 2026-01, breakdown: missing, category: more than one, numerator: 0, denominator: 2}
      - {period: 2026-01, breakdown: unborn, category: born, numerator: 2, denominator: 7}
  - name: an unborn child has no setting; no plan and no factor are not counted
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: "m:U2026-06", assessment_auth_date: 2026-03-31, factor_codes: [3A], child_safety_plan: Y, safety_plan_shared_with: [police, maternity]}
        - {assessment_key: s2, child_key: b, assessment_auth_date: 2026-03-31, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s3, child_key: d, assessment_auth_date: 2026-03-31, factor_codes: [3A], child_safety_plan: not_applicable}
        - {assessment_key: s4, child_key: e, assessment_auth_date: 2026-03-31, factor_codes: [3A]}
        - {assessment_key: s5, child_key: f, assessment_auth_date: 2026-03-31, factor_codes: ["21"], child_safety_plan: Y, safety_plan_shared_with: [police, health_gp, education_school]}
        - {assessment_key: s6, child_key: g, assessment_auth_date: 2026-04-01, factor_codes: [3A], child_safety_plan: Y, safety_plan_shared_with: [health_gp]}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: unborn, category: unborn, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: missing, category: more than one, numerator: 0, denominator: 1}
*/
with referral as (
    select referral_key, min(district) as district
    from core.csc_contact_referral
    group by referral_key
),
plan as (
    select
        assessment.assessment_auth_date,
        referral.district,
        contains(assessment.child_key, ':U') as is_unborn,
        coalesce(list_contains(assessment.safety_plan_shared_with, 'police'), false) as police_hold,
        coalesce(list_has_any(assessment.safety_plan_shared_with, ['health_gp', 'health_visiting', 'maternity']), false) as health_hold,
        coalesce(list_has_any(assessment.safety_plan_shared_with, ['education_school', 'early_years']), false)
            or contains(assessment.child_key, ':U') as setting_holds
    from core.csc_assessment as assessment
    left join referral on referral.referral_key = assessment.referral_key
    where assessment.child_safety_plan = 'Y'
        and has_da_factor(assessment.factor_codes)
)
select
    assessment_auth_date as at,
    district,
    case when is_unborn then 'unborn' else 'born' end as unborn,
    case
        when police_hold and health_hold and setting_holds then 'nothing missing'
        when health_hold and setting_holds then 'police'
        when police_hold and setting_holds then 'health'
        when police_hold and health_hold then 'school or early years'
        else 'more than one'
    end as missing,
    police_hold and health_hold and setting_holds as met
from plan
