{# The CTE `facts_rules`: by which rate source facts are in dollars, for each basis. It is that of the first version of
   the headline: a later version with another source makes its lists of dollars by that source
   (int_exports__measure_months has both), and rewrites no amount of before. #}
{% macro facts_rules() -%}
facts_rules as (
    select basis, rate_source
    from {{ ref('stg_reference__ranking_rules') }}
    where is_headline
    qualify row_number() over (partition by basis order by valid_from, rule_version) = 1
)
{%- endmacro %}

{# The CTEs `facts_rules` and `rates`: daily rates to dollars by the one source of the facts of a basis. #}
{% macro headline_rates(basis) -%}
{{ facts_rules() }},

rates as (
    select daily.*
    from {{ ref('int_exchange_rates_daily') }} as daily
    inner join facts_rules on daily.rate_source = facts_rules.rate_source and facts_rules.basis = '{{ basis }}'
    where daily.currency <> 'USD'
)
{%- endmacro %}
