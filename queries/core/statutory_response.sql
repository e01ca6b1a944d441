-- The exposure ledger: one row per child with a statutory response to domestic abuse, on the day
-- the first one began (an assessment with such a factor, or a child protection enquiry), with
-- what was known in the 24 months before that day. earlier_incidents is police incidents;
-- earlier_perpetrators the different people in them; earlier_contacts the contacts about
-- domestic abuse, but for the one that led to the response; earlier_agencies the kinds of agency
-- that made them, and police where there was an incident. referral_source is who made the
-- contact that led to it. age_group is unborn where children's services say so, or else as
-- police last recorded it by then; null where neither did.
create or replace view core.statutory_response as
with response as (
    select
        child_key,
        least(assessment_start_date, s47_start_date) as began_on,
        referral_key
    from core.csc_assessment
    where has_da_factor(factor_codes) and least(assessment_start_date, s47_start_date) is not null
),
first_response as (
    select
        child_key,
        min(began_on) as responded_on,
        min_by(referral_key, (began_on, referral_key)) as referral_key
    from response
    where child_key is not null
    group by child_key
),
referral as (
    select
        referral_key,
        min(district) as district,
        min_by(contact_source_code, (contact_at, contact_key)) as source_code,
        bool_or(coalesce(unborn_flag = 'Y', false)) as is_unborn
    from core.csc_contact_referral
    where referral_key is not null
    group by referral_key
),
incident as (
    select incident_key, min(perpetrator_key) as perpetrator_key
    from core.police_da_incident
    group by incident_key
),
police as (
    select
        first_response.child_key,
        count(distinct case when child.incident_date >= first_response.responded_on - interval 24 month then child.incident_key end) as incidents,
        count(distinct case when child.incident_date >= first_response.responded_on - interval 24 month then incident.perpetrator_key end) as perpetrators,
        max_by(child.age_group, (child.incident_date, child.age_group)) as age_group
    from first_response
    join core.police_da_incident_child as child
        on child.child_key = first_response.child_key
        and child.incident_date < first_response.responded_on
    left join incident on incident.incident_key = child.incident_key
    group by first_response.child_key
),
contact as (
    select
        first_response.child_key,
        count(distinct contact.contact_key) as contacts,
        list(distinct agency_of_source(contact.contact_source_code)) as agencies
    from first_response
    join core.csc_contact_referral as contact
        on contact.child_key = first_response.child_key
        and contact.da_contact_flag = 'Y'
        and contact.contact_at::date < first_response.responded_on
        and contact.contact_at >= first_response.responded_on - interval 24 month
        and contact.referral_key is distinct from first_response.referral_key
    group by first_response.child_key
)
select
    first_response.child_key,
    first_response.responded_on,
    first_response.referral_key,
    referral.district,
    coalesce(agency_of_source(referral.source_code), case when referral.source_code is not null then 'not an agency' end) as referral_source,
    case when referral.is_unborn then 'unborn' else police.age_group end as age_group,
    coalesce(police.incidents, 0) as earlier_incidents,
    coalesce(police.perpetrators, 0) as earlier_perpetrators,
    coalesce(contact.contacts, 0) as earlier_contacts,
    len(list_distinct(list_filter(
        list_append(coalesce(contact.agencies, []), case when police.incidents > 0 then 'police' end),
        lambda agency: agency is not null))) as earlier_agencies
from first_response
left join referral on referral.referral_key = first_response.referral_key
left join police on police.child_key = first_response.child_key
left join contact on contact.child_key = first_response.child_key;
