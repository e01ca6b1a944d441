-- One row per number that others published or the law sets, by its key in
-- config/reference/published.csv. One that nobody has verified is not here.
create or replace view core.published as
select
    key,
    value,
    low,
    high,
    unit,
    as_of
from reference.published;
