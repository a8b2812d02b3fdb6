"""What a publish writes, what it hands on from the release before, and what it refuses."""

import json
import shutil
from datetime import date

import duckdb
import pytest

from lumbung.errors import GateFailed, LumbungError
from lumbung.publish import current, releases, verify

MONTHS = ["2023-01", "2023-02", "2023-03", "2023-04", "undated"]


def names(folder) -> list[str]:
    return sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())


def rows_of(path) -> list[tuple]:
    return duckdb.sql(f"SELECT * FROM read_parquet('{path}')").fetchall()


def test_a_release_holds_what_structure_says(warehouse):
    release = warehouse.publish()
    assert names(release.path) == sorted(
        [f"internal/facts/fct_export_item/{m}.parquet" for m in MONTHS]
        + ["internal/tables/dim_region.parquet", "internal/tables/mart_marker.parquet",
           "internal/warehouse.duckdb", "manifest.json"])
    assert release.id == f"20241005T030400Z-{release.manifest['content_hash'][:8]}"
    assert (warehouse.home.releases / "current").readlink().name == release.id
    assert current(warehouse.home) == release
    assert verify(warehouse.home, release) == []
    # By grain inside a month.
    january = rows_of(release.path / "internal/facts/fct_export_item/2023-01.parquet")
    assert january == sorted(january, key=lambda r: r[:2])
    assert {row[2].strftime("%Y-%m") for row in january} == {"2023-01"}


def test_the_warehouse_file_reads_as_the_build_database(warehouse):
    release = warehouse.publish()
    with duckdb.connect(warehouse.home.build_database, read_only=True) as build:
        expected = {t: build.execute(f"SELECT * FROM marts.{t} ORDER BY ALL").fetchall()
                    for t in ("fct_export_item", "dim_region", "mart_marker")}
    with release.connect() as con:
        assert {t: con.execute(f"SELECT * FROM {t} ORDER BY ALL").fetchall() for t in expected} == expected
        kinds = con.execute("SELECT table_name, table_type FROM information_schema.tables ORDER BY 1").fetchall()
        assert kinds == [("dim_region", "BASE TABLE"), ("fct_export_item", "VIEW"), ("mart_marker", "BASE TABLE")]
        assert con.execute("SELECT comment FROM duckdb_views() WHERE NOT internal").fetchall() == [
            ("About fct_export_item.",)]
        assert con.execute("SELECT DISTINCT comment FROM duckdb_columns() WHERE column_name = 'region_code' "
                           "AND NOT internal").fetchall() == [("Kemendagri's code",)]
        storage = con.execute("SELECT tags['storage_version'] FROM duckdb_databases() "
                              "WHERE database_name = 'warehouse'").fetchone()[0]
        assert storage.startswith("v1.0.0")
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            con.execute("DELETE FROM dim_region")


def test_the_manifest_says_what_a_release_is_made_of(warehouse):
    gates = [{"step": "raw", "passed": False, "checks": []},
             {"step": "marts", "passed": True, "checks": [
                 {"suite": "marts", "table": "t", "expectation": "e", "column": "c", "severity": "warning",
                  "success": False, "observed": "x", "unexpected_count": 2, "unexpected_keys": ["KEY"],
                  "load_ids": ["l"], "reason": "why"},
                 {"suite": "marts", "table": "t", "expectation": "f", "success": True}]}]
    manifest = warehouse.publish(gates=gates).manifest
    assert manifest["run_id"] == "run-0"
    assert manifest["run_time"] == "2024-10-05T03:04:00Z"
    assert manifest["code_version"] == "0.1.0+abc"
    assert manifest["previous"] is None
    assert [(load["load_id"][0], load["rows"], set(load)) for load in manifest["loads"]] == [
        (i, rows, {"load_id", "feed", "agency", "file_name", "sha256", "contract_version", "rows",
            "published_since", "landed_at"})
        for i, rows in (("a", 30), ("b", 900))]
    assert manifest["rules"] == [
        {"rule_name": "headline", "rule_version": 1, "basis": "peb", "floor_usd": "100000.00"}]
    assert [(g["step"], g["passed"], g["checks"], len(g["failed"])) for g in manifest["gates"]] == [
        ("raw", False, 0, 0), ("marts", True, 2, 1)]
    assert "KEY" not in json.dumps(manifest)
    assert {name: table["rows"] for name, table in manifest["tables"].items()} == {
        "dim_region": 2, "fct_export_item": 900, "mart_marker": 1}
    assert sum(f["rows"] for f in manifest["files"] if "fct_export_item" in f["path"]) == 900


def test_the_same_marts_make_no_second_release(warehouse):
    first = warehouse.publish(0)
    before = names(warehouse.home.releases)
    assert warehouse.publish(1, code_version="another") is None
    assert names(warehouse.home.releases) == before
    assert current(warehouse.home).id == first.id


