{#- A place's month in dollars of the year before: each currency at its mean rate of the same month then. -#}
with

placed_months as (
    select * from {{ ref('int_ranking__placed_months') }}
    where stated_amount is not null
),

base_rates as (
    select * from {{ ref('int_ranking__base_rates') }}
),

{{ facts_rules() }},

sources as (
    select rate_source, basis, true as is_of_facts_rates from facts_rules
    union all
    select distinct base_rates.rate_source, facts_rules.basis, false as is_of_facts_rates
    from base_rates
    inner join facts_rules on base_rates.rate_source <> facts_rules.rate_source
),

by_currency as (
    select
        place,
        basis,
        is_synthetic,
        region_code,
        export_month,
        currency,
        sum(stated_amount) as stated_amount,
        sum(stated_amount_by_other_rates) as stated_amount_by_other_rates
    from placed_months
    where is_in_city
    group by place, basis, is_synthetic, region_code, export_month, currency
),

each_source as (
    select
        by_currency.*,
        sources.rate_source,
        sources.is_of_facts_rates,
        case
            when sources.is_of_facts_rates then by_currency.stated_amount
            else by_currency.stated_amount_by_other_rates
        end as amount
    from by_currency
    inner join sources on by_currency.basis = sources.basis
),

converted as (
    select
        each_source.*,
        case
            when each_source.currency = 'USD' then {{ try_decimal('each_source.amount', 18, 2) }}
            when base_rates.usd_trillionths is not null
                then
                    {{ convert_money(
                        'each_source.amount', 'base_rates.usd_trillionths', as_integer("'1000000000000'")) }}
        end as fob_usd
    from each_source
    left join base_rates
        on
            each_source.rate_source = base_rates.rate_source
            and each_source.currency = base_rates.currency
            and each_source.is_synthetic = base_rates.is_synthetic
            and {{ plus_months('each_source.export_month', -12) }} = base_rates.rate_month
),

final as (
    select
        place,
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_of_facts_rates,
        sum(fob_usd) as fob_usd,
        count(*) filter (where amount <> 0 and fob_usd is null) as currencies_without_rate
    from converted
    group by place, basis, is_synthetic, region_code, export_month, is_of_facts_rates
)

select * from final
