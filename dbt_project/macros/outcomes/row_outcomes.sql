{# What became of each row of a feed whose document came more than once, in more than one version, or says itself
   that it is out. Rows that are not named here count. Nearly all documents come once: one pass over hashes finds
   the few that need a closer look, and only their rows are compared.

   outcome: current, superseded, cancelled, replaced, duplicate, conflict, invalid_correction.

   Files that say the same of one version, or name different lines of it, add up. Files that contradict each other
   are a conflict: one of them stands as a whole, by a person's decision, else the one that was published already,
   else by its content, never by what came first. #}
{% macro row_outcomes(feed) -%}
{%- set about = documents()[feed] -%}
{%- set settled_by = about.get('settled_by', []) -%}
{%- set newest = [] -%}
{%- for column in about.newest_by %}{% do newest.append('newest_' ~ loop.index) %}{% endfor -%}
{%- set settled = [] -%}
{%- for expression in settled_by %}{% do settled.append('settled_' ~ loop.index) %}{% endfor -%}
{%- set states = newest + settled -%}
with

{{ contested_rows(feed, about) }},

{{ standing_copies(about, newest, states) }},

{{ decided_versions(states) }},

judged_rows as (
    select
        contested.is_synthetic,
        contested.document_key,
        contested.load_id,
        contested.sheet,
        contested.row_number,
        contested.piece,
        contested.content_hash = first_value(contested.content_hash) over same_line as is_same,
        row_number() over same_line as copy_number,
        ranked.clashes,
        ranked.stands,
        ranked.conflict_key,
        decided.is_open,
        decided.outcome as version_outcome
    from contested
    inner join ranked
        on
            contested.is_synthetic = ranked.is_synthetic
            and contested.document_key = ranked.document_key
            and contested.version_hash = ranked.version_hash
            and contested.load_id = ranked.load_id
    inner join decided
        on
            ranked.is_synthetic = decided.is_synthetic
            and ranked.document_key = decided.document_key
            and ranked.state = decided.state
    window same_line as (
        partition by
            contested.is_synthetic, contested.document_key, ranked.state, ranked.clashes and not ranked.stands,
            contested.item
        order by
            ranked.place, contested.content_hash, contested.sheet, contested.row_number, contested.piece
    )
),

with_outcome as (
    select
        *,
        case
            when clashes and not stands then 'conflict'
            when copy_number > 1 and is_same then 'duplicate'
            when copy_number > 1 then 'conflict'
            else version_outcome
        end as outcome
    from judged_rows
),

final as (
    select
        is_synthetic,
        document_key,
        load_id,
        sheet,
        row_number,
        piece,
        outcome,
        outcome = 'current' and clashes and is_open as has_conflict,
        case when clashes then conflict_key end as conflict_key,
        case
            when not clashes then null
            when version_outcome <> 'current' then 'past'
            when is_open then 'open'
            else 'decided'
        end as conflict_status
    from with_outcome
    where outcome <> 'current' or clashes
)

select * from final
{%- endmacro %}
