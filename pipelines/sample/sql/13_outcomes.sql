-- The specialist service's forms at intake, review, exit and follow-up. Steady: about four in
-- five closed episodes have an exit form, and what people say at exit does not change over time.
create table form as
with filled as (
    select episode.*, stage, s, case stage
        when 'intake' then contacted + 2 + ui(id, 1201, 9)::int when 'review' then contacted + 55 + ui(id, 1202, 20)::int
        when 'exit' then closed - ui(id, 1203, 7)::int when 'followup_3m' then closed + 85 + ui(id, 1204, 20)::int
        else closed + 355 + ui(id, 1205, 25)::int end::date as recorded
    from episode, (values (0, 'intake', 0.94), (1, 'review', 0.60), (2, 'exit', 0.79), (3, 'followup_3m', 0.22), (4, 'followup_12m', 0.09)) as stages(s, stage, returned)
    where reached and closed > contacted and yes(id * 8 + s, 1206, returned)
)
select
    id * 8 + s as fid, id, vid, stage, recorded,
    -- how much there was at intake, and whether it had ceased by each later form
    stage = 'intake' as first, [0.0, 0.45, 1.0, 0.95, 0.9][1 + s] as progress
from filled
where stage in ('intake', 'exit', 'followup_3m', 'followup_12m') or recorded < closed - 20;

create macro abuse(id, fid, salt, share, ceases, progress) as case
    when u(fid, salt + 1) < 0.04 then 'not_assessed'
    when u(id, salt) < share then case when progress > 0 and u(id, salt + 2) < ceases * progress then 'absent' else 'present' end
    when progress > 0 and u(fid, salt + 3) < 0.03 then 'present' else 'absent' end;

create table da_service_outcome as
with answered as (
    select *, case when u(fid, 1250) < 0.30 then 'client' when u(fid, 1250) < 0.62 then 'both' else 'worker' end as completed_by
    from form join victim using (vid)
)
select
    'specialist_service' as sender,
    quarter_name(recorded) as period,
    pseudonym('episode', id) as episode_key,
    stage,
    uk_date(recorded) as recorded_at,
    completed_by,
    abuse(id, fid, 1210, 0.56, 0.82, progress) as abuse_physical,
    abuse(id, fid, 1214, 0.17, 0.86, progress) as abuse_sexual,
    abuse(id, fid, 1218, 0.60, 0.58, progress) as abuse_harassment_stalking,
    abuse(id, fid, 1282, 0.83, 0.64, progress) as abuse_controlling,
    abuse(id, fid, 1226, 0.41, 0.60, progress) as abuse_economic,
    case when children > 0 then abuse(id, fid, 1230, 0.20, 0.80, progress) end as child_direct_harm,
    case when children > 0 then abuse(id, fid, 1234, 0.72, 0.76, progress) end as child_exposure,
    case when not first then case when u(fid, 1251) < 0.20 + 0.42 * progress then 'Y' when u(fid, 1251) < 0.92 then 'same' else 'N' end end as risk_reduced_worker,
    case when completed_by <> 'worker' then greatest(1, least(5, round(2.1 + 1.6 * progress + 0.7 * bell(id, 1286) + 0.5 * bell(fid, 1256)))::int)::varchar end as feels_safer,
    case when completed_by <> 'worker' then greatest(1, least(5, round(2.4 + 1.1 * progress + 0.7 * bell(id, 1260) + 0.5 * bell(fid, 1264)))::int)::varchar end as wellbeing,
    case when first then 'na' when u(fid, 1268) < 0.16 then 'na' when u(fid, 1268) < 0.16 + 0.58 * progress then 'Y' when u(fid, 1268) < 0.93 then 'same' else 'N' end as quality_of_life_improved,
    case when u(fid, 1269) < 0.06 then 'unknown' when u(id, 1270) < 0.24 - 0.14 * progress then 'Y' else 'N' end as lives_with_perpetrator,
    case when first then concat_ws('|', 'safety', case when u(id, 1271) < 0.45 then 'housing' end, case when u(id, 1272) < 0.4 then 'mental_health' end,
        case when children > 0 and u(id, 1273) < 0.6 then 'children' end, case when u(id, 1274) < 0.3 then 'legal' end, case when u(id, 1275) < 0.25 then 'finance' end) end as planned_support_areas
from answered
order by period, recorded, episode_key, stage;
