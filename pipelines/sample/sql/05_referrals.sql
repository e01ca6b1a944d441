-- Referrals into the front door. Planted: a new form in January 2026, which most details gain
-- from; religion or belief stays at about half.
create table referral as
with police as (
    select
        id, cid, vid, born, district, unit, incident_key, child_key, 'police' as referrer,
        reported_at + to_minutes(30 + ui(id, 301, 900)) as created_at
    from touched
    where referred
), others as (
    select
        9000000000000000000 - (m * 1000000000 + i) as id, cid, vid, born, district, unit, null as incident_key,
        case when born > first_day then victim_key || ':U' || strftime(born, '%Y-%m') else child_key end as child_key,
        case when u(m * 1000000000 + i, 302) < 0.28 then 'education_school' when u(m * 1000000000 + i, 302) < 0.42 then 'health_visiting'
             when u(m * 1000000000 + i, 302) < 0.50 then 'acute_ed' when u(m * 1000000000 + i, 302) < 0.58 then 'health_gp'
             when u(m * 1000000000 + i, 302) < 0.64 then 'maternity' when u(m * 1000000000 + i, 302) < 0.72 then 'early_help'
             when u(m * 1000000000 + i, 302) < 0.79 then 'probation' when u(m * 1000000000 + i, 302) < 0.86 then 'housing_district'
             when u(m * 1000000000 + i, 302) < 0.94 then 'specialist_da_service' when u(m * 1000000000 + i, 302) < 0.98 then 'public' else 'other_vcse' end as referrer,
        first_day::timestamp + to_seconds(ui(m * 1000000000 + i, 303, days * 86400)) as created_at
    from month, unnest(range((getvariable('scale') * 430 * (0.95 + 0.1 * u(m, 304)))::bigint)) as r(i)
    join child on child.cid = ui(m * 1000000000 + i, 305, getvariable('children'))
    where child_band(born, first_day) is not null
), both_kinds as (
    select * from police union all by name select * from others
), received as (
    select *, created_at + to_minutes(2 + ui(id, 306, 45)) as received_at, pseudonym('referral', id) as referral_key
    from both_kinds
), expected as (
    select
        *,
        case
            when referrer <> 'police' then 0.52
            when received_at < timestamp '2026-01-01' then 0.57
            when received_at < timestamp '2026-02-01' then 0.69
            when received_at < timestamp '2026-03-01' then 0.72
            else 0.755 end as rate
    from received
)
select
    *,
    -- whether every core detail is there, and which one is not
    u(id, 3016) < rate as complete,
    u(id, 308) as lacks
from expected;

create table agency_referral as
with judged as (
    select
        *,
        not complete and (lacks < 0.12 or u(id, 311) < 0.14) as no_ethnicity,
        not complete and (lacks between 0.12 and 0.46 or u(id, 312) < 0.38) as no_religion,
        not complete and (lacks between 0.46 and 0.54 or u(id, 313) < 0.12) as no_household,
        not complete and (lacks between 0.54 and 0.74 or u(id, 314) < 0.26) as no_history,
        not complete and (lacks between 0.74 and 0.80 or u(id, 315) < 0.10) as no_safety,
        not complete and (lacks > 0.80 or u(id, 316) < 0.18) as not_seen,
        1 + ui(id, 337, 12) as usual_team,
        -- how many of the first six police teams had been trained: one a month from September 2025
        case when referrer = 'police' then greatest(0, least(6, date_sub('month', date '2025-08-20', received_at::date))) else 0 end as trained
    from referral
), teamed as (
    -- Planted: what a trained team sends is complete 8 points more often than what the others
    -- send. Complete referrals move to it and others from it, so that the whole stays as it is.
    select
        *,
        case
            when usual_team <= trained and not complete
                and u(id, 332) < 0.08 / (1 + trained / 6) / (1 - rate) * case when not_seen then 0.75 / 0.344 else 0.25 / 0.656 end then 7 + ui(id, 331, 6)
            when usual_team > 6 and complete and u(id, 332) < trained * 0.08 / (1 + trained / 6) / (6 * rate) then 1 + ui(id, 331, trained)
            else usual_team end as team
    from judged
)
select
    'childrens_services' as sender,
    month_name(received_at) as period,
    referral_key,
    child_key,
    incident_key,
    referrer as referring_agency,
    case referrer when 'police' then '6' when 'education_school' then '2A' when 'health_visiting' then '3B' when 'acute_ed' then '3E'
        when 'health_gp' then '3A' when 'maternity' then '3F' when 'early_help' then '5D' when 'probation' then '7' when 'housing_district' then '4'
        when 'public' then '1B' else '8' end as dfe_source_code,
    case referrer when 'police' then 'POL-T' || team when 'education_school' then 'EDU-T' || (1 + ui(id, 317, 5))
        when 'health_visiting' then 'HEA-T' || (1 + ui(id, 317, 3)) when 'probation' then 'PRO-T' || (1 + ui(id, 317, 2))
        when 'housing_district' then 'HOU-T' || (1 + ui(id, 317, 2)) end as agency_team_code,
    created_at::varchar as created_at,
    received_at::varchar as received_at,
    case when no_ethnicity then case when u(id, 318) < 0.6 then 'blank' else 'unknown' end when u(id, 318) < 0.96 then 'valid' else 'refused' end as field_ethnicity,
    case when no_religion then case when u(id, 319) < 0.75 then 'blank' else 'unknown' end
         when u(id, 319) < case when complete then 0.63 else 0.74 end then 'valid' else 'refused' end as field_religion_belief,
    case when u(id, 320) < 0.86 then 'valid' when u(id, 320) < 0.9 then 'unknown' else 'blank' end as field_language,
    case when u(id, 321) < 0.74 then 'valid' when u(id, 321) < 0.76 then 'refused' when u(id, 321) < 0.86 then 'unknown' else 'blank' end as field_disability,
    case when not no_household then 'valid' when u(id, 322) < 0.7 then 'partial' else 'blank' end as field_household_members,
    case when u(id, 323) < 0.58 then 'valid' when u(id, 323) < 0.7 then 'none' else 'blank' end as field_non_resident_parent,
    case when no_history then 'blank' else 'valid' end as field_prior_incidents,
    case when not no_history and u(id, 324) < 0.8 then (1 + floor(9 * pow(u(id, 325), 2.5)))::int::varchar end as prior_incident_count_stated,
    case when no_safety then 'blank' else 'valid' end as field_immediate_safety,
    case when not_seen then case when u(id, 326) < 0.7 then 'not_recorded' else 'not_seen_no_reason' end
         when u(id, 326) < 0.50 then 'seen_and_spoken' when u(id, 326) < 0.66 then 'seen_not_spoken' when u(id, 326) < 0.74 then 'observed_preverbal'
         when u(id, 326) < 0.88 then 'not_present' else 'not_seen_reason_given' end as child_seen_status,
    case when u(id, 327) < 0.82 then 'valid' else 'blank' end as field_perpetrator_details,
    case when u(id, 328) < 0.36 then 'obtained' when u(id, 328) < 0.44 then 'refused' when u(id, 328) < 0.78 then 'not_sought_safe' when u(id, 328) < 0.92 then 'not_sought_unclear' else 'overridden' end as consent_status,
    case when u(id, 329) < 0.86 then 'none' when u(id, 329) < 0.90 then 'consent' when u(id, 329) < 0.97 then 'missing_info' else 'other' end as delay_reason,
    district as district_code,
    unit as lgr_unit_code
from teamed
order by period, received_at, referral_key;
