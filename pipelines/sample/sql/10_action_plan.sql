-- The joint plan: every action is reported each month, moves on and stays at blue when done.
-- Some need longer than was promised.
create table action_plan as
with actions(n, area, title, owner, role, board, measures) as (values
    (1, 'NFK1', 'Publish one guide to when and how to refer to MARAC', 'marac_coordinator', 'MARAC co-ordinator', 'DASVG', 'MA3'),
    (2, 'NFK1', 'Report MARAC activity to the board each quarter', 'marac_coordinator', 'MARAC steering group chair', 'DASVG', 'MA1|MA2'),
    (3, 'NFK1', 'Agree how outcomes reach the person who referred', 'marac_coordinator', 'MARAC steering group chair', 'DASVG', 'MA7'),
    (4, 'NFK1', 'Review cases that come back within 12 months', 'police', 'Detective chief inspector, safeguarding', 'DASVG', 'MA2'),
    (5, 'NFK1', 'Bring housing and adult services into co-ordination', 'housing', 'Head of housing options', 'DASVG', 'MA3'),
    (6, 'NFK2', 'Put earlier incidents on every police referral', 'police', 'Constabulary data lead', 'NSCP', 'RQ1|RQ3'),
    (7, 'NFK2', 'Use a chronology at every child protection conference', 'childrens_services', 'Head of safeguarding', 'NSCP', 'CH3'),
    (8, 'NFK2', 'Flag children with three incidents in 12 months', 'police', 'Constabulary data lead', 'NSCP', 'CH2'),
    (9, 'NFK2', 'Audit plans for children aged 0 to 7', 'childrens_services', 'Principal social worker', 'NSCP', 'CH1|CH2'),
    (10, 'NFK2', 'Agree one pathway for unborn children', 'health', 'Designated nurse', 'NSCP', 'CH1'),
    (11, 'NFK3', 'Ask each child what they want to happen', 'childrens_services', 'Participation lead', 'NSCP', 'RQ4'),
    (12, 'NFK3', 'Record what a child who cannot speak yet shows', 'health', 'Named nurse, health visiting', 'NSCP', 'RQ4'),
    (13, 'NFK3', 'Show in each plan how the child''s words changed it', 'childrens_services', 'Principal social worker', 'NSCP', 'VC3'),
    (14, 'NFK3', 'Offer an advocate to every child with a plan', 'childrens_services', 'Participation lead', 'NSCP', ''),
    (15, 'NFK4', 'Tell schools before the child arrives', 'police', 'Operation Encompass lead', 'NSCP', 'IS1'),
    (16, 'NFK4', 'Decide within one working day at the front door', 'childrens_services', 'Head of the front door', 'NSCP', 'IS4'),
    (17, 'NFK4', 'Open health records to the front door team', 'health', 'Chief nursing information officer', 'NSCP', ''),
    (18, 'NFK4', 'Share each safety plan with the core group', 'childrens_services', 'Head of safeguarding', 'NSCP', 'IS10'),
    (19, 'NFK4', 'Extend Operation Encompass to early years', 'police', 'Operation Encompass lead', 'NSCP', 'IS1'),
    (20, 'NFK5', 'Train everyone whose role needs it', 'training_hub', 'Training hub manager', 'NSCP', 'TR1'),
    (21, 'NFK5', 'Fill the places that are offered', 'training_hub', 'Training hub manager', 'NSCP', 'TR2'),
    (22, 'NFK5', 'Add evening and online sessions', 'training_hub', 'Training hub manager', 'NSCP', 'TR2'),
    (23, 'NFK5', 'Teach controlling or coercive behaviour to all front-line staff', 'training_hub', 'Training hub manager', 'NCSP', 'TR1'),
    (24, 'NFK5', 'Watch whether training changes practice', 'safeguarding_partnership', 'Partnership analyst', 'NSCP', 'RQ1|TR1'),
    (25, 'NFK4', 'Keep first contact by the specialist service within five days', 'specialist_service', 'Commissioning lead', 'DALB', 'SI1')
), updated as (
    select
        actions.*, first_day,
        date_diff('month', date '2023-10-01', first_day) as age,
        22 + ui(n, 901, 24) as needs,
        18 + ui(n, 902, 22) as promised
    from actions, month
    where first_day >= date '2023-10-01'
)
select
    'safeguarding_partnership' as sender,
    month_name(first_day) as period,
    'ACT-' || lpad(n::varchar, 2, '0') as action_id,
    area as improvement_area,
    title,
    owner as owner_agency,
    role as owner_role,
    (date '2023-10-31' + to_months(promised::int))::date::varchar as baseline_due,
    (date '2023-10-31' + to_months(greatest(promised, case when age > promised - 3 then needs else promised end)::int))::date::varchar as current_due,
    (first_day + interval 1 month - interval 1 day)::date::varchar as status_date,
    case when age >= needs then 'blue' when age = 0 and n % 5 = 0 then 'grey' when age > promised + 2 then 'red' when needs > promised and age > promised - 5 then 'amber' else 'green' end as brag,
    case when age >= needs then 100 else least(95, 100 * age // needs) end::varchar as percent_complete,
    nullif(measures, '') as linked_measures,
    case when age >= needs then 'Evidence seen by the board’s sub-group' when age > promised + 2 then 'New date agreed' end as evidence_note,
    board
from updated
order by period, action_id;
