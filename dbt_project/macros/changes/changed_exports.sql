{# Sums of exports by a city's month and one thing more: all of them, or those of the city-months that changed. #}
{% macro exports_by_city_month(by) -%}
{%- set changed = ref('int_exports__changed_city_months') -%}
with

exports as (
    select * from {{ ref('int_exports') }}
    {%- if not is_whole_build() %}
    where
        {{ in_changed(changed, keys_of_city_month()) }}
        -- Said in dates too, so that months that did not change are not read.
        {%- set first, last = changed_between(changed) %}
        and export_date >= cast('{{ first }}' as date)
        and export_date < cast('{{ last }}' as date)
    {%- endif %}
),

final as (
    select
        basis,
        is_synthetic,
        region_code,
        export_month,
        is_in_scope,
        {{ by }},
        cast(coalesce(sum(fob_usd), 0) as decimal(24, 2)) as fob_usd,
        cast(sum(fob_idr) as decimal(24, 2)) as fob_idr,
        cast(coalesce(sum(net_weight_kg), 0) as decimal(24, 4)) as net_weight_kg,
        count(*) as items,
        count(*) filter (where lacks_rate) as items_without_rate,
        count(distinct {{ hash_of(['document_number']) }}) as documents
    from exports
    group by basis, is_synthetic, region_code, export_month, is_in_scope, {{ by }}
)

select * from final
{%- endmacro %}

{% macro keys_of_city_month() -%}
    {%- do return({'basis': 'basis', 'is_synthetic': 'is_synthetic', 'region_code': 'region_code',
                   'export_month': 'export_month'}) -%}
{%- endmacro %}

{# The first day of the first changed month, and the day after the last one. #}
{% macro changed_between(changed) -%}
    {%- set found = run_query(
        'select min(export_month), max(export_month) + interval 1 month from '
        ~ changed) if execute else none -%}
    {%- set first = found.columns[0].values()[0] if found else none -%}
    {%- set last = found.columns[1].values()[0] if found else none -%}
    {%- do return((first or '1900-01-01', last or '1900-01-01')) -%}
{%- endmacro %}
