"""Finding releases, opening them, and telling when their bytes are not what was published."""

import shutil

import pytest

from lumbung.errors import LumbungError
from lumbung.lake.home import Home
from lumbung.publish import current, release, releases, verify


def test_before_the_first_release(tmp_path):
    home = Home(tmp_path)
    assert current(home) is None
    assert releases(home) == []
    with pytest.raises(LumbungError, match="Nothing has been published"):
        release(home)


def test_an_unknown_release_is_answered_with_those_there_are(warehouse):
    made = warehouse.publish()
    assert release(warehouse.home).id == release(warehouse.home, made.id).id == made.id
    with pytest.raises(LumbungError, match=f"no release 2020.*{made.id}"):
        release(warehouse.home, "2020")


def test_an_open_release_stays_when_current_moves_on(warehouse):
    warehouse.publish(0)
    with release(warehouse.home).connect() as con:
        warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
        warehouse.sql("UPDATE marts.fct_export_item SET release_number = 2")
        warehouse.publish(1)
        assert con.execute("SELECT DISTINCT release_number FROM fct_export_item "
                           "UNION SELECT release_number FROM mart_marker").fetchall() == [(1,)]


def test_verify_names_each_fault(warehouse):
    made = warehouse.publish()
    (made.path / "internal/tables/dim_region.parquet").unlink()
    (made.path / "internal/tables/extra.parquet").write_bytes(b"x")
    database = made.path / "internal/warehouse.duckdb"
    database.chmod(0o644)
    database.write_bytes(database.read_bytes() + b"x")
    assert verify(warehouse.home, made) == [
        "internal/tables/dim_region.parquet is missing.",
        "internal/warehouse.duckdb has changed since it was published.",
        "internal/tables/extra.parquet is not of this release."]


def test_verify_sees_a_manifest_that_was_edited(warehouse):
    made = warehouse.publish()
    entry = next(f for f in made.manifest["files"] if f["path"].endswith("2023-01.parquet"))
    entry["sha256"] = "0" * 64
    assert "manifest.json has changed: its content hash does not fit its files." in verify(warehouse.home, made)


def test_a_home_that_was_moved_can_be_read(warehouse, tmp_path):
    made = warehouse.publish()
    # Also a folder with letters that mean something in a pattern.
    moved = tmp_path / "it's [1] moved*"
    shutil.move(warehouse.home.root, moved)
    with release(Home(moved), made.id).connect() as con:
        assert con.execute("SELECT count(*) FROM fct_export_item").fetchone() == (900,)
        assert con.execute("SELECT count(*) FROM dim_region").fetchone() == (2,)


def test_a_home_with_odd_letters_in_its_path(warehouse, tmp_path):
    moved = tmp_path / "it's [1] home*"
    shutil.move(warehouse.home.root, moved)
    warehouse.home = Home(moved)
    warehouse.publish(0)
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
    made = warehouse.publish(1)
    assert verify(warehouse.home, made) == []
    with made.connect() as con:
        assert con.execute("SELECT count(*) FROM fct_export_item").fetchone() == (900,)


def test_a_release_whose_warehouse_is_gone_says_so(warehouse):
    made = warehouse.publish()
    (made.path / "internal/warehouse.duckdb").unlink()
    with pytest.raises(LumbungError, match="can't be opened"):
        made.connect()


