"""Each query of docs/marts/queries runs as it stands on a release of the samples, and finds something."""

import pytest

from lumbung import docs
from lumbung.lake.home import PROJECT

FOLDER = PROJECT / "docs" / "marts" / "queries"
ASKED = sorted((path.parent.name, path.name) for path in FOLDER.glob("*/*.sql"))


@pytest.fixture(scope="module")
def connection(released):
    with released.release.connect() as connection:
        yield connection


@pytest.mark.parametrize(("table", "file_name"), ASKED)
def test_a_documented_query_answers(connection, table, file_name):
    (query,) = [q for q in docs.queries(FOLDER, table) if q.file_name == file_name]
    assert table in query.sql
    result = connection.execute(query.sql)
    kinds = {name: str(kind) for name, kind, *_ in result.description}
    assert result.fetchall(), "no row"
    assert [name for name, kind in kinds.items() if kind in ("DOUBLE", "FLOAT")] == []


def test_every_query_keeps_made_up_rows_apart(released):
    """Of tables that hold both kinds, a query filters by the mark or shows it."""
    known = docs.models(released.manifest)
    mixed = {name for name, model in known.items() if "is_synthetic" in {c.name for c in model.columns}}
    assert [f"{table}/{file_name}" for table, file_name in ASKED
            if table in mixed and "is_synthetic" not in (FOLDER / table / file_name).read_text(encoding="utf-8")] == []


def test_every_mart_of_the_release_has_its_queries(released, connection):
    tables = {row[0] for row in connection.execute("SELECT table_name FROM information_schema.tables").fetchall()}
    marts = {name for name in tables if name.startswith("mart_")}
    assert {"mart_city_export_month", "mart_city_ranking"} <= marts
    asked = {mart: len(docs.queries(FOLDER, mart)) for mart in marts}
    assert {mart: number for mart, number in asked.items() if number < docs.QUERIES_WANTED} == {}, (
        f"write docs/marts/queries/<mart>/<n>_<name>.sql, {docs.QUERIES_WANTED} or more, and run `make docs`")


def test_the_queries_meet_what_is_wrong_too(released, connection):
    """The release holds what the queries about trouble look for: they would pass on nothing otherwise."""
    assert connection.execute(
        "SELECT conflict_status, is_standing, differing_columns FROM mart_conflict ORDER BY 2").fetchall() == [
            ("open", False, "item_value"), ("open", True, "item_value")]
    assert connection.execute(
        "SELECT load_status, rows_quarantined FROM mart_row_conservation WHERE rows_quarantined > 0 "
        "ORDER BY 1").fetchall() == [("held", 2), ("loaded", 1)]