@pytest.mark.parametrize("threads", ["1", "3"])
def test_neither_the_order_of_rows_nor_threads_change_bytes(warehouse, monkeypatch, threads):
    first = warehouse.publish(0)
    shutil.rmtree(warehouse.home.releases)
    monkeypatch.setenv("LUMBUNG_THREADS", threads)
    # Months lie mixed now, so they are sorted apart; one batch holds some of them.
    monkeypatch.setattr("lumbung.publish.parquet.SORTED_AT_ONCE", 400)
    warehouse.sql("CREATE OR REPLACE TABLE marts.fct_export_item AS "
                  "SELECT * FROM marts.fct_export_item ORDER BY hash(document_number, item_number)")
    again = warehouse.publish(0)
    assert again.manifest["content_hash"] == first.manifest["content_hash"]
    assert again.id == first.id


def test_what_a_table_went_through_does_not_change_bytes(warehouse):
    first = warehouse.publish(0)
    shutil.rmtree(warehouse.home.releases)
    # A table keeps statistics of nulls it once had, and a contract may forbid them.
    warehouse.sql("UPDATE marts.fct_export_item SET region_code = NULL; "
                  "CREATE OR REPLACE TABLE marts.dim_region (region_code VARCHAR NOT NULL, region_name VARCHAR); "
                  "INSERT INTO marts.dim_region VALUES ('32.73', 'Kota Bandung'), ('32.76', 'Kota Depok')")
    warehouse.sql("UPDATE marts.fct_export_item SET region_code = '32.' || (71 + "
                  "(item_number + 3 * substr(document_number, 2)::INTEGER) % 9)")
    again = warehouse.publish(0)
    assert again.manifest["content_hash"] == first.manifest["content_hash"]
    # Never REQUIRED, whatever DuckDB knows of a column.
    assert duckdb.sql(
        f"SELECT DISTINCT repetition_type FROM parquet_schema('{again.path}/internal/**/*.parquet') "
        "WHERE name <> 'duckdb_schema'").fetchall() == [("OPTIONAL",)]


def test_only_the_changed_month_is_written(warehouse):
    first = warehouse.publish(0)
    warehouse.sql("UPDATE marts.fct_export_item SET fob_usd = fob_usd + 0.01 "
                  "WHERE document_number = 'D00002' AND item_number = 1")
    second = warehouse.publish(1)
    assert second.manifest["previous"] == first.id
    shared = {m: (first.path / f"internal/facts/fct_export_item/{m}.parquet").samefile(
        second.path / f"internal/facts/fct_export_item/{m}.parquet") for m in MONTHS}
    assert shared == {m: m != "2023-03" for m in MONTHS}
    assert (first.path / "internal/tables/dim_region.parquet").samefile(
        second.path / "internal/tables/dim_region.parquet")
    assert verify(warehouse.home, first) == verify(warehouse.home, second) == []


@pytest.mark.parametrize("change", [
    # Each keeps the number of rows, and what sums or sets of single columns could tell.
    "UPDATE marts.fct_export_item SET fob_usd = CASE item_number WHEN 0 THEN fob_usd + 7.25 ELSE fob_usd - 7.25 END "
    "WHERE document_number = 'D00000' AND item_number < 2",
    "UPDATE marts.fct_export_item SET region_code = NULL WHERE document_number = 'D00004' AND item_number = 0",
    "ALTER TABLE marts.fct_export_item ALTER fob_usd TYPE DECIMAL(20,2)",
    "ALTER TABLE marts.fct_export_item RENAME region_code TO city_code"])
def test_no_change_is_overlooked(warehouse, change):
    warehouse.publish(0)
    warehouse.sql(change)
    second = warehouse.publish(1)
    with second.connect() as con, duckdb.connect(warehouse.home.build_database, read_only=True) as build:
        said, meant = (c.execute(f"SELECT * FROM {t} ORDER BY ALL") for c, t in (
            (con, "fct_export_item"), (build, "marts.fct_export_item")))
        assert [d[:2] for d in said.description] == [d[:2] for d in meant.description]
        assert said.fetchall() == meant.fetchall()


def test_a_damaged_month_is_not_handed_on(warehouse):
    first = warehouse.publish(0)
    damaged = first.path / "internal/facts/fct_export_item/2023-01.parquet"
    whole = damaged.read_bytes()
    damaged.chmod(0o644)
    damaged.write_bytes(whole[:100] + bytes([whole[100] ^ 1]) + whole[101:])
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
    second = warehouse.publish(1)
    assert verify(warehouse.home, second) == []
    assert (second.path / "internal/facts/fct_export_item/2023-01.parquet").read_bytes() == whole
    assert verify(warehouse.home, first) == [
        "internal/facts/fct_export_item/2023-01.parquet has changed since it was published."]


