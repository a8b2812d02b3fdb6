{# What differs between engines is written here and nowhere else. #}

{# An integer quotient rounded half away from zero: the one place where money is divided.
   Both are integers, the denominator above zero; nothing passes through a floating number. #}
{% macro divide_exactly(numerator, denominator) -%}
    (sign({{ numerator }}) * ((2 * abs({{ numerator }}) + {{ denominator }}) // (2 * {{ denominator }})))
{%- endmacro %}

{# A quotient of two integers, the numerator at least nought and the denominator above, rounded down or up. #}
{% macro rounded_down(numerator, denominator) -%}
    (({{ numerator }}) // ({{ denominator }}))
{%- endmacro %}

{% macro rounded_up(numerator, denominator) -%}
    ((({{ numerator }}) + ({{ denominator }}) - 1) // ({{ denominator }}))
{%- endmacro %}

{% macro as_integer(expression) -%}
    cast({{ expression }} as hugeint)
{%- endmacro %}

{% macro try_decimal(expression, width, scale) -%}
    try_cast({{ expression }} as decimal({{ width }}, {{ scale }}))
{%- endmacro %}

{# A number of 64 bits that stands for a few columns: to group and to count by, never stored as a key. #}
{% macro hash_of(columns) -%}
    hash({{ columns | join(', ') }})
{%- endmacro %}

{# True in a group whose numbers are all different. A number seen twice sets the same bit twice; numbers 64
   apart do too, so false only says "look closer". #}
{% macro all_different(number) -%}
    bit_count(bit_or(cast(1 as ubigint) << cast({{ number }} % 64 as ubigint))) = count(*)
{%- endmacro %}

{# A number that stands for the distinct rows of a group, in whatever order and however often they come. #}
{% macro content_of_group(columns) -%}
    bit_xor(distinct hash({{ columns | join(', ') }}))
{%- endmacro %}

{% macro month_of(date) -%}
    cast(date_trunc('month', {{ date }}) as date)
{%- endmacro %}

{% macro plus_days(date, days) -%}
    ({{ date }} + cast({{ days }} as integer))
{%- endmacro %}

{# The same day so many months on (or back), the last of a month that is shorter. #}
{% macro plus_months(date, months) -%}
    {%- if execute and target.type == 'spark' -%}
        add_months({{ date }}, {{ months }})
    {%- else -%}
        cast({{ date }} + to_months(cast({{ months }} as integer)) as date)
    {%- endif -%}
{%- endmacro %}

{% macro days_between(first, last) -%}
    ({{ last }} - {{ first }})
{%- endmacro %}

{% macro first_of_month(year, month_number) -%}
    make_date({{ year }}, {{ month_number }}, 1)
{%- endmacro %}

{# One column `number` with the integers from first to last. #}
{% macro integers(first, last) -%}
    select unnest(range({{ first }}, {{ last }} + 1)) as number
{%- endmacro %}

{# The first words of a query with a CTE that reads itself. #}
{% macro recursive_with() -%}
    with recursive
{%- endmacro %}

{# The texts of a group in their order, with commas between. #}
{% macro joined_texts(text) -%}
    {%- if execute and target.type == 'spark' -%}
        array_join(sort_array(collect_list({{ text }})), ',')
    {%- else -%}
        string_agg({{ text }}, ',' order by {{ text }})
    {%- endif -%}
{%- endmacro %}
