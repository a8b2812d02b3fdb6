{# Money divided by weights so that the parts add up to it: each part is rounded down to the cent, and the cents
   that are left go to the largest remainders. A weight is an integer of at least nought, `whole` is the sum of the weights and
   above nought; an amount in cents times a weight has to fit 128 bits. #}
{% macro cents_of_part(amount, weight, whole) -%}
    {{ rounded_down(in_cents(amount) ~ ' * ' ~ weight, whole) }}
{%- endmacro %}

{% macro left_of_part(amount, weight, whole) -%}
    (({{ in_cents(amount) }} * {{ weight }}) % ({{ whole }}))
{%- endmacro %}

{# The part with its cent more or without: `cents` and `left` are columns that hold the two above, `tie` decides between
   remainders of one size; `within` are the columns that tell what is divided. #}
{% macro part_of_money(amount, cents, left, within, tie) -%}
    cast(cast(
        {{ cents }} + case
            when
                row_number() over (partition by {{ within }} order by {{ left }} desc, {{ tie }})
                <= {{ in_cents(amount) }} - sum({{ cents }}) over (partition by {{ within }})
                then 1
            else 0
        end as decimal(26, 0)
    ) * cast(0.01 as decimal(2, 2)) as decimal(24, 2))
{%- endmacro %}

{% macro in_cents(amount) -%}
    {{ as_integer(amount ~ ' * 100') }}
{%- endmacro %}
