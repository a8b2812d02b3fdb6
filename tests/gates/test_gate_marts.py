"""Gate marts, through `check`: each planted fault is found by the expectation that is there for it."""

import json

import pytest
from clean_applied import APPLIED_FAULTS
from clean_comparisons import COMPARISON_FAULTS
from clean_exporters import EXPORTER_FAULTS
from clean_growth import CONTRIBUTION_FAULTS
from clean_makers import MAKER_FAULTS
from clean_outcomes import OUTCOME_FAULTS
from dimension_faults import DIMENSION_FAULTS

from lumbung.gates.checks import EXPECTATIONS
from lumbung.lake.home import PROJECT

SUITES = {path.stem: json.loads(path.read_text()) for path in sorted((EXPECTATIONS / "marts").glob("*.json"))}
FACTS = [table for table in SUITES if table.startswith("fct_")]

# Faults of one row of a fact that its kind of check does not already tell.
ROW_FAULTS = {
    "fob_usd_unless_no_rate": "fob_usd = null, currency = 'USD'",
    "fob_usd_by_a_rate": "currency = 'JPY', rate_date = null",
    "fob_usd_unchanged": "currency = 'USD', fob_usd = stated_fob + 0.01",
    "value_usd_unless_no_rate": "value_usd = null, currency = 'USD'",
    "value_usd_by_a_rate": "currency = null",
    "value_usd_unchanged": "value_usd = stated_value + 0.01",
    "milestones_since_listing": "ready_on = listed_on - 1",
    "capacity_beside_demand": "capacity_gap_per_month = 20",
    "price_like_its_goods": "{usd} = 1000 * {usd}",
    "rate_not_stale": "rate_source = 'ecb', rate_date = {day} - 8",
}

# What is no member of a dimension whose key is no text.
STRANGERS = {"_in_dim_date": "date '1800-01-01'", "_in_dim_event": "-1", "_in_dim_programme": "-1"}

# Checks of facts whose fault is planted by hand.
OF_ROWS = {"key_unique", "load_id_in_loads", "load_id_in_dim_source_file"}

CITY_MONTH = "marts.mart_city_export_month"
RANKING = "marts.mart_city_ranking"
ONE_CITY = "where basis = 'peb' and region_code = '32.02'"
ROWS = "marts.mart_row_conservation"
AMOUNT = "marts.mart_reported_amount"
AUD_BY_ECB = "where stated_currency = 'AUD' and rate_source = 'ecb'"
UNRANKED = "where basis = 'peb' and region_code = '32.03'"

