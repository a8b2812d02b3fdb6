{# Which version of a document counts, and what became of the others. #}
{% macro decided_versions(states) -%}
versions as (
    select
        *,
        version <> first_value(version) over oldest_first
        and unchangeable <> first_value(unchangeable) over oldest_first as is_invalid
    from ranked
    where place = 1
    window oldest_first as (
        partition by is_synthetic, document_key
        order by {% for name in states %}{{ name }} asc nulls first{{ ', ' if not loop.last }}{% endfor %}
    )
),

aged as (
    select
        *,
        row_number() over (
            partition by is_synthetic, document_key, is_invalid
            order by {% for name in states %}{{ name }} desc nulls last{{ ', ' if not loop.last }}{% endfor %}
        ) as age
    from versions
),

replaced as (
    select distinct is_synthetic, replaces as document_key
    from aged
    -- A document that names itself is not gone by that.
    where age = 1 and not is_invalid and replaces <> document_key
),

decided as (
    select
        aged.is_synthetic,
        aged.document_key,
        aged.state,
        open_states.state is not null as is_open,
        case
            when aged.is_invalid then 'invalid_correction'
            when aged.age > 1 then 'superseded'
            when aged.is_out then 'cancelled'
            when replaced.document_key is not null then 'replaced'
            else 'current'
        end as outcome
    from aged
    left join replaced
        on aged.is_synthetic = replaced.is_synthetic and aged.document_key = replaced.document_key
    left join open_states
        on
            aged.is_synthetic = open_states.is_synthetic
            and aged.document_key = open_states.document_key
            and aged.state = open_states.state
)
{%- endmacro %}
