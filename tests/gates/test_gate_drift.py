"""Gate marts looks back: cities that fall silent, months that moved, shares and levels off those before, BPS."""

import pytest

MART, PREVIOUS = "marts.mart_city_export_month", "control.previous_city_months"
COMPLETE = "intermediate.int_ranking__complete_months"

# Fourteen months to February 2024 of two cities, the first with sixty parts in a hundred.
MONTHS = f"""
create table months as
    select m.* replace ('32.0' || c as region_code, (date '2023-01-01' + to_months(n::int))::date as month,
        if(c = 1, 60000, 40000)::decimal(24, 2) as fob_usd, 5 as items, 5 as documents)
    from (from {MART} where basis = 'peb' limit 1) as m, range(1, 3) as a (c), range(14) as b (n);
delete from {MART}; insert into {MART} from months;
create or replace table {PREVIOUS} as select 'release-1' as release_id, * from months;
create or replace table {COMPLETE} as
    select distinct basis, is_synthetic, '32' as province_code, month as export_month, true as is_complete from months;
"""
LAST_OF_CITY_2 = f"delete from {MART} where region_code = '32.02' and month = '2024-02-01'"


@pytest.fixture
def found(marts_gate):
    """What a check of the city-months finds after a fault: the check itself, and (city, month) of its rows."""

    def run(expectation: str, *faults: str):
        [check] = marts_gate(";".join([MONTHS, *faults]), MART.removeprefix("marts."), expectation).checks
        return check, sorted({(key.get("region_code"), key["month"]) for key in check.unexpected_keys})

    return run


@pytest.mark.parametrize(("faults", "silent"), [
    ([], []),
    ([LAST_OF_CITY_2], [("32.02", "2024-02-01")]),
    ([LAST_OF_CITY_2.replace("delete from", "update").replace(" where", " set items = 0 where")],
     [("32.02", "2024-02-01")]),
    ([LAST_OF_CITY_2, LAST_OF_CITY_2.replace("2024-02", "2023-08")], []),
    ([LAST_OF_CITY_2, f"update {COMPLETE} set is_complete = false where export_month = '2024-02-01'"], []),
    ([LAST_OF_CITY_2, f"update {MART} set documents = 4 where month = '2023-08-01'"], []),
    ([LAST_OF_CITY_2, "delete from intermediate.int_ranking__expected_agencies"], []),
], ids=["all-there", "gone", "out-of-scope", "not-each-month-before", "not-complete", "few", "nobody-expected"])
def test_a_city_that_exported_each_month_and_fell_silent_is_a_warning(found, faults, silent):
    check, rows = found("no_city_falls_silent", *faults)
    assert (check.success, check.severity, rows) == (not silent, "warning", silent)


@pytest.mark.parametrize(("city", "month", "before", "moved"), [
    ("32.01", "2023-06-01", 75_000, False), ("32.01", "2023-06-01", 75_001, True),
    ("32.01", "2023-06-01", 45_000, True), ("32.02", "2023-06-01", 30_001, False),
    ("32.02", "2023-06-01", 0, True), ("32.01", "2024-02-01", 1_000, False)],
    ids=["a-fifth", "fallen", "risen", "little-money", "new", "the-last-month-still-comes"])
def test_a_month_that_moved_since_the_last_release_is_a_warning(found, city, month, before, moved):
    check, rows = found("months_of_last_release_stand",
                        f"update {PREVIOUS} set fob_usd = {before} where region_code = '{city}' and month = '{month}'")
    assert (check.success, check.severity, rows) == (not moved, "warning", [(city, month)] if moved else [])


def test_a_month_that_nothing_was_published_of_moved_too_but_not_a_city_that_is_new(found):
    _, rows = found("months_of_last_release_stand",
                    f"delete from {PREVIOUS} where region_code = '32.02' or month = '2023-06-01'")
    assert rows == [("32.01", "2023-06-01")]


