/*
id: CH3
title: Children with three or more incidents before the first statutory response
short: 3+ incidents before first response
question: How many times did harm happen before we acted?
counts: children with a first domestic abuse assessment or enquiry
met: had three or more police incidents in the 24 months before it
answers: [NFK2]
kind: proportion
better: down
breakdowns: [earlier_incidents]
looks_back: 24 months
feeds: [csc_assessment, csc_contact_referral, police_da_incident, police_da_incident_child]
source: "Norfolk JTAI letter, 27 February 2025: risks not grasped soon enough"
owner: Children's services performance lead
cannot_tell: Whether an earlier response was offered by another agency, or whether police told children's services.
note: >-
  Counted once for each child, on the day its first assessment with a domestic abuse factor, or first child protection
  enquiry, began. The table by earlier incidents gives how many children had each number. Children whose keys do not
  match between police and children's services show none. A response before the first extract is not seen.
examples:
  - name: three incidents before the response; the one on the day does not count
    given:
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, assessment_start_date: 2026-02-10, factor_codes: [3A]}
        - {assessment_key: s2, referral_key: r2, child_key: b, assessment_start_date: 2026-02-11, factor_codes: [3B]}
        - {assessment_key: s3, referral_key: r3, child_key: c, assessment_start_date: 2026-02-12, factor_codes: ["21"]}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, district: E07000145}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2024-02-10}
        - {incident_key: i2, child_key: a, incident_date: 2025-06-01}
        - {incident_key: i3, child_key: a, incident_date: 2026-02-09}
        - {incident_key: i4, child_key: b, incident_date: 2024-02-10}
        - {incident_key: i5, child_key: b, incident_date: 2026-02-11}
    want:
      - {period: 2026-02, numerator: 1, denominator: 2}
      - {period: 2026-02, district: E07000145, numerator: 1, denominator: 1}
      - {period: 2026-02, breakdown: earlier_incidents, category: 3-4, numerator: 1, denominator: 1}
      - {period: 2026-02, breakdown: earlier_incidents, category: "0", numerator: 0, denominator: 1}
  - name: a child is counted once, at the first; an enquiry may come before the assessment
    given:
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, assessment_start_date: 2026-04-02, s47_start_date: 2026-03-31, factor_codes: [3A]}
        - {assessment_key: s2, referral_key: r2, child_key: a, assessment_start_date: 2026-05-02, factor_codes: [3A]}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-03-01}
        - {incident_key: i1, child_key: a, incident_date: 2026-03-01}
        - {incident_key: i2, child_key: a, incident_date: 2026-04-01}
    want:
      - {period: 2025-26 Q4, numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_incidents, category: "1", numerator: 0, denominator: 1}
      - {period: 2026-27 Q1, numerator: 0, denominator: 0}
*/
with response as (
    select
        child_key,
        least(assessment_start_date, s47_start_date) as started_on,
        referral_key
    from core.csc_assessment
    where has_da_factor(factor_codes)
),
first_response as (
    select
        child_key,
        min(started_on) as started_on,
        min_by(referral_key, started_on) as referral_key
    from response
    where child_key is not null and started_on is not null
    group by child_key
),
referral as (
    select referral_key, min(district) as district
    from core.csc_contact_referral
    group by referral_key
),
with_history as (
    select
        first_response.child_key,
        count(distinct earlier.incident_key) as earlier_n
    from first_response
    left join core.police_da_incident_child as earlier
        on earlier.child_key = first_response.child_key
        and earlier.incident_date < first_response.started_on
        and earlier.incident_date >= first_response.started_on - interval 24 month
    group by first_response.child_key
)
select
    first_response.started_on as at,
    referral.district,
    case
        when with_history.earlier_n >= 5 then '5 or more'
        when with_history.earlier_n >= 3 then '3-4'
        else with_history.earlier_n::varchar
    end as earlier_incidents,
    with_history.earlier_n >= 3 as met
from first_response
join with_history on with_history.child_key = first_response.child_key
left join referral on referral.referral_key = first_response.referral_key
