"""Gate raw: a load against the day it landed, and against the loads of its agency before it."""

import duckdb
import pytest
from raw_batches import Batch

from lumbung.contracts import contract_of
from lumbung.gates import check_raw
from lumbung.gates.covered import covered_path
from lumbung.lake import nil_returns
from lumbung.lake.nil_returns import NilReturn

MONTHS = ("2024-01", "2024-02", "2024-03", "2024-04")


def dated(batch: Batch, month: str) -> Batch:
    batch.con.execute(f"update rows set registered_on = date '{month}-10', net_weight_kg = 5")
    return batch


@pytest.fixture
def office(home):
    """An office that sent four months of declarations, ten rows each, on the fifth day of the month after."""
    for number, month in enumerate(MONTHS, 1):
        batch = dated(Batch(home, "peb", {f"load-{month}": 10}, name=f"batch-{month}"), month)
        batch.loaded(f"2024-{number + 1:02}-05")
    return home


def check(batch: Batch) -> dict[str, list[str]]:
    """Expectation -> loads, of the checks that did not pass."""
    result = check_raw(batch.home, batch.feed, batch.name, *batch.written(), contract_of(batch.feed))
    return {c.expectation: c.load_ids for c in result.checks if not c.success}


def may(home, rows: int = 10, month: str = "2024-05", landed_on: str = "2024-06-05", file_name: str = "") -> Batch:
    """The fifth month; beside it a clean load of the same month, in the same batch."""
    return dated(Batch(home, "peb", {"new": rows, "beside": 10}), month).landed(landed_on, file_name)


def test_a_month_like_those_before_passes(office):
    result = check_raw(office, "peb", "b1", *may(office).written(), contract_of("peb"))
    assert [c for c in result.checks if not c.success] == []
    measured = next(c for c in result.checks if c.expectation == "rows_like_its_history").measured
    assert {m["load_id"]: (m["agency"], m["observed"]) for m in measured} == {
        "new": ("office", 1.0), "beside": ("office", 1.0)}


@pytest.mark.parametrize("rows", [1, 51])
def test_a_file_much_shorter_or_longer_than_before_is_noticed(office, rows):
    assert check(may(office, rows)) == {"rows_like_its_history": ["new"]}


def test_dates_after_the_landing_day(office):
    batch = may(office)
    batch.spoil("registered_on = date '2024-12-06'", "new")
    assert check(batch)["dates_not_after_landing"] == ["new"]
    batch = may(office)
    batch.con.execute("update rows set registered_on = '2024-12-06' where load_id = 'new' and row_number <= 5")
    assert check(batch) == {"some_dates_after_landing": ["new"]}


def test_the_day_in_papua_is_no_date_after_the_landing(office):
    batch = may(office)
    batch.con.execute("update rows set registered_on = '2024-06-06' where load_id = 'new' and row_number = 1")
    assert check(batch) == {}


def test_dates_before_1990(office):
    batch = may(office)
    batch.con.execute("update rows set registered_on = '1924-05-10' where load_id = 'new' and row_number <= 5")
    assert check(batch) == {"some_dates_before_1990": ["new"]}
    batch.con.execute("update rows set registered_on = '1924-05-10' where load_id = 'new' and row_number = 6")
    assert {"some_dates_before_1990", "period_within_reason"} <= set(check(batch))


@pytest.mark.parametrize(("feed", "column"), [
    ("agency_roster", "as_of"), ("exporter_register", "as_of"), ("exhibition_participation", "recorded_on")])
def test_the_one_date_of_a_whole_list_may_lie_ahead(home, feed, column):
    batch = Batch(home, feed, {"new": 3}).landed("2024-06-26")
    batch.spoil(f"{column} = date '2024-06-30'", "new")
    assert check(batch) == {"some_dates_after_landing": ["new"]}


def test_a_month_that_never_came(office):
    batch = may(office)
    batch.spoil("registered_on = date '2024-06-02'", "new")
    assert check(batch) == {"period_follows_the_last": ["new"]}


def test_a_month_with_a_nil_return_is_no_gap(office):
    nil_returns.record(office, NilReturn("peb", "office", "2024-05-01", "tidak ada ekspor"))
    batch = may(office)
    batch.spoil("registered_on = date '2024-06-02'", "new")
    assert check(batch) == {}


def test_a_column_that_is_suddenly_empty(office):
    batch = may(office)
    batch.spoil("net_weight_kg = null", "new")
    assert check(batch) == {"columns_as_last_time": ["new"]}


def test_another_kind_of_file_is_not_compared_by_its_rows_or_columns(office):
    batch = may(office, rows=1, file_name="satu.json")
    batch.spoil("net_weight_kg = null", "new")
    assert check(batch) == {}


def test_a_week_of_customs_rates_is_announced_before_it_begins(home):
    batch = Batch(home, "exchange_rate", {"new": 1}).landed("2021-01-11")
    assert check(batch) == {}


def test_the_first_files_of_an_agency_have_no_history(home):
    assert check(may(home, rows=1)) == {}


def test_what_earlier_loads_cover_is_read_once(office):
    """Later gates go by what is kept of a load, so their cost is that of their batch."""
    check(may(office))
    (office.raw / "peb" / f"batch-{MONTHS[-1]}.parquet").unlink()
    batch = may(office, rows=1)
    batch.spoil("registered_on = date '2024-06-02'", "new")
    assert check(batch) == {"rows_like_its_history": ["new"], "period_follows_the_last": ["new"]}


def test_what_a_load_covers(home):
    batch = dated(Batch(home, "peb", {"new": 200}), "2024-05")
    batch.con.execute("update rows set registered_on = date '2021-05-01' where row_number = 1")
    batch.con.execute("update rows set quantity = null where row_number <= 100")
    batch.con.execute("update rows set office_code = null where row_number <= 101")
    batch.landed("2024-06-05")
    check(batch)
    first, last, filled, empty = duckdb.sql(
        "select first_month::varchar, last_month::varchar, filled, empty from read_parquet(?)",
        params=[str(covered_path(home, "peb", "b1"))]).fetchall()[0]
    assert (first, last) == ("2024-05-01", "2024-05-01")       # one row in two hundred is a slip of the pen
    assert {"net_weight_kg", "quantity"} <= set(filled)
    assert "office_code" not in filled + empty
    assert {"note_number", "incoterm"} <= set(empty)
