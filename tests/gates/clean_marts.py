"""Small clean marts with the columns that dbt gives them: two cities of West Java over the same months of two years."""

import duckdb
from clean_applied import make_applied
from clean_comparisons import make_comparisons
from clean_dimensions import make_dimensions
from clean_exporters import make_exporter_marts
from clean_growth import make_contributions
from clean_makers import make_makers
from clean_outcomes import make_outcomes

LOADS = ["load-a", "load-b"]

_TRACE = "load_id varchar, sheet varchar, row_number bigint, piece integer"
_SMALL = "is_synthetic boolean, has_conflict boolean"
_MEASURES = f"quantity decimal(24, 4), quantity_unit varchar, net_weight_kg decimal(24, 4), {_SMALL}"

TABLES = f"""
create schema control; create schema seeds; create schema intermediate; create schema marts;
create table control.loads (load_id varchar, feed varchar, published_since varchar);
insert into control.loads (load_id, feed) values ('load-a', 'peb'), ('load-b', 'ska');
create table seeds.ranking_rules as select 'headline' as rule_name, 1 as rule_version, basis,
    date '2020-01-01' as valid_from, 100000.00::decimal(18, 2) as floor_usd, 3 as minimum_exporters,
    2.00::decimal(5, 2) as max_coverage_gap_points, 1 as lag_months, true as is_headline
    from (values ('peb'), ('ska')) as t (basis);

create table marts.dim_region as
    select format('{{:02d}}', p) as region_code, 'Provinsi ' || p as region_name, 1 as region_level,
        format('{{:02d}}', p) as province_code, true as is_current
    from (select * from range(1, 38) as r (p) union all select 99) where p <> 32 union all
    select '32', 'Jawa Barat', 1, '32', true union all
    select '32.' || lpad(n::varchar, 2, '0'), 'Kota ' || n, 2, '32', true from range(1, 28) as r (n) union all
    select format('{{:02d}}.{{:02d}}', 1 + n // 90, 1 + n % 90), 'Kota lain ' || n, 2,
        format('{{:02d}}', 1 + n // 90), true from range(487) as r (n) union all
    select '91.99', 'Kabupaten lama', 2, '91', false union all
    select '00.00', 'Tidak diketahui', 2, '00', true;
create table marts.dim_country as select unnest(['ID', 'AU', 'JP', 'ZZ']) as country_code;
create table marts.dim_source_file as select load_id, feed, load_id || '.csv' as file_name, 'f00' as sha256
    from control.loads union all select 'unknown', 'unknown', 'Tidak diketahui', '';

create table intermediate.int_exchange_rates_reference as
    select currency, make_date(y::int, m::int, 16) as day, 14250::decimal(24, 4) as lowest_ndpbm,
        15750::decimal(24, 4) as highest_ndpbm
    from (values ('AUD'), ('USD')) as t (currency), range(2023, 2025) as a (y), range(1, 3) as b (m);

create table marts.fct_export_item (nomor_aju varchar, note_number integer, item_number integer,
    exporter_party_key varchar, registered_on date, region_code varchar, stated_region_code varchar,
    destination_country_code varchar, stated_country_code varchar, hs_code varchar, is_in_scope boolean,
    currency varchar, stated_fob decimal(24, 2), fob_usd decimal(18, 2), rate_source varchar, rate_date date,
    ndpbm decimal(24, 4), fob_idr decimal(24, 2), {_MEASURES}, {_TRACE});
create table marts.fct_certificate_item (certificate_number varchar, item_number integer, form varchar,
    exporter_party_key varchar, issued_on date,
    region_code varchar, maker_region_code varchar, destination_country_code varchar, hs_code varchar,
    value_basis varchar, currency varchar, stated_value decimal(24, 2), value_usd decimal(18, 2), rate_source varchar,
    rate_date date, {_MEASURES}, {_TRACE});
create table marts.fct_buyer_lead (lead_id varchar, region_code varchar, {_SMALL}, {_TRACE});
create table marts.fct_exhibition_participation (event_code varchar, participation_number integer,
    region_code varchar, {_SMALL}, {_TRACE});
create table marts.fct_programme_enrolment (agency_code varchar, programme_code varchar, enrolment_number integer,
    region_code varchar, {_SMALL}, {_TRACE});
create table marts.fct_programme_target (target_id varchar, area_number integer, region_code varchar,
    {_SMALL}, {_TRACE});
create table marts.fct_readiness_assessment (visit_id varchar, region_code varchar, {_SMALL}, {_TRACE});
create table marts.fct_reported_figure (figure_id varchar, region_code varchar, {_SMALL}, {_TRACE},
    value decimal(24, 4), unit varchar, value_precision varchar);
"""

