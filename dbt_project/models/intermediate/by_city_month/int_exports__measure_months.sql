{#- What rules may rank by and group by, a row a currency: rates of another source than the facts' are put on here. -#}
with

exports as (
    {{ of_changed_city_months(ref('int_exports')) }}
),

{{ facts_rules() }},

other_rates as (
    select facts_rules.basis, daily.*
    from {{ ref('int_exchange_rates_daily') }} as daily
    inner join facts_rules on daily.rate_source <> facts_rules.rate_source
    where daily.currency <> 'USD'
),

converted as (
    select
        exports.*,
        {{ dollars('exports', 'stated_amount') }} as fob_usd_by_other_rates
    from exports
    -- A real amount takes no made-up rate.
    left join other_rates as rates
        on
            exports.basis = rates.basis
            and exports.currency = rates.currency
            and exports.export_date = rates.day
            and (exports.is_synthetic or not rates.is_synthetic)
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        exporter_party_key,
        coalesce(issuer_code, 'unknown') as issuer_code,
        coalesce(currency, 'unknown') as currency,
        cast(coalesce(sum(stated_amount) filter (where fob_usd is not null), 0) as decimal(24, 2)) as stated_amount,
        cast(coalesce(sum(stated_amount) filter (where fob_usd_by_other_rates is not null), 0) as decimal(24, 2))
            as stated_amount_by_other_rates,
        cast(coalesce(sum(fob_usd), 0) as decimal(24, 2)) as fob_usd,
        cast(coalesce(sum(fob_usd_by_other_rates), 0) as decimal(24, 2)) as fob_usd_by_other_rates,
        cast(coalesce(sum(fob_idr), 0) as decimal(24, 2)) as fob_idr,
        cast(coalesce(sum(net_weight_kg), 0) as decimal(24, 4)) as net_weight_kg,
        count(*) as items,
        count(*) - count(fob_usd) as items_without_usd,
        count(*) - count(fob_usd_by_other_rates) as items_without_usd_by_other_rates,
        count(*) - count(fob_idr) as items_without_idr,
        count(*) - count(net_weight_kg) as items_without_kg,
        count(*) filter (where lacks_rate) as items_without_rate,
        count(*) filter (where stated_amount is not null and fob_usd_by_other_rates is null)
            as items_without_rate_by_other_rates
    from converted
    group by
        basis, is_synthetic, region_code, export_month, is_in_scope, exporter_party_key,
        coalesce(issuer_code, 'unknown'), coalesce(currency, 'unknown')
)

select * from final
