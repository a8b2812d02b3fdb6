"""The DAGs are wired as the design says."""

import ast
import asyncio
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from lumbung import alerts
from lumbung.contracts import contracts
from lumbung.lake import ledger
from lumbung.lake.home import Home

RUN = """
from airflow.dag_processing.dagbag import DagBag
print(DagBag().dags["feed_freshness"].test().state)
"""
INTAKE = ("agency_rosters", "exhibition_records", "export_declarations")


def test_there_are_eight_dags(dags):
    assert sorted(dags) == sorted([*INTAKE, "feed_freshness", "held_loads", "restate", "retention", "warehouse"])


@pytest.mark.parametrize("dag", INTAKE)
def test_an_intake_dag_waits_for_its_inbox_and_announces_its_loads(dags, dag):
    facts = dags[dag]
    assert facts["assets"] == [f"lumbung://inbox/{dag}"]
    assert facts["tasks"]["announce"]["outlets"] == [f"lumbung://loads/{dag}"]
    assert facts["tasks"]["find_batches"]["downstream"] == ["take_in"]
    assert facts["tasks"]["take_in"]["downstream"] == ["all_taken_in", "announce", "announce_held"]
    assert facts["tasks"]["announce_held"]["outlets"] == ["lumbung://loads/held"]
    assert facts["max_active_runs"] == 1
    assert facts["catchup"] is False


def test_every_feed_has_an_intake_dag():
    assert {contract.dag for contract in contracts().values()} == set(INTAKE)


def test_the_warehouse_goes_step_by_step_after_any_loads(dags):
    facts = dags["warehouse"]
    assert facts["assets"] == [*(f"lumbung://loads/{dag}" for dag in INTAKE), "lumbung://loads/restated"]
    assert facts["max_active_runs"] == 1
    way, task = ["pin"], "pin"
    while following := [t for t in facts["tasks"][task]["downstream"] if t != "give_back_lease"]:
        (task,) = following
        way.append(task)
    assert way == ["pin", "resolve", "dbt_staging", "gate_staging", "dbt_marts", "gate_marts", "dbt_quality", "publish"]
    assert {facts["tasks"][t]["pool"] for t in way} == {"lumbung_writer"}


def test_held_loads_wait_for_a_person_and_then_wake_the_warehouse(dags):
    facts = dags["held_loads"]
    assert facts["assets"] == ["lumbung://loads/held"]
    assert facts["tasks"]["ask.question"]["downstream"] == ["ask.decide"]
    assert facts["tasks"]["ask.decide"]["outlets"] == [f"lumbung://loads/{dag}" for dag in INTAKE]


def test_restated_months_wake_the_warehouse_and_hold_no_slot_of_its_writer(dags):
    facts = dags["restate"]
    assert facts["tasks"]["read_again"]["outlets"] == ["lumbung://loads/restated"]
    assert facts["tasks"]["read_again"]["pool"] == "default_pool"
    assert facts["max_active_runs"] == 1
    assert facts["catchup"] is False


def test_only_the_warehouse_is_watched_for_slowness_and_what_is_due_is_looked_at_every_morning(dags):
    assert {dag: facts["deadline"] for dag, facts in dags.items() if facts["deadline"]} == {
        "warehouse": ["DagRunQueuedAtDeadline", 7200, "lumbung.scheduling.watching.tell_of_slow_run"]}
    assert dags["feed_freshness"]["at"] == "0 7 * * * Asia/Jakarta"
    assert dags["feed_freshness"]["catchup"] is False


def test_retention_goes_once_a_week_and_holds_no_slot_of_the_writer(dags):
    facts = dags["retention"]
    assert facts["at"] == "0 2 * * 0 Asia/Jakarta"
    assert {name: one["pool"] for name, one in facts["tasks"].items()} == {"remove_what_is_due": "default_pool"}
    assert (facts["max_active_runs"], facts["catchup"]) == (1, False)


def test_the_week_removes_what_is_due(tmp_path, monkeypatch):
    for name in ("LUMBUNG_HOME", "AIRFLOW_HOME", "AIRFLOW__LOGGING__BASE_LOG_FOLDER"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in (old := Home(tmp_path).make().scratch / "half", Home(tmp_path).scratch / "new"):
        name.write_text("")
    os.utime(old, (0, 0))
    assert import_module("lumbung.scheduling.keeping").remove_what_is_due.function() == {"scratch": 1}
    assert [path.name for path in Home(tmp_path).scratch.iterdir()] == ["new"]


def test_a_run_of_feed_freshness_tells_who_is_late(airflow_environment, tmp_path):
    """In an Airflow of its own: `dag.test()` runs the task as a worker would."""
    home = Home(tmp_path / "home").make()
    done = subprocess.run([sys.executable, "-c", RUN], env=airflow_environment | {"LUMBUNG_HOME": str(home.root)},
                          capture_output=True, text=True, check=False)
    assert done.stdout.endswith("success\n"), done.stdout + done.stderr
    assert [(one["kind"], one["where"]) for one in alerts.latest(home, 9)] == [
        ("feed_late", "inbox/peb/bea-cukai/"), ("feed_late", "inbox/ska/ipska-jabar/")]
    assert "feed_late: peb of bea-cukai has stopped" in done.stdout + done.stderr


def test_the_watch_tells_of_the_run_that_airflow_names(tmp_path, monkeypatch):
    monkeypatch.setenv("LUMBUNG_HOME", str(tmp_path))
    asyncio.run(import_module("lumbung.scheduling.watching").tell_of_slow_run(
        {"dag_run": {"dag_id": "warehouse", "dag_run_id": "asset_triggered__1"}, "deadline": {}}))
    [said] = alerts.latest(Home(tmp_path), 9)
    assert "asset_triggered__1 of warehouse is not done after 120 minutes" in said["what"]


def test_the_morning_tells_of_what_is_held_too(tmp_path, monkeypatch):
    """Whoever held it may have died before it told."""
    monkeypatch.setenv("LUMBUNG_HOME", str(tmp_path))
    home = Home(tmp_path).make()
    about = {"load_id": "load-1", "feed": "ska", "agency": "ipska-jabar", "file_name": "a.csv", "sha256": "a",
             "at": "2024-02-01T00:00:00.000000+00:00"}
    ledger.record(home, [ledger.Event("landed", **about), ledger.Event("held", **about, batch_id="batch-1")])
    import_module("lumbung.scheduling.watching").check_deliveries.function()
    assert [one["keys"] for one in alerts.latest(home, 9) if one["kind"] == "load_held"] == [["load-1"]]


def test_dag_files_are_wiring(dags):
    for facts in dags.values():
        tree = ast.parse(Path(facts["file"]).read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= {"airflow.sdk", "lumbung.scheduling.tasks", "lumbung.scheduling.held",
                            "lumbung.scheduling.keeping", "lumbung.scheduling.watching"}
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.If | ast.For | ast.While | ast.Try | ast.Lambda)]