# (table, expectation) -> what spoils the whole
TABLE_FAULTS = {
    **DIMENSION_FAULTS,
    ("mart_city_export_month", "key_unique"): f"insert into {CITY_MONTH} from {CITY_MONTH} limit 1",
    ("mart_city_export_month", "month_is_first_day"): f"update {CITY_MONTH} set month = month + 1 {ONE_CITY}",
    ("mart_city_export_month", "counts_in_order"): f"update {CITY_MONTH} set exporters = documents + 1 {ONE_CITY}",
    ("mart_city_export_month", "equals_peb_facts"): f"update {CITY_MONTH} set fob_usd = fob_usd + 0.01 {ONE_CITY}",
    ("mart_city_export_month", "equals_ska_facts"): "delete from marts.fct_certificate_item where row_number = 1",
    ("mart_city_ranking", "key_unique"): f"insert into {RANKING} from {RANKING} {ONE_CITY}",
    ("mart_city_ranking", "every_city_once"): f"delete from {RANKING} {UNRANKED}",
    ("mart_city_ranking", "ranks_without_gaps"): f"update {RANKING} set rank = 3 {ONE_CITY}",
    ("mart_city_ranking", "ranks_counted"): f"update {RANKING} set cities_ranked = 3 where basis = 'peb'",
    ("mart_city_ranking", "ranks_follow_growth"): f"update {RANKING} set rank = 2, growth_pct = 100.01 {ONE_CITY}",
    ("mart_city_ranking", "ranked_or_reason"): f"update {RANKING} set unranked_reason = null {UNRANKED}",
    ("mart_city_ranking", "change_adds_up"): f"update {RANKING} set change_usd = change_usd + 0.01 {ONE_CITY}",
    ("mart_city_ranking", "growth_adds_up"): f"update {RANKING} set growth_pct = growth_pct + 0.01 {ONE_CITY}",
    ("mart_city_ranking", "ranked_above_floor"): "update seeds.ranking_rules set floor_usd = 900000",
    ("mart_city_ranking", "windows_equal_months"): f"update {RANKING} set base_usd = base_usd - 0.01 {ONE_CITY}",
    ("mart_city_ranking", "basis_known"): f"update {RANKING} set basis = 'both' {UNRANKED}",
    ("mart_city_ranking", "unranked_reason_known"): f"update {RANKING} set unranked_reason = 'politics' {UNRANKED}",
    ("mart_city_ranking", "measure_known"): f"update {RANKING} set measure = 'jobs' {UNRANKED}",
    ("mart_city_ranking", "one_version_in_force"): f"update {RANKING} set is_in_force = false where basis = 'peb'",
    ("mart_city_ranking", "dated_before_window_closed"):
        "update seeds.ranking_rules set valid_from = '2024-03-01' where basis = 'peb'",
    ("mart_city_ranking", "final_after_the_lag"): f"update {RANKING} set is_final = true {ONE_CITY}",
    ("mart_city_ranking", "months_add_up"): f"update {RANKING} set months_left_out = '2024-02' {ONE_CITY}",
    ("mart_city_ranking", "ranked_with_like_coverage"):
        f"update {RANKING} set current_coverage_pct = 97.99 {ONE_CITY}",
    ("mart_city_ranking", "dependence_follows_ranks"): f"update {RANKING} set depends_on_few = false {ONE_CITY}",
    ("mart_city_ranking", "dollars_are_the_measure"):
        f"update {RANKING} set growth_at_base_rates_pct = 1, measure = 'net_weight_kg' {ONE_CITY}",
    ("mart_city_ranking", "shares_within_the_whole"): f"update {RANKING} set match_rate_pct = 100.01 {ONE_CITY}",
    ("mart_row_conservation", "key_unique"): f"insert into {ROWS} from {ROWS} where load_id = 'load-b'",
    ("mart_row_conservation", "rows_balance"): f"update {ROWS} set rows_current = 1 where load_id = 'load-b'",
    ("mart_row_conservation", "every_load_is_there"): f"delete from {ROWS} where load_id = 'load-b'",
    ("mart_row_conservation", "feed_not_null"): f"update {ROWS} set feed = null",
    ("mart_row_conservation", "load_id_not_null"): f"update {ROWS} set load_id = null",
    ("mart_row_conservation", "every_row_has_a_load"): f"update {ROWS} set load_status = 'unknown'",
    ("mart_reported_amount", "key_unique"): f"insert into {AMOUNT} from {AMOUNT} limit 1",
    ("mart_reported_amount", "rate_source_known"): f"update {AMOUNT} set rate_source = 'bank' {AUD_BY_ECB}",
    ("mart_reported_amount", "value_precision_known"): f"update {AMOUNT} set value_precision = 'expected' {AUD_BY_ECB}",
    ("mart_reported_amount", "load_id_in_loads"): f"update {AMOUNT} set load_id = 'load-z' {AUD_BY_ECB}",
    ("mart_reported_amount", "converted_from_another_currency"): f"update {AMOUNT} set stated_currency = 'USD'",
    ("mart_reported_amount", "converted_by_a_rate"): f"update {AMOUNT} set rate_date = null {AUD_BY_ECB}",
    ("mart_reported_amount", "rate_was_in_force"): f"update {AMOUNT} set rate_date = '2021-09-06' {AUD_BY_ECB}",
    ("mart_reported_amount", "every_stated_amount_is_there"): f"delete from {AMOUNT} where stated_currency = 'IDR'",
    ("mart_conflict", "key_unique"): "insert into marts.mart_conflict from marts.mart_conflict",
    ("mart_conflict", "conflict_status_known"): "update marts.mart_conflict set conflict_status = 'forgotten'",
    ("mart_conflict", "one_version_stands"): "update marts.mart_conflict set is_standing = false",
    **EXPORTER_FAULTS,
    **OUTCOME_FAULTS,
    **MAKER_FAULTS,
    **CONTRIBUTION_FAULTS,
    **APPLIED_FAULTS,
    **COMPARISON_FAULTS,
}


@pytest.fixture
def gate(marts_gate):
    """Spoil the clean marts and run the gate: all suites, or one table's, or one expectation of it."""
    return marts_gate


def critical(table: str) -> list[dict]:
    return [e for e in SUITES[table]["expectations"] if e["meta"]["severity"] == "critical"]


