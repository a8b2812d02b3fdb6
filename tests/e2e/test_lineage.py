"""From the page of a release back to every load and every file that landed, by the events of `lumbung run` alone."""

import sys
from collections import Counter
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "lineage"))
from events import require_valid, told
from personal_values import personal_values

from lumbung.lake.home import Home


@pytest.fixture(scope="module")
def events(clean_run) -> list[dict]:
    return told(Home(clean_run.root).lineage)


def producers(events: list[dict]) -> dict[str, set[str]]:
    """Of each dataset what it is made of: the inputs of the job, or those that the dataset itself names."""
    made: dict[str, set[str]] = {}
    for event in events:
        if event.get("eventType", "COMPLETE") == "COMPLETE":
            for output in event["outputs"]:
                stated = output["facets"].get("lineage")
                made.setdefault(output["name"], set()).update(
                    one["name"] for one in (stated["inputs"] if stated else event["inputs"]))
    return made


def upstream(made: dict[str, set[str]], dataset: str) -> set[str]:
    found, waiting = set(), [dataset]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += made.get(one, ())
    return found


def test_every_event_is_one_of_openlineage_and_every_run_starts_and_completes_once(events):
    for event in events:
        require_valid(event)
    states = Counter((event["run"]["runId"], event["eventType"]) for event in events)
    assert {state for _, state in states} == {"START", "COMPLETE"}
    assert set(states.values()) == {1}
    assert {event["job"]["namespace"] for event in events} == {"lumbung"}


def test_a_page_leads_back_to_every_pinned_load_and_its_file(clean_run, events):
    made, manifest = producers(events), clean_run.manifest
    pages = [name for name in made if name.startswith(f"release/{manifest['release_id']}/report/peringkat-")]
    assert pages
    for page in pages:
        found = upstream(made, page)
        assert {name for name in found if name.startswith("load/")} == {
            f"load/{load['load_id']}" for load in manifest["loads"]}
        assert {name for name in found if name.startswith("landing/")} == {
            f"landing/{load['feed']}/{load['sha256']}" for load in manifest["loads"]}
        assert {f"marts.{name}" for name in manifest["tables"]} <= found


def test_a_table_leads_back_to_the_feeds_that_it_is_made_of_and_no_others(clean_run, events):
    made, release_id = producers(events), clean_run.manifest["release_id"]
    found = upstream(made, f"release/{release_id}/tables/fct_certificate_item")
    feeds = {name for name in found if name.startswith("raw.")}
    assert "raw.ska" in feeds
    assert "raw.buyer_lead" not in feeds
    certificates = {f"load/{load['load_id']}" for load in clean_run.manifest["loads"] if load["feed"] == "ska"}
    assert certificates <= found


def test_models_are_children_of_their_step_and_that_of_the_run(events):
    complete = {event["job"]["name"]: event for event in events if event.get("eventType") == "COMPLETE"}
    model, step, run = (complete[name] for name in ("dbt.marts.mart_city_ranking", "dbt_marts", "run"))
    parent = model["run"]["facets"]["parent"]
    assert parent["run"]["runId"] == step["run"]["runId"]
    assert parent["root"]["run"]["runId"] == run["run"]["runId"]
    assert step["run"]["facets"]["parent"]["run"]["runId"] == run["run"]["runId"]
    [output] = model["outputs"]
    columns = {one["name"]: one["type"] for one in output["facets"]["schema"]["fields"]}
    assert columns["region_code"] == "VARCHAR"
    assert columns["rank"] in ("INTEGER", "BIGINT")
    assert output["outputFacets"]["outputStatistics"]["rowCount"] > 0


def test_gates_leave_what_they_checked(clean_run, events):
    for name in ("staging", "marts"):
        [gate] = [event for event in events if event["job"]["name"] == f"gate_{name}" and event["inputs"]]
        assertions = [one for table in gate["inputs"]
                      for one in table["inputFacets"]["dataQualityAssertions"]["assertions"]]
        told = next(one for one in clean_run.manifest["gates"] if one["step"] == name)
        assert len(assertions) == told["checks"]
        assert [one["success"] for one in assertions].count(False) == len(told["failed"])


def test_no_event_holds_what_is_personal_or_where_the_home_is(clean_run):
    values = personal_values(Home(clean_run.root))
    assert len(values) > 100
    for path in Home(clean_run.root).lineage.glob("*.jsonl"):
        told = path.read_text()
        assert not [value for value in {*values, str(clean_run.root)} if value in told]


def test_the_command_follows_a_page_back(clean_run):
    [page] = [one.rpartition("/")[2] for one in (file["path"] for file in clean_run.manifest["files"])
              if "/report/peringkat-" in one][:1]
    landed = {row["dataset"] for row in clean_run.data("lineage", page, "--ends")
              if row["dataset"].startswith("landing/")}
    assert landed == {f"landing/{load['feed']}/{load['sha256']}" for load in clean_run.manifest["loads"]}
    assert "dbt.marts.mart_city_ranking" in clean_run.lumbung("lineage", "mart_city_ranking")
    assert "No event of lineage made" in clean_run.lumbung("lineage", "marts.mart_nothing", fails=True)
