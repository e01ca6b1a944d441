-- One row per record at a stage of the pathway from harm to safety: on which day, whose, and what
-- is known of them, in the words of the feed. person_key is the same at police, MARAC and the
-- specialist service; in safe accommodation it is the household's, which is another. Children who
-- are clients of the specialist service are left out. MARAC does not record age or orientation.
create or replace view core.stage_reached as
select
    'police incident' as stage,
    incident_date as reached_on,
    victim_key as person_key,
    district,
    victim_sex as sex,
    victim_age_band as age_band,
    victim_ethnicity_19 as ethnicity_19,
    victim_disability as disability,
    victim_sexual_orientation as sexual_orientation
from core.police_da_incident
union all
select 'MARAC', discussed_at, victim_key, district, victim_sex, null, victim_ethnicity_19, victim_disability, null
from core.marac_case
union all
select 'specialist service', referred_at, person_key, district, sex, age_band, ethnicity_19, disability, sexual_orientation
from core.da_service_episode
where client_type is distinct from 'child'
union all
select 'engaged with the service', engaged_at, person_key, district, sex, age_band, ethnicity_19, disability, sexual_orientation
from core.da_service_episode
where client_type is distinct from 'child' and engaged_at is not null
union all
select 'planned ending', closed_at, person_key, district, sex, age_band, ethnicity_19, disability, sexual_orientation
from core.da_service_episode
where client_type is distinct from 'child' and closure_type = 'planned'
union all
select 'referred to safe accommodation', referred_at, household_key, district, sex, age_band, ethnicity_19, disability, sexual_orientation
from core.safe_accommodation_referral
union all
select 'accommodated', referred_at, household_key, district, sex, age_band, ethnicity_19, disability, sexual_orientation
from core.safe_accommodation_referral
where outcome = 'accommodated';
