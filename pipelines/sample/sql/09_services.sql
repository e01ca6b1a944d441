-- Specialist service episodes. Planted: from February 2026 the wait for a first contact grows
-- from about four to about seven working days.
create table episode as
with placed as (
    select m * 4294967296 + i as id, m, first_day, days
    from month, unnest(range(round(getvariable('scale') * 110 * (0.93 + 0.14 * u(m, 701)))::bigint)) as r(i)
), timed as (
    select
        id,
        (first_day + to_days(ui(id, 702, days)::int))::date as referred,
        floor(u(id, 703) * getvariable('victims'))::bigint as vid,
        u(id, 704) < 0.92 as reached,
        70 + ui(id, 705, 150) as stays
    from placed
)
select
    timed.*,
    case when reached then contact.day end as contacted,
    case when reached then engaged.day end as engaged,
    (referred + case when reached then stays else 30 + stays // 10 end::int)::date as closed
from timed
join day on day.day = referred
join workday as contact on contact.n = day.n + greatest(0, round(case when referred < date '2026-02-01' then 4.0 else 6.4 end * exp(0.55 * bell(id, 706))))::bigint
join workday as engaged on engaged.n = contact.n + 3 + ui(id, 711, 8);

create table da_service_episode as
select
    'specialist_service' as sender,
    period,
    pseudonym('episode', id) as episode_key,
    case when u(id, 712) < 0.6 then victim_key else pseudonym('client', id) end as person_key,
    case when u(id, 713) < 0.86 then 'adult' else 'child' end as client_type,
    case when u(id, 713) >= 0.86 then 'cyp' when u(id, 714) < 0.40 then 'idva' when u(id, 714) < 0.47 then 'hospital_idva' when u(id, 714) < 0.84 then 'medium_risk_outreach' when u(id, 714) < 0.95 then 'recovery_programme' else 'by_and_for' end as service_strand,
    case when u(id, 715) < 0.42 then 'police' when u(id, 715) < 0.56 then 'csc' when u(id, 715) < 0.74 then 'self' when u(id, 715) < 0.84 then 'health' when u(id, 715) < 0.90 then 'marac' when u(id, 715) < 0.95 then 'housing' else 'voluntary' end as referral_route,
    uk_date(referred) as referred_at,
    case when contacted <= ends then uk_date(contacted) end as first_contact_at,
    case when engaged <= ends and engaged <= closed then uk_date(engaged) end as engaged_at,
    case when closed <= ends then uk_date(closed) end as closed_at,
    case when closed <= ends then case when not reached then 'not_contactable' when u(id, 716) < 0.64 then 'planned' when u(id, 716) < 0.9 then 'unplanned' else 'declined' end end as closure_type,
    case when u(id, 713) < 0.86 then case when u(id, 717) < 0.42 then 14 + ui(id, 718, 10) else 6 + ui(id, 718, 8) end::varchar end as dash_ticks,
    case when u(id, 713) < 0.86 then case when u(id, 717) < 0.42 then 'high' when u(id, 717) < 0.88 then 'medium' else 'standard' end end as risk_intake,
    yn(id, 719, 0.24) as repeat_client_12m,
    case when u(id, 720) < 0.8 then round(0.5 + 18 * pow(u(id, 721), 2), 1)::varchar end as exposure_years,
    case when referred < date '2025-04-01' then old_sex(sex) else sex end as sex,
    case when u(id, 713) < 0.86 then age_band end as age_band,
    ethnicity_for(u(id, 722), 0.03) as ethnicity_19,
    religion_for(u(id, 723), 0.24) as religion,
    disability_for(u(id, 724), 0.12) as disability,
    orientation_for(u(id, 725), 0.15) as sexual_orientation,
    case when u(id, 726) < 0.9 then 'Y' when u(id, 726) < 0.91 then 'N' when u(id, 726) < 0.93 then 'prefer_not' else 'unknown' end as gender_identity_same_as_birth,
    case when u(id, 727) < 0.9 then 'yes' when u(id, 727) < 0.94 then 'no' else 'unknown' end as recourse_to_public_funds,
    case when u(id, 728) < 0.05 then 'Y' when u(id, 728) < 0.92 then 'N' else 'unknown' end as immigration_need,
    case when u(id, 729) < 0.46 then 'Y' when u(id, 729) < 0.9 then 'N' else 'unknown' end as mental_health_need,
    case when u(id, 730) < 0.15 then 'Y' when u(id, 730) < 0.9 then 'N' else 'unknown' end as substance_need,
    case when u(id, 731) < 0.05 then 'Y' when u(id, 731) < 0.95 then 'N' else 'unknown' end as pregnant_flag,
    children::varchar as children_n,
    district as district_code
from episode
join victim using (vid)
join quarter on referred <= ends and closed >= opens
order by period, referred, episode_key;

-- Safe accommodation: some households ask both providers.
create table sought as
with households as (
    select m * 4294967296 + i as id, first_day, days
    from month, unnest(range(round(getvariable('scale') * 38 * (0.9 + 0.2 * u(m, 801)))::bigint)) as r(i)
), asked as (
    select id, first_day, days, provider, id * 4 + k as rid
    from households, (values ('provider_one', 0), ('provider_two', 1)) as p(provider, k)
    where u(id, 802) < 0.24 or (u(id, 802) < 0.62) = (k = 0)
)
select
    *,
    pseudonym('household', id) as household_key,
    (first_day + to_days(least(ui(id, 803, days) + ui(rid, 804, 3), days - 1)::int))::date as referred,
    case when u(rid, 810) < 0.68 then 'refuge' when u(rid, 810) < 0.84 then 'dispersed' when u(rid, 810) < 0.92 then 'specialist' else 'second_stage' end as accommodation_type,
    case when u(rid, 805) < 0.34 then 'accommodated' when u(rid, 805) < 0.38 then 'waiting' when u(rid, 805) < 0.80 then 'unable_to_support'
         when u(rid, 805) < 0.88 then 'declined_by_survivor' when u(rid, 805) < 0.91 then 'inappropriate' when u(rid, 805) < 0.96 then 'withdrawn' else 'lost_contact' end as result,
    (case when u(id, 806) < 0.4 then 0 else 1 + floor(4 * pow(u(id, 807), 1.8)) end)::int as children,
    district_for(u(id, 808)) as origin
from asked;

create table safe_accommodation_referral as
select
    provider as sender,
    quarter_name(referred) as period,
    pseudonym('stay', rid) as sa_referral_key,
    household_key,
    referred::varchar as referred_at,
    case when u(id, 809) < 0.3 then 'self' when u(id, 809) < 0.55 then 'police' when u(id, 809) < 0.72 then 'housing' when u(id, 809) < 0.86 then 'csc' else 'voluntary' end as referral_route,
    accommodation_type,
    result as outcome,
    case when result = 'unable_to_support' then case when u(rid, 811) < 0.52 then 'no_bedspace' when u(rid, 811) < 0.62 then 'family_size' when u(rid, 811) < 0.70 then 'mental_health' when u(rid, 811) < 0.77 then 'substance'
        when u(rid, 811) < 0.83 then 'nrpf' when u(rid, 811) < 0.88 then 'too_close' when u(rid, 811) < 0.92 then 'older_son' when u(rid, 811) < 0.95 then 'accessibility' when u(rid, 811) < 0.97 then 'pets' else 'not_contactable' end end as reason_unable,
    '1' as adults_n,
    children::varchar as children_n,
    case when referred < date '2025-04-01' then case when u(id, 812) < 0.95 then '2' else '1' end else case when u(id, 812) < 0.95 then 'F' else 'M' end end as sex,
    age_band_for(u(id, 813)) as age_band,
    ethnicity_for(u(id, 814), 0.04) as ethnicity_19,
    religion_for(u(id, 815), 0.3) as religion,
    disability_for(u(id, 816), 0.1) as disability,
    orientation_for(u(id, 817), 0.2) as sexual_orientation,
    case when u(id, 818) < 0.92 then 'Y' when u(id, 818) < 0.93 then 'N' else 'unknown' end as gender_identity_same_as_birth,
    case when u(id, 819) < 0.5 then 'Y' when u(id, 819) < 0.9 then 'N' else 'unknown' end as mental_health_need,
    case when u(id, 820) < 0.18 then 'Y' when u(id, 820) < 0.92 then 'N' else 'unknown' end as substance_need,
    case when u(id, 821) < 0.06 then 'Y' when u(id, 821) < 0.95 then 'N' else 'unknown' end as nrpf,
    yn(id, 822, 0.04) as wheelchair_need,
    case when children >= 3 then 'Y' else 'N' end as large_family_3plus,
    case when children > 0 then yn(id, 823, 0.1) else 'N' end as older_male_child,
    yn(id, 824, 0.12) as pets,
    origin as origin_lad,
    case when result = 'accommodated' then case when u(rid, 825) < 0.6 then 'E07000148' when u(rid, 825) < 0.9 then 'E07000145' else 'OOA' end end as destination_lad
from sought
order by period, sender, referred, sa_referral_key;
