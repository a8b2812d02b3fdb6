{# From which day to which each version of a document stood, by the document's own dates.

   Takes the CTE `versions`: one row a version with is_synthetic, document_key, the columns `states` (by which versions
   are ordered, oldest first), first_day (registration or issue), changed_on (note or amendment), is_out and out_on
   (cancelled or replaced, and when), gone_on (the day the document that replaces it was first dated).
   The oldest version stands from its first day; nobody can say what stood before it. Gives the CTE `spans` with
   starts_on and ends_on; an empty ends_on is a version that still stands, or one that went nobody knows when. #}
{% macro standing_spans(states) -%}
ordered as (
    select
        *,
        row_number() over oldest_first as version_place
    from versions
    window oldest_first as (
        partition by is_synthetic, document_key
        order by {% for name in states %}{{ name }} asc nulls first{{ ', ' if not loop.last }}{% endfor %}
    )
),

started as (
    select
        *,
        case
            when version_place = 1 then first_day
            when is_out then out_on
            else coalesce(changed_on, first_day)
        end as starts_on
    from ordered
),

spans as (
    select
        *,
        is_out and version_place > 1 as is_only_an_end,
        least(
            min(starts_on) over (
                partition by is_synthetic, document_key order by version_place
                rows between 1 following and unbounded following
            ),
            case when is_out and version_place = 1 then out_on end,
            min(gone_on) over (partition by is_synthetic, document_key)
        ) as ends_on
    from started
)
{%- endmacro %}

{# Rows of staging whose version was not always, or is no longer, what counts: documents with a row that an outcome
   sets aside for a newer version, a cancellation or a replacement. Copies and contradicted files never stood. #}
{% macro rows_with_versions(feed) -%}
{%- set about = documents()[feed] -%}
{%- set document = about.document[0] -%}
items as (
    select * from {{ rows_to_judge(feed) }}
),

outcomes as (
    select * from {{ ref(outcomes_of(feed)) }}
),

documents_with_versions as (
    select distinct items.is_synthetic, items.{{ document }}
    from items
    inner join outcomes
        on
            items.load_id = outcomes.load_id
            and items.row_number = outcomes.row_number
            and items.sheet = outcomes.sheet
            and items.piece = outcomes.piece
    where outcomes.outcome in ('superseded', 'cancelled', 'replaced')
),

rows_that_stood as (
    select
        items.*,
        items.{{ document }} as document_key,
        coalesce(outcomes.outcome, 'current') as outcome
    from items
    inner join documents_with_versions
        on
            items.is_synthetic = documents_with_versions.is_synthetic
            and items.{{ document }} = documents_with_versions.{{ document }}
    left join outcomes
        on
            items.load_id = outcomes.load_id
            and items.row_number = outcomes.row_number
            and items.sheet = outcomes.sheet
            and items.piece = outcomes.piece
    where coalesce(outcomes.outcome, 'current') in ('current', 'superseded', 'cancelled', 'replaced')
)
{%- endmacro %}
