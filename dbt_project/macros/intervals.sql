{# Intervals of shares, at 95 %. Only within an expression are they floating numbers, since they need a root: what a
   model keeps has twelve decimals, and what is published four of a percent. #}

{# The 97.5 % point of the normal distribution. #}
{% macro normal_point() -%}
    cast(1.959963984540054 as double)
{%- endmacro %}

{# Wilson's score interval of x in n, both counts, n above zero: shares from 0 to 1. E. B. Wilson, "Probable inference,
   the law of succession, and statistical inference", JASA 22 (1927). #}
{% macro wilson_low(x, n) -%}
    greatest({{ wilson_centre(x, n) }} - {{ wilson_half(x, n) }}, cast(0 as double))
{%- endmacro %}

{% macro wilson_high(x, n) -%}
    least({{ wilson_centre(x, n) }} + {{ wilson_half(x, n) }}, cast(1 as double))
{%- endmacro %}

{% macro wilson_centre(x, n) -%}
    (({{ x }} + {{ normal_point() }} * {{ normal_point() }} / 2) / ({{ n }} + {{ normal_point() }} * {{ normal_point() }}))
{%- endmacro %}

{% macro wilson_half(x, n) -%}
    (
        {{ normal_point() }} / ({{ n }} + {{ normal_point() }} * {{ normal_point() }})
        * sqrt(
            cast({{ x }} as double) * ({{ n }} - {{ x }}) / {{ n }} + {{ normal_point() }} * {{ normal_point() }} / 4
        )
    )
{%- endmacro %}

{# Newcombe's interval of a difference of two shares (his method 10) from each one's own share and Wilson interval.
   R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in Medicine 17
   (1998). #}
{% macro newcombe_low(share, low, other_share, other_high) -%}
    ({{ share }} - {{ other_share }} - sqrt(
        ({{ share }} - {{ low }}) * ({{ share }} - {{ low }})
        + ({{ other_high }} - {{ other_share }}) * ({{ other_high }} - {{ other_share }})
    ))
{%- endmacro %}

{% macro newcombe_high(share, high, other_share, other_low) -%}
    ({{ share }} - {{ other_share }} + sqrt(
        ({{ high }} - {{ share }}) * ({{ high }} - {{ share }})
        + ({{ other_share }} - {{ other_low }}) * ({{ other_share }} - {{ other_low }})
    ))
{%- endmacro %}

{# A share from 0 to 1 as a model keeps it. #}
{% macro twelve_decimals(share) -%}
    cast({{ share }} as decimal(13, 12))
{%- endmacro %}

{# A share as percent with four decimals. #}
{% macro percent_with_decimals(share) -%}
    cast(100 * ({{ share }}) as decimal(9, 4))
{%- endmacro %}
