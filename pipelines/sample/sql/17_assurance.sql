-- Audits, health services' counts and what contracts cost. Steady throughout: what audits find
-- goes up and down by chance, and every count of health is a share of the one before it.
create table audit_case as
with drawn as (
    select
        row_number() over (order by period, k) as id, period, opens,
        ['referral', 'referral', 'referral', 'assessment', 'assessment', 'encompass', 'marac', 'marac', 'probation', 'health', 're_audit', 'mappa'][1 + k % 12] as type
    from quarter, unnest(range(greatest(12, round(getvariable('scale') * 60)::bigint))) as r(k)
), agencies as (
    select
        id * 4 + a as aid, drawn.*, a,
        case type when 'referral' then ['police', 'police', 'education_school', 'health_visiting'] when 'encompass' then ['education_school', 'education_school', 'early_years', 'police']
            when 'marac' then ['police', 'childrens_social_care', 'mental_health', 'probation'] when 'probation' then ['probation', 'probation', 'probation', 'police'] when 'mappa' then ['probation', 'police', 'probation', 'childrens_social_care']
            when 'health' then ['health_visiting', 'health_gp', 'maternity', 'acute_ed'] else ['childrens_social_care', 'childrens_social_care', 'health_visiting', 'police'] end as choices
    from drawn, unnest(range(1 + ui(id, 1601, 2))) as r(a)
), read as (
    -- the last of the four is the second record of a case of which two are read
    select *, choices[case when a = 0 then 1 + ui(id, 1602, 3) else 4 end] as agency from agencies
), voiced as (
    select *, case when u(aid, 1603) < 0.04 then 'not_applicable' when u(aid, 1603) < 0.40 + case when agency = 'childrens_social_care' then -0.18 when agency in ('probation', 'police') then 0.10 else 0 end then 'none'
        when u(aid, 1603) < 0.66 then 'observed' when u(aid, 1603) < 0.94 then 'own_words' else 'advocate' end as voice
    from read
)
select
    'safeguarding_partnership' as sender,
    period,
    pseudonym('audit', id) as audit_key,
    type as audit_type,
    case when u(id, 1604) < 0.78 then 'random_seeded' when u(id, 1604) < 0.93 then 'targeted' else 'self_selected' end as sample_method,
    agency,
    ['unborn', '0', '1', '2', '3', '4', '5', '6', '7', '8-11', '12-15'][1 + ui(id, 1605, 11)] as child_age_band,
    case when u(aid, 1606) < 0.06 then 'outstanding' when u(aid, 1606) < 0.54 then 'good' when u(aid, 1606) < 0.92 then 'requires_improvement' else 'inadequate' end as overall_grade,
    voice as voice_evidence,
    case when voice in ('none', 'not_applicable') then 'na' else yn(aid, 1607, 0.52) end as voice_influenced_plan,
    case when type in ('assessment', 'marac', 'referral', 're_audit', 'probation', 'health') then case when u(aid, 1658) < 0.40 then 'fully' when u(aid, 1658) < 0.76 then 'partly' else 'no' end end as cumulative_harm_considered,
    case when u(aid, 1609) < 0.34 then 'fully' when u(aid, 1609) < 0.72 then 'partly' else 'no' end as culture_considered,
    case when u(aid, 1610) < 0.15 then 'na' else yn(aid, 1611, 0.44) end as fathers_perpetrator_engaged,
    case when u(aid, 1612) < 0.12 then 'na' else yn(aid, 1613, 0.6) end as coercive_control_recognised,
    case when u(aid, 1614) < 0.66 then 'na' else yn(aid, 1615, 0.58) end as escalation_used_when_needed,
    case when u(aid, 1616) < 0.62 then concat_ws('|', case when u(aid, 1617) < 0.74 then 'police' end, case when u(aid, 1618) < 0.7 then 'health_visiting' end,
        case when u(aid, 1619) < 0.66 then 'education_school' end, case when u(aid, 1620) < 0.84 then 'childrens_social_care' end, case when u(aid, 1621) < 0.5 then 'specialist_da_service' end) end as safety_plan_shared,
    case when u(aid, 1622) < 0.25 then case when u(aid, 1623) < 0.78 then case when u(aid, 1606) < 0.06 then 'outstanding' when u(aid, 1606) < 0.54 then 'good' when u(aid, 1606) < 0.92 then 'requires_improvement' else 'inadequate' end else 'requires_improvement' end end as second_auditor_grade
