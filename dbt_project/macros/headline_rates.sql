{# The CTEs `rule` and `rates`: daily rates to dollars by the one source of the newest headline rule of a basis. #}
{% macro headline_rates(basis) -%}
rule as (
    select rate_source from {{ ref('stg_reference__ranking_rules') }}
    where is_headline and basis = '{{ basis }}'
    order by rule_version desc
    limit 1
),

rates as (
    select daily.*
    from {{ ref('int_exchange_rates_daily') }} as daily
    inner join rule on daily.rate_source = rule.rate_source
    where daily.currency <> 'USD'
)
{%- endmacro %}
