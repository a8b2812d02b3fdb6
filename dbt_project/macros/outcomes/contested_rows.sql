{# The rows of documents that came more than once, in more than one version, or say themselves that they are out.
   Nearly all documents come once: one pass over hashes finds the few that need a closer look. #}
{% macro contested_rows(feed, about) -%}
{%- set rows = rows_to_judge(feed) -%}
loads as (
    select * from {{ ref('stg_control__loads') }}
),

decisions as (
    select * from {{ ref('stg_control__decisions') }}
    where feed = '{{ feed }}'
),

items as (
    {% if 'agency_code' in about.document -%}
    select rows_as_sent.*, loads.agency_code, {{ hash_of(['is_synthetic'] + about.document) }} as document_hash
    from {{ rows }} as rows_as_sent
    inner join loads on rows_as_sent.load_id = loads.load_id
    {%- else -%}
    select *, {{ hash_of(['is_synthetic'] + about.document) }} as document_hash
    from {{ rows }}
    {%- endif %}
),

suspects as (
    select document_hash
    from items
    group by document_hash
    having
        not {{ all_different(about.item) if about.item else 'count(*) = 1' }}
        or min({{ hash_of(['load_id'] + about.version) }}) <> max({{ hash_of(['load_id'] + about.version) }})
        {% if about.is_out -%}
        or count(*) filter (where {{ about.is_out }}) > 0
        {%- endif %}
    {% if about.replaces -%}
    union

    select {{ hash_of(['is_synthetic', about.replaces]) }} as document_hash
    from items
    where {{ about.replaces }} is not null

    union

    select document_hash
    from items
    where {{ about.replaces }} is not null
    {%- endif %}
),

contested_keys as (
    select
        items.load_id,
        items.sheet,
        items.row_number,
        items.piece,
        items.is_synthetic,
        items.document_hash,
        {{ key_text(about.document) }} as document_key,
        {{ about.item or 1 }} as item,
        {{ hash_of(about.version) }} as version_hash,
        {% for column in about.newest_by -%}
        {{ column }} as newest_{{ loop.index }},
        {% endfor -%}
        {% for expression in about.get('settled_by', []) -%}
        {{ expression }} as settled_{{ loop.index }},
        {% endfor -%}
        {{ about.is_out or 'false' }} as is_out,
        {{ about.replaces or 'cast(null as varchar)' }} as replaces,
        {{ hash_of(about.unchangeable) if about.unchangeable else 0 }} as unchangeable_hash
    from items
    inner join suspects on items.document_hash = suspects.document_hash
),

-- What a row says matters only where a version came more than once, and reading it means reading every column.
repeated as (
    select distinct document_hash
    from (
        select document_hash
        from contested_keys
        group by document_hash, version_hash
        having min(load_id) <> max(load_id) or count(*) <> count(distinct item)
    )
),

contents as (
    select
        items.load_id,
        items.sheet,
        items.row_number,
        items.piece,
        {{ hash_of(about.header) if about.header else 0 }} as header_hash,
        {{ hash_of(content_of(rows)) }} as content_hash
    from items
    inner join repeated on items.document_hash = repeated.document_hash
),

contested as (
    select
        contested_keys.*,
        coalesce(contents.header_hash, 0) as header_hash,
        coalesce(contents.content_hash, 0) as content_hash
    from contested_keys
    left join contents
        on
            contested_keys.load_id = contents.load_id
            and contested_keys.row_number = contents.row_number
            and contested_keys.sheet = contents.sheet
            and contested_keys.piece = contents.piece
)
{%- endmacro %}
