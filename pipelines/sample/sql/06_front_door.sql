-- Contacts: every referral above, and others that are not about domestic abuse. Planted: from
-- February 2026 a smaller share of decisions is made within a working day. An assessment may also
-- end an earlier plan of the child's.
create table contact as
with contacts as (
    select id, referral_key, child_key, born, district, unit, received_at as contact_at, true as da, referrer from referral
    union all by name
    select
        8000000000000000000 - (m * 1000000000 + i) as id, pseudonym('referral', 8000000000000000000 - (m * 1000000000 + i)) as referral_key,
        pseudonym('other child', m * 1000000000 + i) as child_key, date '2014-06-01' as born,
        district_for(u(m * 1000000000 + i, 401)) as district, null as unit,
        first_day::timestamp + to_seconds(ui(m * 1000000000 + i, 402, days * 86400)) as contact_at, false as da,
        'education_school' as referrer
    from month, unnest(range((getvariable('scale') * 150)::bigint)) as r(i)
), judged as (
    select
        *,
        case when u(id, 403) < 0.44 then 'new_referral' when u(id, 403) < 0.56 then 'existing_referral' when u(id, 403) < 0.61 then 'cp_enquiry'
             when u(id, 403) < 0.82 then 'nfa' when u(id, 403) < 0.97 then 'advice' else 'other' end as outcome,
        u(id, 404) < case when contact_at < timestamp '2026-02-01' then 0.965 else 0.92 end as in_time,
        contact_at + to_minutes(40 + ui(id, 405, 300)) as same_day
    from contacts
)
select
    judged.*,
    case
        when in_time and same_day::date = contact_at::date and day.working then same_day
        when in_time then next.day + interval 9 hour + to_minutes(ui(id, 406, 420))
        else later.day + interval 9 hour + to_minutes(ui(id, 406, 420)) end as decision_at,
    outcome in ('new_referral', 'cp_enquiry') as becomes_referral
from judged
join day on day.day = contact_at::date
join workday as next on next.n = day.n + 1
join workday as later on later.n = day.n + 2 + ui(id, 407, 3);

create table csc_contact_referral as
select
    'childrens_services' as sender,
    month_name(contact_at) as period,
    pseudonym('contact', id) as contact_key,
    child_key,
    contact_at::varchar as contact_at,
    case referrer when 'police' then '6' when 'education_school' then '2A' when 'health_visiting' then '3B' when 'acute_ed' then '3E'
        when 'health_gp' then '3A' when 'maternity' then '3F' when 'early_help' then '5D' when 'probation' then '7' when 'housing_district' then '4'
        when 'public' then '1B' else '8' end as contact_source_code,
    case when da then 'Y' else 'N' end as da_contact_flag,
    outcome as contact_outcome,
    case when outcome = 'cp_enquiry' then 'red' when u(id, 408) < 0.30 then 'amber' when u(id, 408) < 0.72 then 'green' else 'not_mash' end as mash_rag,
    decision_at::varchar as decision_at,
    case when becomes_referral then referral_key end as referral_key,
    case when becomes_referral then contact_at::date::varchar end as referral_date,
    case when becomes_referral then case when u(id, 409) < 0.07 then 'true' else 'false' end end as referral_nfa,
    case when becomes_referral then case when u(id, 410) < 0.78 then 'N1' when u(id, 410) < 0.9 then 'N5' else 'N4' end end as primary_need_code,
    null as closure_date,
    null as reason_for_closure,
    case when child_key like '%:U%' then 'Y' else 'N' end as unborn_flag,
    case when child_key like '%:U%' then date_trunc('month', born)::date::varchar end as expected_birth_month,
    case when day.working and hour(contact_at) between 9 and 16 then 'N' else 'Y' end as out_of_hours,
    district as district_code,
    unit as lgr_unit_code
from contact join day on day.day = contact_at::date
order by period, contact_at, contact_key;