def column_fault(expectation: dict, day: str) -> str | None:
    """What spoils a row for a check of one column; None for checks of the table."""
    name = expectation["meta"]["name"]
    column = expectation["kwargs"].get("column") or expectation["meta"].get("column")
    match expectation["type"]:
        case "expect_column_values_to_not_be_null":
            return f"{column} = null"
        case "expect_column_values_to_be_between":
            return f"{column} = {expectation['kwargs']['min_value'] - 1}"
    if name in ROW_FAULTS:
        return ROW_FAULTS[name].format(day=day, usd=expectation["meta"].get("column"))
    if not name.startswith((f"{column}_in_dim", f"{column}_in_bridge")) or column == "load_id":
        return None
    return f"{column} = " + next((bad for dim, bad in STRANGERS.items() if name.endswith(dim)), "'??'")


def test_clean_marts_pass_without_a_warning(gate):
    result = gate()
    assert [c for c in result.checks if not c.success] == []
    assert {c.table for c in result.checks} == {f"marts.{table}" for table in SUITES}


@pytest.mark.parametrize("table", FACTS)
def test_each_fault_of_a_row_is_found_with_its_load(gate, table):
    day = {"fct_export_item": "registered_on", "fct_certificate_item": "issued_on"}.get(table, "")
    key = SUITES[table]["meta"]["keys"][-2] if day == "" else "item_number"
    statements, rows = [], {}
    of_rows = [e for e in critical(table) if (table, e["meta"]["name"]) not in TABLE_FAULTS]
    for number, expectation in enumerate(of_rows, start=1000):
        name = expectation["meta"]["name"]
        rows[name] = number
        other_key = f"{number}::varchar as {key}" if SUITES[table]["meta"]["keys"][0] == key else f"{number} as {key}"
        statements.append(f"insert into marts.{table} select * replace ({other_key}, {number} as row_number, "
                          f"'bad-{name}' as load_id) from marts.{table} where row_number = 1")
        if name != "load_id_in_loads":
            statements.append(f"insert into control.loads (load_id, feed) values ('bad-{name}', '')")
        if name != "load_id_in_dim_source_file":
            statements.append(f"insert into marts.dim_source_file by name select 'bad-{name}' as load_id")
        if name == "key_unique":
            statements.append(f"insert into marts.{table} from marts.{table} where row_number = {number}")
        elif fault := column_fault(expectation, day):
            statements.append(f"update marts.{table} set {fault} where row_number = {number}")

    found = {c.expectation: c for c in gate(";".join(statements), table).checks}

    for name, number in rows.items():
        assert not found[name].success, name
        assert str(number) in {k["row_number"] for k in found[name].unexpected_keys}, name
        assert "1" not in {k["row_number"] for k in found[name].unexpected_keys}, name
        assert name == "load_id_not_null" or f"bad-{name}" in found[name].load_ids, name


@pytest.mark.parametrize(("table", "expectation"), TABLE_FAULTS)
def test_each_fault_of_a_table_is_found(gate, table, expectation):
    result = gate(TABLE_FAULTS[table, expectation], table, expectation)
    assert [c.expectation for c in result.failures] == [expectation]


@pytest.mark.parametrize("table", [table for table in SUITES if table not in FACTS])
def test_each_empty_or_negative_column_of_a_table_is_found(gate, table):
    faults = {e["meta"]["name"]: column_fault(e, "") for e in critical(table)}
    faults = {name: fault for name, fault in faults.items() if fault}
    # Two faults of one column go to two rows.
    spoil = ";".join(
        f"update marts.{table} set {fault} where rowid = "
        f"(select min(rowid) + {int(fault.endswith('null'))} from marts.{table})" for fault in faults.values())
    assert set(faults) <= {c.expectation for c in gate(spoil, table).failures}


def test_every_mart_has_a_suite_and_every_suite_a_mart():
    models = (PROJECT / "dbt_project" / "models" / "marts").rglob("*.sql")
    assert {path.stem for path in models} == SUITES.keys()
    for suite in SUITES.values():
        assert critical(suite["meta"]["table"]), suite["name"]


def test_every_critical_expectation_has_a_fault():
    for table in SUITES:
        for expectation in critical(table):
            name = expectation["meta"]["name"]
            assert column_fault(expectation, "") or (table, name) in TABLE_FAULTS or (
                table in FACTS and name in OF_ROWS), (table, name)


@pytest.mark.parametrize(("fact", "check", "spoil", "at_most"), [
    ("fct_export_item", "declared_origin_mostly_known", "region_code = '00.00'", 5),
    ("fct_export_item", "rates_mostly_there", "fob_usd = null", 1),
    ("fct_certificate_item", "exporter_region_mostly_known", "region_code = '00.00'", 5),
    ("fct_certificate_item", "rates_mostly_there", "value_usd = null", 1)])
