/*
id: SA3
title: Why referrals to safe accommodation did not lead to a place
short: Why referrals had no place
question: Which barrier should commissioning mend first?
counts: referrals to safe accommodation that ended without a place
kind: distribution
better: neither
categories: [no bedspace, family size or an older boy, accessibility, support needs, no recourse to public funds, too near the person causing harm, pets, declined by the survivor, did not fit the service, could not be reached, withdrawn, other]
headline: rolling
feeds: [safe_accommodation_referral]
source: "Women's Aid, On Track 2022-23, 62 refuges in England: no capacity 40.6%, declined by the survivor 35.4%, inappropriate 18.0%"
owner: Domestic abuse commissioner, county council
cannot_tell: More than the one reason a provider gave, and households that were never referred.
note: >-
  These are referrals, not households: one household may be referred to several providers. A provider that was unable to support a household says why;
  for other endings the ending is the reason. Family size is put with older boys, and mental health, substance use, offending and a lack of staff are
  put together as support needs, because each alone is few. A referral still waiting has not ended and is left out.
examples:
  - name: each reason and each ending has its place, and waiting and accommodated have none
    given:
      safe_accommodation_referral:
        - {sa_referral_key: a, referred_at: 2026-03-31, outcome: unable_to_support, reason_unable: no_bedspace, district: E07000148}
        - {sa_referral_key: b, referred_at: 2026-03-31, outcome: unable_to_support, reason_unable: no_bedspace}
        - {sa_referral_key: c, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: family_size}
        - {sa_referral_key: d, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: older_son}
        - {sa_referral_key: e, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: accessibility}
        - {sa_referral_key: f, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: no_resource}
        - {sa_referral_key: g, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: mental_health}
        - {sa_referral_key: h, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: substance}
        - {sa_referral_key: i, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: offending}
        - {sa_referral_key: j, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: nrpf}
        - {sa_referral_key: k, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: too_close}
        - {sa_referral_key: l, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: pets}
        - {sa_referral_key: m, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: not_contactable}
        - {sa_referral_key: n, referred_at: 2026-03-01, outcome: unable_to_support, reason_unable: other}
        - {sa_referral_key: o, referred_at: 2026-03-01, outcome: unable_to_support}
        - {sa_referral_key: p, referred_at: 2026-03-01, outcome: declined_by_survivor}
        - {sa_referral_key: q, referred_at: 2026-03-01, outcome: inappropriate}
        - {sa_referral_key: r, referred_at: 2026-03-01, outcome: lost_contact}
        - {sa_referral_key: s, referred_at: 2026-03-01, outcome: withdrawn}
        - {sa_referral_key: t, referred_at: 2026-03-01, outcome: accommodated}
        - {sa_referral_key: u, referred_at: 2026-03-01, outcome: waiting}
        - {sa_referral_key: v, referred_at: 2026-04-01, outcome: withdrawn}
    want:
      - {period: 2025-26 Q4, denominator: 19}
      - {period: 2026-27 Q1, denominator: 1}
      - {period: 2025-26 Q4, district: E07000148, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: no bedspace, numerator: 2, denominator: 19, share: 10.5263}
      - {period: 2025-26 Q4, breakdown: category, category: family size or an older boy, numerator: 2}
      - {period: 2025-26 Q4, breakdown: category, category: accessibility, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: support needs, numerator: 4}
      - {period: 2025-26 Q4, breakdown: category, category: no recourse to public funds, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: too near the person causing harm, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: pets, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: could not be reached, numerator: 2}
      - {period: 2025-26 Q4, breakdown: category, category: other, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: not recorded, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: declined by the survivor, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: did not fit the service, numerator: 1}
      - {period: 2025-26 Q4, breakdown: category, category: withdrawn, numerator: 1}
*/
select
    referred_at as at,
    district,
    case outcome
        when 'declined_by_survivor' then 'declined by the survivor'
        when 'inappropriate' then 'did not fit the service'
        when 'withdrawn' then 'withdrawn'
        when 'lost_contact' then 'could not be reached'
        else case reason_unable
            when 'no_bedspace' then 'no bedspace'
            when 'family_size' then 'family size or an older boy'
            when 'older_son' then 'family size or an older boy'
            when 'accessibility' then 'accessibility'
            when 'no_resource' then 'support needs'
            when 'mental_health' then 'support needs'
            when 'substance' then 'support needs'
            when 'offending' then 'support needs'
            when 'nrpf' then 'no recourse to public funds'
            when 'too_close' then 'too near the person causing harm'
            when 'pets' then 'pets'
            when 'not_contactable' then 'could not be reached'
            when 'other' then 'other'
        end
    end as category
from core.safe_accommodation_referral
where outcome in ('unable_to_support', 'declined_by_survivor', 'inappropriate', 'withdrawn', 'lost_contact')
