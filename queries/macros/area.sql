-- The district a row counts in: out of area and blank are both "unknown".
create or replace macro district_of(code) as coalesce(nullif(nullif(trim(code), ''), 'OOA'), 'unknown');
