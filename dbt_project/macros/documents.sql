{# How each feed tells its documents, and which of their versions counts. A row of a small feed is a document of
   one item; the edition of a roster is one document of its office, whose items are its lines.

   rows           staging model of the feed
   counted_in     the fact that holds the rows that count; none where staging itself is read
   document       columns that name a document; agency_code is the office that sent the file
   item           column that numbers the lines of a document; none where a document is one line
   version        columns that tell its versions apart in one file
   newest_by      columns by which the newest version is found (versionBy of the contract)
   settled_by     expressions over a version: a later state of the same version goes before an earlier one
   is_out         expression over a version: cancelled by its own words
   replaces       column that names the document this one replaces
   header         columns that hold for a document as a whole: two files that differ in one contradict each other
   unchangeable   columns that a later version must not change #}
{% macro documents() -%}
{%- do return({
    'agency_roster': {
        'rows': 'stg_roster__businesses', 'document': ['agency_code'], 'item': 'roster_number', 'version': ['as_of'],
        'newest_by': ['as_of']},
    'bps_export_total': {
        'rows': 'stg_bps__export_totals',
        'document': ['export_month', 'bps_province_code', 'counted_at', 'commodity_group'],
        'version': ['published_on'], 'newest_by': ['published_on'], 'settled_by': ["figure_status = 'final'"]},
    'buyer_lead': {
        'rows': 'stg_buyers__leads', 'counted_in': 'fct_buyer_lead', 'document': ['lead_id'],
        'version': ['recorded_on'], 'newest_by': ['recorded_on']},
    'exchange_rate': {
        'rows': 'stg_kmk__exchange_rates', 'document': ['valid_from', 'currency'], 'version': ['valid_to'],
        'newest_by': ['valid_to']},
    'exhibition_participation': {
        'rows': 'stg_exhibition__participations', 'counted_in': 'fct_exhibition_participation',
        'document': ['event_code', 'participation_number'], 'version': ['recorded_on'], 'newest_by': ['recorded_on']},
    'exporter_register': {
        'rows': 'stg_register__exporters', 'document': ['agency_code'], 'item': 'register_number',
        'version': ['as_of'], 'newest_by': ['as_of']},
    'peb': {
        'rows': 'stg_peb__items', 'counted_in': 'fct_export_item', 'document': ['nomor_aju'], 'item': 'item_number',
        'version': ['note_number'], 'newest_by': ['note_date', 'note_number'],
        'settled_by': ['cancelled_on', 'registered_on'], 'is_out': 'cancelled_on is not null',
        'replaces': 'replaces_nomor_aju',
        'header': ['office_code', 'registration_number', 'export_type_code', 'destination_country_code', 'currency',
            'ndpbm', 'header_fob', 'exporter_party_key'],
        'unchangeable': ['exporter_party_key', 'office_code', 'export_type_code']},
    'programme_enrolment': {
        'rows': 'stg_enrolment__members', 'counted_in': 'fct_programme_enrolment',
        'document': ['agency_code', 'programme_code', 'enrolment_number'], 'version': ['recorded_on'],
        'newest_by': ['recorded_on']},
    'programme_target': {
        'rows': 'stg_programme__targets', 'counted_in': 'fct_programme_target', 'document': ['target_id'],
        'item': 'area_number', 'version': ['stated_on'], 'newest_by': ['stated_on']},
    'readiness_assessment': {
        'rows': 'stg_readiness__visits', 'counted_in': 'fct_readiness_assessment', 'document': ['visit_id'],
        'version': ['visited_on'], 'newest_by': ['visited_on']},
    'reported_figure': {
        'rows': 'stg_reports__figures', 'counted_in': 'fct_reported_figure', 'document': ['figure_id'],
        'version': ['stated_on'], 'newest_by': ['stated_on']},
    'ska': {
        'rows': 'stg_ska__items', 'counted_in': 'fct_certificate_item', 'document': ['certificate_number'],
        'item': 'item_number', 'version': ['amended_on'], 'newest_by': ['amended_on', 'issued_on'],
        'settled_by': ["status in ('cancelled', 'replaced')"], 'is_out': "status in ('cancelled', 'replaced')",
        'replaces': 'replaces_number',
        'header': ['form', 'issuer_code', 'status', 'destination_country_code', 'exporter_region_code',
            'exporter_party_key']},
}) -%}
{%- endmacro %}

{# What a copy of a row must agree in to be the same row: every column of staging but where it was found. #}
{% macro content_of(rows) -%}
    {%- set names = [] -%}
    {%- if execute -%}
        {%- for column in adapter.get_columns_in_relation(rows)
            if column.name not in ['load_id', 'sheet', 'row_number', 'piece', 'is_synthetic'] -%}
            {%- do names.append(column.name) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do return(names or ['row_number']) -%}
{%- endmacro %}

{# Columns as one text with bars between, to read and to join by. #}
{% macro key_text(columns) -%}
    concat_ws('|', {% for column in columns %}coalesce(cast({{ column }} as varchar), ''){{ ', ' if not loop.last }}{% endfor %})
{%- endmacro %}

{# The rows of a staging model that count, with has_conflict: whether another file says otherwise and nobody has
   decided yet. #}
{% macro counted_rows(feed, rows) -%}
    select rows_as_found.*, coalesce(outcomes.has_conflict, false) as has_conflict
    from {{ rows }} as rows_as_found
    left join {{ ref(outcomes_of(feed)) }} as outcomes
        on
            rows_as_found.load_id = outcomes.load_id
            and rows_as_found.row_number = outcomes.row_number
            and rows_as_found.sheet = outcomes.sheet
            and rows_as_found.piece = outcomes.piece
    where outcomes.load_id is null or outcomes.outcome = 'current'
{%- endmacro %}

{# int_peb__row_outcomes for stg_peb__items. #}
{% macro outcomes_of(feed) -%}
    {%- do return('int_' ~ documents()[feed].rows.split('__')[0].removeprefix('stg_') ~ '__row_outcomes') -%}
{%- endmacro %}
