-- One row per district, sex and year of age: the people who live there, by the latest estimate.
-- Age 90 is 90 and over. The partnership is the sum of its districts, and has no row of its own.
create or replace view core.population as
select
    population.area as district,
    population.sex,
    population.age,
    population.population as people
from reference.population as population
join reference.area as area on area.code = population.area
where coalesce(area.parent, '') <> '';
