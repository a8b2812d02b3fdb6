{# Keys of members whose natural key has several columns, and of versions: see "Keys" in docs/structure.md. #}

{# 60 bits of an md5 over the columns, as a bigint: the same columns give the same key in every rebuild and on every
   engine. Each text goes in with its length before it, and nothing as a sign of its own, so that neither a separator
   in a text nor an empty text can make two members one. #}
{% macro surrogate_key(columns) -%}
    {%- set parts = [] -%}
    {%- for column in columns -%}
        {%- set text = 'cast(' ~ column ~ ' as varchar)' -%}
        {%- do parts.append("case when " ~ column ~ " is null then '-' else concat(cast(length(" ~ text
            ~ ") as varchar), ':', " ~ text ~ ") end") -%}
    {%- endfor -%}
    {{ sixty_bits('concat(' ~ parts | join(', ') ~ ')') }}
{%- endmacro %}

{# The same for what a fact names by a code that may be missing: 0 is the unknown member. #}
{% macro member_key(columns) -%}
    case when {{ columns[0] }} is null then {{ unknown_key() }} else {{ surrogate_key(columns) }} end
{%- endmacro %}

{% macro sixty_bits(text) -%}
    {%- if execute and target.type == 'spark' -%}
        cast(conv(left(md5({{ text }}), 15), 16, 10) as bigint)
    {%- else -%}
        cast(concat('0x', left(md5({{ text }}), 15)) as bigint)
    {%- endif -%}
{%- endmacro %}

{# What stands in a key column where nothing is known. #}
{% macro unknown_key() -%}
    cast(0 as bigint)
{%- endmacro %}

{% macro unknown_date() -%}
    cast('1900-01-01' as date)
{%- endmacro %}

{# Versions tile time: the first begins on the unknown date, so that each fact finds one, and the last has no end. #}
{% macro first_day() -%}
    {{ unknown_date() }}
{%- endmacro %}

{% macro no_end() -%}
    cast('9999-12-31' as date)
{%- endmacro %}
