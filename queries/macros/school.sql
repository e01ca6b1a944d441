-- School days from one day to another: weekdays in term that are not bank holidays; the first
-- day does not count. Null where a day is null or outside the school years that are known.
create or replace macro school_days(from_day, to_day) as
    (select school_days from reference.school_calendar where day = to_day::date)
  - (select school_days from reference.school_calendar where day = from_day::date);

-- The first school day after a day. Null where it is not known.
create or replace macro next_school_day(after_day) as
    (select next_school_day from reference.school_calendar where day = after_day::date);
