"""What is made from the contracts and kept in git is what the contracts say today."""

import pytest
import yaml

from lumbung import gates, intake
from lumbung.contracts import contracts, derived
from lumbung.contracts.catalogue import parse
from lumbung.contracts.files import HERE
from lumbung.contracts.normalisers import NORMALISERS
from lumbung.gates.suites.raw import of_rows
from lumbung.intake import rules
from lumbung.lake.home import PROJECT, Home
from lumbung.transform import loading

SOURCES = PROJECT / "dbt_project" / "models" / "staging" / "_sources.yml"
PAGES = PROJECT / "docs" / "feeds"
AGAIN = "run `make contracts`"
FEEDS = sorted(contracts())


def test_dbt_sources_are_those_of_the_contracts(tmp_path):
    assert derived.write_sources(tmp_path / "s.yml").read_bytes() == SOURCES.read_bytes(), AGAIN


def test_pages_are_those_of_the_contracts(tmp_path):
    made = {path.name: path.read_bytes() for path in derived.write_pages(tmp_path)}
    assert made == {path.name: path.read_bytes() for path in PAGES.glob("*")}, AGAIN


def test_raw_suites_are_those_of_the_contracts(tmp_path):
    made = {path.name: path.read_bytes() for path in gates.write_suites(tmp_path) if path.parent.name == "raw"}
    kept = {path.name: path.read_bytes() for path in (PROJECT / "expectations" / "raw").glob("*.json")}
    assert made == kept, AGAIN
    assert set(made) == {"load_profile.json", *(f"{feed}.json" for feed in contracts())}


@pytest.mark.parametrize(("before", "after", "shows_in"), [
    ("date the edition describes", "day the edition describes", {"sources"}),
    ("tanggal keadaan yang digambarkan", "hari yang digambarkan", {"page"}),
    ("minimum: 1\n", "minimum: 2\n", {"suite", "page"}),
    ('synonym: "Keadaan Per"', 'synonym: "Posisi Per"', {"page"}),
    ("roster_number", "line_number", {"sources", "suite", "page"}),
    ("value: 6, unit: mo", "value: 3, unit: mo", {"page"}),
    ("value: whole_edition", "value: by_key", {"page"}),
])
def test_drift_shows(tmp_path, before, after, shows_in):
    """A contract that changes makes other sources, suites or pages, so that the tests above fail."""
    text = (HERE / "agency_roster.yaml").read_text(encoding="utf-8")
    assert before in text
    path = tmp_path / "agency_roster.yaml"

    def made(changed: str) -> dict:
        path.write_text(changed, encoding="utf-8")
        contract = parse(path)
        return {"sources": derived.source(contract), "suite": of_rows(contract), "page": derived.page(contract)}

    ours, others = made(text), made(text.replace(before, after))
    assert {kind for kind in ours if ours[kind] != others[kind]} == shows_in


def test_dbt_documents_every_column_of_the_native_tables(tmp_path):
    tables = yaml.safe_load(SOURCES.read_text(encoding="utf-8"))["sources"][0]["tables"]
    assert {t["name"]: [(c["name"], c["data_type"]) for c in t["columns"]] for t in tables} == {
        feed: [*contract.warehouse_columns, *loading.TRACE] for feed, contract in contracts().items()}
    assert all(c["description"] for t in tables for c in t["columns"])


@pytest.mark.parametrize("feed", FEEDS)
def test_every_column_is_explained_to_offices(feed):
    contract = contracts()[feed]
    assert contract.title
    assert all(contract.words)
    assert [c.name for c in contract.columns if not c.meaning] == []
    assert [c.name for c in contract.columns if not c.made_from and not any(c.examples)] == []
    assert [c.name for c in contract.columns if not all(c.labels)] == []


def test_the_examples_of_every_page_load_as_they_stand(tmp_path):
    """An office that sends what its page shows gets nothing back."""
    home = Home(tmp_path).make()
    for feed, contract in contracts().items():
        path = home.inbox / feed / "dinas-contoh" / "contoh.csv"
        path.parent.mkdir(parents=True)
        example = derived.example_csv(contract)
        assert f"```csv\n{example}```" in (PAGES / f"{feed}.md").read_text(encoding="utf-8")
        path.write_text(example, encoding="utf-8")
    for batch in intake.plan(home, FEEDS, settle_seconds=0):
        intake.judge(home, intake.type_loads(home, batch.feed, batch.batch_id, intake.land(home, batch)), {})
    bad = [(q["feed"], q["column"], q["raw_value"], q["reason_code"])
           for q in intake.quarantine_table(home, reveal=True)]
    assert bad == []
    loaded = {load["feed"]: (load["status"], load["rows_accepted"]) for load in intake.loads_table(home)}
    assert loaded == dict.fromkeys(FEEDS, ("loaded", derived.pages.EXAMPLE_ROWS))


def test_the_normalisers_there_are_are_those_that_intake_knows():
    from dataclasses import replace

    column = next(c for c in contracts()["peb"].columns if c.name == "item_fob")
    for name in NORMALISERS:
        assert rules.value(replace(column, normaliser=name))
    with pytest.raises(ValueError, match="unknown normaliser"):
        rules.value(replace(column, normaliser="no_such"))


def test_pages_hold_no_identifier_of_a_person():
    """Their examples are made up: serial numbers of nobody, and every row of an example carries the mark."""
    for path in PAGES.glob("*.md"):
        example = path.read_text(encoding="utf-8").split("```csv\n")[1].removesuffix("```\n").splitlines()
        assert len(example) == derived.pages.EXAMPLE_ROWS + 1
        assert all("DATA BUATAN" in line for line in example[1:]), path
