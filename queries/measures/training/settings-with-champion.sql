/*
id: TR8
title: Settings with an active domestic abuse champion
short: Settings with a champion
question: Are champions everywhere?
counts: settings in scope
met: could have an active champion of their own
answers: [NFK5]
kind: proportion
better: up
breakdowns: [setting_type]
periods: [quarter]
compare: [district, setting_type]
protects: nobody
feeds: [champion_register]
source: "Norfolk JTAI letter, 27 February 2025: champions are a strength"
owner: Training lead, safeguarding partnership
cannot_tell: Whether each champion is in a setting of their own, or what a champion does.
note: >-
  The register does not name settings. Each active champion (trained, and active in the 12 months to the quarter's end)
  is taken to be in a setting of its own, up to the number in scope, so the share is the highest it could be. The base
  is the number of settings of each kind in each district, as the register gives it at the end of the quarter.
examples:
  - name: active champions against settings, by kind and district
    given:
      champion_register:
        - {setting_type: primary, district: E07000148, trained_at: 2024-01-01, last_active_at: 2025-06-30, settings_in_scope_n: 4, known_to: 2026-06-30}
        - {setting_type: primary, district: E07000148, trained_at: 2024-01-01, last_active_at: 2025-06-29, settings_in_scope_n: 3, known_to: 2026-06-30}
        - {setting_type: primary, district: E07000148, trained_at: 2026-01-01, settings_in_scope_n: 4, known_to: 2026-06-30}
        - {setting_type: primary, district: E07000148, trained_at: 2026-01-01, last_active_at: 2026-06-30, settings_in_scope_n: 4, known_to: 2026-06-30}
        - {setting_type: primary, district: E07000143, settings_in_scope_n: 2, known_to: 2026-06-30}
        - {setting_type: GP, district: E07000143, trained_at: 2024-01-01, last_active_at: 2026-05-01, settings_in_scope_n: 1, known_to: 2026-06-30}
        - {setting_type: GP, district: E07000143, trained_at: 2024-01-01, last_active_at: 2026-05-01, settings_in_scope_n: 1, known_to: 2026-06-30}
        - {setting_type: GP, district: E07000143, trained_at: 2024-01-01, last_active_at: 2026-05-01, settings_in_scope_n: 3, known_to: 2026-09-30}
    want:
      - {period: 2026-27 Q1, numerator: 3, denominator: 7}
      - {period: 2026-27 Q2, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, district: E07000148, numerator: 2, denominator: 4}
      - {period: 2026-27 Q1, district: E07000143, numerator: 1, denominator: 3}
      - {period: 2026-27 Q1, breakdown: setting_type, category: primary, numerator: 2, denominator: 6}
      - {period: 2026-27 Q1, breakdown: setting_type, category: GP, numerator: 1, denominator: 1}
*/
with kind_of_setting as (
    select
        known_to,
        district,
        setting_type,
        max(settings_in_scope_n) as settings,
        count(case when last_active_at >= known_to - interval 12 month then 1 end) as champions
    from core.champion_register
    group by known_to, district, setting_type
),
setting as (
    select
        known_to,
        district,
        setting_type,
        champions,
        unnest(generate_series(1, settings)) as place
    from kind_of_setting
)
select
    known_to as at,
    district,
    setting_type,
    place <= champions as met
from setting
