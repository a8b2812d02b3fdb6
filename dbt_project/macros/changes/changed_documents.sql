{# The documents of a feed that a run has to judge anew: those with rows in a load that came or went since the last
   release (control.changed_documents), those of a conflict on which a person decided otherwise, those whose amounts or
   places rest on an exchange rate or a registered region that is another now (`moved`, SQL that gives their keys); and
   with each all documents that it replaces or that replace it, since one decides whether the other counts. Empty in a
   whole build, where nobody asks. #}
{% macro changed_documents(feed, moved) -%}
{%- set about = documents()[feed] -%}
{%- set document = about.document[0] -%}
{#- Said whatever is built, or dbt would know another graph in a whole build. -#}
{%- set sent, decided_otherwise = ref('stg_control__changed_documents'), ref('stg_control__changed_decisions') -%}
{%- set rows = ref(about.rows) -%}
{%- if is_whole_build() -%}
    select cast(null as varchar) as document_key, cast(null as boolean) as is_synthetic
    where false
{%- else -%}
    {{ recursive_with() }}

    sent as (
        select document_key, is_synthetic
        from {{ sent }}
        where feed = '{{ feed }}'
    ),

    decided_otherwise as (
        select conflict_key
        from {{ decided_otherwise }}
        where feed = '{{ feed }}'
    ),

    decided as (
        select document_key, is_synthetic
        from {{ as_built_before('intermediate', outcomes_of(feed)) }}
        where conflict_key in (select conflict_key from decided_otherwise)
    ),

    moved as (
        {{ moved }}
    ),

    links as (
        select {{ document }} as document_key, {{ about.replaces }} as other_key, is_synthetic
        from {{ rows }}
        where {{ about.replaces }} is not null
    ),

    both_ways as (
        select document_key, other_key, is_synthetic from links
        union
        select other_key as document_key, document_key as other_key, is_synthetic from links
    ),

    touched as (
        select document_key, is_synthetic from sent
        union
        select document_key, is_synthetic from decided
        union
        select document_key, is_synthetic from moved
    ),

    reached as (
        select document_key, is_synthetic from touched
        union
        select both_ways.other_key, both_ways.is_synthetic
        from both_ways
        inner join reached
            on both_ways.document_key = reached.document_key and both_ways.is_synthetic = reached.is_synthetic
    ),

    final as (
        select document_key, is_synthetic from reached
    )

    select * from final
{%- endif %}
{%- endmacro %}

{# The rows that a relation has of changed documents: staging, or the fact. #}
{% macro of_changed_documents(feed, relation) -%}
{%- set changed = ref(changed_documents_of(feed)) -%}
    select * from {{ relation }}
    {%- if not is_whole_build() %}
    where {{ in_changed(changed, keys_of_document(feed)) }}
    {%- endif %}
{%- endmacro %}

{# Where and when items of changed documents stood before this run, in the fact as the run before left it. #}
{% macro places_before(feed, fact, day) -%}
{%- set changed = ref(changed_documents_of(feed)) -%}
    {%- if is_whole_build() %}
    select
        cast(null as boolean) as is_synthetic,
        cast(null as varchar) as region_code,
        cast(null as date) as {{ day }}
    where false
    {%- else %}
    select is_synthetic, region_code, {{ day }}
    from {{ as_built_before('marts', fact) }}
    where {{ in_changed(changed, keys_of_document(feed)) }}
    {%- endif %}
{%- endmacro %}

{# int_peb__changed_documents #}
{% macro changed_documents_of(feed) -%}
    {%- do return('int_' ~ feed ~ '__changed_documents') -%}
{%- endmacro %}

{# How a row names its document, against what changed_documents calls it. #}
{% macro keys_of_document(feed) -%}
    {%- do return({documents()[feed].document[0]: 'document_key', 'is_synthetic': 'is_synthetic'}) -%}
{%- endmacro %}

{# Feeds whose documents are judged anew only where they changed, and so are not read whole each day. #}
{% macro feeds_by_document() -%}
    {%- do return(['peb', 'ska']) -%}
{%- endmacro %}

{# The rows that a run judges: those of changed documents, of small feeds all. #}
{% macro rows_to_judge(feed) -%}
    {%- do return(ref('int_' ~ feed ~ '__changed_items') if feed in feeds_by_document()
                  else ref(documents()[feed].rows)) -%}
{%- endmacro %}
