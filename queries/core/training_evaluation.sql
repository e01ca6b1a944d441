-- One row per learner per stage of a session's evaluation, as the latest extract has it: a form
-- sent in one quarter and returned in the next comes twice. A form not returned has its row,
-- with no answers. known_to is the last day of the quarter that extract speaks for.
create or replace view core.training_evaluation as
select
    feed.* exclude (delivery_id, line),
    (current.period_end - interval 1 day)::date as known_to
from landing.training_evaluation as feed
join ledger.current as current on current.delivery_id = feed.delivery_id
qualify row_number() over (partition by feed.session_key, feed.learner_key, feed.stage order by current.period_start desc, current.delivery_id, feed.line) = 1;
