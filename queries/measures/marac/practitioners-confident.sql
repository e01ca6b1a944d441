/*
id: MA11
title: Practitioners who know how and why to refer to MARAC
short: Confident to refer to MARAC
question: Is MARAC understood?
counts: practitioners who answered both questions
met: agreed that they know how and why to refer
answers: [NFK1]
kind: proportion
better: up
periods: [quarter, year]
breakdowns: [agency, role_group]
compare: [agency]
feeds: [practitioner_survey]
source: "Norfolk JTAI letter, 27 February 2025: some practitioners are not confident; no numeric target"
owner: Safeguarding partnership training lead
cannot_tell: What those who did not answer think, who are most of those invited in most surveys, or whether confidence turns into referrals.
note: >-
  Agreed is 4 or 5 of 5, for both how and why; an answer to one question alone is left out. The survey runs twice a year and is
  anonymous, so the two surveys of a year may hold the same person. Counted on the last day of the survey's quarter. Read it beside
  the number invited.
examples:
  - name: four is agreement, three is not, and both questions are needed
    given:
      practitioner_survey:
        - {agency: police, role_group: officer, marac_how: 4, marac_value: 4, known_to: 2026-06-30, invited_n: 100}
        - {agency: police, role_group: officer, marac_how: 5, marac_value: 3, known_to: 2026-06-30, invited_n: 100}
        - {agency: police, role_group: manager, marac_how: 3, marac_value: 5, known_to: 2026-06-30, invited_n: 100}
        - {agency: probation, role_group: manager, marac_how: 5, marac_value: 5, known_to: 2026-06-30, invited_n: 100}
        - {agency: probation, role_group: manager, marac_how: 5, known_to: 2026-06-30, invited_n: 100}
        - {agency: probation, marac_value: 5, known_to: 2026-06-30, invited_n: 100}
        - {agency: probation, escalation_confident: 5, known_to: 2026-06-30, invited_n: 100}
    want:
      - {period: 2026-27 Q1, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, breakdown: agency, category: police, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, breakdown: role_group, category: manager, numerator: 1, denominator: 2}
  - name: two people with the same answers are two, and a quarter ends on its last day
    given:
      practitioner_survey:
        - {agency: police, marac_how: 4, marac_value: 5, known_to: 2026-03-31}
        - {agency: police, marac_how: 4, marac_value: 5, known_to: 2026-03-31}
        - {agency: police, marac_how: 1, marac_value: 1, known_to: 2026-09-30}
    want:
      - {period: 2025-26 Q4, numerator: 2, denominator: 2}
      - {period: 2026-27 Q1, numerator: 0, denominator: 0}
      - {period: 2026-27 Q2, numerator: 0, denominator: 1}
*/
select
    known_to as at,
    agency,
    role_group,
    marac_how >= 4 and marac_value >= 4 as met
from core.practitioner_survey
where marac_how is not null
    and marac_value is not null
