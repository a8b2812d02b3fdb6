with

headlines as (
    select * from {{ ref('int_ranking__lists') }}
    where is_headline and is_in_force
),

newest as (
    select * from headlines
    qualify through_month = max(through_month) over (partition by basis, is_synthetic, province_code, year)
),

-- Facts say one place and are in dollars by one source: what a headline counts otherwise they do not add up to.
final as (
    select
        rule_name,
        rule_version,
        basis,
        is_synthetic,
        province_code,
        year,
        through_month,
        place,
        window_kind
    from newest
    where
        measure = 'fob_usd'
        and is_of_facts_rates
        and place = case basis when 'peb' then 'declared_origin' else 'exporter' end
)

select * from final
