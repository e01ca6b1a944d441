/*
id: CH4
title: Days from the end of a plan to the next police incident
short: Days to next incident after a plan
question: Were plans ended too early?
counts: ended children's plans with domestic abuse as a factor
answers: [NFK2, HRT6]
kind: duration
better: up
within: [180, 365]
breakdowns: [plan_type, age_group]
headline: rolling
feeds: [csc_assessment, csc_contact_referral, police_da_incident, police_da_incident_child]
source: "Hertfordshire JTAI letter, 12 December 2024: plans ended before change has been achieved and sustained"
owner: Children's services performance lead
cannot_tell: Harm that police were not told of, or whether the plan was right to end on what was known.
note: >-
  Given by the quarter in which the plan ended, by the Kaplan-Meier method: a child with no incident yet counts for as
  long as the police extracts have been followed since, and is never taken as a child without one. The share with an
  incident within 180 and 365 days is what to read; the median is given where half have had one. A child counts once for
  each day on which a child protection, child in need or early help plan ended. An incident on that day is not after it.
examples:
  - name: the first incident after the end counts, by day, and a child without one is still followed
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-03-31, referral_key: r1}
        - {assessment_key: s2, child_key: b, factor_codes: [3B, 4A], plan_type_at_close: cin, plan_closed_date: 2025-03-31}
        - {assessment_key: s3, child_key: c, factor_codes: [3C], plan_type_at_close: eh, plan_closed_date: 2025-03-01}
        - {assessment_key: s4, child_key: d, factor_codes: [3A], plan_type_at_close: none, plan_closed_date: 2025-03-01}
        - {assessment_key: s5, child_key: e, factor_codes: ["21"], plan_type_at_close: cp, plan_closed_date: 2025-03-01}
        - {assessment_key: s6, child_key: f, factor_codes: [3A], plan_type_at_close: cp}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000146}
        - {contact_key: c2, referral_key: r1, district: E07000149}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2025-03-31}
        - {incident_key: i2, child_key: a, age_group: 8-17, incident_date: 2025-04-01}
        - {incident_key: i3, child_key: a, age_group: 8-17, incident_date: 2025-05-01}
        - {incident_key: i4, child_key: b, age_group: unborn, incident_date: 2025-01-01}
        - {incident_key: i5, child_key: b, age_group: 0-7, incident_date: 2025-04-10}
        - {incident_key: i6, child_key: x, age_group: 0-7, incident_date: 2025-12-31}
    want:
      - {period: 2024-25 Q4, numerator: 2, denominator: 3, open: 1, median: 10}
      - {period: 2024-25 Q4, district: E07000146, numerator: 1, denominator: 1, median: 1}
      - {period: 2024-25 Q4, district: E07000149, denominator: 0}
      - {period: 2024-25 Q4, breakdown: plan_type, category: child protection, numerator: 1, denominator: 1, median: 1}
      - {period: 2024-25 Q4, breakdown: plan_type, category: child in need, numerator: 1, denominator: 1, median: 10}
      - {period: 2024-25 Q4, breakdown: plan_type, category: early help, numerator: 0, denominator: 1, open: 1}
      - {period: 2024-25 Q4, breakdown: age_group, category: 0-7, numerator: 1, denominator: 1, median: 1}
      - {period: 2024-25 Q4, breakdown: age_group, category: unborn, numerator: 1, denominator: 1, median: 10}
      - {period: 2024-25 Q4, breakdown: age_group, category: not recorded, numerator: 0, denominator: 1}
  - name: followed no further than the latest incident that police sent, nor than the as-at date
    as_at: 2025-06-30
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-04-01}
        - {assessment_key: s2, child_key: b, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-04-21}
        - {assessment_key: s3, child_key: c, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-04-22}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2025-04-08}
        - {incident_key: i2, child_key: z, incident_date: 2025-04-21}
    want:
      - {period: 2025-04, numerator: 1, denominator: 2, open: 1, median: 7}
  - name: an incident after the as-at date is not yet known
    as_at: 2025-06-30
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-04-01}
        - {assessment_key: s2, child_key: b, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-04-01}
        - {assessment_key: s3, child_key: c, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-07-01}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2025-06-30}
        - {incident_key: i2, child_key: b, incident_date: 2025-07-01}
    want:
      - {period: 2025-26 Q1, numerator: 1, denominator: 2, open: 1, median: 90}
      - {period: 2025-26 Q2, denominator: 0}
  - name: two forms for one plan are one, the other child keeps its own incidents, and each end of a child's plans counts
    given:
      csc_assessment:
        - {assessment_key: s1, child_key: a, factor_codes: [3A], plan_type_at_close: cp, plan_closed_date: 2025-01-10}
        - {assessment_key: s2, child_key: a, factor_codes: [3A], plan_type_at_close: eh, plan_closed_date: 2025-01-10}
        - {assessment_key: s3, child_key: a, factor_codes: [3A], plan_type_at_close: cin, plan_closed_date: 2025-02-10}
        - {assessment_key: s4, factor_codes: [3A], plan_type_at_close: cin, plan_closed_date: 2025-02-10}
      police_da_incident_child:
        - {incident_key: h1, child_key: a, age_group: 0-7, incident_date: 2024-12-10}
        - {incident_key: h2, child_key: a, age_group: 8-17, incident_date: 2024-12-20}
        - {incident_key: i1, child_key: a, incident_date: 2025-02-10}
        - {incident_key: i2, child_key: b, incident_date: 2025-02-11}
        - {incident_key: i3, child_key: b, incident_date: 2025-03-12}
    want:
      - {period: 2024-25 Q4, numerator: 1, denominator: 2, open: 1}
      - {period: 2025-01, numerator: 1, denominator: 1, median: 31}
      - {period: 2025-01, breakdown: plan_type, category: child protection, numerator: 1, denominator: 1}
      - {period: 2025-01, breakdown: age_group, category: 8-17, numerator: 1, denominator: 1}
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
followed as (
    select least(max(incident_date), as_at()) as until
    from core.police_da_incident_child
),
next_incident as (
    select
        closure.child_key,
        closure.plan_closed_date,
        min(case when incident.incident_date > closure.plan_closed_date then incident.incident_date end) as happened_on,
        max_by(incident.age_group, incident.incident_date) filter (where incident.incident_date <= closure.plan_closed_date) as age_group
    from closure
    join core.police_da_incident_child as incident on incident.child_key = closure.child_key
    cross join followed
    where incident.incident_date <= followed.until
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
    next_incident.age_group,
    coalesce(next_incident.happened_on, followed.until) - closure.plan_closed_date as days,
    next_incident.happened_on is not null as ended
from closure
cross join followed
left join referral on referral.referral_key = closure.referral_key
left join next_incident
    on next_incident.child_key = closure.child_key
    and next_incident.plan_closed_date = closure.plan_closed_date
where closure.plan_closed_date <= followed.until
