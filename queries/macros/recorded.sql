-- Whether a field of a form was completed. "refused" is an answer; "unknown", "partial" and
-- blank are not.
create or replace macro recorded(field) as coalesce(field in ('valid', 'refused', 'none'), false);

-- Whether every one of up to ten fields was completed.
create or replace macro all_recorded
    (a) as recorded(a),
    (a, b) as recorded(a) and recorded(b),
    (a, b, c) as recorded(a) and recorded(b) and recorded(c),
    (a, b, c, d) as recorded(a) and recorded(b) and recorded(c) and recorded(d),
    (a, b, c, d, e) as recorded(a) and recorded(b) and recorded(c) and recorded(d) and recorded(e),
    (a, b, c, d, e, f) as recorded(a) and recorded(b) and recorded(c) and recorded(d) and recorded(e) and recorded(f),
    (a, b, c, d, e, f, g) as recorded(a) and recorded(b) and recorded(c) and recorded(d) and recorded(e) and recorded(f) and recorded(g),
    (a, b, c, d, e, f, g, h) as recorded(a) and recorded(b) and recorded(c) and recorded(d) and recorded(e) and recorded(f) and recorded(g) and recorded(h);

-- Whether a characteristic was asked and answered. "Prefer not to say" is an answer.
create or replace macro known(characteristic) as
    coalesce(lower(characteristic) not in ('', 'unknown', 'u', 'not_recorded', 'not_asked', 'nobt', 'blank'), false);
