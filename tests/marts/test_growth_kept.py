"""Parts of growth: kept where nothing they rest on changed, made anew where anything did; and not made at all of a
headline that the facts do not add up to."""

from datetime import UTC, datetime

import duckdb
import pytest
from loaded_warehouse import Warehouse, aju

from lumbung import report, transform
from lumbung.disclosure import PublicTree, decisions
from lumbung.disclosure.public_list import read_tables
from lumbung.errors import UsageError
from lumbung.gates import check
from lumbung.intake import nil_return
from lumbung.lake.home import Home
from lumbung.publish import publish

MADE_UP = {"is_synthetic": True, "origin_region_code": "32.76"}


def changed_years(warehouse: Warehouse) -> set[int]:
    return {year for (year,) in warehouse.rows("SELECT year FROM intermediate.int_growth__changed_lists")}


def contributions(warehouse: Warehouse) -> list[tuple]:
    return warehouse.rows("SELECT * FROM marts.mart_growth_contribution ORDER BY ALL")


def published(warehouse: Warehouse, number: int = 1):
    return publish(warehouse.home, f"run-{warehouse.runs}", pinned=[], gates=[], code_version="test",
                   run_time=datetime(2026, 11, 1, 0, number, tzinfo=UTC), public=PublicTree.of(warehouse.home),
                   dbt_manifest=transform.manifest_path(warehouse.home))


def test_only_lists_of_which_something_changed_are_made_anew(tmp_path):
    w = Warehouse(Home(tmp_path / "home").make())
    years = range(2018, 2026)
    w.peb(*({"nomor_aju": aju(10 * year + n), "registered_on": f"{year}-01-10", "exporter_party_key": f"k1:{party}"}
            for year in years for n, party in enumerate("ab")),
          {"nomor_aju": aju(1), "registered_on": "2018-01-10", "exporter_party_key": "k1:c"})
    w.build()
    w.settle()
    before = contributions(w)

    w.peb({"nomor_aju": aju(2), "registered_on": "2025-01-20"}, name="more.csv")
    w.build()
    w.settle()
    assert changed_years(w) == {2025}
    assert len(contributions(w)) == len(before)
    assert contributions(w) != before

    # 2018 is in the windows or the history of lists to 2021; there are rules from 2020 on.
    w.resolve_as({"k1:b": "ikm_b", "k1:c": "ikm_b"})
    w.parties.pop(0)
    w.build()
    w.settle()
    assert changed_years(w) == {2020, 2021}

    w.resolve_as({"k1:a": "ikm_ab", "k1:b": "ikm_ab"})
    w.build()
    w.settle()
    assert changed_years(w) == set(range(2020, 2026))
    assert w.rows("SELECT DISTINCT member_key FROM marts.mart_growth_contribution "
                  "WHERE decomposition = 'exporter'") == [("ikm_ab",)]

    # A later month is another list; the one to January is gone.
    w.peb({"nomor_aju": aju(3), "registered_on": "2025-02-20"}, name="later.csv")
    w.build()
    w.settle()
    kept = contributions(w)
    w.home.build_database.unlink()
    w.build()
    assert contributions(w) == kept


def test_who_is_new_hangs_on_months_that_are_complete(tmp_path):
    """Of May 2023 only an agency that nobody waits for sent rows: nobody can say that C had not exported then."""
    w = Warehouse(Home(tmp_path / "home").make())
    months = [f"{year}-{month:02}" for year in (2022, 2023, 2024) for month in range(1, 13)]
    own, late = ([month for month in months if (month == "2023-05") == is_late] for is_late in (False, True))
    rows = [{"nomor_aju": aju(n), "registered_on": f"{month}-28", **MADE_UP} for n, month in enumerate(own)]
    w.peb(*rows, {"nomor_aju": aju(900), "registered_on": "2024-03-15", "exporter_party_key": "k1:c", **MADE_UP},
          agency="bea-cukai")
    w.peb(*({"nomor_aju": aju(901), "registered_on": f"{month}-28", **MADE_UP} for month in late),
          agency="another", name="another.csv")
    w.resolve_as({"k1:c": "ikm_c"})
    w.build()
    w.settle()
    asked = ("SELECT entry_kind FROM marts.mart_growth_contribution "
             "WHERE year = 2024 AND decomposition = 'exporter' AND member_key = 'ikm_c'")
    assert w.rows(asked) == [("history_too_short",)]
    assert entry_of_c(published(w)) == "history_too_short"

    nil_return(w.home, "peb", "bea-cukai", "2023-05", "nihil")
    w.build()
    assert w.rows(asked) == [("new",)]
    assert entry_of_c(published(w, 2)) == "new"


def entry_of_c(release) -> str:
    exporters = report.explain(release, "32.76", 2024).parts["exporter"]
    return next(row["entry_kind"] for row in exporters if row["member_key"] == "ikm_c")


@pytest.mark.parametrize("changed", ["rate_source = 'kurs_pajak'", "measure = 'net_weight_kg'", "place = 'exporter'"])
def test_a_headline_that_facts_do_not_add_up_to_is_ranked_and_not_published(tmp_path, changed):
    w = Warehouse(Home(tmp_path / "home").make())
    w.peb(*({"nomor_aju": aju(100 * year + 10 * month + n), "registered_on": f"{year}-{month:02}-10",
             "exporter_party_key": f"k1:{n}", "item_fob": f"{20000 * (year - 2020)}.00"}
            for year in (2022, 2023, 2024) for month in (1, 2, 3) for n in range(6)))
    w.build()
    first = published(w)
    assert {key: one.total["year"] for key, one in read_tables(first.path / "public").items()} == {
        ("peb", False, "32"): 2024}
    assert decisions(first)["warnings"] == []

    with duckdb.connect(w.home.build_database) as connection:
        connection.execute("CREATE TEMP TABLE later AS SELECT * REPLACE (2 AS rule_version, DATE '2024-03-15' AS "
                           "valid_from) FROM seeds.ranking_rules WHERE is_headline AND basis = 'peb'")
        connection.execute(f"UPDATE later SET {changed}")
        connection.execute("INSERT INTO seeds.ranking_rules FROM later")
    transform.dbt(w.home, f"run-{w.runs}", "marts")
    assert w.rows("SELECT DISTINCT year, rule_version FROM marts.mart_growth_contribution ORDER BY 1") == [(2023, 1)]
    assert w.rows("SELECT DISTINCT rule_version FROM marts.mart_city_ranking WHERE rule_name = 'headline' "
                  "AND basis = 'peb' AND is_in_force AND through_month = '2024-03-01'") == [(2,)]
    failed = {(c.table, c.expectation) for c in check(w.home, f"run-{w.runs}", "marts").failures}
    assert {f for f in failed if "growth" in f[0] or "ranking" in f[0]} == set()

    second = published(w, 2)
    assert read_tables(second.path / "public") == {}
    [warning] = decisions(second)["warnings"]
    assert "headline v2" in warning
    with pytest.raises(UsageError, match="at the rates of the facts, ecb"):
        report.explain(second, "32.76", 2024)
    assert report.explain(second, "32.76", 2023).city["rank"]
