{# 100 * part / whole to four decimals, half up: of money with cents or of counts. The whole is above zero. #}
{% macro percent_of(part, whole) -%}
    cast(
        cast({{ divide_exactly(
            as_integer(part ~ ' * 100') ~ ' * 1000000', as_integer(whole ~ ' * 100')
        ) }} as decimal(30, 0)) * cast(0.0001 as decimal(4, 4)) as decimal(24, 4)
    )
{%- endmacro %}

{# An amount in cents as an integer that can be squared. Above ten million million dollars, more than any country
   exports in a year, it is no amount: its square would not fit 128 bits. #}
{% macro cents_to_square(amount) -%}
    case when abs({{ amount }}) < 10000000000000 then {{ as_integer(amount ~ ' * 100') }} end
{%- endmacro %}

{# Herfindahl-Hirschman index on the scale to 10,000, to two decimals, half up, from integer cents: the sum of the
   squares of the parts over the square of their sum, which is above zero. #}
{% macro herfindahl(sum_of_squares, total) -%}
    cast(
        cast({{ divide_exactly('(' ~ sum_of_squares ~ ') * 1000000', '(' ~ total ~ ' * ' ~ total ~ ')') }}
            as decimal(30, 0)) * cast(0.01 as decimal(2, 2)) as decimal(9, 2)
    )
{%- endmacro %}
