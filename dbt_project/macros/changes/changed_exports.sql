{# Sums of exports by a city's month and one column more: all of them, or those of the city-months that changed.
   With `tells_first` also the first day and its first document. #}
{% macro exports_by_city_month(by, tells_first=false) -%}
with

exports as (
    {{ of_changed_city_months(ref('int_exports')) }}
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
        {%- if tells_first -%}
        ,
        min(export_date) as first_exported_on,
        {{ first_document() }} as first_document_key
        {%- endif %}
    from exports
    group by basis, is_synthetic, region_code, export_month, is_in_scope, {{ by }}
)

select * from final
{%- endmacro %}

{# The rows of exports (with a day: `export_date`) of city-months that changed; in a whole build all of them. #}
{% macro of_changed_city_months(exports) -%}
{%- set changed = ref('int_exports__changed_city_months') -%}
    select * from {{ exports }}
    {%- if not is_whole_build() %}
    where
        {{ in_changed(changed, keys_of_city_month()) }}
        and {{ between_changed_months('export_date') }}
    {%- endif %}
{%- endmacro %}

{# Of sums by city-month, those of city-months that changed; in a whole build all of them. #}
{% macro of_changed_months(sums) -%}
{%- set changed = ref('int_exports__changed_city_months') -%}
    select * from {{ sums }}
    {%- if not is_whole_build() %}
    where {{ in_changed(changed, keys_of_city_month()) }}
    {%- endif %}
{%- endmacro %}

{# The document of the first day of a group, the smallest of those of that day. A date has ten signs. #}
{% macro first_document() -%}
    substr(min(concat(cast(export_date as varchar), document_number)), 11)
{%- endmacro %}

{% macro keys_of_city_month() -%}
    {%- do return({'basis': 'basis', 'is_synthetic': 'is_synthetic', 'region_code': 'region_code',
                   'export_month': 'export_month'}) -%}
{%- endmacro %}

{# Whether a row of a feed with that day is of a month that changed; in a whole build, whether it has a day. #}
{% macro in_changed_months(basis, day) -%}
{%- set changed = ref('int_exports__changed_city_months') -%}
    {%- if is_whole_build() -%}
        {{ day }} is not null
    {%- else -%}
        {{ month_of(day) }} in (
            select export_month from {{ changed }}
            where basis = '{{ basis }}'
        )
        and {{ between_changed_months(day) }}
    {%- endif -%}
{%- endmacro %}

{# From the first changed month to the last, said in dates, so that what lies apart from them is not read. #}
{% macro between_changed_months(day) -%}
    {%- set found = run_query(
        'select min(export_month), max(export_month) + interval 1 month from '
        ~ ref('int_exports__changed_city_months')) if execute else none -%}
    {%- set first = found.columns[0].values()[0] if found else none -%}
    {%- set last = found.columns[1].values()[0] if found else none -%}
    {{ day }} >= cast('{{ first or '1900-01-01' }}' as date)
        and {{ day }} < cast('{{ last or '1900-01-01' }}' as date)
{%- endmacro %}
