"""Small clean dimensions and bridges, and the keys by which the small facts join them."""

import duckdb

DIMENSIONS = """
create or replace table marts.dim_region as
    select hash(region_code) as region_version_key, *, region_code as current_region_code,
        date '1900-01-01' as valid_from, date '9999-12-31' as valid_to
    from marts.dim_region where is_current;
insert into marts.dim_region by name
    select hash(n) as region_version_key, '91.' || n as region_code, 'Kabupaten lama' as region_name,
        2 as region_level, '91' as province_code, false as is_current, region_code as current_region_code,
        date '1900-01-01' as valid_from, date '2022-07-25' as valid_to
    from (select *, 70 + row_number() over (order by region_code) as n from marts.dim_region
        where region_level = 2 and region_code > '01.50' limit 26);
update marts.dim_region set valid_from = date '2022-07-25'
    where is_current and current_region_code in (select current_region_code from marts.dim_region where not is_current);

create table marts.dim_agency as select unnest(['bea-cukai', 'unknown']) as agency_code, 'Dinas' as agency_name,
    '00.00' as region_code;
create table marts.dim_date as
    select day::date as date_day, date_trunc('month', day)::date as month_start, false as is_inferred,
        false as is_unknown
    from generate_series(date '2023-01-01', date '2024-12-31', interval 1 day) as t (day)
    union all select date '1850-05-01', date '1850-05-01', true, false
    union all select date '1900-01-01', date '1900-01-01', false, true;
create table marts.dim_event as select unnest([0, 7])::bigint as event_key,
    unnest(['UNKNOWN', 'INACRAFT-2023-1']) as event_code, false as is_synthetic, 'Inacraft' as event_name;
create table marts.dim_programme as select unnest([0, 8])::bigint as programme_key,
    unnest(['UNKNOWN', 'JATIM']) as programme_code, false as is_synthetic, 'Program' as programme_name;
create table marts.dim_funding_source as select unnest(['apbn', 'mitra', 'unknown']) as funding_source_code,
    'APBN' as funding_source_name_id;
create table marts.dim_product as select unnest(['44', '00', '44201000', '442010']) as hs_code,
    unnest([2, 2, 8, 6]) as hs_level, 'Kayu' as chapter_name_id;
create table marts.dim_exporter as
    select exporter_party_key as party_key, 'PT' as exporter_name, '32.01' as region_code,
        date '2023-01-01' as first_month_seen, date '2024-01-01' as last_month_seen
    from marts.fct_export_item group by all union all select 'unknown', '', '00.00', null, null;
create table marts.bridge_party_business as
    select party_key, md5(party_key) as ikm_id, 'alone' as resolved_by, true as is_identified,
        false as has_open_review, 1 as parties, true as is_synthetic
    from marts.dim_exporter where party_key <> 'unknown'
    union all from (values ('p1_a', 'ikm_a', 'identifier', true, true, 2, false),
        ('p1_b', 'ikm_a', 'decision', true, true, 2, false),
        ('unknown', 'unknown', 'alone', false, false, 1, false));
create table marts.dim_ikm as
    select n as ikm_version_key, ikm_id, valid_from, valid_to, valid_to = '9999-12-31' as is_current,
        offices > 0 as is_listed, offices, false as is_inferred, 'CV' as business_name, '32.01' as region_code,
        'unknown' as agency_code
    from (values (1, 'unknown', date '1900-01-01', date '9999-12-31', 0),
        (2, 'ikm_a', date '1900-01-01', date '2022-01-01', 0),
        (3, 'ikm_a', date '2022-01-01', date '9999-12-31', 1)) as t (n, ikm_id, valid_from, valid_to, offices);
create table marts.bridge_ikm_product as
    select ikm_version_key, number as product_number, ikm_id, 'tas' as product_name, false as is_synthetic
    from marts.dim_ikm, range(2) as r (number);

create or replace table marts.fct_buyer_lead as select *, 'unknown' as agency_code, 7::bigint as event_key,
    'p1_a' as party_key, date '2023-03-05' as recorded_on, 'JP' as buyer_country_code from marts.fct_buyer_lead;
create or replace table marts.fct_exhibition_participation as select *, 'unknown' as agency_code,
    7::bigint as event_key, 'p1_a' as party_key, date '2023-03-05' as starts_on, date '2023-03-05' as ends_on,
    date '2023-03-05' as recorded_on, 'several' as funding_source_code, row_number::bigint as participation_key,
    3 as participants, 100::decimal(24, 2) as funding_idr from marts.fct_exhibition_participation;
insert into marts.dim_funding_source values ('several', 'Beberapa');
create or replace table marts.fct_programme_enrolment as select *, row_number as enrolment_key,
    8::bigint as programme_key, 'p1_a' as party_key, 'apbn' as funding_source_code, 'trained' as enrolment_status,
    date '2023-01-05' as recorded_on, date '2023-01-02' as listed_on, date '2023-01-03' as enrolled_on,
    date '2023-01-04' as trained_on, date '2023-02-01' as assessed_on, null::date as ready_on,
    date '2023-03-05' as exhibited_on, null::date as first_lead_on, null::date as first_order_on,
    date '2023-04-01' as first_export_on from marts.fct_programme_enrolment;
create or replace table marts.fct_programme_target as select *, 'unknown' as agency_code, 8::bigint as programme_key,
    date '2023-03-05' as stated_on from marts.fct_programme_target;
create or replace table marts.fct_readiness_assessment as select *, 'unknown' as agency_code,
    8::bigint as programme_key, 'p1_a' as party_key, date '2023-03-05' as visited_on,
    100::decimal(24, 4) as capacity_per_month, 120::decimal(24, 4) as demand_per_month,
    -20::decimal(24, 4) as capacity_gap_per_month, false as capacity_covers_demand
    from marts.fct_readiness_assessment;
create or replace table marts.fct_reported_figure as select *, 'unknown' as agency_code, 7::bigint as event_key,
    date '2023-03-05' as stated_on from marts.fct_reported_figure;

create table marts.bridge_participation_funding as
    select participation_key, code as funding_source_code, event_key, heads as participants,
        paid::decimal(24, 2) as funding_idr, basis as heads_basis, is_synthetic, load_id
    from marts.fct_exhibition_participation,
        (values ('apbn', 2, null, 'stated'), ('mitra', 0, null, 'not_stated'), ('unknown', 1, 100, 'rest'))
            as t (code, heads, paid, basis);
"""


def make_dimensions(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the gated dimensions and bridges, clean, and give the small facts their keys."""
    connection.execute(DIMENSIONS)
