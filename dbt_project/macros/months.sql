{# Months as one running number, so that a month and the same month of the year before are twelve apart. #}
{% macro month_index(date) -%}
    (year({{ date }}) * 12 + month({{ date }}) - 1)
{%- endmacro %}

{# The first day of a month by its running number. #}
{% macro month_at(index) -%}
    {{ first_of_month(
        'cast((' ~ index ~ ' - ' ~ index ~ ' % 12) / 12 as integer)', 'cast(' ~ index ~ ' % 12 + 1 as integer)') }}
{%- endmacro %}