@pytest.mark.parametrize(("since", "loads"), [("null", ["load-a"]), ("'2024-01-01'", [])])
def test_a_month_that_moved_names_the_loads_that_came_since(found, since, loads):
    check, rows = found(
        "months_of_last_release_stand", f"update control.loads set published_since = {since}",
        f"delete from {MART} where month = '2024-01-01' and region_code = '32.01'")
    assert (rows, check.load_ids) == ([("32.01", "2024-01-01")], loads)


def test_a_month_that_moved_is_one_however_many_loads_came_since(found):
    check, rows = found(
        "months_of_last_release_stand", "insert into control.loads (load_id, feed) values ('load-c', 'peb')",
        "insert into marts.fct_export_item select * replace ('load-c' as load_id) from marts.fct_export_item",
        f"delete from {MART} where month = '2024-01-01' and region_code = '32.01'")
    assert (rows, check.unexpected_count) == ([("32.01", "2024-01-01")], 1)
    assert check.load_ids == ["load-a", "load-c"]


@pytest.mark.parametrize(("fault", "is_caught"), [
    (f"update {PREVIOUS} set fob_usd = 1", True),
    (f"delete from {MART} where month = '2023-01-01'", True),
    (f"delete from {PREVIOUS} where month = '2023-01-01'", True),
    (f"update {MART} set exporters = 0", False),
    (f"update {PREVIOUS} set fob_usd = 1; update control.built set state = 'whole'", False),
    (f"update {PREVIOUS} set fob_usd = 1; update control.built set release_id = 'release-0'", False),
    (f"delete from {PREVIOUS}", False),
    (f"update {PREVIOUS} set fob_usd = 1 where month = '2023-01-01';"
     "insert into changed.int_exports__changed_city_months select basis, is_synthetic, region_code, month "
     f"from {MART} where month = '2023-01-01'", False),
], ids=["moved", "gone", "made", "who-they-are", "whole-build", "another-release", "no-release", "changed"])
def test_a_month_that_no_document_touched_stands_to_the_cent(found, fault, is_caught):
    check, _ = found("unchanged_months_stand", fault)
    assert (check.success, check.severity) == (not is_caught, "critical")


@pytest.mark.parametrize(("usd", "out"), [(40_000, []), (110_000, []), (120_000, ["32.01", "32.02"])])
def test_a_share_off_those_before_is_a_warning_and_shares_are_kept(found, usd, out):
    check, rows = found("share_of_city_steady",
                        f"update {MART} set fob_usd = {usd} where region_code = '32.02' and month = '2024-02-01'")
    assert (check.success, check.severity, [city for city, _ in rows]) == (not out, "warning", out)
    points = round(100 * usd / (60_000 + usd) - 40, 2)
    assert [(m["region_code"], m["month"], m["observed"]) for m in check.measured] == [
        ("32.01", "2024-02-01", -points), ("32.02", "2024-02-01", points)]


@pytest.mark.parametrize(("times", "is_off"), [("1", False), ("3", False), ("3.1", True), ("0.3", True)])
def test_a_province_s_month_off_the_level_of_those_before_is_a_warning(found, times, is_off):
    check, _ = found("newest_month_like_those_before",
                     f"update {MART} set fob_usd = {times} * fob_usd where month = '2024-02-01'")
    assert (check.success, check.severity) == (not is_off, "warning")
    assert [(m["province_code"], m["observed"]) for m in check.measured] == [("32", float(times))]


@pytest.mark.parametrize(("pct", "is_complete", "is_off"), [
    ("80", "true", False), ("79.9", "true", True), ("125", "true", False), ("125.1", "true", True),
    ("1", "false", False)])
def test_declarations_far_from_the_total_of_bps_are_a_warning(marts_gate, pct, is_complete, is_off):
    [check] = marts_gate(
        f"update marts.mart_bps_reconciliation set peb_to_bps_pct = {pct} where counted_at = 'origin'; "
        f"update {COMPLETE} set is_complete = {is_complete}", "mart_bps_reconciliation", "totals_near_bps").checks
    assert (check.success, check.severity) == (not is_off, "warning")
