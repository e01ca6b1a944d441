-- Families: a victim and the children known to live with her or him. Some victims are
-- reported far more often than others, which is what repeat victimisation looks like.
create table victim as
select
    vid,
    pseudonym('person', vid) as victim_key,
    district_for(u(vid, 101)) as district,
    unit_for(district_for(u(vid, 101)), u(vid, 102)) as unit,
    sex_for(u(vid, 103)) as sex,
    age_band_for(u(vid, 104)) as age_band,
    ethnicity_for(u(vid, 105), 0.06) as ethnicity,
    religion_for(u(vid, 106), 0.44) as religion,
    disability_for(u(vid, 107), 0.22) as disability,
    orientation_for(u(vid, 108), 0.35) as orientation,
    case when u(vid, 109) < 0.60 then 0 when u(vid, 109) < 0.77 then 1 when u(vid, 109) < 0.91 then 2 when u(vid, 109) < 0.975 then 3 else 4 end as children
from range((getvariable('scale') * 22000)::bigint) as r(vid);

create table child as
select
    row_number() over (order by vid, c) - 1 as cid,
    vid,
    pseudonym('child', vid * 8 + c) as child_key,
    victim_key,
    -- brothers and sisters are more than a year apart
    (date '2005-01-01' + to_days(((u(vid, 111) * 8200)::int + c * (380 + ui(vid, 112, 500)))::int % 8200))::date as born,
    district,
    unit
from victim, unnest(range(children)) as r(c);

set variable victims = (select count(*) from victim);
set variable children = (select count(*) from child);
