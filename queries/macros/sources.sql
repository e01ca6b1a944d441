-- The kind of agency that a DfE source code stands for, by its first digit; null for members of
-- the public, for no name given and for not known.
create or replace macro agency_of_source(code) as
    case
        when code in ('2A', '2B') then 'education'
        when code in ('3A', '3B', '3C', '3D', '3E', '3F') then 'health'
        when code = '4' then 'housing'
        when code in ('5A', '5B', '5C', '5D') then 'local authority'
        when code = '6' then 'police'
        when code = '7' then 'courts or probation'
        when code = '8' then 'other agency'
    end;
