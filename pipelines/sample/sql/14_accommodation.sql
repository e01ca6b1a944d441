-- Stays follow referrals that were accommodated, and units hold them: no unit holds two
-- households on one night. Planted: households that are ready from October 2025 on wait longer
-- to move on, so that stays grow longer. How soon a sanctuary is installed holds steady.
create table stayed as
with accommodated as (
    select rid, provider, household_key, accommodation_type, children, referred from sought
    where result = 'accommodated'
    qualify row_number() over (partition by id order by referred, rid) = 1
), readied as (
    select
        *,
        (referred + ui(rid, 1301, 3)::int)::date as began,
        (referred + 12 + round(104 * exp(0.45 * bell(rid, 1302)))::int)::date as ready,
        yes(rid, 1306, 0.14) as leaves_early
    from accommodated
)
select
    *,
    (case when leaves_early then began + 3 + ((ready - began) // 3)::int
          else ready + 1 + round(case when ready < date '2025-10-01' then 20 else 44 end * exp(0.6 * bell(rid, 1307)))::int end)::date as ended
from readied;

-- As many units as were ever full at once, and one or two more.
create table pool as
with held as (
    select provider, accommodation_type, sum(change) over (partition by provider, accommodation_type order by day, change) as households
    from (select provider, accommodation_type, began as day, 1 as change from stayed union all select provider, accommodation_type, ended, -1 from stayed)
)
select provider, accommodation_type, max(households)::bigint + 1 as units from held group by all;

-- The household that came nth takes the unit of the one that left (n - units)th.
create table stay as
with recursive ranked as (
    select
        stayed.*, units,
        row_number() over (partition by provider, accommodation_type order by began, rid) as arrival,
        row_number() over (partition by provider, accommodation_type order by ended, rid) as departure
    from stayed join pool using (provider, accommodation_type)
), placed as (
    select rid, provider, accommodation_type, departure + units as next, arrival as unit from ranked where arrival <= units
    union all
    select ranked.rid, ranked.provider, ranked.accommodation_type, ranked.departure + units, placed.unit
    from placed join ranked using (provider, accommodation_type)
    where ranked.arrival = placed.next
)
select stayed.*, unit, pseudonym('unit', stayed.provider || '/' || stayed.accommodation_type || '/' || unit) as unit_key
from stayed join placed using (rid);

create table safe_accommodation_stay as
with reported as (
    select stay.*, period, ends, ended <= ends as over from stay join quarter on began <= ends and ended >= opens
), people as (
    select *, -1 as child from reported
    union all
    select reported.*, child from reported, unnest(range(children)) as c(child)
)
select
    provider as sender,
    period,
    pseudonym('safe stay', rid) as stay_key,
    household_key,
    unit_key,
    accommodation_type,
    began::varchar as start_date,
    case when not leaves_early and ready <= ends then ready::varchar end as ready_to_move_on_date,
    case when over then ended::varchar end as end_date,
    case when over then case
        when leaves_early then ['returned_to_perpetrator', 'evicted_asked_to_leave', 'safety_compromised', 'moved_other_safe_accommodation', 'unknown', 'moved_on'][1 + ui(rid, 1311, 6)]
        when u(rid, 1312) < 0.72 then 'moved_on' when u(rid, 1312) < 0.86 then 'support_no_longer_needed' when u(rid, 1312) < 0.96 then 'moved_other_safe_accommodation' else 'returned_to_perpetrator' end end as end_reason,
    case when over then case
        when leaves_early then ['returned_to_perpetrator', 'unknown', 'temporary_accommodation', 'other_refuge', 'unknown', 'family_friends'][1 + ui(rid, 1311, 6)]
        when u(rid, 1312) < 0.40 then 'social_tenancy' when u(rid, 1312) < 0.62 then 'private_rented' when u(rid, 1312) < 0.72 then 'family_friends'
        when u(rid, 1312) < 0.78 then 'returned_home_perp_absent' when u(rid, 1312) < 0.86 then 'social_tenancy' when u(rid, 1312) < 0.92 then 'other_refuge'
        when u(rid, 1312) < 0.96 then 'temporary_accommodation' else 'returned_to_perpetrator' end end as destination,
    concat_ws('|', 'advocacy', case when u(rid, 1313) < 0.6 then 'housing_related' end, case when u(rid, 1314) < 0.35 then 'counselling' end, case when children > 0 and u(rid, 1315) < 0.8 then 'children_support' end) as support_types,
    case when child >= 0 then yn(rid * 8 + child, 1318, 0.74) end as child_support_received,
    case when child >= 0 then ['0', '1', '2', '3', '4', '5', '6', '7', '8-11', '8-11', '8-11', '12-15', '12-15', '16-17'][1 + ui(rid * 8 + child, 1317, 14)] end as child_age_band
from people
order by period, sender, began, stay_key, child;

-- Every unit of each month, with the nights lost to repairs, which no household slept through.
create table safe_accommodation_unit as
with unit as (
    select provider, accommodation_type, unit, hash(provider, accommodation_type, unit) % 1000000007 as id,
        pseudonym('unit', provider || '/' || accommodation_type || '/' || unit) as unit_key
    from pool, unnest(range(1, units + 1)) as r(unit)
), used as (
    select unit_key, first_day, sum(least(ended, (first_day + interval 1 month)::date) - greatest(began, first_day)) as nights
    from stay join month on began < first_day + interval 1 month and ended > first_day
    group by all
)
select
    provider as sender,
    month_name(first_day) as period,
    unit_key,
    first_day::varchar as month,
    accommodation_type,
    '1' as family_places,
    (2 + ui(id, 1321, 4))::varchar as bedspaces,
    days::varchar as available_nights,
    (case when u(id * 64 + m, 1322) < 0.10 then least(3 + ui(id * 64 + m, 1323, 20), days - coalesce(nights, 0)) else 0 end)::varchar as void_nights_maintenance,
    concat_ws('|', 'women', case when accommodation_type = 'dispersed' then 'men' end, case when u(id, 1324) < 0.5 then 'trans' end, case when u(id, 1325) < 0.12 then 'nrpf' end,
        case when u(id, 1326) < 0.1 then 'wheelchair' end, case when u(id, 1327) < 0.3 then 'substance' end, case when u(id, 1328) < 0.5 then 'mental_health' end,
        case when u(id, 1321) > 0.7 then 'large_family' end, case when accommodation_type = 'dispersed' or u(id, 1329) < 0.2 then 'older_boys' end, case when u(id, 1330) < 0.1 then 'pets' end) as accepts,
    case when u(id, 1331) < 0.55 then 'part4' when u(id, 1331) < 0.75 then 'other_la' when u(id, 1331) < 0.92 then 'housing_benefit' else 'charity' end as funding,
    case when accommodation_type <> 'refuge' then coalesce(nullif(district_for(u(id, 1332)), 'OOA'), 'E07000148') end as district_code
from unit cross join month left join used using (unit_key, first_day)
order by period, sender, unit_key;

-- Duties that councils owe; one household in five is known to safe accommodation.
create table duty as
with placed as (
    select m * 4294967296 + i as id, m, (first_day + to_days(ui(m * 4294967296 + i, 1341, days)::int))::date as began
    from month, unnest(range(round(getvariable('scale') * 72 * (0.93 + 0.14 * u(m, 1342)))::bigint)) as r(i)
)
select
    id, began, coalesce(household_key, pseudonym('household', 'duty/' || id)) as household_key,
    coalesce(children, ui(id, 1343, 4)) as children,
    case when u(id, 1344) < 0.30 then 'prevention' when u(id, 1344) < 0.87 then 'relief' else 'main' end as duty,
    (began + 20 + round(38 * exp(0.6 * bell(id, 1345)))::int)::date as ended
from placed
left join (select distinct id, household_key, children from sought where yes(id, 1351, 0.4)) as asked using (id);

create table homelessness_da as
select
    'housing' as sender,
    period,
    household_key,
    duty,
    uk_date(began) as duty_start,
    case when u(id, 1346) < 0.8 then 'Y' else 'N' end as reason_da,
    case when u(id, 1346) >= 0.8 then 'Y' else yn(id, 1347, 0.7) end as support_need_da,
    children::varchar as children_n,
    case when duty = 'prevention' then 'none' when u(id, 1348) < 0.3 then 'none' when u(id, 1348) < 0.48 then 'bed_and_breakfast' when u(id, 1348) < 0.66 then 'nightly_paid'
         when u(id, 1348) < 0.76 then 'hostel' when u(id, 1348) < 0.84 then 'refuge' when u(id, 1348) < 0.95 then 'council_stock' else 'private_leased' end as ta_type,
    case when ended > ends then 'open' when u(id, 1349) < 0.14 then 'secured_existing' when u(id, 1349) < 0.55 then 'secured_alternative' when u(id, 1349) < 0.80 then 'days_elapsed'
         when u(id, 1349) < 0.88 then 'contact_lost' when u(id, 1349) < 0.94 then 'withdrawn' when u(id, 1349) < 0.97 then 'offer_declined' else 'other' end as outcome,
    coalesce(nullif(district_for(u(id, 1350)), 'OOA'), 'E07000148') as district_code
from duty join quarter on began <= ends and ended >= opens
order by period, began, household_key;

create table sanctuary as
with placed as (
    select m * 4294967296 + i as id, (first_day + to_days(ui(m * 4294967296 + i, 1361, days)::int))::date as requested
    from month, unnest(range(round(getvariable('scale') * 27 * (0.93 + 0.14 * u(m, 1362)))::bigint)) as r(i)
), fitted as (
    select *, case when u(id, 1363) < 0.93 then (requested + 2 + round(11 * exp(0.55 * bell(id, 1364)))::int)::date end as installed from placed
)
select *, (coalesce(installed + 150 + ui(id, 1368, 300)::int, requested + 14 + ui(id, 1369, 30)::int))::date as ended from fitted;

create table sanctuary_install as
select
    'housing' as sender,
    period,
    pseudonym('sanctuary', id) as sanctuary_key,
    pseudonym('household', 'sanctuary/' || id) as household_key,
    uk_date(requested) as requested_at,
    case when installed <= ends then uk_date(installed) end as installed_at,
    case when ended <= ends then uk_date(ended) end as support_ended_at,
    case when ended <= ends then case when installed is null then 'other' when u(id, 1370) < 0.8 then 'no_longer_needed' when u(id, 1370) < 0.95 then 'moved' else 'other' end end as end_reason,
    coalesce(nullif(district_for(u(id, 1371)), 'OOA'), 'E07000148') as district_code
from sanctuary join quarter on requested <= ends and ended >= opens
order by period, requested, sanctuary_key;
