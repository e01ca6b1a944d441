/*
id: MA10
title: Independent domestic violence advisers in post, against the cases to be seen
short: IDVA posts against need
question: Have we enough advisers for the cases we should see?
counts: advisers in post, less those needed
answers: [NFK1]
kind: estimate
measured_in: full-time posts
better: up
protects: nobody
periods: [quarter]
looks_back: 12 months
feeds: [part4_finance, marac_case]
source: "SafeLives: about 100 referrals a year for one full-time adviser; 40 MARAC cases a year for every 10,000 adult females is the expected level"
owner: County council domestic abuse commissioner
cannot_tell: Whether the advisers in post are well enough supported, or how many people they cannot reach.
note: >-
  Advisers in post at the end of the quarter, under contracts that report them, less one for every 100 MARAC cases of the twelve months to that day; below
  nought is a gap. The range is not an interval of chance: its ends are the same sum for the cases seen and for the
  cases expected of the population, whichever asks for more and whichever for fewer. Adult females are those aged 16 and over.
  A quarter in which no contract reports its advisers is left out.
examples:
  - name: posts of all contracts, less the need of the cases seen, and of the cases expected
    given:
      part4_finance:
        - {contract_key: k1, grant: part4, known_to: 2026-06-30, fte_idva: 1.5}
        - {contract_key: k1, grant: pcc, known_to: 2026-06-30}
        - {contract_key: k2, grant: icb, known_to: 2026-06-30, fte_idva: 0.5}
        - {contract_key: k1, grant: part4, known_to: 2026-03-31, fte_idva: 9}
      marac_case:
        - {marac_case_key: m1, victim_key: a, discussed_at: 2025-07-01}
        - {marac_case_key: m2, victim_key: a, discussed_at: 2026-06-30}
        - {marac_case_key: m3, victim_key: b, discussed_at: 2025-06-30}
        - {marac_case_key: m4, victim_key: d, discussed_at: 2026-07-01}
      population:
        - {district: E07000148, sex: female, age: 16, people: 1500}
        - {district: E07000149, sex: female, age: 90, people: 1000}
        - {district: E07000148, sex: female, age: 15, people: 9000}
        - {district: E07000148, sex: male, age: 40, people: 9000}
    want:
      - {period: 2026-27 Q1, value: 1.98, low: 1.9, high: 1.98}
  - name: where more cases are seen than expected, the need of the cases seen is the greater
    given:
      part4_finance:
        - {contract_key: k1, grant: part4, known_to: 2026-03-31, fte_idva: 0}
      marac_case:
        - {marac_case_key: m1, discussed_at: 2026-01-05}
        - {marac_case_key: m2, discussed_at: 2026-02-28}
        - {marac_case_key: m3, discussed_at: 2025-04-01}
      population:
        - {district: E07000148, sex: female, age: 30, people: 250}
    want:
      - {period: 2025-26 Q4, value: -0.03, low: -0.03, high: -0.01}
  - name: a quarter with nothing discussed needs nobody for the cases seen, and one with no advisers reported is left out
    given:
      part4_finance:
        - {contract_key: k1, grant: part4, known_to: 2025-12-31, fte_idva: 2}
        - {contract_key: k1, grant: part4, known_to: 2026-03-31}
      population:
        - {district: E07000148, sex: female, age: 30, people: 250}
    want:
      - {period: 2025-26 Q3, value: 2, low: 1.99, high: 2}
*/
with in_post as (
    select known_to, sum(fte_idva) as posts
    from core.part4_finance
    where fte_idva is not null
    group by known_to
),
seen as (
    select in_post.known_to, count(marac.marac_case_key) / 100 as posts
    from in_post
    left join core.marac_case as marac
        on marac.discussed_at <= in_post.known_to
        and marac.discussed_at > in_post.known_to - interval 12 month
    group by in_post.known_to
),
expected as (
    select sum(people) / 10000 * 40 / 100 as posts
    from core.population
    where sex = 'female'
        and age >= 16
)
select
    in_post.known_to as at,
    in_post.posts - seen.posts as value,
    in_post.posts - greatest(seen.posts, expected.posts) as low,
    in_post.posts - least(seen.posts, expected.posts) as high
from in_post
join seen on seen.known_to = in_post.known_to
cross join expected
