"""docs/erd.md and docs/marts/ are what dbt's models and the queries make today."""

import json

import pytest

from lumbung import docs
from lumbung.errors import LumbungError
from lumbung.lake.home import PROJECT

DOCS = PROJECT / "docs"
QUERIES = DOCS / "marts" / "queries"
AGAIN = "run `make docs`"


@pytest.fixture(scope="module")
def manifest(released) -> dict:
    return released.manifest


def changed(manifest: dict, model: str, change) -> dict:
    """The manifest with one model changed."""
    manifest = json.loads(json.dumps(manifest))
    change(manifest["nodes"][f"model.lumbung.{model}"])
    return manifest


def written(manifest: dict, folder, queries=QUERIES) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in docs.write(manifest, folder, queries)}


def test_the_pages_are_those_of_the_models(manifest, tmp_path):
    made = written(manifest, tmp_path)
    kept = {str(path.relative_to(DOCS)): path.read_text(encoding="utf-8")
            for path in [DOCS / "erd.md", *DOCS.glob("marts/*.md")]}
    assert sorted(made) == sorted(kept), AGAIN
    assert [name for name in made if made[name] != kept[name]] == [], AGAIN


@pytest.mark.parametrize(("change", "shows_in"), [
    (lambda node: node.update(description="Other words."), {"marts/README.md", "marts/mart_city_export_month.md"}),
    (lambda node: node["columns"]["fob_usd"].update(description="Other words."), {"marts/mart_city_export_month.md"}),
    (lambda node: node["config"]["meta"].update(grain=["month"]),
     {"marts/README.md", "marts/mart_city_export_month.md"}),
    (lambda node: node["config"]["meta"]["joins"].pop("month"), {"erd.md", "marts/mart_city_export_month.md"}),
    (lambda node: node["config"]["meta"]["measures"].update(items="alone"), {"marts/mart_city_export_month.md"}),
])
def test_drift_shows(manifest, tmp_path, change, shows_in):
    before = written(manifest, tmp_path / "before")
    after = written(changed(manifest, "mart_city_export_month", change), tmp_path / "after")
    assert {name for name in before if before[name] != after[name]} == shows_in


def test_a_query_that_changes_shows_in_its_page(manifest, tmp_path):
    folder = tmp_path / "queries" / "mart_city_ranking"
    folder.mkdir(parents=True)
    (folder / "1_first.sql").write_text("-- Who is first?\n-- Siapa yang pertama?\nselect 1\n", encoding="utf-8")
    made = written(manifest, tmp_path / "docs", tmp_path / "queries")
    page = made["marts/mart_city_ranking.md"]
    assert "### 1. Who is first?\n\n*Siapa yang pertama?*\n\n```sql\nselect 1\n```" in page


@pytest.mark.parametrize(("name", "text", "says"), [
    ("mart_city_ranking/first.sql", "-- Who?\n-- Siapa?\nselect 1", "needs a number"),
    ("mart_city_ranking/1_first.sql", "-- Who?\nselect 1", "the question in its first two lines"),
    ("mart_city_ranking/2_first.sql", "-- Who?\n-- Siapa?\nselect 1", "not numbered 1, 2, 3"),
    ("mart_no_such/1_first.sql", "-- Who?\n-- Siapa?\nselect 1", "no table of a release: mart_no_such"),
])
def test_a_query_out_of_place_is_refused(manifest, tmp_path, name, text, says):
    path = tmp_path / "queries" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(LumbungError, match=says):
        docs.write(manifest, tmp_path / "docs", tmp_path / "queries")


@pytest.mark.parametrize(("meta", "columns", "line"), [
    ({"grain": ["event_code", "is_synthetic"]}, ("event_code", "is_synthetic"), "}o--||"),
    ({"grain": ["event_code", "starts_on"], "key": "event_code"}, ("event_code",), "}o--||"),
    ({"grain": ["event_code", "starts_on"]}, ("event_code",), "}o--|{"),
])
def test_a_join_finds_one_row_or_several_versions(manifest, meta, columns, line):
    """One by the grain, with the mark of made-up rows, or by a surrogate key; several by a part of the grain."""
    some = changed(manifest, "dim_event", lambda node: node["config"].update(meta=meta))
    some = changed(some, "fct_buyer_lead", lambda node: node["config"]["meta"].update(
        joins={"event_code": "dim_event.event_code"}))
    (join,) = docs.models(some)["fct_buyer_lead"].joins
    assert join.columns == columns
    assert f'"fct_buyer_lead" {line} "dim_event": event_code\n' in docs.erd(some)


@pytest.mark.parametrize(("change", "says"), [
    (lambda meta: meta["joins"].update(region_code="dim_region.no_such"), "region_code: dim_region.no_such"),
    (lambda meta: meta["joins"].update(no_such="dim_region.region_code"), "no_such: dim_region.region_code"),
    (lambda meta: meta["measures"].update(no_such="adds"), "no_such: adds"),
    (lambda meta: meta["measures"].update(items="within no_such"), "items: within no_such"),
])
def test_meta_that_names_what_is_not_there_is_refused(manifest, change, says):
    with pytest.raises(LumbungError, match=says):
        docs.models(changed(manifest, "mart_city_export_month", lambda node: change(node["config"]["meta"])))


def test_facts_and_marts_say_what_they_join_and_what_adds_up(manifest):
    """Every amount is a measure, and a table to read says how it hangs together with the others."""
    silent, known = {}, docs.models(manifest).values()
    joined = {join.to for model in known for join in model.joins}
    for model in known:
        if model.kind in ("fct", "mart", "bridge"):
            amounts = {c.name for c in model.columns if c.data_type.startswith("decimal")}
            if missing := [*sorted(amounts - set(model.measures)),
                           *([] if model.joins or model.name in joined else ["joins"])]:
                silent[model.name] = missing
    assert silent == {}, "write meta: joins and meta: measures in its yml"


def test_every_join_finds_its_row(manifest, released):
    """What a page says of a join holds in the data: it loses no row, and doubles none where it is drawn to one."""
    wrong = {}
    with released.release.connect() as connection:
        for model in docs.models(manifest).values():
            for join in model.joins:
                both = " AND ".join(f"a.{mine} = b.{theirs}"
                                    for mine, theirs in zip(join.columns, join.to_columns, strict=True))
                lost, doubled = connection.execute(f"""
                    SELECT count(*) FILTER (found = 0), count(*) FILTER (found > 1) FROM (
                        SELECT (SELECT count(*) FROM {join.to} AS b WHERE {both}) AS found
                        FROM {model.name} AS a WHERE a.{join.columns[0]} IS NOT NULL)""").fetchone()
                if lost or (doubled and join.is_exact):
                    wrong[f"{model.name}.{join.columns[0]}"] = {"lost": lost, "doubled": doubled}
    assert wrong == {}


def test_the_diagram_draws_every_table_and_every_join(manifest):
    known, drawn = docs.models(manifest), docs.erd(manifest)
    for model in known.values():
        if model.kind != "dim" or any(join.to == model.name for other in known.values() for join in other.joins):
            assert f'"{model.name}"' in drawn, model.name
        for join in model.joins:
            assert f'"{model.name}" }}o--{"||" if join.is_exact else "|{"} "{join.to}": {join.columns[0]}\n' in drawn
