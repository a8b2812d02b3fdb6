"""The marts of quality go with a release, and make none by themselves."""

import json

import pytest

from lumbung.errors import LumbungError
from lumbung.publish import current, releases, verify

QUALITY = "internal/quality/mart_data_quality.parquet"


@pytest.fixture
def judged(warehouse):
    """A run whose gates found one thing; beside the mart stands what it was made of."""
    warehouse.sql("CREATE SCHEMA quality; CREATE TABLE quality.check_results AS SELECT 1 AS run_number; "
                  "CREATE TABLE quality.mart_data_quality AS SELECT 'run-0' AS run_id, 3::BIGINT AS rows_failed")
    manifest = json.loads(warehouse.dbt_manifest.read_text())
    manifest["nodes"]["model.lumbung.mart_data_quality"] = {
        "resource_type": "model", "name": "mart_data_quality", "alias": "mart_data_quality", "schema": "quality",
        "description": "What checks found.", "columns": {"rows_failed": {"description": "Rows that failed."}},
        "config": {"meta": {"grain": ["run_id"]}}}
    warehouse.dbt_manifest.write_text(json.dumps(manifest))
    return warehouse


def test_they_are_in_the_release_with_what_they_mean(judged):
    made = judged.publish()
    assert [f["path"] for f in made.manifest["files"] if f["path"].startswith("internal/quality/")] == [QUALITY]
    assert made.manifest["quality"] == {"mart_data_quality": {"rows": 1, "grain": ["run_id"]}}
    assert "mart_data_quality" not in made.manifest["tables"]
    with made.connect() as connection:
        assert connection.execute("FROM mart_data_quality").fetchall() == [("run-0", 3)]
        assert connection.execute("SELECT comment FROM duckdb_columns() WHERE column_name = 'rows_failed'").fetchall(
            ) == [("Rows that failed.",)]
        assert connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'check_results'").fetchall(
            ) == [(0,)]
    assert verify(judged.home, made) == []


def test_a_release_is_the_same_however_often_its_gates_ran(judged):
    """The marts being those of `current`, more checks make no release; with other marts they go along."""
    first = judged.publish(0)
    judged.sql("INSERT INTO quality.mart_data_quality VALUES ('run-1', 0)")
    assert judged.publish(1) is None
    assert current(judged.home).id == first.id
    assert len(releases(judged.home)) == 1
    judged.sql("UPDATE marts.mart_marker SET release_number = 2")
    second = judged.publish(2)
    with second.connect() as connection:
        assert connection.execute("SELECT run_id FROM mart_data_quality ORDER BY ALL").fetchall() == [
            ("run-0",), ("run-1",)]
    assert verify(judged.home, first) == verify(judged.home, second) == []


def test_the_content_hash_is_that_of_a_run_that_knows_nothing_of_quality(judged, tmp_path):
    with_quality = judged.publish(0)
    judged.sql("DROP SCHEMA quality CASCADE")
    (judged.home.releases / "current").unlink()
    with_quality.path.rename(tmp_path / "aside")
    without = judged.publish(0)
    assert without.id == with_quality.id
    assert without.manifest["content_hash"] == with_quality.manifest["content_hash"]
    assert without.manifest["quality"] == {}


def test_what_was_changed_in_them_is_found(judged):
    made = judged.publish()
    path = made.path / QUALITY
    path.chmod(0o640)
    path.write_bytes(path.read_bytes() + b"x")
    assert verify(judged.home, made) == [f"{QUALITY} has changed since it was published."]


def test_one_without_a_grain_is_refused(judged):
    manifest = json.loads(judged.dbt_manifest.read_text())
    manifest["nodes"]["model.lumbung.mart_data_quality"]["config"]["meta"] = {}
    judged.dbt_manifest.write_text(json.dumps(manifest))
    with pytest.raises(LumbungError, match="mart_data_quality states no grain"):
        judged.publish()
    assert releases(judged.home) == []
