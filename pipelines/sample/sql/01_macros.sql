-- Chance by hashing: the same id, salt and seed give the same number on every machine.
-- Each use has a salt of its own, so that no two columns move together by accident.
create macro u(id, salt) as (hash(id, salt, seed()) % 1000000007)::double / 1000000007.0; -- in [0, 1)
create macro ui(id, salt, n) as (hash(id, salt, seed()) % n)::bigint;                     -- in 0 .. n-1
create macro yes(id, salt, share) as u(id, salt) < share;
create macro yn(id, salt, share) as case when u(id, salt) < share then 'Y' else 'N' end;

-- About normal, with mean 0 and standard deviation 1.
create macro bell(id, salt) as (u(id, salt) + u(id, salt + 1) + u(id, salt + 2) + u(id, salt + 3) - 2) * 1.7320508;

-- A pseudonym: 32 hex digits, as an agency's keyed hash would be.
create macro pseudonym(kind, id) as md5(kind || '/' || id || '/' || seed());

create macro uk_date(d) as strftime(d, '%d/%m/%Y');
create macro month_name(d) as strftime(d, '%Y-%m');
create macro quarter_name(d) as
    (year(d) - (month(d) < 4)::int) || '-' || lpad((((year(d) - (month(d) < 4)::int) + 1) % 100)::varchar, 2, '0')
    || '-Q' || ((month(d) + 8) % 12 // 3 + 1);

create macro district_for(r) as case
    when r < 0.240 then 'E07000148' when r < 0.410 then 'E07000145' when r < 0.580 then 'E07000146'
    when r < 0.710 then 'E07000143' when r < 0.800 then 'E07000149' when r < 0.880 then 'E07000144'
    when r < 0.960 then 'E07000147' when r < 0.985 then 'OOA' end;
-- One address in fifty cannot be placed by its agency.
create macro unit_for(district, r) as case when r < 0.98 then case district
    when 'E07000148' then 'greater_norwich'
    when 'E07000144' then case when r < 0.55 then 'greater_norwich' else 'east_norfolk' end
    when 'E07000149' then case when r < 0.40 then 'greater_norwich' when r < 0.94 then 'east_norfolk' else 'west_norfolk' end
    when 'E07000145' then 'east_norfolk' when 'E07000147' then 'east_norfolk'
    when 'E07000143' then 'west_norfolk' when 'E07000146' then 'west_norfolk'
    when 'OOA' then 'OOA' end end;

create macro sex_for(r) as case when r < 0.73 then 'F' when r < 0.985 then 'M' else 'U' end;
create macro old_sex(sex) as case sex when 'F' then '2' when 'M' then '1' else '0' end; -- as sent before 2025-26
create macro age_band_for(r) as case
    when r < 0.03 then '16-17' when r < 0.19 then '18-24' when r < 0.46 then '25-34' when r < 0.70 then '35-44'
    when r < 0.84 then '45-54' when r < 0.92 then '55-64' when r < 0.96 then '65-74' when r < 0.98 then '75+' else 'unknown' end;
create macro ethnicity_for(r, missing) as case
    when r < missing then 'unknown' when r < missing + 0.015 then 'refused' when r < 0.906 then 'white_british'
    when r < 0.953 then 'white_other' when r < 0.958 then 'white_irish' when r < 0.962 then 'white_gypsy_traveller'
    when r < 0.964 then 'white_roma' when r < 0.967 then 'mixed_white_black_caribbean' when r < 0.969 then 'mixed_white_black_african'
    when r < 0.972 then 'mixed_white_asian' when r < 0.974 then 'mixed_other' when r < 0.979 then 'asian_indian'
    when r < 0.981 then 'asian_pakistani' when r < 0.983 then 'asian_bangladeshi' when r < 0.984 then 'asian_chinese'
    when r < 0.987 then 'asian_other' when r < 0.993 then 'black_african' when r < 0.995 then 'black_caribbean'
    when r < 0.996 then 'black_other' when r < 0.997 then 'other_arab' else 'other_any' end;
create macro religion_for(r, missing) as case
    when r < missing then 'unknown' when r < missing + 0.04 then 'not_answered'
    when r < missing + 0.04 + (0.96 - missing) * 0.53 then 'no_religion' when r < missing + 0.04 + (0.96 - missing) * 0.95 then 'christian'
    when r < missing + 0.04 + (0.96 - missing) * 0.97 then 'muslim' when r < missing + 0.04 + (0.96 - missing) * 0.98 then 'buddhist'
    when r < missing + 0.04 + (0.96 - missing) * 0.985 then 'hindu' when r < missing + 0.04 + (0.96 - missing) * 0.99 then 'other'
    when r < missing + 0.04 + (0.96 - missing) * 0.995 then 'sikh' else 'jewish' end;
create macro disability_for(r, missing) as case
    when r < missing then 'unknown' when r < missing + (1 - missing) * 0.76 then 'none'
    when r < missing + (1 - missing) * 0.90 then 'limited_a_little' else 'limited_a_lot' end;
create macro orientation_for(r, missing) as case
    when r < missing then 'unknown' when r < missing + 0.03 then 'prefer_not_to_say' when r < 0.960 then 'straight'
    when r < 0.978 then 'gay_lesbian' when r < 0.995 then 'bisexual' else 'other' end;

-- The band of a child born on a day, on another day; null from 18 on, or well before birth.
create macro child_band(born, on_day) as case
    when born > on_day then case when date_diff('day', on_day, born) <= 180 then 'unborn' end
    when date_sub('year', born, on_day) <= 7 then date_sub('year', born, on_day)::varchar
    when date_sub('year', born, on_day) <= 11 then '8-11' when date_sub('year', born, on_day) <= 15 then '12-15'
    when date_sub('year', born, on_day) <= 17 then '16-17' end;
