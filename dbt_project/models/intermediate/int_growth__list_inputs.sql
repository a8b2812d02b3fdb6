{#- It reads itself as the run before left it, beside which the mart stood. -#}
{%- set before = as_built_before('intermediate', 'int_growth__list_inputs') -%}
with

lists as (
    select * from {{ ref('int_growth__explained_lists') }}
),

list_months as (
    select * from {{ ref('int_ranking__window_months') }}
),

complete_months as (
    select * from {{ ref('int_ranking__complete_months') }}
    where is_complete
),

parties as (
    select
        party_key,
        {{ surrogate_key(['party_key', 'ikm_id', 'is_identified', 'has_open_review']) }} as party_state
    from {{ ref('bridge_party_business') }}
),

-- Parties of a year by a number that hangs on what each is taken for.
seen as (
    select is_synthetic, year(export_month) as year, exporter_party_key as party_key
    from {{ ref('int_exports__exporter_months') }}
    union
    select is_synthetic, year(export_month) as year, maker_party_key as party_key
    from {{ ref('int_exports__maker_months') }}
),

party_years as (
    select
        seen.is_synthetic,
        seen.year,
        count(*) as parties,
        sum(cast(parties.party_state as decimal(38, 0))) as party_states
    from seen
    inner join parties on seen.party_key = parties.party_key
    group by seen.is_synthetic, seen.year
),

compared as (
    select
        {{ list_columns() }},
        {{ joined_texts('cast(current_month as varchar)') }} as texts
    from list_months
    group by {{ list_columns() }}
),

-- Windows begin in the year before the last at the earliest, and whether an exporter is new hangs on the two before.
complete as (
    select
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        {{ joined_texts('cast(complete_months.export_month as varchar)') }} as texts
    from lists
    inner join complete_months
        on
            lists.basis = complete_months.basis
            and lists.is_synthetic = complete_months.is_synthetic
            and lists.province_code = complete_months.province_code
            and lists.through_month >= complete_months.export_month
            and lists.year <= year(complete_months.export_month) + 3
    group by
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        lists.place
),

known as (
    select
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        {{ joined_texts(
            "concat(cast(party_years.year as varchar), ':', cast(party_years.parties as varchar), ':', "
            ~ "cast(party_years.party_states as varchar))") }} as texts
    from lists
    inner join party_years
        on
            lists.is_synthetic = party_years.is_synthetic
            and party_years.year between lists.year - 3 and lists.year
    group by
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        lists.place
),

lists_now as (
    select
        {% for column in list_columns().split(', ') -%}
            lists.{{ column }},
        {% endfor -%}
        concat_ws(';', coalesce(compared.texts, ''), coalesce(complete.texts, ''), coalesce(known.texts, '')) as inputs
    from lists
    left join compared on {{ same_list('lists', 'compared') }}
    left join complete on {{ same_list('lists', 'complete') }}
    left join known on {{ same_list('lists', 'known') }}
),

lists_before as (
    {% if before is none -%}
        select * from lists_now where false
    {%- else -%}
        select {{ list_columns() }}, inputs from {{ before }} where inputs is not null
    {%- endif %}
),

-- Lists that are gone too.
final as (
    select
        {% for column in list_columns().split(', ') -%}
            coalesce(lists_now.{{ column }}, lists_before.{{ column }}) as {{ column }},
        {% endfor -%}
        lists_now.inputs,
        lists_before.inputs as inputs_before
    from lists_now
    full outer join lists_before on {{ same_list('lists_now', 'lists_before') }}
)

select * from final