create table csc_assessment as
with chosen as (
    select contact.*, day.n
    from contact join day on day.day = contact_at::date
    where becomes_referral and u(id, 411) < 0.82
), paced as (
    select
        *,
        case when u(id, 414) < 0.84 then 14 + ui(id, 415, 32) else 46 + ui(id, 415, 26) end as assessed,
        10 + ui(id, 416, 4) as conferred,
        16 + ui(id, 429, 10) as conferred_late,
        case when outcome = 'cp_enquiry' then true else u(id, 412) < 0.10 end as s47
    from chosen
), timed as (
    select
        paced.*, start_day.day as started, done.day as authorised, s47.day as enquiry, icpc.day as conference,
        done.day - ui(id, 431, 9)::int as ended, da and not (s47 and u(id, 422) < 0.34) as may_end
    from paced
    join workday as start_day on start_day.n = paced.n + 1 + ui(id, 413, 3)
    join workday as done on done.n = paced.n + assessed
    join workday as s47 on s47.n = paced.n + 2
    -- some conferences are late, where the assessment leaves them time
    join workday as icpc on icpc.n = paced.n + 2 + case when u(id, 430) < 0.18 and conferred_late + 2 <= assessed then conferred_late else conferred end
), again as (
    select distinct timed.id
    from timed join touched using (child_key)
    where may_end and authorised >= date '2025-10-01' and touched.reported_at::date - ended between 1 and 180
), followed as (
    -- Planted: of plans that end from October 2025 on, more end before harm has.
    select
        *,
        may_end and u(id, 432) < case when authorised < date '2025-10-01' then 0.30 when id in (select id from again) then 0.46 else 0.24 end as ends_plan,
        u(id, 433) as plan
    from timed
)
select
    'childrens_services' as sender,
    month_name(authorised) as period,
    pseudonym('assessment', id) as assessment_key,
    referral_key,
    child_key,
    started::varchar as assessment_start_date,
    authorised::varchar as assessment_auth_date,
    case when not da then '21' else
        concat_ws('|', case when u(id, 417) < 0.12 then '3A' end, case when u(id, 417) >= 0.06 and u(id, 417) < 0.86 then '3B' end,
            case when u(id, 417) > 0.95 then '3C' end, case when u(id, 417) between 0.86 and 0.95 or u(id, 418) < 0.24 then '4B' end,
            case when u(id, 419) < 0.2 then '2B' end, case when u(id, 420) < 0.18 then '17A' end, case when u(id, 421) < 0.05 then '18C' end) end as factor_codes,
    case when s47 then enquiry::varchar end as s47_start_date,
    case when s47 then case when u(id, 422) < 0.34 then 'CP_CONFERENCE' when u(id, 422) < 0.72 then 'NFA_CONTINUE_SINGLE' else 'NFA' end end as s47_outcome,
    case when s47 and u(id, 422) < 0.34 then conference::varchar end as icpc_date,
    case when s47 and u(id, 422) < 0.34 then case when u(id, 423) < 0.84 then 'cp_plan' else 'no_cp_plan' end end as icpc_outcome,
    case when s47 and u(id, 422) < 0.34 and u(id, 423) < 0.84 then conference::varchar end as cpp_start_date,
    case when ends_plan and plan < 0.16 then ended::varchar end as cpp_end_date,
    case when s47 and u(id, 422) < 0.34 and u(id, 423) < 0.84 then case when u(id, 424) < 0.55 then 'EMO' when u(id, 424) < 0.9 then 'NEG' else 'PHY' end end as cpp_category,
    case when s47 and u(id, 422) < 0.34 and u(id, 423) < 0.84 then case when u(id, 425) < 0.77 then '1' else '2' end end as cpp_sequence,
    case when ends_plan then case when plan < 0.16 then 'cp' when plan < 0.62 then 'cin' else 'eh' end end as plan_type_at_close,
    case when ends_plan then ended::varchar end as plan_closed_date,
    case when not da then 'not_applicable' else yn(id, 426, 0.58) end as child_safety_plan,
    case when da and u(id, 426) < 0.58 then case when u(id, 427) < 0.3 then 'police|education_school' when u(id, 427) < 0.6 then 'health_visiting' else 'police|health_visiting|education_school' end end as safety_plan_shared_with,
    case when s47 and u(id, 422) < 0.34 then yn(id, 428, 0.52) end as chronology_used_at_icpc
from followed
order by period, authorised, assessment_key;