def test_of_a_fact_whose_changed_months_are_known_the_others_are_not_even_read(warehouse):
    first = warehouse.publish(0)
    warehouse.sql("UPDATE marts.fct_export_item SET fob_usd = fob_usd + 0.01 "
                  "WHERE month(registered_on) IN (1, 3) AND item_number = 1; "
                  "DELETE FROM marts.fct_export_item WHERE month(registered_on) = 4")
    march_and_april = {"fct_export_item": [date(2023, 3, 1), date(2023, 4, 1)]}
    second = warehouse.publish(1, changed_months=march_and_april)
    folder = "internal/facts/fct_export_item"
    assert names(second.path / folder) == ["2023-01.parquet", "2023-02.parquet", "2023-03.parquet", "undated.parquet"]
    shared = {m: (first.path / folder / f"{m}.parquet").samefile(second.path / folder / f"{m}.parquet")
              for m in ("2023-01", "2023-02", "2023-03", "undated")}
    assert shared == {"2023-01": True, "2023-02": True, "2023-03": False, "undated": True}
    assert verify(warehouse.home, second) == []
    # A fact that is not named is compared whole: what was overlooked in January shows.
    third = warehouse.publish(2)
    assert not (second.path / folder / "2023-01.parquet").samefile(third.path / folder / "2023-01.parquet")


def test_changed_months_do_not_hand_on_a_damaged_one(warehouse):
    first = warehouse.publish(0)
    damaged = first.path / "internal/facts/fct_export_item/2023-01.parquet"
    damaged.chmod(0o644)
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"x")
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
    assert verify(warehouse.home, warehouse.publish(1, changed_months={"fct_export_item": []})) == []


def test_content_of_old_comes_back_as_a_new_release(warehouse):
    first = warehouse.publish(0)
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
    second = warehouse.publish(1)
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 1")
    third = warehouse.publish(2)
    assert third.manifest["content_hash"] == first.manifest["content_hash"]
    assert third.manifest["previous"] == second.id
    assert [r.id for r in releases(warehouse.home)] == [first.id, second.id, third.id]


def test_pages_are_of_the_release_and_a_failing_page_publishes_nothing(warehouse):
    def fail(release):
        assert release.connect().execute("SELECT count(*) FROM fct_export_item").fetchone() == (900,)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        warehouse.publish(pages=fail)
    assert list(warehouse.home.releases.iterdir()) == []

    release = warehouse.publish(pages=lambda r: (r.path / "internal/report/a.html").write_text(r.id))
    page = release.path / "internal/report/a.html"
    assert page.read_text() == release.id
    assert verify(warehouse.home, release) == []
    page.chmod(0o644)
    page.write_text("other")
    assert verify(warehouse.home, release) == ["internal/report/a.html has changed since it was published."]


def test_a_gate_that_failed_publishes_nothing(warehouse):
    with pytest.raises(GateFailed, match="marts"):
        warehouse.publish(gates=[{"step": "staging", "passed": True, "checks": []},
                                 {"step": "marts", "passed": False, "checks": []}])
    assert current(warehouse.home) is None


@pytest.mark.parametrize(("sql", "meta", "says"), [
    ("CREATE TABLE marts.mart_old AS SELECT 1 AS a", None, "mart_old belongs to no dbt model"),
    ("CREATE TABLE marts.mart_bare AS SELECT 1 AS a", {"mart_bare": {}}, "mart_bare states no grain"),
    ("CREATE TABLE marts.mart_x AS SELECT 1 AS a", {"mart_x": {"grain": ["b"]}}, "mart_x has no column b"),
    ("CREATE TABLE marts.mart_sum AS SELECT 1 AS a, sum(2) AS total", {"mart_sum": {"grain": ["a"]}}, "total HUGEINT"),
    ("DROP SCHEMA marts CASCADE", None, "nothing to publish")])
def test_marts_that_cannot_be_published_are_named(warehouse, sql, meta, says):
    warehouse.sql(sql)
    warehouse.more_meta(meta or {})
    with pytest.raises(LumbungError, match=says):
        warehouse.publish()
    assert list(warehouse.home.releases.iterdir()) == []


def test_without_dbt_or_a_build_database_the_error_says_so(warehouse, tmp_path):
    with pytest.raises(LumbungError, match="dbt's manifest"):
        warehouse.publish(dbt_manifest=tmp_path / "none.json")
    warehouse.home.build_database.unlink()
    with pytest.raises(LumbungError, match="build database can't be opened"):
        warehouse.publish()


def test_a_fact_without_rows_is_still_a_table(warehouse):
    warehouse.sql("DELETE FROM marts.fct_export_item")
    release = warehouse.publish()
    with release.connect() as con:
        assert con.execute("SELECT count(*) FROM fct_export_item").fetchone() == (0,)
        assert len(con.execute("DESCRIBE fct_export_item").fetchall()) == 6


def test_the_build_database_is_free_afterwards(warehouse):
    warehouse.publish(0)
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
    assert warehouse.publish(1).manifest["run_time"] > "2024-10-05T03:04:00Z"
