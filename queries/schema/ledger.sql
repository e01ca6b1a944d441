-- What the warehouse knows of itself. Filled from the archive; never edited by hand.
create schema ledger;
create schema landing;
create schema quarantine;
create schema reference;
create schema core;

create table reference.setting (as_at date, area varchar, first_day date);

-- one row per Delivery ever accepted; a later one for the same agency, feed and period supersedes
create table ledger.delivery (
    delivery_id   varchar,   -- 16 hex digits of the SHA-256 of agency, feed, period and the extract's SHA-256
    agency        varchar,
    feed          varchar,
    period        varchar,   -- as config.Period prints it
    period_start  date,
    period_end    date,      -- half-open
    submission    integer,   -- 1, 2, ... within agency, feed and period
    extract_name  varchar,
    arrived_on    date,
    accepted      bigint,
    quarantined   bigint
);

-- what had been received by the as-at day, and nothing that came later
create view ledger.current as
select * from ledger.delivery
where not coalesce(arrived_on > (select max(as_at) from reference.setting), false)
qualify row_number() over (partition by agency, feed, period order by submission desc) = 1;

-- rows of current deliveries that belong to a period before that of their delivery
create table ledger.late (
    delivery_id   varchar,
    period        varchar,   -- that the rows belong to
    period_start  date,
    came          bigint,
    received_before bigint   -- of them, those of ledger.received_before
);

-- such rows whose key the current delivery of an earlier period has too: no core view counts them
create table ledger.received_before (delivery_id varchar, line bigint);

-- one row per return that a contract says is owed by the as-at date, whether or not it came
create table ledger.expected (
    agency       varchar,
    feed         varchar,
    period       varchar,
    period_start date,
    period_end   date,
    due_on       date
);

-- one row per rule a row broke; never a value
create table quarantine.reason (
    delivery_id varchar,
    line        bigint,      -- line of the extract, the header being line 1
    rule        varchar,     -- code: not_in_codes, not_a_date, ...
    column_name varchar
);

-- how many rows of a delivery broke a rule that only warns, and were kept
create table quarantine.warning (delivery_id varchar, rule varchar, kept bigint);

create table reference.population (area varchar, sex varchar, age integer, population bigint);
create table reference.area (code varchar, name varchar, kind varchar, parent varchar);
-- where districts and unitaries overlap, with a piece for what is in a district and no known unitary
create table reference.piece (district varchar, unitary varchar);
create table reference.code (list varchar, code varchar, label varchar, valid_from date, valid_to date);
create table reference.bank_holiday (day date, title varchar);
-- every day with the number of working days up to and including it, so that a span is a difference
create table reference.calendar (day date, working boolean, working_days bigint);
-- every day of the school years whose terms are known: whether it is a school day, the number of
-- school days up to and including it, and the first one after it (null after the last of all)
create table reference.school_calendar (day date, school boolean, school_days bigint, next_school_day date);
-- numbers that others published or the law sets; one that nobody has verified is not here
create table reference.published (key varchar, value double, low double, high double, unit varchar, as_of date);

-- the hash of all that decides which tables there are; a file of another shape is made afresh
create table ledger.built (shape varchar);
