/*
id: CH3
title: Children with three or more incidents before the first statutory response
short: 3+ incidents before first response
question: How many times did harm happen before we acted?
counts: children with a first domestic abuse assessment or enquiry
met: had three or more police incidents in the 24 months before it
answers: [NFK2, HRT1]
kind: proportion
better: down
breakdowns: [earlier_incidents, earlier_perpetrators, earlier_contacts, earlier_agencies, age_group, referral_source]
medians: [earlier_incidents, earlier_perpetrators, earlier_contacts, earlier_agencies]
compare: [district]
matures: 70 days
looks_back: 24 months
feeds: [csc_assessment, csc_contact_referral, police_da_incident, police_da_incident_child]
source: "Norfolk JTAI letter, 27 February 2025: risks not grasped soon enough"
owner: Children's services performance lead
cannot_tell: Whether an earlier response was offered by another agency, or whether police told children's services.
note: >-
  Counted once for each child, on the day its first assessment with a domestic abuse factor, or first child protection
  enquiry, began; an assessment is sent when it is authorised, so a child is counted once that day is 70 days past: 45
  working days, and a week. The tables give how many children had each number of earlier police incidents, of different
  perpetrators identified in them, of earlier contacts with children's services about domestic abuse, and of agencies
  that had made one (police count where there was an incident). Children whose keys do not match between police and
  children's services show none. Age is as police last recorded it. A response before the first extract is not seen.
examples:
  - name: three incidents before the response; the one on the day does not count
    given:
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, assessment_start_date: 2026-02-10, factor_codes: [3A]}
        - {assessment_key: s2, referral_key: r2, child_key: b, assessment_start_date: 2026-02-11, factor_codes: [3B]}
        - {assessment_key: s3, referral_key: r3, child_key: c, assessment_start_date: 2026-02-12, factor_codes: ["21"]}
      csc_contact_referral:
        - {contact_key: c1, referral_key: r1, contact_at: 2026-02-08 10:00, contact_source_code: "6", district: E07000145}
      police_da_incident:
        - {incident_key: i1, perpetrator_key: p1}
        - {incident_key: i2, perpetrator_key: p2}
        - {incident_key: i3, perpetrator_key: p1}
        - {incident_key: i4}
      police_da_incident_child:
        - {incident_key: i0, child_key: a, age_group: 0-7, incident_date: 2024-02-09}
        - {incident_key: i1, child_key: a, age_group: 0-7, incident_date: 2024-02-10}
        - {incident_key: i2, child_key: a, age_group: 0-7, incident_date: 2025-06-01}
        - {incident_key: i3, child_key: a, age_group: 8-17, incident_date: 2026-02-09}
        - {incident_key: i4, child_key: b, age_group: 0-7, incident_date: 2024-02-10}
        - {incident_key: i5, child_key: b, age_group: 8-17, incident_date: 2026-02-11}
    want:
      - {period: 2026-02, numerator: 1, denominator: 2}
      - {period: 2026-02, district: E07000145, numerator: 1, denominator: 1}
      - {period: 2026-02, breakdown: earlier_incidents, category: 3-4, numerator: 1, denominator: 1}
      - {period: 2026-02, breakdown: earlier_incidents, category: "0", numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: earlier_perpetrators, category: "2", numerator: 1, denominator: 1}
      - {period: 2026-02, breakdown: earlier_perpetrators, category: "0", numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: age_group, category: 8-17, numerator: 1, denominator: 1}
      - {period: 2026-02, breakdown: age_group, category: 0-7, numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: referral_source, category: police, numerator: 1, denominator: 1}
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
  - name: contacts and agencies before the response; the contact that led to it, and those about other things, do not count
    given:
      csc_assessment:
        - {assessment_key: s1, referral_key: r1, child_key: a, assessment_start_date: 2026-02-10, factor_codes: [3C]}
        - {assessment_key: s2, referral_key: r2, child_key: "m:U2026-06", assessment_start_date: 2026-02-10, factor_codes: [3A]}
      csc_contact_referral:
        - {contact_key: c1, child_key: a, contact_at: 2024-02-10 00:00, contact_source_code: 2A, da_contact_flag: Y}
        - {contact_key: c2, child_key: a, contact_at: 2024-02-09 23:59, contact_source_code: "4", da_contact_flag: Y}
        - {contact_key: c3, child_key: a, contact_at: 2025-06-01 09:00, contact_source_code: 2B, da_contact_flag: Y, referral_key: r0}
        - {contact_key: c4, child_key: a, contact_at: 2026-02-09 23:59, contact_source_code: 1B, da_contact_flag: Y}
        - {contact_key: c5, child_key: a, contact_at: 2026-02-10 00:00, contact_source_code: 3A, da_contact_flag: Y}
        - {contact_key: c6, child_key: a, contact_at: 2026-01-10 09:00, contact_source_code: 3A, da_contact_flag: N}
        - {contact_key: c7, child_key: a, contact_at: 2026-02-01 09:00, contact_source_code: 1A, da_contact_flag: Y, referral_key: r1}
        - {contact_key: c8, child_key: "m:U2026-06", contact_at: 2026-02-01 09:00, contact_source_code: 3B, da_contact_flag: Y, referral_key: r2, unborn_flag: Y}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-02-09}
    want:
      - {period: 2026-02, breakdown: earlier_contacts, category: 3-4, numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: earlier_contacts, category: "0", numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: earlier_agencies, category: "2", numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: earlier_agencies, category: "0", numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: referral_source, category: not an agency, numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: referral_source, category: health, numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: age_group, category: unborn, numerator: 0, denominator: 1}
      - {period: 2026-02, breakdown: age_group, category: not recorded, numerator: 0, denominator: 1}
  - name: each number of incidents, contacts and agencies has its place
    given:
      statutory_response:
        - {child_key: a, responded_on: 2026-03-31, earlier_incidents: 0, earlier_contacts: 1, earlier_agencies: 3}
        - {child_key: b, responded_on: 2026-03-31, earlier_incidents: 1, earlier_contacts: 0, earlier_agencies: 1}
        - {child_key: c, responded_on: 2026-03-31, earlier_incidents: 2, earlier_perpetrators: 2, earlier_contacts: 2, earlier_agencies: 2}
        - {child_key: d, responded_on: 2026-03-31, earlier_incidents: 3, earlier_perpetrators: 3, earlier_contacts: 3, earlier_agencies: 4}
        - {child_key: e, responded_on: 2026-03-31, earlier_incidents: 4, earlier_perpetrators: 4, earlier_contacts: 4, earlier_agencies: 0}
        - {child_key: f, responded_on: 2026-03-31, earlier_incidents: 5, earlier_contacts: 5, earlier_agencies: 0}
        - {child_key: g, responded_on: 2026-04-01, earlier_incidents: 6, earlier_contacts: 6, earlier_agencies: 0}
    want:
      - {period: 2025-26 Q4, numerator: 3, denominator: 6}
      - {period: 2025-26 Q4, breakdown: earlier_incidents, category: "0", numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_incidents, category: "1", numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_incidents, category: "2", numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_incidents, category: 3-4, numerator: 2, denominator: 2}
      - {period: 2025-26 Q4, breakdown: earlier_incidents, category: 5 or more, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_perpetrators, category: 3 or more, numerator: 2, denominator: 2}
      - {period: 2025-26 Q4, breakdown: earlier_perpetrators, category: "2", numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_contacts, category: 5 or more, numerator: 1, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_contacts, category: 3-4, numerator: 2, denominator: 2}
      - {period: 2025-26 Q4, breakdown: earlier_contacts, category: "2", numerator: 0, denominator: 1}
      - {period: 2025-26 Q4, breakdown: earlier_agencies, category: 3 or more, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: earlier_agencies, category: "2", numerator: 0, denominator: 1}
  - name: a response younger than 70 days is pending
    as_at: 2026-05-10
    given:
      statutory_response:
        - {child_key: a, responded_on: 2026-03-01, earlier_incidents: 3, earlier_contacts: 0, earlier_agencies: 1}
        - {child_key: b, responded_on: 2026-03-02, earlier_incidents: 3, earlier_contacts: 0, earlier_agencies: 1}
    want:
      - {period: 2026-03, numerator: 1, denominator: 1}
*/
select
    responded_on as at,
    district,
    case
        when earlier_incidents >= 5 then '5 or more'
        when earlier_incidents >= 3 then '3-4'
        else earlier_incidents::varchar
    end as earlier_incidents,
    case when earlier_perpetrators >= 3 then '3 or more' else earlier_perpetrators::varchar end as earlier_perpetrators,
    case
        when earlier_contacts >= 5 then '5 or more'
        when earlier_contacts >= 3 then '3-4'
        else earlier_contacts::varchar
    end as earlier_contacts,
    case when earlier_agencies >= 3 then '3 or more' else earlier_agencies::varchar end as earlier_agencies,
    age_group,
    referral_source,
    response.earlier_incidents >= 3 as met
from core.statutory_response as response
