-- One row per child per incident, with the incident's date, district and unitary; all are null
-- where the incident itself was not sent.
create or replace view core.police_da_incident_child as
with incident as (
    select
        incident_key,
        min(incident_date) as incident_date,
        min(district) as district,
        min(unitary) as unitary
    from core.police_da_incident
    group by incident_key
)
select
    child.* exclude (delivery_id, line),
    age_group(child.age_band_child) as age_group,
    incident.incident_date,
    incident.district,
    incident.unitary
from landing.police_da_incident_child as child
left join incident on incident.incident_key = child.incident_key
where child.delivery_id in (select delivery_id from ledger.current);
