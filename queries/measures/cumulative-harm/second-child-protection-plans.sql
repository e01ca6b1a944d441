/*
id: CH9
title: Child protection plans that are a child's second or later, where domestic abuse is a factor
short: Second or later protection plans
question: Does harm recur after protection?
counts: child protection plans begun with domestic abuse as a factor
met: were the child's second or later
answers: [NFK2, HRT6]
sensitive: true
kind: proportion
better: down
breakdowns: [age_group, category_of_plan]
headline: rolling
matures: 70 days
feeds: [csc_assessment, csc_contact_referral, police_da_incident, police_da_incident_child]
source: "DfE children's social care dashboard indicator: second or subsequent plans (all causes)"
owner: Children's services performance lead
cannot_tell: Whether the earlier plan was for domestic abuse, or in another authority.
note: >-
  A plan counts once, on the day it began, and is judged when that is 70 days past: an assessment is sent when it is
  authorised. The number of a child's plan is children's services' own count. Plans without a number are left out. Age
  is as police last recorded it by that day. The national indicator counts plans for every cause, so it is not a
  benchmark.
examples:
  - name: the second is met, the first is not; no factor, no number and no plan do not count
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, referral_key: r1, cpp_start_date: 2026-03-31, cpp_sequence: 2, cpp_category: EMO, factor_codes: [3A]}
        - {assessment_key: s2, child_key: b, cpp_start_date: 2026-03-31, cpp_sequence: 1, cpp_category: NEG, factor_codes: [4A, 3B]}
        - {assessment_key: s3, child_key: c, cpp_start_date: 2026-03-31, cpp_sequence: 3, cpp_category: PHY, factor_codes: ["21"]}
        - {assessment_key: s4, child_key: d, cpp_start_date: 2026-03-31, factor_codes: [3A]}
        - {assessment_key: s5, child_key: e, cpp_sequence: 2, factor_codes: [3A]}
        - {assessment_key: s6, child_key: f, cpp_start_date: 2026-04-01, cpp_sequence: 3, cpp_category: SAB, factor_codes: [3C]}
        - {assessment_key: s7, child_key: g, cpp_start_date: 2026-04-01, cpp_sequence: 1, cpp_category: MUL, factor_codes: [3C]}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000146}
        - {contact_key: c2, referral_key: r1, district: E07000149}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: unborn, incident_date: 2025-03-31}
        - {incident_key: i2, child_key: a, age_group: 0-7, incident_date: 2026-03-31}
        - {incident_key: i3, child_key: a, age_group: 8-17, incident_date: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 1, denominator: 2}
      - {period: 2026-27 Q1, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, district: E07000146, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: age_group, category: 0-7, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: age_group, category: not recorded, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: category_of_plan, category: emotional abuse, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: category_of_plan, category: neglect, numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, breakdown: category_of_plan, category: sexual abuse, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, breakdown: category_of_plan, category: more than one, numerator: 0, denominator: 1}
  - name: a plan named by two assessments is one, with the later number, and two plans of one child are two
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, cpp_start_date: 2026-04-10, cpp_sequence: 1, cpp_category: NEG, factor_codes: [3A], referral_key: r1}
        - {assessment_key: s2, child_key: a, cpp_start_date: 2026-04-10, cpp_sequence: 2, cpp_category: PHY, factor_codes: [3A], referral_key: r2}
        - {assessment_key: s3, child_key: a, cpp_start_date: 2026-06-10, cpp_sequence: 3, factor_codes: [3A]}
        - {assessment_key: s4, cpp_start_date: 2026-06-10, cpp_sequence: 3, factor_codes: [3A]}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000146}
        - {contact_key: c2, referral_key: r2, district: E07000149}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2026-04-01}
        - {incident_key: i2, child_key: a, age_group: 8-17, incident_date: 2026-05-01}
    want:
      - {period: 2026-04, breakdown: age_group, category: 0-7, numerator: 1, denominator: 1}
      - {period: 2026-27 Q1, numerator: 2, denominator: 2}
      - {period: 2026-04, district: E07000146, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: category_of_plan, category: neglect, numerator: 1, denominator: 1}
      - {period: 2026-04, breakdown: category_of_plan, category: physical abuse, denominator: 0}
  - name: a plan younger than 70 days is pending
    as_at: 2026-06-09
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, cpp_start_date: 2026-03-31, cpp_sequence: 1, factor_codes: [3A]}
        - {assessment_key: s2, child_key: b, cpp_start_date: 2026-04-01, cpp_sequence: 2, factor_codes: [3A]}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2026-04, denominator: 0}
*/
with child_plan as (
    select
        child_key,
        cpp_start_date,
        max(cpp_sequence) as cpp_sequence,
        min(cpp_category) as cpp_category,
        min(referral_key) as referral_key
    from core.csc_assessment
    where has_da_factor(factor_codes)
        and cpp_sequence is not null
        and child_key is not null
    group by child_key, cpp_start_date
),
referral as (
    select referral_key, min(district) as district
    from core.csc_contact_referral
    group by referral_key
),
age as (
    select
        child_plan.child_key,
        child_plan.cpp_start_date,
        max_by(incident.age_group, incident.incident_date) as age_group
    from child_plan
    join core.police_da_incident_child as incident
        on incident.child_key = child_plan.child_key
        and incident.incident_date <= child_plan.cpp_start_date
    group by child_plan.child_key, child_plan.cpp_start_date
)
select
    child_plan.cpp_start_date as at,
    referral.district,
    age.age_group,
    case child_plan.cpp_category
        when 'NEG' then 'neglect'
        when 'PHY' then 'physical abuse'
        when 'SAB' then 'sexual abuse'
        when 'EMO' then 'emotional abuse'
        when 'MUL' then 'more than one'
    end as category_of_plan,
    child_plan.cpp_sequence >= 2 as met
from child_plan
left join referral on referral.referral_key = child_plan.referral_key
left join age
    on age.child_key = child_plan.child_key
    and age.cpp_start_date = child_plan.cpp_start_date
