"""Clean marts of growth, exporters, revisions and BPS beside those of `clean_marts`, made from its city months."""

import duckdb

# Cities times months; of the two years there are, the second has a base.
GROWTH = """
create table marts.mart_city_export_growth as
    with months as (
        select basis, is_synthetic, r.region_code, month as through_month, coalesce(m.fob_usd, 0) as fob_usd,
            if(year(month) = 2024, coalesce(m.fob_usd, 0), 0) as current_usd,
            if(year(month) = 2024, coalesce(b.fob_usd, 0), 0) as base_usd, (year(month) = 2024)::int as compared
        from (select distinct basis, is_synthetic, month from marts.mart_city_export_month)
        cross join (select region_code from marts.dim_region where region_level = 2 and province_code = '32') as r
        left join marts.mart_city_export_month as m using (basis, is_synthetic, region_code, month)
        left join (select basis, is_synthetic, region_code, month + interval 1 year as month, fob_usd
            from marts.mart_city_export_month) as b using (basis, is_synthetic, region_code, month)
        where basis is not null),
    windows as (
        select w.basis, w.is_synthetic, w.region_code, kind as window_kind, w.through_month,
            sum(m.base_usd) as base_usd, sum(m.current_usd) as current_usd, sum(m.fob_usd) as fob_usd,
            sum(m.compared)::int as months_compared,
            case kind when 'month' then 1 when 'year_to_date' then month(w.through_month) else 12 end
                as months_in_window
        from months as w cross join (values ('month'), ('year_to_date'), ('trailing_12_months')) as k (kind)
        join months as m on m.basis = w.basis and m.is_synthetic = w.is_synthetic and m.region_code = w.region_code
            and m.through_month <= w.through_month and case kind when 'month' then m.through_month = w.through_month
                when 'year_to_date' then year(m.through_month) = year(w.through_month)
                else m.through_month > w.through_month - interval 12 month end
        group by all)
    select basis, is_synthetic, region_code, window_kind, through_month, 'Kota' as region_name, '32' as province_code,
        base_usd::decimal(24, 2) as base_usd, current_usd::decimal(24, 2) as current_usd,
        (current_usd - base_usd)::decimal(24, 2) as change_usd,
        (100 * (current_usd - base_usd) / nullif(base_usd, 0))::decimal(24, 2) as growth_pct,
        if(base_usd > 0, 3, 0) as base_exporters, if(current_usd > 0, 3, 0) as exporters,
        if(current_usd > 0, 1, 0) as exporters_unresolved,
        months_compared, months_in_window, months_compared = months_in_window as is_comparable,
        true as is_month_complete,
        case when base_usd > 0 then null when months_compared = 0 then 'no_month_to_compare' else 'no_exports' end
            as no_growth_reason, fob_usd::decimal(24, 2) as fob_usd, 0 as items_without_rate
    from windows;
"""

# Cities have two months a year; the province of Central Java two whole years.
DYNAMICS = """
create table marts.mart_exporter_dynamics as
    select basis, is_synthetic, 'city' as place_level, region_code as place_code, year(month)::int as year,
        2 as months_covered, false as is_whole_year, 3 as exporters, 0 as exporters_unresolved,
        0::decimal(24, 4) as unresolved_share_pct, null::int as exporters_last_year,
        null::int as entrants, null::int as continuing, null::int as exiters, null::int as survivors,
        null::decimal(24, 4) as entry_rate_pct, null::decimal(24, 4) as exit_rate_pct,
        null::decimal(24, 4) as survival_rate_pct, sum(fob_usd)::decimal(24, 2) as fob_usd,
        0::decimal(24, 2) as unknown_exporter_usd, null::decimal(24, 2) as top5_firms_usd,
        null::decimal(24, 4) as top5_firms_share_pct, null::int as products, null::decimal(9, 2) as hhi_products,
        null::int as markets, null::decimal(9, 2) as hhi_markets
    from marts.mart_city_export_month group by all;
insert into marts.mart_exporter_dynamics values
    ('peb', true, 'province', '33', 2021, 12, true, 4, 2, 50, null, null, null, null, null, null, null, null,
        100, 10, 80, 80, 2, 5000, 1, 10000),
    ('peb', true, 'province', '33', 2022, 12, true, 5, 1, 20, 4, 2, 3, 1, 1, 40, 25, 50,
        200, 0, 50, 25, 2, 5200, 4, 2500);
"""

