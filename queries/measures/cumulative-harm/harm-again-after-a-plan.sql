/*
id: CH10
title: Children with another police incident within 180 days of the end of a plan
short: Harm again after a plan
question: Did the safety that a plan brought last?
counts: ended children's plans with domestic abuse as a factor
met: were followed by another police incident within 180 days
answers: [NFK2, HRT6]
kind: proportion
better: down
matures: 215 days
breakdowns: [plan_type, age_group]
feeds: [csc_assessment, csc_contact_referral, police_da_incident, police_da_incident_child]
source: "Hertfordshire JTAI letter, 12 December 2024: plans ended before change has been achieved and sustained"
owner: Children's services performance lead
cannot_tell: Harm that police were not told of, or whether the plan was right to end on what was known.
note: >-
  A plan is judged 215 days after it ended: 180 days in which to see, and a month for the police extract to come. CH4 gives
  all plans, with those that cannot be judged yet, by the Kaplan-Meier method. A child counts once for each day on which a
  child protection, child in need or early help plan ended. An incident on that day is not after it.
examples:
  - name: an incident on the last of 180 days counts, one on the day of the end or later does not
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-01-01, referral_key: r1}
        - {assessment_key: s2, child_key: b, factor_codes: [3B, 4A], plan_type_at_close: cin, plan_closed_date: 2025-01-01}
        - {assessment_key: s3, child_key: c, factor_codes: [3C], plan_type_at_close: eh, plan_closed_date: 2025-01-01}
        - {assessment_key: s4, child_key: d, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-01-01}
        - {assessment_key: s5, child_key: e, factor_codes: [3A], plan_type_at_close: none, plan_closed_date: 2025-01-01}
        - {assessment_key: s6, child_key: f, factor_codes: ["21"], plan_type_at_close: cp, plan_closed_date: 2025-01-01}
        - {assessment_key: s7, child_key: g, factor_codes: [3A], plan_type_at_close: cp}
        - {assessment_key: s8, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-01-01}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000146}
        - {contact_key: c2, referral_key: r1, district: E07000149}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2025-06-30}
        - {incident_key: i2, child_key: b, age_group: 8-17, incident_date: 2025-07-01}
        - {incident_key: i3, child_key: c, age_group: unborn, incident_date: 2025-01-01}
        - {incident_key: i4, child_key: d, age_group: 0-7, incident_date: 2024-12-01}
        - {incident_key: i5, child_key: d, age_group: 8-17, incident_date: 2024-12-31}
        - {incident_key: i6, child_key: d, age_group: 8-17, incident_date: 2025-01-02}
        - {incident_key: i7, child_key: x, incident_date: 2025-02-01}
    want:
      - {period: 2024-25 Q4, numerator: 2, denominator: 4}
      - {period: 2024-25 Q4, district: E07000146, numerator: 1, denominator: 1}
      - {period: 2024-25 Q4, district: E07000149, denominator: 0}
      - {period: 2024-25 Q4, breakdown: plan_type, category: child protection, numerator: 2, denominator: 2}
      - {period: 2024-25 Q4, breakdown: plan_type, category: child in need, numerator: 0, denominator: 1}
      - {period: 2024-25 Q4, breakdown: plan_type, category: early help, numerator: 0, denominator: 1}
      - {period: 2024-25 Q4, breakdown: age_group, category: 8-17, numerator: 1, denominator: 1}
      - {period: 2024-25 Q4, breakdown: age_group, category: unborn, numerator: 0, denominator: 1}
      - {period: 2024-25 Q4, breakdown: age_group, category: not recorded, numerator: 1, denominator: 2}
  - name: too young to judge is neither, and two forms for one plan are one
    as_at: 2025-10-31
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-03-30}
        - {assessment_key: s2, child_key: a, factor_codes: [3A], plan_type_at_close: eh, plan_closed_date: 2025-03-30}
        - {assessment_key: s3, child_key: b, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-03-31}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2025-05-01}
        - {incident_key: i2, child_key: a, incident_date: 2025-06-01}
        - {incident_key: i3, child_key: b, incident_date: 2025-06-01}
    want:
      - {period: 2025-03, numerator: 1, denominator: 1}
      - {period: 2025-03, breakdown: plan_type, category: child protection, numerator: 1, denominator: 1}
*/
with closure as (
    select
        child_key,
        plan_closed_date,
        min(referral_key) as referral_key,
        min(plan_type_at_close) as plan_type
    from core.csc_assessment
    where has_da_factor(factor_codes)
        and plan_type_at_close in ('cp', 'cin', 'eh')
        and child_key is not null
    group by child_key, plan_closed_date
),
referral as (
    select referral_key, min(district) as district
    from core.csc_contact_referral
    group by referral_key
),
after_closure as (
    select
        closure.child_key,
        closure.plan_closed_date,
        bool_or(follows_within(closure.plan_closed_date, incident.incident_date, 180)) as harmed_again,
        max_by(incident.age_group, incident.incident_date) filter (where incident.incident_date <= closure.plan_closed_date) as age_group
    from closure
    join core.police_da_incident_child as incident on incident.child_key = closure.child_key
    group by closure.child_key, closure.plan_closed_date
)
select
    closure.plan_closed_date as at,
    referral.district,
    case closure.plan_type
        when 'cp' then 'child protection'
        when 'cin' then 'child in need'
        when 'eh' then 'early help'
    end as plan_type,
    after_closure.age_group,
    coalesce(after_closure.harmed_again, false) as met
from closure
left join referral on referral.referral_key = closure.referral_key
left join after_closure
    on after_closure.child_key = closure.child_key
    and after_closure.plan_closed_date = closure.plan_closed_date