from voiced
order by period, audit_key, agency;

create table health_activity as
with services(s, service, eligible, asked, disclosed) as (values
    (0, 'maternity', 96, 0.86, 0.045), (1, 'health_visiting', 160, 0.71, 0.040), (2, 'school_nursing', 34, 0.52, 0.080), (3, 'ED', 52, 0.44, 0.150), (4, 'GP', 75, 0.48, 0.170),
    (5, 'mental_health', 60, 0.55, 0.160), (6, 'sexual_health', 38, 0.66, 0.070), (7, 'ambulance', 22, 0.30, 0.200), (8, 'hospital_idva', 9, 0.95, 0.800)
), seen as (
    select
        services.*, quarter_name(first_day) as period, first_day, n, (m * 16 + s) * 8 + n as id,
        round(getvariable('scale') * eligible * [1.00, 0.93, 0.71, 1.09, 0.73, 1.02, 1.01][n] * (0.9 + 0.2 * u((m * 16 + s) * 8 + n, 1631)))::int as eligible_n
    from services, month, unnest(range(1, 8)) as r(n)
), questioned as (
    select *, round(eligible_n * least(1, asked * (0.94 + 0.12 * u(id, 1632))))::int as asked_n from seen
), told as (
    select *, round(asked_n * least(1, disclosed * (0.7 + 0.6 * u(id, 1633))))::int as disclosed_n from questioned
)
select
    'health' as sender,
    period,
    first_day::varchar as month,
    service,
    eligible_n::varchar as eligible_contacts_n,
    asked_n::varchar as asked_private_n,
    disclosed_n::varchar as disclosed_n,
    round(disclosed_n * (0.45 + 0.2 * u(id, 1634)))::int::varchar as referred_specialist_n,
    round(disclosed_n * (0.60 + 0.3 * u(id, 1635)))::int::varchar as records_flagged_n,
    case when service in ('health_visiting', 'school_nursing', 'ED') then round(disclosed_n * (0.30 + 0.2 * u(id, 1636)))::int::varchar end as child_voice_recorded_n,
    case when service = 'GP' then (3 + ui(n, 1637, 6))::varchar end as practices_iris_trained_n,
    'E0700014' || (2 + n) as district_code
from told
order by period, first_day, s, n;

create table part4_finance as
with contracts(n, contract, service_type, grant_from, pounds, advisers, units) as (values
    (1, 'NCC-DA-01', 'refuge', 'part4', 168000, null, 62), (2, 'NCC-DA-01', 'refuge', 'district', 41000, null, null), (3, 'NCC-DA-02', 'dispersed', 'part4', 72000, null, 23),
    (4, 'NCC-DA-03', 'community', 'pcc', 214000, 15.6, null), (5, 'NCC-DA-03', 'community', 'icb', 46000, null, null), (6, 'NCC-DA-04', 'children', 'part4', 58000, null, null),
    (7, 'NCC-DA-05', 'perpetrator', 'pcc', 64000, null, null), (8, 'NCC-DA-06', 'training', 'new_burdens', 17000, null, null), (9, 'NCC-DA-07', 'sanctuary', 'district', 24000, null, 110), (10, 'NCC-DA-08', 'second_stage', 'part4', 26000, null, 13)
)
select
    'commissioning' as sender,
    period,
    contract as contract_key,
    service_type,
    round(pounds * (0.97 + 0.06 * u(n * 4096 + hash(period) % 4096, 1641)), 2)::varchar as spend_gbp,
    grant_from as "grant",
    round(advisers + [-0.6, 0, 0, 0.4][1 + ui(hash(period) % 4096, 1642, 4)], 1)::varchar as fte_idva,
    units::varchar as units_commissioned
from contracts, quarter
order by period, n;
