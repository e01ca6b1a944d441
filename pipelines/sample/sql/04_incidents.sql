create table incident as
with placed as (
    select m * 4294967296 + i as id, m, first_day, days
    from month, unnest(range(incidents)) as r(i)
), happened as (
    select
        *,
        floor(pow(u(id, 201), 1.6) * getvariable('victims'))::bigint as vid,
        (first_day + to_days(ui(id, 202, days)::int))::timestamp
            + to_seconds((floor(86400 * pow(u(id, 203), 0.75)))::bigint) as reported_at
    from placed
)
select
    h.id, h.m, h.vid, h.reported_at,
    (h.reported_at::date - case when u(id, 204) < 0.86 then 0 when u(id, 204) < 0.96 then 1 else 2 + ui(id, 205, 25) end::int)::date as incident_date,
    pseudonym('incident', id) as incident_key,
    case when u(id, 206) < 0.11 then 'high' when u(id, 206) < 0.43 then 'medium' when u(id, 206) < 0.95 then 'standard' else 'not_graded' end as risk,
    case when u(id, 207) < 0.85 then 'DASH' when u(id, 207) < 0.95 and h.reported_at >= timestamp '2022-11-01' then 'DARA' else 'none' end as tool, -- DARA was published then
    case when u(id, 208) < 0.93 then pseudonym('perpetrator', case when u(id, 209) < 0.8 then vid else id end) end as perpetrator_key
from happened h;

create table police_da_incident as
select
    'police' as sender,
    month_name(reported_at) as period,
    incident_key,
    reported_at::varchar as reported_at,
    incident_date::varchar as incident_date,
    case when u(id, 210) < 0.55 then 'crime' else 'incident' end as da_flag_basis,
    case
        when u(id, 210) >= 0.55 then 'non_crime' when u(id, 211) < 0.22 then 'violence_with_injury'
        when u(id, 211) < 0.50 then 'violence_without_injury' when u(id, 211) < 0.72 then 'stalking_harassment'
        when u(id, 211) < 0.77 then 'coercive_control' when u(id, 211) < 0.81 then 'sexual' when u(id, 211) < 0.89 then 'criminal_damage'
        when u(id, 211) < 0.94 then 'breach_of_order' when u(id, 211) < 0.97 then 'public_order' else 'other' end as offence_group,
    tool as risk_tool,
    case when tool = 'none' then 'not_graded' when u(id, 212) < 0.88 then risk when risk = 'high' then 'medium' else 'standard' end as risk_grade_initial,
    case when tool = 'none' then 'not_graded' else risk end as risk_grade_final,
    (case when tool = 'DASH' then case risk when 'high' then 14 + ui(id, 213, 11) when 'medium' then 10 + ui(id, 213, 4) else ui(id, 213, 10) end end)::varchar as dash_ticks,
    victim_key,
    perpetrator_key,
    case when u(id, 214) < 0.34 then 'partner' when u(id, 214) < 0.70 then 'ex_partner' when u(id, 214) < 0.82 then 'child_to_parent'
         when u(id, 214) < 0.88 then 'sibling' when u(id, 214) < 0.94 then 'other_family' when u(id, 214) < 0.97 then 'parent_of_child' else 'unknown' end as relationship,
    case when reported_at < timestamp '2025-04-01' then old_sex(sex) else sex end as victim_sex,
    age_band as victim_age_band,
    ethnicity as victim_ethnicity_19,
    religion as victim_religion,
    disability as victim_disability,
    orientation as victim_sexual_orientation,
    children::varchar as children_linked_n,
    least(children, ui(id, 215, 3))::varchar as children_present_n,
    case when sex = 'F' and u(id, 216) < 0.05 then 'Y' when u(id, 216) < 0.9 then 'N' else 'unknown' end as pregnant_flag,
    case when u(id, 210) >= 0.55 then 'not_applicable' when u(id, 217) < 0.42 then 'Y' else 'N' end as arrest_made,
    case when u(id, 218) < 0.09 then '1' when u(id, 218) < 0.12 then '8' when u(id, 218) < 0.32 then '15' when u(id, 218) < 0.86 then '16' when u(id, 218) < 0.90 then '18' else 'pending' end as outcome_code,
    case when u(id, 219) < 0.08 then 'Y' when u(id, 219) < 0.8 then 'N' else 'not_recorded' end as dvpn_considered,
    district as district_code,
    unit as lgr_unit_code
from incident join victim using (vid)
order by period, reported_at, incident_key;

-- Which children each incident touches, with what later steps need of it.
create table touched as
select
    incident.id * 8 + child.cid % 8 as id,
    incident.id as incident_id, incident_key, reported_at, incident_date,
    cid, vid, born, child.district, child.unit,
    child_band(born, incident_date) as band,
    case when born > incident_date then victim_key || ':U' || strftime(born, '%Y-%m') else child_key end as child_key,
    u(incident.id * 8 + child.cid % 8, 222) < 0.52 as referred
from incident join child using (vid)
where child_band(born, incident_date) is not null and yes(incident.id * 8 + child.cid % 8, 221, 0.9);

create table police_da_incident_child as
select
    'police' as sender,
    month_name(reported_at) as period,
    incident_key,
    child_key,
    band as age_band_child,
    case when band = 'unborn' then 'unknown' when u(id, 223) < 0.28 then 'present_saw' when u(id, 223) < 0.52 then 'present_heard'
         when u(id, 223) < 0.60 then 'present_unclear' when u(id, 223) < 0.86 then 'usually_resident_absent' when u(id, 223) < 0.95 then 'linked_other' else 'unknown' end as presence,
    case when band = 'unborn' then 'not_present' when u(id, 223) >= 0.60 and u(id, 223) < 0.95 then 'not_present'
         when u(id, 224) < 0.46 then 'seen_and_spoken' when u(id, 224) < 0.62 then 'seen_not_spoken' when u(id, 224) < 0.70 then 'observed_preverbal'
         when u(id, 224) < 0.80 then 'not_seen_reason_given' when u(id, 224) < 0.88 then 'not_seen_no_reason' else 'not_recorded' end as child_seen_status,
    case when band = 'unborn' then 'N' else yn(id, 225, 0.38) end as child_voice_recorded,
    case when u(id, 226) < 0.62 then 'Y' when u(id, 226) < 0.8 then 'N' else 'not_recorded' end as child_victim_flag,
    case when referred then 'Y' else 'N' end as referral_made
from touched
order by period, reported_at, incident_key, child_key;
