"""Parties found to be one business: what is counted by business changes, and no row of a transaction does."""

import pytest
from star_files import EARLY, LATE, declared
from star_keys import business_of

from lumbung.gates import check
from lumbung.lake.home import Home

# An exporter that a roster lists sells from the same city as another, and both years have a month to compare.
SOLD = ("peb", "bea-cukai", [
    declared(11, "2023-03-06", "32.76", "p1_a", "CV A"), declared(12, "2024-03-06", "32.76", "p1_a", "CV A")])
BY_BUSINESS = {"mart_city_export_growth", "mart_city_export_month", "mart_city_ranking", "mart_exporter_dynamics",
               "mart_growth_contribution", "mart_ikm_share", "mart_maker_export_month"}


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory):
    from loaded_warehouse import Warehouse

    warehouse = Warehouse(Home(tmp_path_factory.mktemp("merge") / "home").make())
    for feed, agency, rows in [*EARLY, *LATE, SOLD]:
        send = warehouse.peb if feed == "peb" else lambda *rows, feed=feed, **how: warehouse.send(feed, [*rows], **how)
        # Nobody waits for the declarations' sender: a few rows are its whole months.
        send(*rows, agency=agency if feed != "peb" else "kanwil-jabar")
    warehouse.build()
    warehouse.settle()
    return warehouse


@pytest.fixture(scope="module")
def before(warehouse):
    return warehouse.marts()


def changed_by(warehouse, before, *parties: str) -> set[str]:
    """The marts that differ once these parties are the first one's business, each a name told to be alike."""
    warehouse.resolve_as({party: business_of(parties[0]) for party in parties}, resolved_by="name",
                         is_identified=False)
    warehouse.build()
    assert warehouse.rows("SELECT count(*) FROM duckdb_tables() WHERE schema_name = 'changed' "
                          "AND table_name = 'stg_peb__items'") == [(1,)], "a whole build"
    warehouse.settle()
    assert check(warehouse.home, f"run-{warehouse.runs}", "marts").failures == []
    after = warehouse.marts()
    assert after.keys() == before.keys()
    return {table for table in before if before[table] != after[table]}


def test_an_exporter_that_is_a_listed_ikm_changes_what_is_counted_by_business_and_no_fact(warehouse, before):
    assert changed_by(warehouse, before, "p1_a", "p1_only") == {"bridge_party_business", *BY_BUSINESS}
    assert warehouse.rows("SELECT exporters FROM marts.mart_city_export_month WHERE region_code = '32.76' "
                          "AND month = DATE '2024-03-01'") == [(1,)]


def test_one_business_that_two_offices_list_is_one_member_with_two_offices(warehouse, before):
    assert changed_by(warehouse, before, "p1_a", "p1_b") == {
        "bridge_party_business", "dim_ikm", "bridge_ikm_product"}
    assert warehouse.rows(f"""
        SELECT valid_from::VARCHAR, business_name, agency_code, offices FROM marts.dim_ikm
        WHERE ikm_id = '{business_of("p1_a")}' ORDER BY valid_from""") == [
        ("1900-01-01", "CV A Lama", "disperindag-jabar", 0), ("2024-03-01", "CV A Lama", "disperindag-jabar", 1),
        ("2024-04-01", "CV B Depok", "disdagin-depok", 2), ("2024-06-01", "CV A", "disperindag-jabar", 2)]
    assert warehouse.rows(f"SELECT * FROM marts.dim_ikm WHERE ikm_id = '{business_of('p1_b')}'") == []


def test_a_split_brings_back_what_was_there_before(warehouse, before):
    changed_by(warehouse, before, "p1_a", "p1_b", "p1_lead")
    assert changed_by(warehouse, before) == set()
