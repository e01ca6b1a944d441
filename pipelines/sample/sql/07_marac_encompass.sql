-- MARAC: high-risk incidents, fewer of them from two districts, so that small numbers occur.
-- The shares of repeats and of partners' referrals hold steady: their ups and downs are chance.
-- But from April 2025 any instance of abuse counts as a repeat, where a crime did before, so more
-- cases do: a break, and no change.
create table discussion as
select
    incident.*, victim.* exclude (vid), pseudonym('marac', id) as marac_case_key,
    reported_at::date + 1 + ui(id, 503, 2)::int as received,
    greatest(first_day, (reported_at + to_days(4 + ui(id, 501, 14)::int))::date) as discussed
from incident join victim using (vid) join month using (m)
where risk = 'high' and tool <> 'none'
  and u(id, 502) < case district when 'E07000147' then 0.16 when 'E07000144' then 0.30 when 'OOA' then 0.10 else 0.57 end;

create table marac_case as
select
    'marac_coordinator' as sender,
    month_name(discussed) as period,
    marac_case_key,
    victim_key,
    perpetrator_key,
    uk_date(received) as referral_received_at,
    uk_date(discussed) as discussed_at,
    'coordination' as model,
    case when u(id, 504) < 0.31 then 'repeat' when u(id, 504) < 0.72 then 'visible_high_risk_14plus' when u(id, 504) < 0.88 then 'professional_judgement' else 'escalation_3plus_12m' end as referral_criterion,
    case when u(id, 505) < 0.64 then 'police' when u(id, 505) < 0.76 then 'idva' when u(id, 505) < 0.83 then 'childrens_social_care' when u(id, 505) < 0.88 then 'housing'
         when u(id, 505) < 0.92 then 'secondary_care' when u(id, 505) < 0.95 then 'probation' when u(id, 505) < 0.97 then 'mental_health' when u(id, 505) < 0.985 then 'primary_care'
         when u(id, 505) < 0.995 then 'voluntary_sector' else 'education' end as referring_agency,
    case when u(id, 504) < case when discussed < date '2025-04-01' then 0.23 else 0.31 end then 'Y' else 'N' end as repeat_flag,
    case when discussed < date '2025-04-01' then 'sl_old_criminal' else 'sl_any_instance' end as repeat_definition_version,
    children::varchar as children_in_household_n,
    case when children > 0 then (1 + ui(vid, 506, 7))::varchar end as youngest_child_age_band,
    case when u(id, 507) < 0.05 then 'Y' when u(id, 507) < 0.92 then 'N' else 'unknown' end as pregnant_flag,
    case when children > 0 then yn(id, 508, 0.7) else 'N' end as child_risk_recorded,
    ethnicity as victim_ethnicity_19,
    case when orientation = 'unknown' then 'unknown' when orientation in ('straight', 'prefer_not_to_say') then 'N' else 'Y' end as victim_lgbtplus,
    disability as victim_disability,
    case when discussed < date '2025-04-01' then old_sex(sex) else sex end as victim_sex,
    case when age_band = '16-17' then 'Y' else 'N' end as victim_aged_16_17,
    yn(id, 509, 0.02) as perp_aged_17_or_under,
    case when u(id, 510) < 0.68 then 'Y' when u(id, 510) < 0.86 then 'attempted' else 'N' end as idva_contact_before,
    case when u(id, 511) < 0.74 then uk_date(discussed + 1 + ui(id, 512, 9)::int) end as outcome_shared_referrer_at,
    case when children > 0 and u(id, 513) < 0.61 then uk_date(discussed + 2 + ui(id, 514, 14)::int) end as outcome_shared_child_lead_at,
    null as closed_at,
    district as district_code,
    unit as lgr_unit_code
from discussion
order by period, discussed, marac_case_key;

-- Operation Encompass: born children of two and over. Steady at about 88 in 100 in time.
create table op_encompass_notification as
with chosen as (
    select touched.*, next.day + interval 8 hour + interval 50 minute as school_start, u(id, 521) as fate
    from touched
    join day on day.day = reported_at::date
    join workday as next on next.n = day.n + 1
    where band not in ('unborn', '0', '1') and u(id, 520) < 0.72
), timed as (
    select
        *,
        case when fate < 0.88 then greatest(reported_at + interval 5 minute, school_start - to_minutes(25 + ui(id, 522, 150)))
             when fate < 0.96 then school_start + to_minutes(20 + ui(id, 523, 1500)) end as sent
    from chosen
)
select
    'police' as sender,
    month_name(reported_at) as period,
    pseudonym('notification', id) as notification_key,
    incident_key,
    child_key,
    case band when '2' then 'early_years' when '3' then 'early_years' when '12-15' then case when u(id, 524) < 0.93 then 'secondary' else 'special' end
         when '16-17' then case when u(id, 524) < 0.5 then 'FE' else '16-19' end else case when u(id, 524) < 0.95 then 'primary' else 'EHE_service' end end as setting_urn_group,
    sent::varchar as sent_at,
    (sent + to_minutes(1 + ui(id, 525, 8)))::varchar as received_at,
    school_start::varchar as next_school_day_start,
    case when sent is not null then 'none' when u(id, 526) < 0.5 then 'unknown_setting' when u(id, 526) < 0.7 then 'out_of_area' when u(id, 526) < 0.9 then 'system' else 'safeguarding_exception' end as not_sent_reason,
    case when sent is not null then yn(id, 527, 0.8) end as acknowledged,
    case when sent is not null and u(id, 528) < 0.06 then case when u(id, 529) < 0.6 then 'check_in' when u(id, 529) < 0.8 then 'check_in|parent_contact' else 'none' end end as support_given,
    case when u(id, 528) < 0.06 then 'Y' else 'N' end as dip_sampled
from timed
order by period, reported_at, notification_key;

-- What settings answered, as the education team adds it up: word of the notifications above that
-- were sent. Fewer than five children are sent as <5.
create table school_response_count as
with lived as (
    select incident_key, min(district_code) as district_code from police_da_incident group by incident_key
), told as (
    select date_trunc('month', sent_at::timestamp)::date as month, district_code, setting_urn_group, acknowledged, hash(notification_key) as h
    from op_encompass_notification join lived using (incident_key)
    where sent_at is not null and district_code <> 'OOA' and setting_urn_group <> 'EHE_service'
), added as (
    select
        month, district_code, setting_urn_group,
        unnest([{'response': 'notified', 'n': count(*)}, {'response': 'acknowledged', 'n': count_if(acknowledged = 'Y')},
            {'response': 'check_in', 'n': count_if(acknowledged = 'Y' and h % 100 < 55)}, {'response': 'parent_contact', 'n': count_if(acknowledged = 'Y' and h % 100 >= 80)}]) as made
    from told group by all
)
select
    'education' as sender,
    quarter_name(month) as period,
    month::varchar as month,
    district_code,
    setting_urn_group,
    made.response,
    case when made.n between 1 and 4 then '<5' else made.n::varchar end as children_n
from added
order by period, month, district_code, setting_urn_group, made.response;
