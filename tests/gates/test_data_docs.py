"""`lumbung docs gates`: Great Expectations' own pages, made of the suites and of what gates kept."""

import json

import pytest

from lumbung.errors import LumbungError
from lumbung.gates.data_docs import write_data_docs
from lumbung.lake.home import Home

SUITE = "staging.stg_ska__items"


@pytest.fixture
def home(tmp_path):
    """A home where run-1 found rows and run-2, the newer one, others."""
    home = Home(tmp_path / "home").make()
    for run_id, day, count in (("run-1", 1, 5), ("run-2", 2, 4321)):
        (home.run(run_id) / "gates").mkdir(parents=True)
        (home.run(run_id) / "run.json").write_text(json.dumps({"run_time": f"2024-10-0{day}T00:00:00+00:00"}))
        (home.run(run_id) / "gates" / "staging.json").write_text(json.dumps({"checks": [
            {"suite": SUITE, "expectation": "key_unique", "success": True, "observed": None, "unexpected_count": None,
             "load_ids": []},
            {"suite": SUITE, "expectation": "does_not_replace_itself", "success": False, "observed": None,
             "unexpected_count": count, "rows_checked": 9000, "unexpected_keys": [{"certificate_number": "SECRET-1"}],
             "load_ids": ["load-a"]},
            *[{"suite": SUITE, "expectation": f"{column}_not_null", "success": False, "observed": None,
               "unexpected_count": 7, "rows_checked": rows, "load_ids": []}
              for column, rows in (("form", 9000), ("issuer_code", None))]]}))
    return home


@pytest.fixture
def suites(tmp_path):
    """One suite of four checks, so that the site is made quickly."""
    for step in ("raw", "staging", "marts"):
        (tmp_path / "suites" / step).mkdir(parents=True)
    (tmp_path / "suites" / "staging" / "stg_ska__items.json").write_text(json.dumps({
        "name": SUITE, "meta": {"schema": "staging", "table": "stg_ska__items", "feed": "ska", "keys": []},
        "expectations": [{
            "type": "expect_query_to_find_nothing", "severity": "critical",
            "kwargs": {"unexpected_rows_query": "select 1 from {batch}"},
            "meta": {"name": name, "severity": "critical", "owner": "data engineer", "reason": f"Why {name}."}}
            for name in ("does_not_replace_itself", "key_unique")] + [{
            "type": "expect_column_values_to_not_be_null", "severity": "critical", "kwargs": {"column": column},
            "meta": {"name": f"{column}_not_null", "severity": "critical", "owner": "data engineer", "reason": "Why."}}
            for column in ("form", "issuer_code")]}))
    return tmp_path / "suites"


def test_the_site_shows_suites_and_what_the_newest_run_found(home, suites, tmp_path, caplog):
    first = write_data_docs(home, tmp_path / "gx", {}, suites)
    text = first.read_text()
    assert f"{SUITE}</a>: 4 checks, 3 not met" in text
    assert "without a network they are plain" in text
    [found] = (tmp_path / "gx" / "validations").rglob("*.html")
    assert found.relative_to(tmp_path / "gx").as_posix() in text
    told = found.read_text()
    assert "Why does_not_replace_itself. (does_not_replace_itself; critical; data engineer)" in told
    assert "4321" in told
    assert "7 unexpected values found" in told
    assert "SECRET" not in told
    assert caplog.records == []                        # what a renderer stumbles over it only logs
    assert len(list((tmp_path / "gx" / "expectations").rglob("*.html"))) == 1


def test_it_replaces_its_own_site_and_nothing_else(home, suites, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("kept")
    with pytest.raises(LumbungError, match="something else"):
        write_data_docs(home, tmp_path / "mine", {}, suites)
    assert (tmp_path / "mine" / "notes.txt").read_text() == "kept"
    write_data_docs(home, tmp_path / "gx", {}, suites)
    (tmp_path / "gx" / "old.html").write_text("<body>old")
    write_data_docs(home, tmp_path / "gx", {}, suites)
    assert not (tmp_path / "gx" / "old.html").exists()
