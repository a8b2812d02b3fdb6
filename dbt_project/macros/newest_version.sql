{# The rows of a small feed that count: of each key the newest; the same row sent twice counts once. Which of two
   different rows of one key and date wins is settled by the bytes of their files, not by which came first. #}
{% macro newest_version(rows, key, newest_by) -%}
    select {{ rows }}.*
    from {{ rows }}
    inner join {{ ref('stg_control__loads') }} as loads on {{ rows }}.load_id = loads.load_id
    qualify row_number() over (
        partition by {{ rows }}.is_synthetic, {{ rows }}.{{ key | join(', ' ~ rows ~ '.') }}
        order by
            {% for column in newest_by -%}
                {{ rows }}.{{ column }} desc nulls last,
            {% endfor -%}
            loads.sha256, loads.load_id, {{ rows }}.sheet, {{ rows }}.row_number
    ) = 1
{%- endmacro %}
