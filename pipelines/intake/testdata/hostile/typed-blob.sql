select printf('%032x', i + 73000) as visit_key, date '2026-09-04' as "on", timestamp '2026-09-04 10:30:00' as "at", 'red' as colour,
null::varchar as kind, ['a', 'b'] as themes, 3::tinyint as n, 1.5::float as score, '\xff\x00'::blob as ref, date '2026-09-30' as seen from range(2) r(i)
