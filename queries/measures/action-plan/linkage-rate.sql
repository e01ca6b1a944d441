/*
id: AP4
title: People found in the other agency's records where they should be
short: Linkage between agencies
question: How much of the cross-agency picture is joined?
counts: people whom one agency says came from another
met: were found in the other agency's records of the 12 months before
kind: proportion
better: up
breakdowns: [pair]
unit: person_key
looks_back: 12 months
feeds: [agency_referral, csc_contact_referral, da_service_episode, marac_case, perpetrator_episode, police_da_incident, police_da_incident_child]
source: "Proposed by the partnership: every measure that joins two agencies' extracts is no better than this"
owner: Partnership data lead
cannot_tell: Why a person is not found. The identifiers behind the keys may differ, the record may not have been sent, or the person may not have been there.
note: >-
  A person counts where a record names the other agency as its source: children in referrals and contacts from police, people in MARAC cases that police referred, clients
  whom police or MARAC sent to the specialist service, and people whom police sent to a programme. The key is looked for on an incident (or a MARAC case) of that day or the 365
  days before. Each person counts once in a period in the whole, and is met there where any of the pairs found them. Separated parents and blended families are where links are most often lost.
examples:
  - name: each pair, found and not found
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, referring_agency: police, received_at: 2026-03-31 23:00, district: E07000148}
        - {referral_key: r2, child_key: b, referring_agency: police, received_at: 2026-03-31 23:00, district: E07000148}
        - {referral_key: r3, child_key: c, referring_agency: health_gp, received_at: 2026-03-31 23:00}
      csc_contact_referral:
        - {contact_key: c1, child_key: d, contact_source_code: "6", contact_at: 2026-03-31 09:00}
        - {contact_key: c2, child_key: e, contact_source_code: "6", contact_at: 2026-03-31 09:00}
        - {contact_key: c4, child_key: l, contact_source_code: 5A, contact_at: 2026-03-31 09:00}
        - {contact_key: c3, child_key: e, contact_source_code: 3A, contact_at: 2026-03-31 09:00}
      marac_case:
        - {marac_case_key: m1, victim_key: f, referring_agency: police, discussed_at: 2026-03-31}
        - {marac_case_key: m2, victim_key: g, referring_agency: police, discussed_at: 2026-03-31}
        - {marac_case_key: m3, victim_key: h, referring_agency: idva, discussed_at: 2026-03-31}
      da_service_episode:
        - {episode_key: e1, person_key: f, referral_route: police, referred_at: 2026-03-31}
        - {episode_key: e2, person_key: i, referral_route: police, referred_at: 2026-03-31}
        - {episode_key: e3, person_key: h, referral_route: marac, referred_at: 2026-03-31}
        - {episode_key: e4, person_key: j, referral_route: marac, referred_at: 2026-03-31}
        - {episode_key: e5, person_key: k, referral_route: self, referred_at: 2026-03-31}
      perpetrator_episode:
        - {perp_episode_key: p1, perpetrator_key: q, referral_route: police, referred_at: 2026-03-31}
        - {perp_episode_key: p2, perpetrator_key: r, referral_route: police, referred_at: 2026-03-31}
        - {perp_episode_key: p3, perpetrator_key: s, referral_route: csc, referred_at: 2026-03-31}
      police_da_incident:
        - {incident_key: i1, victim_key: f, perpetrator_key: q, incident_date: 2026-03-31}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2026-03-31}
        - {incident_key: i1, child_key: d, incident_date: 2026-03-31}
    want:
      - {period: 2025-26 Q4, numerator: 5, denominator: 11}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: pair, category: referral form from police, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: pair, category: contact from police, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: pair, category: MARAC case from police, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: pair, category: specialist service from police, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: pair, category: specialist service from MARAC, numerator: 1, denominator: 2}
      - {period: 2025-26 Q4, breakdown: pair, category: programme from police, numerator: 1, denominator: 2}
  - name: the 365th day before is in, the 366th and the day after are not, and a record without a key is not counted
    given:
      agency_referral:
        - {referral_key: r1, child_key: a, referring_agency: police, received_at: 2026-04-01 00:00}
        - {referral_key: r2, child_key: b, referring_agency: police, received_at: 2026-04-01 00:00}
        - {referral_key: r3, child_key: c, referring_agency: police, received_at: 2026-04-01 00:00}
        - {referral_key: r4, referring_agency: police, received_at: 2026-04-01 00:00}
      da_service_episode:
        - {episode_key: e1, person_key: d, referral_route: marac, referred_at: 2026-05-01}
      marac_case:
        - {marac_case_key: m1, victim_key: d, referring_agency: idva, discussed_at: 2025-04-30}
      police_da_incident_child:
        - {incident_key: i1, child_key: a, incident_date: 2025-04-01}
        - {incident_key: i2, child_key: b, incident_date: 2025-03-31}
        - {incident_key: i3, child_key: c, incident_date: 2026-04-02}
        - {incident_key: i4, incident_date: 2026-04-01}
        - {incident_key: i5, child_key: d, incident_date: 2026-05-01}
    want:
      - {period: 2026-04, numerator: 1, denominator: 3}
      - {period: 2026-05, numerator: 0, denominator: 1}
*/
with sent as (
    select 'referral form from police' as pair, 'police' as source, received_at::date as sent_on, child_key as person_key, district
    from core.agency_referral
    where referring_agency = 'police'
    union all
    select 'contact from police', 'police', contact_at::date, child_key, district
    from core.csc_contact_referral
    where contact_source_code = '6'
    union all
    select 'MARAC case from police', 'police', discussed_at, victim_key, district
    from core.marac_case
    where referring_agency = 'police'
    union all
    select 'specialist service from police', 'police', referred_at, person_key, district
    from core.da_service_episode
    where referral_route = 'police'
    union all
    select 'specialist service from MARAC', 'MARAC', referred_at, person_key, district
    from core.da_service_episode
    where referral_route = 'marac'
    union all
    select 'programme from police', 'police', referred_at, perpetrator_key, district
    from core.perpetrator_episode
    where referral_route = 'police'
),
met_with as (
    select 'police' as source, incident_date as met_on, victim_key as person_key from core.police_da_incident
    union all
    select 'police', incident_date, perpetrator_key from core.police_da_incident
    union all
    select 'police', incident_date, child_key from core.police_da_incident_child
    union all
    select 'MARAC', discussed_at, victim_key from core.marac_case
)
select
    sent.sent_on as at,
    sent.district,
    sent.pair,
    sent.person_key,
    exists (
        select 1
        from met_with
        where met_with.source = sent.source
            and met_with.person_key = sent.person_key
            and sent.sent_on - met_with.met_on between 0 and 365
    ) as met
from sent
where sent.person_key is not null