# Three exporters of city 1 and three of city 2, January and February of two years; one document has two items.
FACTS = """
insert into marts.fct_export_item by name
    select format('050130ABCDEF{}{:02d}15{:06d}', y, m, c * 100 + e) as nomor_aju, i as item_number,
        'p1_' || c || e as exporter_party_key, make_date(y::int, m::int, 16) as registered_on,
        '32.0' || c as region_code, 'AU' as destination_country_code, '44201000' as hs_code, true as is_in_scope,
        if(e = 1, 'AUD', 'USD') as currency, 100000 * (y - 2022) as stated_fob, 100000 * (y - 2022) as fob_usd,
        if(e = 1, 'ecb', 'stated') as rate_source, if(e = 1, make_date(y::int, m::int, 15), null) as rate_date,
        15000 as ndpbm, 1500000000 * (y - 2022) as fob_idr, 1 as net_weight_kg, true as is_synthetic,
        false as has_conflict,
        'load-a' as load_id,
        '' as sheet,
        row_number() over (order by y, m, c, e, i) as row_number
    from range(2023, 2025) as a (y), range(1, 3) as b (m), range(1, 3) as d (c), range(1, 4) as f (e),
        range(1, 3) as g (i)
    where i = 1 or e = 3;
insert into marts.fct_certificate_item by name
    select e || '/BDG/' || y as certificate_number, 1 as item_number, 'unknown' as exporter_party_key,
        make_date(y::int, 1, 16) as issued_on,
        '32.01' as region_code, '00.00' as maker_region_code, 'JP' as destination_country_code, '442010' as hs_code,
        'fob' as value_basis, 'USD' as currency, 100000 * (y - 2022) as stated_value, 100000 * (y - 2022) as value_usd,
        'stated' as rate_source, 1 as net_weight_kg, true as is_synthetic, false as has_conflict, 'load-b' as load_id,
        '' as sheet,
        row_number() over (order by y, e) as row_number
    from range(2023, 2025) as a (y), range(1, 13) as b (e);
"""

MONTHS = """
create or replace table marts.mart_city_export_month as
    select basis, is_synthetic, region_code, date_trunc('month', day)::date as month,
        sum(usd)::decimal(24, 2) as fob_usd, sum(idr)::decimal(24, 2) as fob_idr, 0::decimal(24, 4) as net_weight_kg,
        count(*) as items, count(distinct document) as documents, count(distinct document) as exporters,
        0::bigint as exporters_unresolved,
        0::bigint as items_without_rate, 0::bigint as items_out_of_scope, 0::decimal(24, 2) as fob_usd_out_of_scope
    from (select 'peb' as basis, is_synthetic, region_code, registered_on as day, fob_usd as usd, fob_idr as idr,
            nomor_aju as document from marts.fct_export_item union all
        select 'ska', is_synthetic, region_code, issued_on, value_usd, null, certificate_number
        from marts.fct_certificate_item)
    group by all;
"""

