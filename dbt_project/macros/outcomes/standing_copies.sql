{# What each file says of a version, and which of the files that contradict each other stands. #}
{% macro standing_copies(about, newest, states) -%}
-- What one file says of one version of a document.
copies as (
    select
        is_synthetic,
        document_key,
        version_hash,
        load_id,
        {% for name in states -%}
        max({{ name }}) as {{ name }},
        {% endfor -%}
        bool_or(is_out) as is_out,
        max(replaces) as replaces,
        max(unchangeable_hash) as unchangeable,
        count(distinct item) as items,
        {{ content_of_group(['header_hash']) }} as header,
        {{ content_of_group(['content_hash']) }} as content
    from contested
    group by is_synthetic, document_key, version_hash, load_id
),

weighed as (
    select
        copies.*,
        {{ hash_of(newest) }} as version,
        {{ hash_of(states) }} as state,
        {{ key_text(['copies.document_key'] + newest) }} as conflict_key,
        loads.sha256,
        loads.published_since,
        coalesce(decisions.is_chosen, false) as is_chosen,
        decisions.feed is not null as is_known
    from copies
    inner join loads on copies.load_id = loads.load_id
    left join decisions
        on
            loads.sha256 = decisions.sha256
            and loads.agency_code = decisions.agency_code
            and {{ key_text(['copies.document_key'] + newest) }} = decisions.conflict_key
),

clashes as (
    select weighed.is_synthetic, weighed.document_key, weighed.state
    from contested
    inner join weighed
        on
            contested.is_synthetic = weighed.is_synthetic
            and contested.document_key = weighed.document_key
            and contested.version_hash = weighed.version_hash
            and contested.load_id = weighed.load_id
    group by weighed.is_synthetic, weighed.document_key, weighed.state, contested.item
    having min(contested.content_hash) <> max(contested.content_hash)

    union

    select is_synthetic, document_key, state
    from weighed
    group by is_synthetic, document_key, state
    having min(header) <> max(header)
),

ranked as (
    select
        weighed.*,
        clashes.state is not null as clashes,
        row_number() over by_standing as place,
        weighed.content = first_value(weighed.content) over by_standing as stands,
        first_value(weighed.is_chosen) over by_standing as is_decided
    from weighed
    left join clashes
        on
            weighed.is_synthetic = clashes.is_synthetic
            and weighed.document_key = clashes.document_key
            and weighed.state = clashes.state
    window by_standing as (
        partition by weighed.is_synthetic, weighed.document_key, weighed.state
        order by
            weighed.is_chosen desc, weighed.is_known, weighed.published_since nulls last, weighed.items desc,
            weighed.content, weighed.sha256, weighed.load_id
    )
),

-- A copy that nobody had seen when the decision was made opens the question again.
open_states as (
    select is_synthetic, document_key, state
    from ranked
    where clashes and (not is_decided or (not stands and not is_known))
    group by is_synthetic, document_key, state
)
{%- endmacro %}
