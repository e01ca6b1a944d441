/*
id: VC5
title: Children assessed with a safety plan of their own
short: Children with a safety plan
question: Does the child know what to do?
counts: children aged 4 to 17 with an assessment that names domestic abuse
met: had a safety plan of their own
answers: [NFK3, HRT5, HRT7]
kind: proportion
better: up
breakdowns: [age_group]
unit: child_key
compare: [district]
feeds: [csc_assessment, csc_contact_referral, police_da_incident, police_da_incident_child]
source: "Hertfordshire JTAI letter, 12 December 2024: most children are not supported to develop one; ages 4 and over proposed by the partnership"
owner: Children's services performance lead
cannot_tell: Whether the plan suits the child's age, or the child can use it.
note: >-
  Each child counts once in a period, on the day an assessment was authorised. An assessment marked "not applicable" or
  not answered is left out. Assessments do not say how old a child is: those whom police last recorded, in the 12 months
  before, as unborn or under 4 are left out, and children whom police did not record are kept under age "not recorded".
examples:
  - name: yes, no, not applicable and no answer
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, referral_key: r1, assessment_auth_date: 2026-03-31, factor_codes: [3A], child_safety_plan: Y}
        - {assessment_key: s2, child_key: b, referral_key: r1, assessment_auth_date: 2026-03-31, factor_codes: [3B], child_safety_plan: N}
        - {assessment_key: s3, child_key: c, assessment_auth_date: 2026-03-31, factor_codes: [3A], child_safety_plan: not_applicable}
        - {assessment_key: s4, child_key: d, assessment_auth_date: 2026-03-31, factor_codes: [3A]}
        - {assessment_key: s5, child_key: e, assessment_auth_date: 2026-03-31, factor_codes: ["21"], child_safety_plan: Y}
        - {assessment_key: s6, child_key: f, assessment_auth_date: 2026-04-01, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s7, assessment_auth_date: 2026-04-01, factor_codes: [3A], child_safety_plan: N}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000146}
        - {contact_key: c2, referral_key: r1, district: E07000149}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, district: E07000146, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: age_group, category: not recorded, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, numerator: 0, denominator: 1}
  - name: each band under 4 is left out, by the last record in the 12 months before
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s2, child_key: b, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s3, child_key: c, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s4, child_key: d, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s5, child_key: e, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s6, child_key: f, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: Y}
        - {assessment_key: s7, child_key: g, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: Y}
        - {assessment_key: s8, child_key: h, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: Y}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_band_child: unborn, age_group: unborn, incident_date: 2026-04-10}
        - {incident_key: i2, child_key: b, age_band_child: "0", age_group: 0-7, incident_date: 2026-04-09}
        - {incident_key: i3, child_key: c, age_band_child: "1", age_group: 0-7, incident_date: 2026-04-09}
        - {incident_key: i4, child_key: d, age_band_child: "2", age_group: 0-7, incident_date: 2025-04-10}
        - {incident_key: i5, child_key: e, age_band_child: "3", age_group: 0-7, incident_date: 2026-04-09}
        - {incident_key: i6, child_key: f, age_band_child: "3", age_group: 0-7, incident_date: 2025-04-09}
        - {incident_key: i7, child_key: g, age_band_child: "4", age_group: 0-7, incident_date: 2026-04-08}
        - {incident_key: i8, child_key: g, age_band_child: 16-17, age_group: 8-17, incident_date: 2026-04-09}
        - {incident_key: i8, child_key: h, age_band_child: "3", age_group: 0-7, incident_date: 2026-01-01}
        - {incident_key: i8, child_key: h, age_band_child: "4", age_group: 0-7, incident_date: 2026-04-01}
        - {incident_key: i9, child_key: g, age_band_child: "3", age_group: 0-7, incident_date: 2026-04-11}
    want:
      - {period: 2026-04, numerator: 3, denominator: 3}
      - {period: 2026-04, breakdown: age_group, category: 0-7, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: age_group, category: 8-17, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: age_group, category: not recorded, numerator: 1, denominator: 1}
  - name: a child assessed twice in a quarter is one, met where either has a plan
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, assessment_auth_date: 2026-04-10, factor_codes: [3A], child_safety_plan: N}
        - {assessment_key: s2, child_key: a, assessment_auth_date: 2026-06-10, factor_codes: [3A], child_safety_plan: Y}
    want:
      - {period: 2026-27 Q1, numerator: 1, denominator: 1}
      - {period: 2026-04, numerator: 0, denominator: 1}
*/
with assessment as (
    select assessment_key, child_key, referral_key, assessment_auth_date, child_safety_plan
    from core.csc_assessment
    where has_da_factor(factor_codes)
        and child_safety_plan in ('Y', 'N')
        and child_key is not null
),
referral as (
    select referral_key, min(district) as district
    from core.csc_contact_referral
    group by referral_key
),
age as (
    select
        assessment.assessment_key,
        max_by(incident.age_group, incident.incident_date) as age_group,
        max_by(incident.age_band_child, incident.incident_date) as age_band
    from assessment
    join core.police_da_incident_child as incident
        on incident.child_key = assessment.child_key
        and incident.incident_date <= assessment.assessment_auth_date
        and incident.incident_date >= assessment.assessment_auth_date - interval 12 month
    group by assessment.assessment_key
)
select
    assessment.assessment_auth_date as at,
    referral.district,
    age.age_group,
    assessment.child_key,
    assessment.child_safety_plan = 'Y' as met
from assessment
left join referral on referral.referral_key = assessment.referral_key
left join age on age.assessment_key = assessment.assessment_key
where coalesce(age.age_band not in ('unborn', '0', '1', '2', '3'), true)