# City 1 doubles and so does city 2: they tie. The other 25 export nothing.
RANKING = """
create or replace table marts.mart_city_ranking as
    with sums as (
        select 'headline' as rule_name, 1 as rule_version, true as is_in_force, t.basis, 'fob_usd' as measure,
            true as is_synthetic, '32' as province_code, 2024 as year, t.through_month, r.region_code, r.region_name,
            t.months as months_compared, t.used as months_used, '' as months_left_out,
            coalesce(sum(fob_usd) filter (where year(month) = 2023), 0)::decimal(24, 2) as base_usd,
            coalesce(sum(fob_usd) filter (where year(month) = 2024), 0)::decimal(24, 2) as current_usd,
            if(count(month) > 0, 3, 0) as exporters, if(count(month) > 0, 1, 0) as exporters_unresolved
        from (values ('peb', date '2024-02-01', 2, '2024-01,2024-02'), ('ska', date '2024-01-01', 1, '2024-01'))
            as t (basis, through_month, months, used)
        join marts.dim_region as r on r.province_code = '32' and r.region_level = 2
        left join marts.mart_city_export_month as m on m.basis = t.basis and m.region_code = r.region_code
        group by all)
    select *, if(base_usd > 0, 1, null) as rank, current_usd - base_usd as change_usd,
        base_usd as base_amount, current_usd as current_amount,
        if(base_usd > 0, 100 * (current_usd - base_usd) / base_usd, null)::decimal(24, 2) as growth_pct,
        if(base_usd > 0, 200 * (current_usd - base_usd) / (base_usd + current_usd), null)::decimal(24, 2)
            as midpoint_growth_pct, null::decimal(24, 2) as growth_at_base_rates_pct,
        100::decimal(9, 2) as base_coverage_pct, 99::decimal(9, 2) as current_coverage_pct,
        50::decimal(9, 4) as match_rate_pct, date '2024-02-01' as cut_off_month, false as is_final,
        if(base_usd > 0, 2, null) as rank_without_largest, if(base_usd > 0, true, null) as depends_on_few,
        count(*) filter (where base_usd > 0) over (partition by basis) as cities_ranked,
        count(*) over (partition by basis) as cities_total, '' as flags,
        if(base_usd > 0, null, 'no_exports') as unranked_reason
    from sums;
"""

CONSERVATION = """
create table marts.mart_row_conservation as
    select feed, load_id, 'bea-cukai' as agency_code, load_id || '.csv' as file_name, 'loaded' as load_status,
        12 as rows_read, 1 as rows_skipped, 2 as rows_quarantined, 9 as rows_accepted, 0 as rows_made,
        2 as rows_current,
        1 as rows_superseded, 1 as rows_cancelled, 1 as rows_replaced, 1 as rows_duplicate, 1 as rows_conflict,
        1 as rows_invalid_correction, 1 as rows_unregistered, 0 as rows_left_out
    from control.loads;
create table marts.mart_conflict as
    select 'peb' as feed, 'document||' as conflict_key, load_id, 'bea-cukai' as agency_code,
        load_id || '.csv' as file_name, false as is_synthetic, 'decided' as conflict_status,
        load_id = 'load-a' as is_standing, 1 as conflict_rows, 'item_fob' as differing_columns
    from control.loads;
"""

# One amount by both rate sources, and the same report's own rupiah.
REPORTED = """
create table seeds.ref_currencies as select unnest(['AUD', 'IDR', 'USD']) as currency;
update marts.fct_reported_figure set value = 45000, value_precision = 'exact',
    unit = if(figure_id = 'figure-1', 'AUD', 'IDR');
create table marts.mart_reported_amount as
    select figure_id, rate_source, region_code, date '2021-09-14' as valued_on, value as stated_amount,
        unit as stated_currency, value_precision, date '2021-09-08' as rate_date,
        if(unit = 'IDR', null, 470000000)::decimal(18, 2) as converted_idr, 33000::decimal(18, 2) as converted_usd,
        is_synthetic, load_id
    from marts.fct_reported_figure, (values ('ecb'), ('kurs_pajak')) as rates (rate_source);
"""

SMALL = {
    "fct_buyer_lead": "'lead-' || n as lead_id", "fct_readiness_assessment": "'visit-' || n as visit_id",
    "fct_exhibition_participation": "'INACRAFT-2023-1' as event_code, n as participation_number",
    "fct_programme_enrolment": "'unknown' as agency_code, 'JATIM' as programme_code, n as enrolment_number",
    "fct_programme_target": "'target' as target_id, n as area_number",
    "fct_reported_figure": "'figure-' || n as figure_id",
}


def make_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all gated marts, clean."""
    for statements in (TABLES, FACTS, MONTHS, RANKING, CONSERVATION):
        connection.execute(statements)
    for table, key in SMALL.items():
        connection.execute(f"""insert into marts.{table} by name select {key}, '32.76' as region_code,
            false as is_synthetic, false as has_conflict, 'load-a' as load_id, '' as sheet, n as row_number,
            0 as piece
            from range(1, 3) as r (n)""")
    connection.execute(REPORTED)
    connection.execute("update marts.dim_region set region_code = '32.76' where region_code = '32.27'")
    connection.execute("update marts.mart_city_ranking set region_code = '32.76' where region_code = '32.27'")
    make_dimensions(connection)
    make_exporter_marts(connection)
    make_outcomes(connection)
    make_makers(connection)
    make_contributions(connection)
    make_applied(connection)
    make_comparisons(connection)
