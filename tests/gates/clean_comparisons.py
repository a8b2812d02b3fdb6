"""What the clean marts are compared with: the accepted rows behind them and the release before; and what spoils it."""

import duckdb

PREVIOUS = "control.previous_city_months"
CITY_MONTH = "marts.mart_city_export_month"

COMPARED = f"""
create schema changed;
create table changed.stg_peb__items as
    select load_id, sheet, row_number, 0 as piece, currency, stated_fob as item_fob, '000001' as registration_number,
        registered_on
    from marts.fct_export_item;
insert into changed.stg_peb__items by name select * replace (row_number + 1000 as row_number)
    from changed.stg_peb__items limit 1;
insert into changed.stg_peb__items by name
    select * replace (row_number + 2000 as row_number, null as registration_number) from changed.stg_peb__items limit 1;
create table changed.stg_ska__items as
    select load_id, sheet, row_number, 0 as piece, currency, stated_value as item_value from marts.fct_certificate_item;
create table intermediate.int_peb__row_outcomes as
    select load_id, sheet, row_number, piece, 'superseded' as outcome from changed.stg_peb__items
    where row_number between 1000 and 1999 union all
    select load_id, sheet, row_number, piece, 'current' from changed.stg_peb__items where row_number = 1;
create table intermediate.int_ska__row_outcomes as from intermediate.int_peb__row_outcomes limit 0;

create table {PREVIOUS} as select 'release-1' as release_id, * from {CITY_MONTH};
create table control.built as select 'settled' as state, 'release-1' as release_id;
create table changed.int_exports__changed_city_months as
    select basis, is_synthetic, region_code, month as export_month from {CITY_MONTH} limit 0;
create table intermediate.int_ranking__complete_months as
    select distinct basis, is_synthetic, '32' as province_code, month as export_month, true as is_complete
    from {CITY_MONTH};
create table intermediate.int_ranking__expected_agencies as
    select distinct basis, is_synthetic, '32' as province_code, 'bea-cukai' as agency_code from {CITY_MONTH};
"""

COMPARISON_FAULTS = {
    ("fct_export_item", "totals_equal_staging"):
        "update marts.fct_export_item set stated_fob = stated_fob + 0.01 where row_number = 1",
    ("fct_certificate_item", "totals_equal_staging"):
        "delete from marts.fct_certificate_item where row_number = 1",
    ("mart_city_export_month", "unchanged_months_stand"):
        f"update {PREVIOUS} set fob_usd = fob_usd - 0.01 where basis = 'ska' and month = '2024-01-01'",
}


def make_comparisons(connection: duckdb.DuckDBPyConnection) -> None:
    """Make what gate marts compares the marts with, after these."""
    connection.execute(COMPARED)
