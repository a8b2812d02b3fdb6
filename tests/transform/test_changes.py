"""Marts that were changed day by day are those of a build from nothing, whatever happened on the way.

SEQUENCES=1000 tells how many sequences to try and DAYS=6 how long each goes on (`make sequences`); a few short ones are
tried in every run of the tests, since each day is a build and the sequences beside each other cost little.
"""

import os
import random
import time

import pytest
from loaded_warehouse import Warehouse, aju
from random_deliveries import Story

from lumbung import transform
from lumbung.lake.home import Home
from lumbung.transform import changes

SEQUENCES = int(os.environ.get("SEQUENCES", "36"))
TOGETHER = 100
DAYS = int(os.environ.get("DAYS", "4"))


def built_from_nothing(warehouse: Warehouse) -> dict[str, list[tuple]]:
    warehouse.home.build_database.unlink()
    warehouse.build()
    assert not changes_were_enough(warehouse)
    warehouse.settle()
    return warehouse.marts()


def changes_were_enough(warehouse: Warehouse) -> bool:
    """Whether the last build was no whole one: then the rows of what changed are a table of their own."""
    return warehouse.rows("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'changed' "
                          "AND table_name = 'stg_peb__items'") == [(1,)]


@pytest.mark.timeout(3600)
def test_random_sequences_of_deliveries_give_the_marts_of_a_build_from_nothing(tmp_path_factory):
    seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    print(f"seed {seed}")
    dice = random.Random(seed)
    for first in range(0, SEQUENCES, TOGETHER):
        warehouse = Warehouse(Home(tmp_path_factory.mktemp("sequences") / "home").make())
        stories = [Story(warehouse, number, random.Random(dice.random()))
                   for number in range(first, min(first + TOGETHER, SEQUENCES))]
        for day in range(DAYS):
            for story in stories:
                if day == 0 or dice.random() < 0.6:
                    story.go_on()
            warehouse.build()
            assert changes_were_enough(warehouse) == (day > 0)
            warehouse.settle()
        changed, expected = warehouse.marts(), built_from_nothing(warehouse)
        assert changed["fct_export_item"]
        assert changed["fct_certificate_item"]
        for table, rows in expected.items():
            assert changed[table] == rows, f"{table}, seed {seed}: {[story.told for story in stories]}"


@pytest.fixture(scope="module")
def settled(tmp_path_factory) -> Warehouse:
    warehouse = Warehouse(Home(tmp_path_factory.mktemp("settled") / "home").make())
    warehouse.peb({"nomor_aju": aju(1)}, {"nomor_aju": aju(2), "origin_region_code": "32.04", "currency": "AUD"},
                  {"nomor_aju": aju(3), "registered_on": "2024-05-01"})
    warehouse.ska({"certificate_number": "1/A/2023", "exporter_region_code": None})
    warehouse.build()
    warehouse.settle()
    return warehouse


def test_only_changed_documents_and_their_city_months_are_built(settled):
    settled.peb({"nomor_aju": aju(1), "note_number": 1, "note_date": "2023-04-01", "origin_region_code": "32.73"})
    settled.build()
    assert settled.rows("SELECT nomor_aju, note_number FROM changed.stg_peb__items ORDER BY ALL") == [
        (aju(1), 1), (aju(1), None)]
    assert settled.rows("SELECT DISTINCT region_code, export_month::varchar "
                        "FROM changed.int_exports__changed_city_months ORDER BY ALL") == [
        ("32.73", "2023-03-01"), ("32.76", "2023-03-01")]
    assert settled.rows("SELECT region_code, items FROM marts.mart_city_export_month WHERE basis = 'peb' "
                        "ORDER BY ALL") == [("32.04", 1), ("32.73", 1), ("32.76", 1)]
    settled.settle()


def test_until_a_release_holds_them_changes_add_up(settled):
    settled.peb({"nomor_aju": aju(4)})
    settled.build()
    settled.peb({"nomor_aju": aju(5)})
    settled.build()
    assert settled.rows("SELECT nomor_aju FROM changed.fct_export_item ORDER BY ALL") == [(aju(4),), (aju(5),)]
    settled.settle()
    settled.build()
    assert settled.rows("SELECT count(*) FROM changed.fct_export_item") == [(0,)]


def test_a_register_that_comes_moves_the_certificates_of_its_exporters(settled):
    settled.send("exporter_register", [{
        "as_of": "2024-01-01", "register_number": 1, "exporter_name": "PT A", "exporter_party_key": "k1:a",
        "region_code": "32.77", "is_synthetic": False}], agency="disperindag-jabar")
    settled.build()
    assert settled.rows("SELECT region_code, region_source FROM marts.fct_certificate_item") == [("32.77", "register")]
    assert settled.rows("SELECT items FROM marts.mart_city_export_month "
                        "WHERE basis = 'ska' AND region_code = '00.00'") == []
    settled.settle()


def test_documents_are_converted_anew_where_the_rate_is_another(settled):
    """As if the rate of that day had been half of what it is now when the fact was built."""
    [(usd,)] = settled.rows(f"SELECT fob_usd FROM marts.fct_export_item WHERE nomor_aju = '{aju(2)}'")
    with changes.opened(settled.home) as connection:
        connection.execute("UPDATE control.applied_rates SET usd_numerator = usd_numerator // 2 "
                           "WHERE rate_source = 'ecb' AND currency = 'AUD' AND day = DATE '2023-03-01'")
        connection.execute(f"UPDATE marts.fct_export_item SET fob_usd = 1 WHERE nomor_aju = '{aju(2)}'")
    settled.build()
    assert settled.rows(f"SELECT fob_usd FROM marts.fct_export_item WHERE nomor_aju = '{aju(2)}'") == [(usd,)]
    settled.settle()


def test_a_build_that_died_is_made_up_for_by_a_whole_one(settled):
    settled.peb({"nomor_aju": aju(6)})
    settled.append()
    changes.begin_marts(settled.home)
    with changes.opened(settled.home) as connection:
        connection.execute("DELETE FROM marts.fct_export_item")
    settled.build()
    assert not changes_were_enough(settled)
    [(rows,)] = settled.rows("SELECT count(*) FROM marts.fct_export_item")
    settled.settle()
    assert len(built_from_nothing(settled)["fct_export_item"]) == rows
    assert rows >= 4


def test_a_run_that_finds_other_code_builds_everything(settled, monkeypatch):
    settled.peb({"nomor_aju": aju(7)})
    monkeypatch.setattr(changes, "fingerprint", lambda: "of other code")
    settled.build()
    assert not changes_were_enough(settled)
    settled.settle()
    monkeypatch.undo()
    settled.build()
    assert not changes_were_enough(settled)
    settled.settle()


def test_months_that_may_differ_are_told_for_the_release_they_were_counted_from(settled):
    transform.settle(settled.home, "release-1")
    settled.peb({"nomor_aju": aju(8), "registered_on": "2024-05-01"})
    settled.build()
    assert transform.changed_months(settled.home, "release-0") is None
    found = transform.changed_months(settled.home, "release-1")
    assert {fact: [f"{month:%Y-%m}" for month in months] for fact, months in found.items()} == {
        "fct_export_item": ["2024-05"], "fct_certificate_item": []}