IKM = """
create table marts.mart_ikm_share as
    with periods as (
        select basis, is_synthetic, region_code, 'month' as period_kind, month as period_start, fob_usd
        from marts.mart_city_export_month
        union all
        select basis, is_synthetic, region_code, 'year', date_trunc('year', month)::date, sum(fob_usd)
        from marts.mart_city_export_month group by all)
    select basis, is_synthetic, 'city' as place_level, region_code as place_code, period_kind, period_start,
        fob_usd::decimal(24, 2) as fob_usd, (fob_usd / 4)::decimal(24, 2) as ikm_usd,
        if(region_code = '32.01', fob_usd / 2, 0)::decimal(24, 2) as not_ikm_usd,
        if(region_code = '32.01', 0, fob_usd / 2)::decimal(24, 2) as no_roster_usd,
        (fob_usd / 4)::decimal(24, 2) as unknown_exporter_usd,
        if(region_code = '32.01', 33.3333, null)::decimal(24, 4) as ikm_share_pct,
        25::decimal(24, 4) as ikm_share_least_pct,
        if(region_code = '32.01', 50, 100)::decimal(24, 4) as ikm_share_most_pct,
        2 as exporters, 1 as exporters_unresolved, 1 as ikm_exporters,
        if(region_code = '32.01', 1, 0) as not_ikm_exporters,
        if(region_code = '32.01', 0, 1) as no_roster_exporters,
        if(region_code = '32.01', 50, null)::decimal(24, 4) as ikm_exporters_share_pct
    from periods;
"""

# Ten dollars were taken out a month later.
REVISIONS = """
create table marts.mart_revision_triangle as
    select basis, is_synthetic, 'city' as place_level, region_code as place_code, month as reference_month,
        lag::int as lag_months, (month + to_months(lag::int))::date as as_of_month,
        (fob_usd + if(lag = 0, 10, 0))::decimal(24, 2) as fob_usd, fob_usd as latest_usd,
        if(lag = 0, -10, 0)::decimal(24, 2) as change_since_usd, 0::decimal(24, 2) as undated_usd
    from marts.mart_city_export_month, range(2) as l (lag);
"""

BPS = """
create table marts.mart_bps_reconciliation as
    select true as is_synthetic, '32' as province_code, date '2024-01-01' as export_month, counted_at,
        'non_oil_gas' as commodity_group, '32' as bps_province_code, 0.9::decimal(24, 6) as stated_value,
        'million_usd' as value_unit, 'final' as figure_status, date '2024-03-01' as published_on,
        'Berita' as publication, 900000::decimal(24, 2) as bps_usd,
        if(counted_at = 'origin', 800000, null)::decimal(24, 2) as peb_usd,
        if(counted_at = 'origin', -100000, null)::decimal(24, 2) as difference_usd,
        if(counted_at = 'origin', 88.8889, null)::decimal(24, 4) as peb_to_bps_pct,
        if(counted_at = 'origin', null, 'by_port') as not_compared_reason, 'Karena terlambat.' as why_id,
        'load-b' as load_id, '' as sheet, 1::bigint as row_number, 0 as piece
    from (values ('origin'), ('port')) as t (counted_at);
"""


