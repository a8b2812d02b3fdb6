"""A file that breaks its batch does not take the others along."""

import pytest
from intake_files import csv_of, item

from lumbung import flow, intake
from lumbung.errors import LumbungError
from lumbung.intake import apart
from lumbung.lake import ledger


def statuses(home) -> dict[str, str]:
    return {load.file_name: load.status for load in ledger.loads(home).values()}


@pytest.fixture
def ungated(monkeypatch):
    """Great Expectations takes seconds to import and says nothing here."""
    monkeypatch.setattr("lumbung.flow.taking_in._raw_verdicts", lambda home, typed: {})


def take_in(home) -> list[dict]:
    return [flow.take_in(home, batch) for batch in intake.plan(home, ["peb"], 0)]


def test_real_data_without_a_key_wait_and_their_neighbours_load(lake, ungated, monkeypatch):
    for n in range(7):
        lake.drop(f"peb/bea-cukai/{n}.csv", csv_of([item(n, is_synthetic="" if n == 3 else "DATA BUATAN")]))
    with pytest.raises(LumbungError, match="no key"):
        take_in(lake.home)
    assert statuses(lake.home) == {f"{n}.csv": "landed" if n == 3 else "loaded" for n in range(7)}
    assert len(lake.accepted("peb")) == 6
    monkeypatch.setenv("LUMBUNG_KEY", "k" * 40)
    (summary,) = take_in(lake.home)
    assert (summary["accepted"], set(statuses(lake.home).values())) == (1, {"loaded"})


def test_a_file_that_breaks_the_reader_itself_is_refused_by_name(lake, ungated, monkeypatch):
    for n in range(5):
        lake.drop(f"peb/bea-cukai/{n}.csv", csv_of([item(n)]))
    sound = apart.type_loads

    def breaks(home, feed, batch_id, landed):
        if any(one.file_name == "2.csv" for one in landed):
            raise RecursionError("rahasia")
        return sound(home, feed, batch_id, landed)

    monkeypatch.setattr(apart, "type_loads", breaks)
    (summary,) = take_in(lake.home)
    assert (summary["accepted"], summary["rejected"]) == (4, 1)
    assert statuses(lake.home) == {f"{n}.csv": "rejected" if n == 2 else "loaded" for n in range(5)}
    (refused,) = [load for load in summary["loads"] if load["status"] == "rejected"]
    assert "RecursionError" in refused["reason"]
    assert "rahasia" not in refused["reason"]


def test_after_a_fault_of_the_machine_the_same_batch_is_taken_up_again(lake, ungated):
    lake.drop("peb/bea-cukai/0.csv", csv_of([item(0)]))
    (batch,) = intake.plan(lake.home, ["peb"], 0)
    blocked = lake.home.raw / "peb"
    blocked.write_text("no folder can be made here")
    with pytest.raises(OSError, match="peb"):
        flow.take_in(lake.home, batch)
    assert statuses(lake.home) == {"0.csv": "landed"}
    blocked.unlink()
    assert flow.take_in(lake.home, batch)["accepted"] == 1
    assert statuses(lake.home) == {"0.csv": "loaded"}
