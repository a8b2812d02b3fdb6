"""A real scheduler does it: files dropped into the inbox, nothing else."""

import json
import time
from pathlib import Path

import psutil
import pytest
from personal_values import personal_values
from planted import registered_too_early, renumbered

from lumbung import publish
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.scheduling import WRITER_POOL
from lumbung.scheduling.demo import drop
from lumbung.scheduling.local_airflow import running

LIMIT_SECONDS = 240
# A name that tells of a person, as offices give them: whole in the ledger, in no log.
NAMED = "rusak NIK 3276010101900015.xlsx"
ARRIVES = [
    ("airflow.scheduler_heartbeat", {}), ("airflow.dag_processor_heartbeat", {}), ("airflow.triggerer_heartbeat", {}),
    ("airflow.dagrun.duration.success", {"dag_id": "warehouse"}),
    ("airflow.task.duration", {"dag_id": "warehouse", "task_id": "publish"}),
    ("airflow.ti.finish", {"task_id": "gate_staging", "state": "failed"}),
    ("airflow.pool.open_slots", {"pool_name": WRITER_POOL}),
    ("lumbung.loads", {"feed": "peb", "status": "loaded"}), ("lumbung.release.age", {}),
    *(("lumbung.step.duration", {"step": step}) for step in ("type", "append", "gate_marts", "publish"))]


def wait_until(said, true, seconds: float = LIMIT_SECONDS) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(0.5)
    pytest.fail(f"not within {seconds} s: {said}")


def family(airflow) -> list[psutil.Process]:
    services = [psutil.Process(process.pid) for process in airflow.services.values()]
    return services + [child for service in services for child in service.children(recursive=True)]


def listens_at(process: psutil.Process) -> set[str]:
    try:
        return {c.laddr.ip for c in process.net_connections(kind="tcp") if c.status == psutil.CONN_LISTEN}
    except psutil.NoSuchProcess:            # a short-lived child of the scheduler
        return set()


def a_critical_fault_is_told_and_kept_out(office, airflow, small_inbox) -> None:
    """The same scheduler: the run stops, its log says of what and what to do; withdrawn, the next run publishes."""
    home = Home(office.root)
    before, shown = publish.current(home).id, sorted(path.name for path in home.releases.iterdir())
    office.put("peb/bea-cukai/keliru.json", registered_too_early(small_inbox))
    wait_until("the gate failed", lambda: airflow.failed_tasks() and not airflow.active_runs())
    (failed,) = [one for one in airflow.failed_tasks() if one["task_id"] == "gate_staging"]
    assert {one["task_id"] for one in airflow.failed_tasks()} == {"gate_staging"}
    load = next(load for load in ledger.loads(home).values() if load.file_name == "keliru.json")
    told = airflow.log_of(failed).read_text()
    for part in ("registered_not_before_submitted", "999999 item_number=1",
                 f"{load.load_id} (peb/bea-cukai/keliru.json)", "lumbung check failures --run airflow-",
                 f"lumbung loads withdraw {load.load_id}"):
        assert part in told
    assert (publish.current(home).id, sorted(path.name for path in home.releases.iterdir())) == (before, shown)
    office.lumbung("loads", "withdraw", load.load_id, "--reason", "registered_not_before_submitted")
    office.put("peb/bea-cukai/benar.json", json.dumps(renumbered(small_inbox, "999998")))
    wait_until("the next run published", lambda: publish.current(home).id != before and not airflow.active_runs())
    names = {one["file_name"] for one in publish.current(home).manifest["loads"]}
    assert "benar.json" in names
    assert "keliru.json" not in names


