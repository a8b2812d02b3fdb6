{# Of explained lists, those to be explained anew; in a whole build all of them. #}
{% macro of_changed_lists(lists) -%}
{%- set changed = ref('int_growth__changed_lists') -%}
    select * from {{ lists }}
    {%- if not is_whole_build() %}
    where ({{ list_columns() }}) in (select {{ list_columns() }} from {{ changed }})
    {%- endif %}
{%- endmacro %}

{# From the first month that one of these lists compares to the last, said in dates, so that what lies apart from them
   is not read; in a whole build always. #}
{% macro within_changed_lists(day) -%}
    {%- set changed, months = ref('int_growth__changed_lists'), ref('int_ranking__window_months') -%}
    {%- if is_whole_build() -%}
        {{ day }} is not null
    {%- else -%}
        {%- set found = run_query(
            'select min(base_month), max(current_month) + interval 1 month from ' ~ months
            ~ ' where (' ~ list_columns() ~ ') in (select ' ~ list_columns() ~ ' from ' ~ changed ~ ')'
        ) if execute else none -%}
        {%- set first = found.columns[0].values()[0] if found else none -%}
        {%- set last = found.columns[1].values()[0] if found else none -%}
        {{ day }} >= cast('{{ first or '1900-01-01' }}' as date)
        and {{ day }} < cast('{{ last or '1900-01-01' }}' as date)
    {%- endif -%}
{%- endmacro %}
