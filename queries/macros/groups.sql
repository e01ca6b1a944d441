-- The age groups of every measure of children: the inspection's cohort is the unborn and
-- those aged 0 to 7. Takes an age in years or a band such as 8-11.
create or replace macro age_group(band) as
    case
        when band = 'unborn' then 'unborn'
        when band in ('0', '1', '2', '3', '4', '5', '6', '7') then '0-7'
        when band in ('8-11', '12-15', '16-17') then '8-17'
    end;

-- Whether an assessment names domestic abuse: of the child, a parent or carer, or another
-- member of the household.
create or replace macro has_da_factor(factors) as coalesce(list_has_any(factors, ['3A', '3B', '3C']), false);
