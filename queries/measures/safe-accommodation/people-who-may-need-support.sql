/*
id: SA9
title: Adults who may have been harmed by domestic abuse in a year (modelled)
short: Adults who may be harmed (modelled)
question: How much need is hidden?
counts: adults aged 16 and over who may have been harmed in a year, by national rates
kind: estimate
measured_in: adults
better: neither
protects: nobody
periods: [year, rolling]
headline: rolling
feeds: []
source: "ONS, Crime Survey for England and Wales: 7.8% of people aged 16 and over in the year ending March 2025; 9.5% of women and 6.5% of men in the year ending March 2024"
owner: Domestic abuse commissioner, county council
cannot_tell: >-
  How many people here were harmed. National rates are applied to the people who live here, which assumes that the county is like the nation; it is not valid for a district. Children,
  and people who do not live in a household, are not in the survey.
note: >-
  A modelled estimate, the top of the need pyramid; the counted levels below it are SA12, and are never part of this number. It is the latest survey year's rate times the adult
  population. The range runs from the lowest to the highest that the rates of the survey's two comparable years give, by sex where that is
  published, each to its rounding, or to its published interval where config/reference/published.csv holds one. It is therefore narrower than the truth: sampling error that is not held there, and local difference,
  come on top. Each month is a twelfth of a year, so that a year is whole. A change is of the population or the survey, never of abuse here.
examples:
  - name: a year of the latest rate, with the range of both survey years to their rounding
    as_at: 2026-10-31
    given:
      published:
        - {key: csew_prevalence, value: 8, unit: percent}
        - {key: csew_prevalence_women, value: 10, unit: percent}
        - {key: csew_prevalence_men, value: 6, unit: percent}
        - {key: csew_prevalence_2024, value: 50, unit: percent}
      population:
        - {district: E07000148, sex: female, age: 16, people: 6000}
        - {district: E07000143, sex: female, age: 90, people: 60000}
        - {district: E07000148, sex: male, age: 40, people: 60000}
        - {district: E07000148, sex: male, age: 15, people: 60000}
        - {district: E07000148, sex: female, age: 15, people: 60000}
    want:
      - {period: 2025-26, value: 10080, low: 10017, high: 10263}
      - {period: year to 2026-09, value: 10080}
      - {period: 2023-24, value: 10080}
      - {period: 2026-27, value: 5880}
  - name: published intervals take the place of the rounding, and the lower of the two years is the low end
    as_at: 2026-10-31
    given:
      published:
        - {key: csew_prevalence, value: 8, low: 7, high: 9.5}
        - {key: csew_prevalence_women, value: 7, low: 6, high: 8}
        - {key: csew_prevalence_men, value: 5, low: 4, high: 7}
      population:
        - {district: E07000148, sex: female, age: 30, people: 12000}
        - {district: E07000148, sex: male, age: 30, people: 12000}
    want:
      - {period: 2025-26, value: 1920, low: 1200, high: 2280}
  - name: the higher of the two years is the high end
    as_at: 2026-10-31
    given:
      published:
        - {key: csew_prevalence, value: 5, low: 4, high: 6}
        - {key: csew_prevalence_women, value: 7, low: 6, high: 8}
        - {key: csew_prevalence_men, value: 5, low: 4, high: 7}
      population:
        - {district: E07000148, sex: female, age: 30, people: 12000}
        - {district: E07000148, sex: male, age: 30, people: 12000}
    want:
      - {period: 2025-26, value: 1200, low: 960, high: 1800}
  - name: without the latest rate there is no estimate
    as_at: 2026-10-31
    given:
      published:
        - {key: csew_prevalence_women, value: 10}
        - {key: csew_prevalence_men, value: 6}
      population:
        - {district: E07000148, sex: female, age: 30, people: 12000}
    want:
      - {period: 2025-26, value: 0, low: 0, high: 0}
*/
with rate as (
    select
        key,
        value / 100 as value,
        coalesce(low, value - 0.05) / 100 as low,
        coalesce(high, value + 0.05) / 100 as high
    from core.published
),
adults as (
    select
        sum(people) as everyone,
        sum(case when sex = 'female' then people end) as women,
        sum(case when sex = 'male' then people end) as men
    from core.population
    where age >= 16
),
latest as (
    select
        adults.everyone * rate.value as value,
        adults.everyone * rate.low as low,
        adults.everyone * rate.high as high
    from rate
    cross join adults
    where rate.key = 'csew_prevalence'
),
by_sex as (
    select
        adults.women * women.low + adults.men * men.low as low,
        adults.women * women.high + adults.men * men.high as high
    from adults
    cross join rate as women
    cross join rate as men
    where women.key = 'csew_prevalence_women'
        and men.key = 'csew_prevalence_men'
),
calendar as (
    select unnest(generate_series(date '2023-04-01', as_at(), interval 1 month)) as month
)
select
    month::date as at,
    latest.value / 12 as value,
    least(latest.low, by_sex.low) / 12 as low,
    greatest(latest.high, by_sex.high) / 12 as high
from latest
left join by_sex on true
cross join calendar
