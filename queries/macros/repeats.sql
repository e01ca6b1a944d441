-- Whether one day comes after another by no more than so many days: a second event on the same
-- day is no repeat, and one 365 days later is a repeat within 12 months. False where a day is
-- null.
create or replace macro follows_within(earlier_day, later_day, days) as
    coalesce(later_day::date - earlier_day::date between 1 and days, false);
