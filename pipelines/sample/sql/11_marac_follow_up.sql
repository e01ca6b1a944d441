-- What follows a MARAC discussion: actions, reported each month until they are closed, and what
-- each agency sent for the case. Planted: of actions due from December 2025 on, fewer are done
-- by their day. What agencies send holds steady, each at a level of its own.
create table agreed as
with numbered as (
    select
        id * 8 + k as id, marac_case_key, discussed,
        case when k = 0 then 'victim' when k = 1 and children > 0 and yes(id, 1001, 0.66) then 'child'
             when u(id * 8 + k, 1002) < 0.46 then 'victim' when u(id * 8 + k, 1002) < 0.80 then 'perpetrator' else 'household' end as subject
    from discussion, unnest(range(2 + ui(id, 1003, 4))) as r(k)
), typed as (
    select
        *,
        (discussed + [7, 14, 14, 28][1 + ui(id, 1004, 4)]::int)::date as due,
        case subject
            when 'child' then ['child_safeguarding', 'child_safeguarding', 'referral', 'information'][1 + ui(id, 1005, 4)]
            when 'perpetrator' then ['enforcement', 'enforcement', 'flag_record', 'information'][1 + ui(id, 1005, 4)]
            when 'household' then ['housing', 'housing', 'visit', 'safety_measure'][1 + ui(id, 1005, 4)]
            else ['safety_measure', 'safety_measure', 'referral', 'visit', 'health', 'other'][1 + ui(id, 1005, 6)] end as type
    from numbered
), fated as (
    select *, u(id, 1006) as fate, case when due < date '2025-12-01' then 0.80 else 0.66 end as in_time from typed
)
select
    *,
    -- three in four of those not done by the day are done later; the rest are given up
    case when fate < in_time then discussed + 1 + ui(id, 1007, due - discussed)::int
         when fate < in_time + (1 - in_time) * 0.75 then due + 1 + floor(60 * pow(u(id, 1008), 2))::int end::date as done,
    (due + 21 + ui(id, 1009, 40)::int)::date as given_up
from fated;

create table marac_action as
select
    'marac_coordinator' as sender,
    month_name(first_day) as period,
    marac_case_key,
    pseudonym('action', id) as action_key,
    case type when 'enforcement' then 'police' when 'child_safeguarding' then 'childrens_social_care' when 'housing' then 'housing'
        when 'health' then ['primary_care', 'mental_health', 'secondary_care'][1 + ui(id, 1010, 3)]
        when 'safety_measure' then ['police', 'idva', 'housing'][1 + ui(id, 1010, 3)]
        when 'flag_record' then ['police', 'secondary_care', 'mental_health', 'primary_care'][1 + ui(id, 1010, 4)]
        when 'information' then ['education', 'probation', 'childrens_social_care'][1 + ui(id, 1010, 3)]
        when 'visit' then ['police', 'idva', 'housing'][1 + ui(id, 1010, 3)]
        else ['idva', 'voluntary_sector', 'substance_misuse', 'adult_social_care'][1 + ui(id, 1010, 4)] end as owner_agency,
    subject as action_subject,
    type as action_type,
    uk_date(due) as due_date,
    case when done < next_month then uk_date(done) end as completed_date,
    case when done < next_month then 'completed' when done is not null or given_up >= next_month then 'open'
         when u(id, 1011) < 0.6 then 'not_possible' else 'superseded' end as status
from agreed
join (select first_day, (first_day + interval 1 month)::date as next_month from month) on discussed < next_month and coalesce(done, given_up) >= first_day
order by period, discussed, action_key;

create table marac_agency_return as
with agencies(a, agency, involved, returned) as (values
    (0, 'police', 1.0, 0.97), (1, 'idva', 1.0, 0.96), (2, 'childrens_social_care', 0.95, 0.93), (3, 'primary_care', 0.90, 0.74),
    (4, 'secondary_care', 0.85, 0.84), (5, 'education', 0.55, 0.75), (6, 'housing', 0.75, 0.81), (7, 'mental_health', 0.60, 0.69),
    (8, 'probation', 0.40, 0.88), (9, 'voluntary_sector', 0.25, 0.83), (10, 'substance_misuse', 0.35, 0.66), (11, 'adult_social_care', 0.30, 0.77)
), asked as (
    select
        id * 16 + a as id, marac_case_key, received, discussed, agency, returned,
        (date_trunc('month', discussed) + interval 1 month - interval 1 day)::date as month_end,
        yes(id * 16 + a, 1021, involved) as expected
    from discussion, agencies
), answered as (
    select
        *,
        case when not expected then null
             when u(id, 1022) < returned then greatest(received, discussed - ui(id, 1023, 4)::int)
             when u(id, 1022) < returned + (1 - returned) * 0.5 then discussed + 1 + ui(id, 1024, 9)::int end::date as came
    from asked
    where expected or u(id, 1025) < 0.15
)
select
    'marac_coordinator' as sender,
    month_name(discussed) as period,
    marac_case_key,
    agency,
    case when expected then 'Y' else 'N' end as expected,
    case when came <= month_end then uk_date(came) end as research_returned_at,
    'not_applicable' as attended,
    case when came is not null and yes(id, 1026, 0.72) and flagged <= month_end then uk_date(flagged) end as record_flagged_at
from (select *, (greatest(came, discussed) + 1 + ui(id, 1027, 8)::int)::date as flagged from answered)
order by period, discussed, marac_case_key, agency;
