-- Months from the first that any feed owes, how many incidents each has (summer and
-- Christmas have more), and working days by number, so that "three working days later" is an
-- addition. The holidays are in bank_holiday already. quarter holds whole financial quarters.
create table month as
select
    m,
    (getvariable('first_day') + to_months(m::int))::date as first_day,
    date_diff('day', getvariable('first_day') + to_months(m::int), getvariable('first_day') + to_months(m::int + 1)) as days,
    round(getvariable('scale') * 1400
        * [1.00, 0.94, 0.98, 0.98, 1.02, 1.05, 1.10, 1.10, 1.00, 0.98, 0.97, 1.09][month(getvariable('first_day') + to_months(m::int))]
        * (0.97 + 0.06 * u(m, 1)))::bigint as incidents
from range(getvariable('months')) as r(m);

create table quarter as
select
    quarter_name(first_day) as period,
    (first_day - interval 2 month)::date as opens,
    (first_day + interval 1 month - interval 1 day)::date as ends
from month
where month(first_day) % 3 = 0;

create table day as
select
    d::date as day,
    isodow(d) < 6 and d::date not in (select day from bank_holiday) as working,
    sum((isodow(d) < 6 and d::date not in (select day from bank_holiday))::bigint) over (order by d)::bigint as n
from range(getvariable('first_day')::timestamp - interval 1 year, getvariable('first_day')::timestamp + interval 7 year, interval 1 day) as r(d);

create table workday as
select n, min(day) as day from day where working group by n;
