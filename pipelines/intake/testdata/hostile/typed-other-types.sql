select printf('%032x', i + 71000) as visit_key, date '2026-09-04' as "on", timestamp '2026-09-04 10:30:00' as "at", 'red' as colour,
null::varchar as kind, ['a', 'b'] as themes, 3::decimal(9,2) as n, 9e99 as score, {'a': 1} as ref, date '2026-09-30' as seen from range(2) r(i)
