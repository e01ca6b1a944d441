/*
id: SI5
title: Days from the end of support to the next police incident
short: Days to next incident after support
question: Does safety last, in records that are not the service's own?
counts: ended episodes of support of people whom police knew before the referral
answers: [NFK2]
kind: duration
better: up
within: [180, 365]
breakdowns: [before_referral, service_strand, risk, client_type]
headline: rolling
feeds: [da_service_episode, police_da_incident, police_da_incident_child]
source: "Norfolk JTAI letter, 27 February 2025: measure impact and outcomes; method proposed by the partnership"
owner: Specialist service contract manager
cannot_tell: Whether support is the reason, or harm that police were not told of. A call to police after support may be a sign of trust.
note: >-
  Given by the quarter in which support ended, by the Kaplan-Meier method: a person with no incident yet counts for as
  long as the police extracts have been followed since. The share with an incident within 180 and 365 days is what to
  read. The table by what came before tells those with a police incident in the 12 months before the referral from those
  whose last was earlier, so that 12 months after can be set beside 12 months before. People are referred when things
  are at their worst, so incidents would be fewer afterwards with no help at all (regression to the mean): the fall is
  not the effect of support. People whom police had not known before the referral are left out, because their keys may
  not match. Only those who engaged count.
examples:
  - name: the first incident after the end counts, that day's does not, and those without one are still followed
    given:
      da_service_episode:
        - {episode_key: e1, person_key: a, client_type: adult, service_strand: idva, risk_intake: high, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-03-31, district: E07000148}
        - {episode_key: e2, person_key: b, client_type: adult, service_strand: recovery_programme, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-03-31}
        - {episode_key: e3, person_key: c, client_type: child, service_strand: cyp, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-03-01}
        - {episode_key: e4, person_key: d, client_type: adult, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-03-01}
        - {episode_key: e5, person_key: a, client_type: adult, referred_at: 2025-01-10, closed_at: 2025-03-01}
        - {episode_key: e6, person_key: a, client_type: adult, referred_at: 2025-01-10, engaged_at: 2025-01-15}
      police_da_incident:
        - {incident_key: i1, victim_key: a, incident_date: 2024-01-10}
        - {incident_key: i2, victim_key: a, incident_date: 2025-03-31}
        - {incident_key: i3, victim_key: a, incident_date: 2025-04-01}
        - {incident_key: i4, victim_key: a, incident_date: 2025-05-01}
        - {incident_key: i5, victim_key: b, incident_date: 2024-01-09}
        - {incident_key: i6, victim_key: b, incident_date: 2025-04-10}
        - {incident_key: i7, victim_key: d, incident_date: 2025-01-10}
        - {incident_key: i8, victim_key: z, incident_date: 2025-12-31}
      police_da_incident_child:
        - {incident_key: i9, child_key: c, incident_date: 2025-01-09}
        - {incident_key: i9, child_key: d, incident_date: 2025-01-10}
    want:
      - {period: 2024-25 Q4, numerator: 2, denominator: 3, open: 1, median: 10}
      - {period: 2024-25 Q4, district: E07000148, numerator: 1, denominator: 1, median: 1}
      - {period: 2024-25 Q4, breakdown: before_referral, category: incident in the 12 months before, numerator: 1, denominator: 2, open: 1}
      - {period: 2024-25 Q4, breakdown: before_referral, category: last incident earlier, numerator: 1, denominator: 1, median: 10}
      - {period: 2024-25 Q4, breakdown: service_strand, category: cyp, numerator: 0, denominator: 1}
      - {period: 2024-25 Q4, breakdown: risk, category: high, numerator: 1, denominator: 1}
      - {period: 2024-25 Q4, breakdown: client_type, category: child, numerator: 0, denominator: 1}
  - name: followed no further than the latest incident that police sent
    given:
      da_service_episode:
        - {episode_key: e1, person_key: a, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-04-01}
        - {episode_key: e2, person_key: b, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-04-01}
        - {episode_key: e3, person_key: b, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-04-21}
        - {episode_key: e4, person_key: b, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-04-22}
      police_da_incident:
        - {incident_key: i1, victim_key: a, incident_date: 2025-01-01}
        - {incident_key: i2, victim_key: b, incident_date: 2025-01-01}
        - {incident_key: i3, victim_key: a, incident_date: 2025-04-09}
        - {incident_key: i4, victim_key: z, incident_date: 2025-04-21}
    want:
      - {period: 2025-04, numerator: 1, denominator: 3, open: 2}
  - name: an incident after the as-at date is not yet known
    as_at: 2025-06-30
    given:
      da_service_episode:
        - {episode_key: e1, person_key: a, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-04-01}
        - {episode_key: e2, person_key: b, referred_at: 2025-01-10, engaged_at: 2025-01-15, closed_at: 2025-04-01}
      police_da_incident:
        - {incident_key: i1, victim_key: a, incident_date: 2025-01-01}
        - {incident_key: i2, victim_key: b, incident_date: 2025-01-01}
        - {incident_key: i3, victim_key: a, incident_date: 2025-06-30}
        - {incident_key: i4, victim_key: b, incident_date: 2025-07-01}
    want:
      - {period: 2025-04, numerator: 1, denominator: 2, open: 1, median: 90}
*/
with incident as (
    select victim_key as person_key, incident_date
    from core.police_da_incident
    union all
    select child_key as person_key, incident_date
    from core.police_da_incident_child
),
followed as (
    select least(max(incident_date), as_at()) as until
    from incident
),
episode as (
    select episode_key, person_key, referred_at, closed_at, district, service_strand, risk_intake, client_type
    from core.da_service_episode
    where engaged_at is not null
),
police as (
    select
        episode.episode_key,
        max(case when incident.incident_date < episode.referred_at then incident.incident_date end) as last_before,
        min(case when incident.incident_date > episode.closed_at then incident.incident_date end) as first_after
    from episode
    join incident on incident.person_key = episode.person_key
    cross join followed
    where incident.incident_date <= followed.until
    group by episode.episode_key
)
select
    episode.closed_at as at,
    episode.district,
    case
        when police.last_before >= episode.referred_at - interval 12 month then 'incident in the 12 months before'
        else 'last incident earlier'
    end as before_referral,
    episode.service_strand,
    episode.risk_intake as risk,
    episode.client_type,
    coalesce(police.first_after, followed.until) - episode.closed_at as days,
    police.first_after is not null as ended
from episode
cross join followed
join police on police.episode_key = episode.episode_key
where police.last_before is not null
    and episode.closed_at <= followed.until
