-- The date to which data were received.
create or replace macro as_at() as (select max(as_at) from reference.setting);

-- Working days from one day to another: England's bank holidays and weekends do not count,
-- nor does the first day. From a Saturday to the Monday after is one. Null where a day is
-- null or off the calendar.
create or replace macro working_days(from_day, to_day) as
    (select working_days from reference.calendar where day = to_day::date)
  - (select working_days from reference.calendar where day = from_day::date);

-- The last day of the financial quarter that holds a day.
create or replace macro quarter_end(day) as (date_trunc('quarter', day::date) + interval 3 month - interval 1 day)::date;

-- The first day of the financial quarter that holds a day.
create or replace macro quarter_start(day) as date_trunc('quarter', day::date)::date;

-- The financial year that holds a day, April to March, such as 2026-27.
create or replace macro financial_year(day) as
    year(day::date - interval 3 month) || '-' || right((year(day::date - interval 3 month) + 1)::varchar, 2);

-- The financial quarter that holds a day, as periods are written: 2026-27 Q2.
create or replace macro financial_quarter(day) as
    financial_year(day) || ' Q' || quarter(day::date - interval 3 month);
