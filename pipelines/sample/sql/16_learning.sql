-- What came of training: forms before and after sessions and at two follow-ups, the register of
-- champions and the survey of practitioners. All hold steady: people know more after a session
-- and keep most of it, and about a third of all who are asked can show that they used it.
create table evaluated as
with came as (
    select hash(session_key, learner_key) % 1000000007 as id, session_key, learner_key, start_at::date as day
    from training_booking join session using (session_key)
    where status in ('attended', 'walk_in')
), forms as (
    select
        id * 4 + s as fid, id, session_key, learner_key, stage, s, (day + after::int)::date as sent,
        case when s < 2 then u(id * 4 + s, 1501) < case s when 0 then 0.86 else 0.76 end when u(id * 4 + s, 1501) < 0.50 then true end as answered,
        s > 1 and u(id * 4 + s, 1502) < 0.07 as late
    from came, (values (0, 'pre', 0), (1, 'post', 0), (2, 'followup_6_8w', 49), (3, 'followup_3m', 91)) as stages(s, stage, after)
    where s <> 2 or u(id * 4 + 1, 1501) < 0.76 -- the first follow-up goes to those who gave a score after the session
)
select *, quarter_name(sent) as first_period, case when answered then quarter_name(case when late then sent + interval 3 month else sent end) end as answer_period
from forms
where s > 1 or answered;

create table training_evaluation as
with reported as (
    select *, first_period as period, answer_period = first_period as back from evaluated
    union all
    select *, answer_period, true from evaluated where answer_period <> first_period
), scored as (
    select
        *,
        5.1 + 1.3 * bell(id, 1503) + [0.0, 2.1, 1.7, 1.5][1 + s] + 0.6 * bell(fid, 1507) as knowledge,
        2.7 + 0.6 * bell(id, 1511) + [0.0, 1.1, 0.9, 0.9][1 + s] + 0.4 * bell(fid, 1515) as confidence,
        s > 1 and yes(fid, 1519, 0.70) as used
    from reported
)
select
    'training_hub' as sender,
    period,
    session_key,
    learner_key,
    stage,
    case when back then case when s > 1 then '3' else '2' end end as k_level,
    case when back and (s < 3 or yes(fid, 1520, 0.6)) then round(greatest(0, least(10, knowledge)), 1)::varchar end as knowledge_score,
    case when back then greatest(1, least(5, round(confidence)::int))::varchar end as confidence_score,
    case when back and s > 1 then case when used then 'Y' else 'N' end end as practice_example,
    case when back and s > 1 then case when not used or s = 2 and u(fid, 1521) < 0.5 then 'not_asked' else yn(fid, 1522, 0.78) end end as manager_confirmed,
    case when back and s > 1 then case when u(fid, 1523) < 0.34 then 'workload' when u(fid, 1523) < 0.46 then 'tools' when u(fid, 1523) < 0.58 then 'supervision' when u(fid, 1523) < 0.9 then 'none' else 'other' end end as barrier
from scored
order by period, session_key, learner_key, stage;

-- How many settings of each kind a district has, and which of them have a champion: one who does
-- something every few weeks or months, or has stopped.
create table champion_register as
with kinds(k, sender, setting_type, settings, share) as (values
    (0, 'education', 'primary', 48, 0.62), (1, 'education', 'secondary', 7, 0.95), (2, 'education', 'special', 2, 0.9), (3, 'education', 'FE', 1, 0.6),
    (4, 'education', 'early_years', 40, 0.26), (5, 'health', 'gp_practice', 14, 0.68), (6, 'health', 'health_visiting', 2, 0.95), (7, 'health', 'school_nursing', 1, 0.6),
    (8, 'health', 'maternity', 1, 0.8), (9, 'health', 'mental_health', 2, 0.8)
), places as (
    select kinds.*, n, 'E0700014' || (2 + n) as district, k * 8 + n as place, settings + ui(k * 8 + n, 1531, 1 + settings // 4) as scope
    from kinds, unnest(range(1, 8)) as r(n)
), champions as (
    select place, place * 128 + c as id, (date '2017-06-01' + ui(place * 128 + c, 1532, 3380)::int)::date as trained
    from places, unnest(range(scope)) as r(c)
    where yes(place * 128 + c, 1533, share)
), present as (
    select
        *, 40 + ui(id, 1534, 280) as every,
        -- one in six stops before the end
        least(ends - trained, case when u(id, 1535) < 0.17 then 30 + ui(id, 1537, 700) else 9999 end) as lasts
    from champions join quarter on trained <= ends - 30 and ends < trained + (1100 + ui(id, 1536, 900))::int
), active as (
    select *, (trained + (lasts // every * every)::int)::date as active from present
)
select sender, quarter.period, setting_type, district as district_code, trained::varchar as trained_at, case when active > trained then active::varchar end as last_active_at, scope::varchar as settings_in_scope_n
from places cross join quarter left join active on active.place = places.place and active.period = quarter.period
order by quarter.period, sender, setting_type, district, trained, last_active_at, id;

-- A survey each March and September.
create table practitioner_survey as
select
    'safeguarding_partnership' as sender,
    period,
    works_for as agency,
    role_group,
    (1 + floor(5 * pow(u(fid, 1541), 0.55)))::int::varchar as marac_how,
    (1 + floor(5 * pow(u(fid, 1542), 0.45)))::int::varchar as marac_value,
    case when u(fid, 1543) < 0.96 then (1 + floor(5 * pow(u(fid, 1544), 0.6)))::int::varchar end as escalation_confident,
    case when u(fid, 1545) < 0.94 then (1 + floor(5 * pow(u(fid, 1546), 0.7)))::int::varchar end as supervision_quality,
    (getvariable('scale') * 620)::int::varchar as invited_n
from (select *, i * 64 + hash(period) % 64 as fid from staff join quarter on right(period, 2) in ('Q2', 'Q4'))
where yes(fid, 1547, 0.062)
order by period, agency, role_group, fid;
