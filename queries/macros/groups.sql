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

-- The five ethnic groups, with refused and unknown: the only level at which the Census 2021
-- groups that most agencies send and the codes of the Department for Education agree.
create or replace macro ethnicity_5(code) as
    case
        when code is null or code in ('unknown', 'NOBT') then 'unknown'
        when code in ('refused', 'REFU') then 'refused'
        when code like 'white\_%' escape '\' or code in ('WBRI', 'WIRI', 'WIRT', 'WOTH', 'WROM') then 'white'
        when code like 'mixed\_%' escape '\' or code in ('MWBC', 'MWBA', 'MWAS', 'MOTH') then 'mixed'
        when code like 'asian\_%' escape '\' or code in ('AIND', 'APKN', 'ABAN', 'AOTH', 'CHNE') then 'asian'
        when code like 'black\_%' escape '\' or code in ('BCRB', 'BAFR', 'BOTH') then 'black'
        when code like 'other\_%' escape '\' or code = 'OOTH' then 'other'
    end;
