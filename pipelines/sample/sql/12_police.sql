-- What police keep beside incidents: requests for information, disclosure scheme applications
-- and protective orders, each sent again until it is closed. Planted: police answer requests
-- sooner from October 2025, and applications received from February 2026 are decided sooner.
-- How many orders follow incidents, and how often their breach leads to an arrest, holds steady.
create table request as
with placed as (
    select m * 4294967296 + i as id, (first_day + to_days(ui(m * 4294967296 + i, 1101, days)::int))::timestamp + to_minutes(480 + ui(m * 4294967296 + i, 1102, 560)) as asked
    from month, unnest(range(round(getvariable('scale') * 165 * (0.93 + 0.14 * u(m, 1103)))::bigint)) as r(i)
), described as (
    select
        *,
        case when u(id, 1104) < 0.44 then 'childrens_social_care' when u(id, 1104) < 0.66 then 'probation' when u(id, 1104) < 0.78 then 'cafcass_court'
             when u(id, 1104) < 0.88 then 'housing_district' when u(id, 1104) < 0.94 then 'health_visiting' else 'specialist_da_service' end as requester,
        case when u(id, 1105) < 0.78 then 'police' when u(id, 1105) < 0.87 then 'mental_health' when u(id, 1105) < 0.95 then 'health_gp' else 'adult_social_care' end as responder,
        case when u(id, 1106) < 0.34 then 'risk_management' when u(id, 1106) < 0.62 then 'assessment' when u(id, 1106) < 0.74 then 'strategy_discussion'
             when u(id, 1106) < 0.82 then 'icpc' when u(id, 1106) < 0.92 then 'marac' else 'court' end as purpose
    from placed
), agreed as (
    select
        described.*, n,
        case purpose when 'strategy_discussion' then 1 when 'marac' then 3 when 'risk_management' then 5 when 'icpc' then 5 else 10 end as sla,
        case when responder <> 'police' then 0.72 when asked < timestamp '2025-10-01' then 0.62 else 0.77 end as in_time
    from described join day on day.day = asked::date
)
select
    agreed.*,
    answer.day + interval 9 hour + to_minutes(ui(id, 1108, 480)) as answered
from agreed
join workday as answer on answer.n = agreed.n + case when u(id, 1109) < in_time then 1 + ui(id, 1110, sla) else sla + 1 + floor(28 * pow(u(id, 1110), 2))::bigint end;

create table information_request as
select
    'police' as sender,
    month_name(first_day) as period,
    pseudonym('request', id) as request_key,
    requester as requester_agency,
    responder as responder_agency,
    purpose,
    asked::varchar as requested_at,
    sla::varchar as sla_days,
    case when answered < next_month then answered::varchar end as answered_at,
    case when answered < next_month then case when u(id, 1111) < 0.80 then 'full' when u(id, 1111) < 0.94 then 'partial' when u(id, 1111) < 0.975 then 'refused' else 'withdrawn' end end as answered_status
from request
join (select first_day, (first_day + interval 1 month)::date as next_month from month) on asked < next_month and answered >= first_day
order by period, asked, request_key;

create table application as
with placed as (
    select m * 4294967296 + i as id, (first_day + to_days(ui(m * 4294967296 + i, 1121, days)::int))::date as received
    from month, unnest(range(round(getvariable('scale') * 56 * (0.92 + 0.16 * u(m, 1122)))::bigint)) as r(i)
), decided as (
    select
        *,
        u(id, 1123) < case when received < date '2026-02-01' then 0.70 else 0.85 end as in_time,
        case when u(id, 1124) < 0.44 then 'disclose' when u(id, 1124) < 0.64 then 'no_disclosure_concern' when u(id, 1124) < 0.93 then 'no_disclosure_no_concern' else 'withdrawn' end as decision
    from placed
), met as (
    -- the panel meets on Wednesdays
    select *, (date_trunc('week', received + case when in_time and received < date '2026-02-01' then 6 + ui(id, 1125, 12) when in_time then 1 + ui(id, 1125, 8) else 32 + ui(id, 1125, 24) end::int) + interval 9 day)::date as panel
    from decided
)
select
    *,
    case when decision <> 'disclose' then null when in_time then least(panel + 1 + ui(id, 1126, 5)::int, received + 28) else panel + 1 + ui(id, 1126, 12)::int end::date as disclosed
from met;

create table dvds_application as
select
    'police' as sender,
    month_name(first_day) as period,
    pseudonym('disclosure', id) as dvds_key,
    case when u(id, 1127) < 0.54 then 'right_to_ask' else 'right_to_know' end as route,
    case when u(id, 1127) >= 0.54 then 'agency' when u(id, 1128) < 0.7 then 'potential_victim' else 'third_party' end as applicant_type,
    case when u(id, 1127) >= 0.54 then case when u(id, 1129) < 0.52 then 'police' when u(id, 1129) < 0.74 then 'childrens_social_care' when u(id, 1129) < 0.86 then 'specialist_da_service'
        when u(id, 1129) < 0.95 then 'probation' else 'housing_district' end end as referring_agency,
    received::varchar as received_at,
    case when panel < next_month then panel::varchar end as panel_date,
    case when panel < next_month then decision else 'pending' end as decision,
    case when disclosed < next_month then disclosed::varchar end as disclosed_at,
    floor(3.5 * pow(u(id, 1130), 1.5))::int::varchar as children_linked_n,
    district_for(u(id, 1131)) as district_code
from application
join (select first_day, (first_day + interval 1 month)::date as next_month from month) on received < next_month and coalesce(disclosed, panel) >= first_day
order by period, received, dvds_key;

-- Notices and orders, most of them after high-risk incidents.
create table protected as
with considered as (
    select
        id, incident_key, risk, (reported_at::date + ui(id, 1141, 2)::int)::date as considered,
        case when u(id, 1142) < 0.50 then 'dvpn' when u(id, 1142) < 0.78 then 'dvpo' when u(id, 1142) < 0.90 then 'non_molestation' when u(id, 1142) < 0.97 then 'restraining' else 'occupation' end as type,
        yes(id, 1143, 0.80) as granted
    from incident
    where (risk = 'high' and u(id, 1149) < 0.16) or (risk = 'medium' and u(id, 1149) < 0.02)
), issued as (
    select *, case when granted then considered + case when type in ('dvpn', 'dvpo') then 1 + ui(id, 1144, 3) else 5 + ui(id, 1144, 20) end::int end::date as issued
    from considered
)
select *, case when yes(id, 1145, 0.24) then issued + 1 + floor(90 * pow(u(id, 1146), 2))::int end::date as breached
from issued;

create table protective_order as
select
    'police' as sender,
    month_name(first_day) as period,
    pseudonym('order', id) as order_key,
    incident_key,
    type as order_type,
    considered::varchar as considered_at,
    case when issued < next_month then issued::varchar end as issued_at,
    case when not granted then 'N' when issued < next_month then 'Y' else 'pending' end as granted,
    case when breached < next_month then breached::varchar end as breach_at,
    case when breached < next_month then yn(id, 1147, 0.72) end as breach_arrest,
    risk as victim_risk_grade
from protected
join (select first_day, (first_day + interval 1 month)::date as next_month from month)
    on first_day in (date_trunc('month', considered), date_trunc('month', issued), date_trunc('month', breached))
order by period, considered, order_key;
