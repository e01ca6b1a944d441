/*
id: IS11
title: Children for whom the setting acknowledged word from Operation Encompass
short: Encompass word acknowledged
question: Did the word reach someone who knows the child?
counts: children of whom, where counts were given, a school or other setting was told
met: had the word acknowledged by the setting
answers: [NFK4, HRT10]
kind: proportion
better: up
breakdowns: [setting_type]
compare: [district, setting_type]
feeds: [school_response_count]
source: "Hertfordshire JTAI letter, 12 December 2024: no quality assurance framework for Operation Encompass; Norfolk JTAI letter, 27 February 2025; no numeric target"
owner: Education safeguarding lead
cannot_tell: What the setting then did for the child, or anything of children of whom no setting was told. What a sample of records says of support is IS3.
note: >-
  Counts that the education team adds up from settings, by month and by where the setting is: a child of whom a setting was told in two months is counted twice. A count that came as too small to give is not nought: that kind of
  setting, district and month is left out of both numbers, as it is where either is not given, or where more were acknowledged than told. What is left out is where few were, so that the share may read a little
  high, and more so for kinds of setting that are told of few children.
examples:
  - name: counts are added up by month, district and kind of setting
    given:
      school_response:
        - {month: 2026-05-01, setting_type: primary, district: E07000148, notified_n: 10, acknowledged_n: 7}
        - {month: 2026-06-01, setting_type: primary, district: E07000149, notified_n: 6, acknowledged_n: 6}
        - {month: 2026-06-01, setting_type: FE, district: E07000148, notified_n: 5, acknowledged_n: 0}
        - {month: 2026-07-01, setting_type: FE, district: E07000148, notified_n: 8, acknowledged_n: 6}
    want:
      - {period: 2026-27 Q1, numerator: 13, denominator: 21}
      - {period: 2026-07, numerator: 6, denominator: 8}
      - {period: 2026-27 Q1, district: E07000148, numerator: 7, denominator: 15}
      - {period: 2026-27 Q1, breakdown: setting_type, category: primary, numerator: 13, denominator: 16}
      - {period: 2026-27 Q1, breakdown: setting_type, category: FE, numerator: 0, denominator: 5}
  - name: what was too small to give, or not given, or cannot be, is left out of both
    given:
      school_response:
        - {month: 2026-06-01, setting_type: secondary, district: E07000148, notified_n: 20, acknowledged_n: 15, check_in_n: 9}
        - {month: 2026-06-01, setting_type: primary, district: E07000148, notified_n: 9}
        - {month: 2026-06-01, setting_type: special, district: E07000148, acknowledged_n: 5}
        - {month: 2026-06-01, setting_type: early_years, district: E07000148}
        - {month: 2026-06-01, setting_type: FE, district: E07000148, notified_n: 5, acknowledged_n: 6}
    want:
      - {period: 2026-27 Q1, numerator: 15, denominator: 20}
      - {period: 2026-27 Q1, breakdown: setting_type, category: primary, numerator: 0, denominator: 0}
*/
select
    response.month as at,
    response.district,
    response.setting_type,
    child.number < response.acknowledged_n as met
from core.school_response as response
cross join unnest(range(response.notified_n)) as child(number)
where response.acknowledged_n <= response.notified_n