def test_a_share_is_that_of_all_items_and_not_of_those_that_changed(gate, fact, check, spoil, at_most):
    hundred = f"""
        create or replace table marts.{fact} as select one.* from (from marts.{fact} limit 1) as one, range(100);
        create table changed.{fact} as from marts.{fact} limit 1; update changed.{fact} set {spoil};
        update marts.{fact} set {spoil} where rowid < """
    for spoilt in (at_most, at_most + 1):
        [found] = gate(f"{hundred} {spoilt}", fact, check).checks
        assert (found.status, [m["observed"] for m in found.measured]) == (
            "passed" if spoilt == at_most else "warned", [spoilt])


def test_warnings_travel_along(gate):
    result = gate("update marts.fct_certificate_item set region_code = '00.00', currency = 'XXX', value_usd = null, "
                  "rate_date = null; update changed.stg_ska__items set currency = 'XXX'", "fct_certificate_item")
    assert result.passed
    assert {c.expectation for c in result.warnings} == {"exporter_region_mostly_known", "rates_mostly_there"}


@pytest.mark.parametrize(("table", "expectation", "nothing", "fault"), [
    ("mart_row_conservation", "every_load_is_there", f"update {ROWS} set load_id = null where load_id = 'load-b'", ""),
    ("dim_exporter", "every_exporter_is_there", "", "update marts.fct_export_item set exporter_party_key = 'p0'"),
    ("bridge_ikm_product", "every_version_is_there", "",
     "update marts.dim_ikm set ikm_version_key = -1 where ikm_version_key in (select max(ikm_version_key) from "
     "marts.dim_ikm)"),
    ("fct_export_item", "hs_code_in_dim_product", "insert into marts.dim_product (hs_code) values (null)",
     "update marts.fct_export_item set hs_code = '9999' where row_number = 1")])
def test_a_key_that_is_missing_hides_no_other(gate, table, expectation, nothing, fault):
    """SQL's `not in` finds nothing where one of the list is null."""
    key = {"dim_exporter": "party_key", "bridge_ikm_product": "ikm_version_key"}.get(table)
    nothing = nothing or f"insert into marts.{table} by name select null as {key}"
    result = gate(f"{nothing}; {fault or 'select 1'}", table, expectation)
    assert [c.expectation for c in result.failures] == [expectation]


@pytest.mark.parametrize(("ndpbm", "currency", "is_found"), [
    ("14250.0000", "AUD", False), ("14249.9999", "AUD", True), ("15750.0000", "USD", False),
    ("15750.0001", "USD", True), ("1500000", "AUD", True), ("0", "USD", True), ("1500000", "XXX", False)])
def test_an_ndpbm_more_than_five_per_cent_off_is_a_warning_that_names_its_row(gate, ndpbm, currency, is_found):
    result = gate(f"update marts.fct_export_item set ndpbm = {ndpbm}, currency = '{currency}' where row_number = 2",
                  "fct_export_item", "ndpbm_near_the_rate_of_the_day")
    assert result.passed
    assert [(c.severity, [k["row_number"] for k in c.unexpected_keys], c.load_ids) for c in result.warnings] == (
        [("warning", ["2"], ["load-a"])] if is_found else [])


@pytest.mark.parametrize(("fault", "expectation"), [
    ("rate_source = null where currency = 'USD'", "fob_usd_unchanged"),
    ("rate_source = 'stated' where currency = 'AUD'", "fob_usd_by_a_rate"),
    ("rate_source = null where currency = 'AUD'", "fob_usd_by_a_rate")])
def test_dollars_say_where_they_come_from(gate, fault, expectation):
    result = gate(f"update marts.fct_export_item set {fault}", "fct_export_item", expectation)
    assert [c.expectation for c in result.failures] == [expectation]


@pytest.mark.parametrize(("table", "day"), [
    ("fct_export_item", "registered_on"), ("fct_certificate_item", "issued_on")])
def test_a_changed_row_of_a_big_fact_joins_each_of_its_dimensions(gate, table, day):
    """Where there are changed rows the gate looks at these: two in order, and one that joins nothing."""
    found = gate(f"""create table changed.{table} as from marts.{table} limit 3;
        update changed.{table} set exporter_party_key = 'p9', hs_code = '99', load_id = 'load-z', {day} = '1800-01-01',
        row_number = 77 where rowid = 2;
        insert into control.loads (load_id, feed) values ('load-z', '')""", table).failures
    joined = {c.expectation: c for c in found}
    for name in ("exporter_party_key_in_dim_exporter", "hs_code_in_dim_product", "load_id_in_dim_source_file",
                 f"{day}_in_dim_date"):
        assert [k["row_number"] for k in joined[name].unexpected_keys] == ["77"], name
        assert joined[name].load_ids == ["load-z"], name