def make_exporter_marts(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the five marts, clean, after those they agree with."""
    for statements in (GROWTH, DYNAMICS, IKM, REVISIONS, BPS):
        connection.execute(statements)


_GROWTH, _DYNAMICS, _IKM = "marts.mart_city_export_growth", "marts.mart_exporter_dynamics", "marts.mart_ikm_share"
_REVISIONS, _BPS = "marts.mart_revision_triangle", "marts.mart_bps_reconciliation"
_ONE = "where region_code = '32.01' and basis = 'peb' and through_month = date '2024-02-01'"
_WHOLE = "where place_code = '33' and year = 2022"
_PLACE = "where place_code = '32.01' and basis = 'peb' and period_start = date '2024-02-01'"
_LAG = "where place_code = '32.01' and basis = 'peb' and reference_month = date '2024-02-01' and lag_months = 0"
_ORIGIN = "where counted_at = 'origin'"

# (table, expectation) -> what spoils the whole
EXPORTER_FAULTS = {
    ("mart_city_export_growth", "key_unique"): f"insert into {_GROWTH} from {_GROWTH} limit 1",
    ("mart_city_export_growth", "basis_known"): f"update {_GROWTH} set basis = 'both' {_ONE}",
    ("mart_city_export_growth", "window_kind_known"): f"update {_GROWTH} set window_kind = 'quarter' {_ONE}",
    ("mart_city_export_growth", "no_growth_reason_known"): f"update {_GROWTH} set no_growth_reason = 'luck' {_ONE}",
    ("mart_city_export_growth", "change_adds_up"): f"update {_GROWTH} set change_usd = change_usd + 0.01 {_ONE}",
    ("mart_city_export_growth", "growth_adds_up"): f"update {_GROWTH} set growth_pct = growth_pct + 0.01 {_ONE}",
    ("mart_city_export_growth", "growth_or_reason"): f"update {_GROWTH} set no_growth_reason = 'new' {_ONE}",
    ("mart_city_export_growth", "comparable_when_whole"):
        f"update {_GROWTH} set is_comparable = true where window_kind = 'trailing_12_months'",
    ("mart_city_export_growth", "equals_month_mart"):
        f"update {_GROWTH} set fob_usd = fob_usd + 0.01 {_ONE} and window_kind = 'month'",
    ("mart_city_export_growth", "windows_are_sums"):
        f"update {_GROWTH} set current_usd = current_usd + 0.01 {_ONE} and window_kind = 'trailing_12_months'",
    ("mart_city_export_growth", "agrees_with_ranking"):
        f"update {_GROWTH} set base_usd = base_usd + 0.01 {_ONE} and window_kind = 'year_to_date'",
    ("mart_exporter_dynamics", "key_unique"): f"insert into {_DYNAMICS} from {_DYNAMICS} limit 1",
    ("mart_exporter_dynamics", "basis_known"): f"update {_DYNAMICS} set basis = 'both' {_WHOLE}",
    ("mart_exporter_dynamics", "place_level_known"): f"update {_DYNAMICS} set place_level = 'island' {_WHOLE}",
    ("mart_exporter_dynamics", "flows_add_up"): f"update {_DYNAMICS} set entrants = 3 {_WHOLE}",
    ("mart_exporter_dynamics", "last_year_agrees"):
        f"update {_DYNAMICS} set exporters_last_year = 5, exiters = 2 {_WHOLE}",
    ("mart_exporter_dynamics", "rates_add_up"):
        f"update {_DYNAMICS} set entry_rate_pct = entry_rate_pct + 0.0001 {_WHOLE}",
    ("mart_exporter_dynamics", "only_whole_years"): f"update {_DYNAMICS} set exiters = 0 where place_code = '32.01'",
    ("mart_exporter_dynamics", "concentration_in_range"): f"update {_DYNAMICS} set hhi_markets = 2400 {_WHOLE}",
    ("mart_exporter_dynamics", "equals_month_mart"):
        f"update {_DYNAMICS} set fob_usd = fob_usd + 0.01 where place_code = '32.01'",
    ("mart_ikm_share", "key_unique"): f"insert into {_IKM} from {_IKM} limit 1",
    ("mart_ikm_share", "basis_known"): f"update {_IKM} set basis = 'both' {_PLACE}",
    ("mart_ikm_share", "place_level_known"): f"update {_IKM} set place_level = 'island' {_PLACE}",
    ("mart_ikm_share", "period_kind_known"): f"update {_IKM} set period_kind = 'quarter' {_PLACE}",
    ("mart_ikm_share", "parts_add_up"): f"update {_IKM} set no_roster_usd = no_roster_usd + 0.01 {_PLACE}",
    ("mart_ikm_share", "share_within_bounds"): f"update {_IKM} set ikm_share_pct = 50.1 {_PLACE}",
    ("mart_ikm_share", "no_share_without_roster"):
        f"update {_IKM} set ikm_share_pct = 100 where place_code = '32.02'",
    ("mart_ikm_share", "years_are_sums"): f"update {_IKM} set ikm_usd = ikm_usd + 0.01 {_PLACE}",
    ("mart_ikm_share", "equals_month_mart"): f"update {_IKM} set fob_usd = fob_usd + 0.01 {_PLACE}",
    ("mart_revision_triangle", "key_unique"): f"insert into {_REVISIONS} from {_REVISIONS} limit 1",
    ("mart_revision_triangle", "basis_known"): f"update {_REVISIONS} set basis = 'both' {_LAG}",
    ("mart_revision_triangle", "place_level_known"): f"update {_REVISIONS} set place_level = 'island' {_LAG}",
    ("mart_revision_triangle", "change_adds_up"): f"update {_REVISIONS} set change_since_usd = 0 {_LAG}",
    ("mart_revision_triangle", "lag_is_months"): f"update {_REVISIONS} set as_of_month = reference_month + 31 {_LAG}",
    ("mart_revision_triangle", "latest_is_month_mart"):
        f"update {_REVISIONS} set latest_usd = latest_usd + 0.01 {_LAG}",
    ("mart_bps_reconciliation", "key_unique"): f"insert into {_BPS} from {_BPS} limit 1",
    ("mart_bps_reconciliation", "counted_at_known"): f"update {_BPS} set counted_at = 'sea' {_ORIGIN}",
    ("mart_bps_reconciliation", "commodity_group_known"): f"update {_BPS} set commodity_group = 'gold' {_ORIGIN}",
    ("mart_bps_reconciliation", "figure_status_known"): f"update {_BPS} set figure_status = 'rumour' {_ORIGIN}",
    ("mart_bps_reconciliation", "load_id_in_loads"): f"update {_BPS} set load_id = 'gone' {_ORIGIN}",
    ("mart_bps_reconciliation", "stated_value_in_dollars"): f"update {_BPS} set bps_usd = 900 {_ORIGIN}",
    ("mart_bps_reconciliation", "difference_adds_up"): f"update {_BPS} set difference_usd = 100000 {_ORIGIN}",
    ("mart_bps_reconciliation", "compared_or_reason"): f"update {_BPS} set not_compared_reason = 'by_port'",
    ("mart_bps_reconciliation", "only_like_for_like"): f"update {_BPS} set peb_usd = 1",
}
