-- People who use harmful behaviour, under the keys that police give them: those on probation and
-- those on programmes. Steady throughout: take-up, completion, the share of linked survivors who
-- are offered support, and the share of probation cases with a condition that protects a child.
create table supervised as
with placed as (
    select
        m * 4294967296 + i as id, (first_day + to_days(ui(m * 4294967296 + i, 1401, days)::int))::date as began,
        row_number() over (order by m, i) as nth
    from month, unnest(range(round(getvariable('scale') * 31 * (0.93 + 0.14 * u(m, 1402)))::bigint)) as r(i)
)
select
    id, began, (nth * 7919 % (getvariable('victims') // 4))::bigint as vid,
    case when u(id, 1403) < 0.34 then 'licence' when u(id, 1403) < 0.68 then 'community_order' when u(id, 1403) < 0.92 then 'suspended_sentence_order' else 'pss' end as sentence,
    (began + 240 + ui(id, 1404, 420)::int)::date as ended,
    case when u(id, 1405) < 0.58 then 'Y' when u(id, 1405) < 0.88 then 'N' else 'unknown' end as contact,
    case when u(id, 1406) < 0.46 then 'behaviour_change' when u(id, 1406) < 0.52 then 'intensive_case_management' when u(id, 1406) < 0.56 then 'early_response' else 'none' end as ordered,
    yes(id, 1407, 0.68) as begins
from placed;

create table probation_case as
with worked as (
    select *, case when ordered <> 'none' and begins then (began + 30 + ui(id, 1408, 120)::int)::date end as started from supervised
), finished as (
    select *, case when yes(id, 1409, 0.62) then (started + 170 + ui(id, 1410, 80)::int)::date end as completed from worked
)
select
    'probation' as sender,
    period,
    pseudonym('perpetrator', vid) as perpetrator_key,
    sentence as sentence_type,
    began::varchar as start_date,
    case when ended <= ends then ended::varchar end as end_date,
    case when u(id, 1411) < 0.22 then 'low' when u(id, 1411) < 0.62 then 'medium' when u(id, 1411) < 0.86 then 'high' else 'not_done' end as sara_grade,
    case when u(id, 1412) < 0.10 then 'low' when u(id, 1412) < 0.64 then 'medium' when u(id, 1412) < 0.96 then 'high' else 'very_high' end as rosh,
    contact as child_contact_known,
    case when contact = 'Y' then yn(id, 1413, 0.71) else 'n/a' end as licence_condition_child_protective,
    ordered as da_intervention_ordered,
    case when started <= least(ends, ended) then started::varchar end as da_intervention_started,
    case when completed <= least(ends, ended) then completed::varchar end as da_intervention_completed,
    case when contact = 'Y' then yn(id, 1414, 0.44) end as child_voice_considered,
    case when contact = 'Y' then yn(id, 1415, 0.52) end as child_victim_flag,
    case when u(id, 1416) < 0.70 then 'none' when u(id, 1416) < 0.92 then '1' when u(id, 1416) < 0.99 then '2' else '3' end as mappa_level,
    district_for(u(vid, 101)) as district_code
from finished join quarter on began <= ends and ended >= opens
order by period, began, perpetrator_key;

create table programme as
with placed as (
    select m * 4294967296 + i as id, (first_day + to_days(ui(m * 4294967296 + i, 1421, days)::int))::date as referred
    from month, unnest(range(round(getvariable('scale') * 36 * (0.93 + 0.14 * u(m, 1422)))::bigint)) as r(i)
), typed as (
    select
        *, floor(pow(u(id, 1423), 1.6) * getvariable('victims'))::bigint as vid,
        case when u(id, 1424) < 0.24 then 'help_seeking' when u(id, 1424) < 0.42 then 'early_response' when u(id, 1424) < 0.86 then 'behaviour_change' else 'intensive_case_management' end as type
    from placed
), begun as (
    select
        *, case when yes(id, 1425, 0.63) then (referred + 7 + ui(id, 1426, 50)::int)::date end as started,
        case type when 'behaviour_change' then 22 + ui(id, 1427, 9) when 'help_seeking' then 6 + ui(id, 1427, 6) else 12 + ui(id, 1427, 12) end as weeks,
        yes(id, 1428, 0.61) as finishes
    from typed
), attended as (
    select *, case when finishes then weeks else 1 + floor((weeks - 1) * u(id, 1429))::bigint end as attends from begun
)
-- a week is missed now and then
select *, case when started is not null then (started + (attends * 8)::int)::date else (referred + 40 + ui(id, 1430, 40)::int)::date end as ended
from attended;

create table perpetrator_episode as
select
    'perpetrator_programme' as sender,
    period,
    pseudonym('programme', id) as perp_episode_key,
    pseudonym('perpetrator', vid) as perpetrator_key,
    type as intervention_type,
    case when u(id, 1431) < 0.22 then 'csc' when u(id, 1431) < 0.38 then 'self' when u(id, 1431) < 0.58 then 'police' when u(id, 1431) < 0.70 then 'marac' when u(id, 1431) < 0.78 then 'matac'
         when u(id, 1431) < 0.86 then 'probation' when u(id, 1431) < 0.93 then 'health' else 'court' end as referral_route,
    referred::varchar as referred_at,
    case when started <= ends then started::varchar end as started_at,
    case when started <= ends then least(attends, (ends - started) // 8)::varchar end as weeks_attended,
    case when started is not null and finishes and ended <= ends then ended::varchar end as completed_at,
    case when ended > ends then null when started is not null and finishes then 'completed' when started is null then case when u(id, 1432) < 0.4 then 'unsuitable' else 'disengaged' end
         when u(id, 1432) < 0.72 then 'disengaged' when u(id, 1432) < 0.84 then 'breach' else 'other' end as exit_reason,
    case when u(id, 1433) < 0.16 then 'no_partner' when started <= ends then yn(id, 1434, 0.74) end as linked_survivor_contacted,
    floor(3.6 * pow(u(id, 1435), 1.4))::int::varchar as linked_children_n,
    district_for(u(vid, 101)) as district_code
from programme join quarter on referred <= ends and ended >= opens
order by period, referred, perp_episode_key;
