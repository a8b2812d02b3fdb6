"""Gate raw over the rows of every feed: each thing that its contract says is broken once, and found with its load."""

import json

import pytest
from clean_staging import STAGING_FEEDS
from raw_batches import Batch

from lumbung.contracts import contract_of
from lumbung.gates import check_raw
from lumbung.gates.checks import EXPECTATIONS

FEEDS = sorted(STAGING_FEEDS.values())


def fault_of(expectation: dict) -> str:
    """What spoils a load's rows, as a `set` clause."""
    kwargs = expectation["kwargs"]
    match expectation["type"]:
        case "expect_column_values_to_not_be_null":
            return f"{kwargs['column']} = null"
        case "expect_column_values_to_be_between" if "max_value" in kwargs:
            return f"{kwargs['column']} = {kwargs['max_value'] + 1}"
        case "expect_column_values_to_be_between":
            return f"{kwargs['column']} = {kwargs['min_value'] - 1}"
        case "expect_column_values_to_be_in_set":
            return f"{kwargs['column']} = 'no such value'"
    raise KeyError(f"no fault is planted for {expectation['meta']['name']}")


@pytest.mark.parametrize("feed", FEEDS)
def test_each_fault_of_the_rows_condemns_its_load_alone(home, feed):
    suite = json.loads((EXPECTATIONS / "raw" / f"{feed}.json").read_text())["expectations"]
    # A row without a load has no load to condemn.
    faults = {e["meta"]["name"]: fault_of(e) for e in suite if e["meta"]["name"] != "load_id_not_null"}
    batch = Batch(home, feed, {"clean": 2} | dict.fromkeys(faults, 2))
    for name, fault in faults.items():
        batch.spoil(fault, name)

    result = check_raw(home, feed, "b1", *batch.written(), contract_of(feed))

    found = {c.expectation: c for c in result.checks if c.table == f"raw.{feed}"}
    assert set(found) == {*faults, "load_id_not_null"}
    for name in faults:
        assert (found[name].load_ids, found[name].unexpected_count) == ([name], 2), name
        assert (found[name].severity, found[name].feed) == ("critical", feed)
    assert found["load_id_not_null"].success


@pytest.mark.parametrize("feed", FEEDS)
def test_a_row_of_no_load_condemns_the_whole_batch(home, feed):
    """A row without a load belongs to nobody, so nobody of the batch can be let in."""
    batch = Batch(home, feed, {"load-a": 2, "load-b": 2})
    batch.con.execute("insert into rows select * replace (null as load_id) from rows limit 1")
    result = check_raw(home, feed, "b1", *batch.written(), contract_of(feed))
    failure = next(c for c in result.failures if c.expectation == "load_id_not_null")
    assert failure.load_ids == ["load-a", "load-b"]


@pytest.mark.parametrize("feed", FEEDS)
def test_clean_rows_pass(home, feed):
    batch = Batch(home, feed, {"load-a": 2}).landed("2026-01-05")
    assert [c for c in check_raw(home, feed, "b1", *batch.written(), contract_of(feed)).checks if not c.success] == []