def our_steps_are_children_of_airflows_tasks(home: Home, folder: Path) -> None:
    ours, theirs = ([json.loads(line) for path in sorted(place.glob("*.jsonl"))
                     for line in path.read_text().splitlines()] for place in (home.lineage, folder))
    assert {event["job"]["namespace"] for event in ours + theirs} == {"lumbung"}
    named = {event["run"]["runId"]: event["job"]["name"] for event in theirs}
    steps = {"take_in.peb": "export_declarations.take_in", "publish": "warehouse.publish",
             **{name: f"warehouse.{name}" for name in ("pin", "resolve", "dbt_staging", "gate_staging", "dbt_marts",
                                                       "gate_marts", "dbt_quality")}}
    for step, task in steps.items():
        parents = [event["run"]["facets"]["parent"] for event in ours if event["job"]["name"] == step]
        assert parents
        for parent in parents:
            assert (named[parent["run"]["runId"]], parent["job"]["name"]) == (task, task)
            assert named[parent["root"]["run"]["runId"]] == parent["root"]["job"]["name"] == task.split(".")[0]


def metrics_arrive(airflow, collector) -> None:
    """From every service, from tasks of a moment, and Lumbung's own; what a task counts is counted once."""
    def missing() -> list[tuple]:
        return [wanted for wanted in ARRIVES if not collector.of(wanted[0], **wanted[1])]

    wait_until(f"all of {ARRIVES}", lambda: not missing())
    for state in ("success", "failed"):
        gates = [one for one in airflow.tasks(state) if one["task_id"] == "gate_staging"]
        counted = collector.of("airflow.ti.finish", task_id="gate_staging", state=state)
        assert sum(one.value for one in counted) == len(gates) > 0


def logs_tell_of_nobody(home: Home) -> None:
    """Neither those of Airflow's tasks and services nor the file of alerts."""
    values = personal_values(home)
    assert len(values) > 100
    logs = [path for top in (home.root / "airflow", home.alerts) for path in top.rglob("*")
            if path.suffix in (".log", ".jsonl")]
    assert {"task_id=gate_staging", "task_id=take_in", "scheduler.log", "triggerer.log", "alerts"} <= {
        part for path in logs for part in path.parts}
    for path in logs:
        text = path.read_text(errors="ignore")
        assert not [value for value in {*values, NAMED, "3276010101900015"} if value in text], path


@pytest.mark.timeout(900)
def test_files_become_a_release_and_neither_a_broken_one_nor_a_critical_fault_gets_into_one(
        office, small_inbox, collector, tmp_path, monkeypatch):
    home = Home(office.root)
    monkeypatch.setenv("LUMBUNG_METRICS_URL", collector.url)
    monkeypatch.setenv("OTEL_METRIC_EXPORT_INTERVAL", "5000")
    monkeypatch.setenv("AIRFLOW__OPENLINEAGE__NAMESPACE", "lumbung")
    monkeypatch.setenv("AIRFLOW__OPENLINEAGE__TRANSPORT", json.dumps(
        {"type": "lumbung.lineage.day_file.DayFile", "folder": str(tmp_path / "lineage")}))
    with running(home, port=18080) as airflow:
        assert {ip for process in family(airflow) for ip in listens_at(process)} == {"127.0.0.1"}
        sent = drop(home, small_inbox)
        office.put(f"ska/ipska-jabar/{NAMED}", b"PK\x03\x04 this is no workbook")

        def released() -> bool:
            release = publish.current(home)
            pinned = {p["sha256"] for p in release.manifest["loads"]} if release else set()
            return {file.sha256 for file in sent} <= pinned and not airflow.active_runs()

        wait_until("every file in a release", released)
        broken = [load for load in ledger.loads(home).values() if load.file_name == NAMED]
        assert [load.status for load in broken] == ["rejected"]
        assert airflow.failed_tasks() == []
        a_critical_fault_is_told_and_kept_out(office, airflow, small_inbox)
        our_steps_are_children_of_airflows_tasks(home, tmp_path / "lineage")
        metrics_arrive(airflow, collector)
        services = family(airflow)
    assert [p for p in services if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
    logs_tell_of_nobody(home)
