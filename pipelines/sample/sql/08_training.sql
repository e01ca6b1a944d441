-- Staff, whose certificates run for 24 months. Planted: a programme from September 2025
-- reaches people who had not been trained before. Of the police, everyone in team 1 trains that
-- month, in team 2 the next, and so on to team 6; nobody in teams 7 to 10 ever does, and those of
-- 11 and 12 always did.
create table staff as
with counted as (
    select
        i,
        case when u(i, 601) < 0.32 then 'police' when u(i, 601) < 0.51 then 'childrens_social_care' when u(i, 601) < 0.71 then 'education_school'
             when u(i, 601) < 0.86 then 'health_visiting' when u(i, 601) < 0.93 then 'housing_district' else 'probation' end as works_for,
        u(i, 604) < 0.625 as usual,
        u(i, 604) >= 0.625 and u(i, 604) < 0.81 as reached
    from range((getvariable('scale') * 4800)::bigint) as r(i)
)
select
    i,
    works_for,
    case works_for when 'police' then 'POL-T' || case when usual or (reached and ui(i, 607, 13) > 5) then 11 + ui(i, 602, 2) when reached then 1 + ui(i, 607, 13) else 7 + ui(i, 602, 4) end
        when 'childrens_social_care' then 'CSC-T' || (1 + ui(i, 602, 4)) when 'education_school' then 'EDU-T' || (1 + ui(i, 602, 5))
        when 'health_visiting' then 'HEA-T' || (1 + ui(i, 602, 3)) when 'housing_district' then 'HOU-T' || (1 + ui(i, 602, 2)) else 'PRO-T' || (1 + ui(i, 602, 2)) end as team,
    case when u(i, 603) < 0.12 then case when works_for in ('education_school', 'health_visiting', 'housing_district') then 'manager' else 'supervisor' end
        else case works_for when 'police' then 'officer' when 'childrens_social_care' then 'social_worker' when 'education_school' then 'teacher' when 'health_visiting' then 'clinician'
            when 'housing_district' then 'housing_officer' else 'probation_practitioner' end end as role_group,
    usual,
    reached
from counted;

-- The months in which each person trains.
create table trained as
select i, m from (
    select i, ui(i, 605, 24) + 24 * cycle + ui(i * 8 + cycle, 606, 3) as m
    from staff, unnest(range(4)) as r(cycle)
    where usual
    union all
    select i, date_diff('month', getvariable('first_day'), date '2025-09-01') + ui(i, 607, 13) as m
    from staff
    where reached
)
where m < getvariable('months');

create table session as
select
    m, s,
    'S-' || strftime(first_day, '%Y%m') || '-' || lpad((s + 1)::varchar, 3, '0') as session_key,
    first_day::timestamp + to_days(ui(m * 1000000 + s, 611, days)::int) + to_hours(9 + ui(m * 1000000 + s, 612, 9)) as start_at,
    12 + 4 * ui(m * 1000000 + s, 613, 3) as capacity,
    count(*) over (partition by m) as sessions
from month, unnest(range(greatest(1, round(getvariable('scale') * case when first_day between date '2025-09-01' and date '2026-09-30' then 16 else 12.5 end)::bigint))) as r(s);

create table training_event as
select
    'training_hub' as sender,
    month_name(start_at) as period,
    session_key,
    ['DA-RESP', 'DA-RESP', 'DA-CHILD', 'DA-COERC', 'MARAC-REF'][1 + ui(m * 1000000 + s, 614, 5)] as course_code,
    ['response', 'response', 'response', 'response', 'specialist'][1 + ui(m * 1000000 + s, 614, 5)] as level,
    case when u(m * 1000000 + s, 615) < 0.7 then 'training_hub' else 'specialist_service' end as provider,
    case when u(m * 1000000 + s, 616) < 0.45 then 'in_person' when u(m * 1000000 + s, 616) < 0.95 then 'live_online' else 'hybrid' end as mode,
    start_at::varchar as start_at,
    case when isodow(start_at) > 5 or hour(start_at) > 16 then 'Y' else 'N' end as evening_weekend,
    case when u(m * 1000000 + s, 616) < 0.45 then coalesce(nullif(district_for(u(m * 1000000 + s, 617)), 'OOA'), 'E07000148') end as venue_district,
    capacity::varchar as capacity,
    yn(m * 1000000 + s, 618, 0.85) as multi_agency,
    ['coercive_control|child_victim', 'child_victim|cumulative_harm', 'marac', 'perpetrator|coercive_control', 'encompass|child_victim'][1 + ui(m * 1000000 + s, 619, 5)] as content_tags
from session
order by period, session_key;

-- Those who trained came to one of the month's sessions; others booked and did not come.
create table training_booking as
with came as (
    select i, m, row_number() over (partition by m order by u(i, 621)) as seat, case when u(i * 100 + m, 622) < 0.03 then 'walk_in' else 'attended' end as status
    from trained
), stayed_away as (
    select i, m, row_number() over (partition by m order by u(i, 623)) as seat,
        case when u(i * 100 + m, 624) < 0.40 then 'no_show' when u(i * 100 + m, 624) < 0.72 then 'cancelled' when u(i * 100 + m, 624) < 0.87 then 'late_cancel' when u(i * 100 + m, 624) < 0.96 then 'waitlisted' else 'refused_full' end as status
    from staff, month
    where u(i * 100 + m, 625) < 0.008 and not exists (select 1 from trained where trained.i = staff.i and trained.m = month.m)
), booked as (
    select * from came union all select * from stayed_away
)
select
    'training_hub' as sender,
    month_name(start_at) as period,
    session_key,
    pseudonym('staff', i) as learner_key,
    works_for as agency,
    team as agency_team_code,
    role_group,
    (start_at::date - 4 - ui(i * 100 + booked.m, 626, 30)::int)::varchar as booked_at,
    status,
    case when status in ('attended', 'walk_in') then (date_trunc('month', start_at) + interval 24 month - interval 1 day)::date::varchar end as certificate_valid_to
from booked
join staff using (i)
join session on session.m = booked.m and session.s = (seat - 1) % session.sessions
order by period, session_key, learner_key;

create table workforce_denominator as
select
    case works_for when 'childrens_social_care' then 'childrens_services' when 'education_school' then 'education' when 'health_visiting' then 'health' when 'housing_district' then 'housing' else works_for end as sender,
    quarter_name(first_day) as period,
    works_for as agency,
    team as agency_team_code,
    role_group,
    count(*)::varchar as headcount_in_scope,
    case when works_for = 'education_school' then 'identification' else 'response' end as required_level,
    (first_day + interval 1 month - interval 1 day)::date::varchar as as_at
from staff, month
where month(first_day) % 3 = 0
group by all
order by period, sender, team, role_group;
