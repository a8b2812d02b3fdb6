"""A person approves or rejects a held load in a real Airflow."""

import contextlib
import json
import time
from datetime import datetime
from pathlib import Path

import pytest

from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.scheduling.local_airflow import LocalAirflow, running

LIMIT_SECONDS = 240
HEAD = "No,Nama IKM,Kode Wilayah,Penanda Data"


def wait_for(said: str, found):
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        with contextlib.suppress(TimeoutError):                   # a busy machine's api-server
            if value := found():
                return value
        time.sleep(0.5)
    pytest.fail(f"not within {LIMIT_SECONDS} s: {said}")


def questions(airflow: LocalAirflow) -> list[dict]:
    """Those that wait. Airflow takes an answer before that, but then never resumes the task."""
    found = airflow.get("/api/v2/dags/held_loads/dagRuns/~/hitlDetails?response_received=false",
                        token=airflow._token())
    return [one for one in found["hitl_details"] if one["task_instance"]["state"] == "awaiting_input"]


def answer(airflow: LocalAirflow, question: dict, option: str, **given) -> None:
    """As the form under Required Actions sends it."""
    asked = question["task_instance"]
    airflow._call("PATCH", f"/api/v2/dags/held_loads/dagRuns/{asked['dag_run_id']}/taskInstances/{asked['task_id']}/"
                  f"{asked['map_index']}/hitlDetails", token=airflow._token(),
                  body={"chosen_options": [option], "params_input": {"as_of": None, "reason": None, **given}})


def told(folder: Path) -> list[dict]:
    return [json.loads(line) for path in sorted(folder.glob("*.jsonl")) for line in path.read_text().splitlines()]


def our_steps_are_children_of_airflows_tasks(ours: list[dict], theirs: list[dict]) -> None:
    """The events of Lumbung's steps name runs of tasks and DAGs as the events of Airflow's provider name them."""
    named = {event["run"]["runId"]: event["job"]["name"] for event in theirs}
    joined = {}
    for event in ours:
        parent = event.get("run", {}).get("facets", {}).get("parent")
        if parent and parent["run"]["runId"] in named:
            assert parent["job"] == {"namespace": "lumbung", "name": named[parent["run"]["runId"]], "facets": {}}
            assert named[parent["root"]["run"]["runId"]] == parent["job"]["name"].split(".")[0]
            joined.setdefault(event["job"]["name"], set()).add(parent["job"]["name"])
    assert joined == {
        "take_in.agency_roster": {"agency_rosters.take_in", "held_loads.decide"},
        **{step: {f"warehouse.{step}"} for step in (
            "pin", "resolve", "dbt_staging", "gate_staging", "dbt_marts", "gate_marts", "dbt_quality", "publish")}}


def test_held_loads_are_approved_and_rejected_by_a_person(office, tmp_path, monkeypatch):
    home = Home(office.root)
    # Airflow tells of its tasks too: docs/operate/lineage.md.
    monkeypatch.setenv("AIRFLOW__OPENLINEAGE__NAMESPACE", "lumbung")
    monkeypatch.setenv("AIRFLOW__OPENLINEAGE__TRANSPORT", json.dumps(
        {"type": "lumbung.lineage.day_file.DayFile", "folder": str(tmp_path / "lineage")}))
    with running(home, port=18180) as airflow:
        office.put("agency_roster/dinas/tanpa-tanggal.csv", f"{HEAD}\n1,UD Satu,32.76,DATA BUATAN\n")
        office.put("agency_roster/dinas/banyak-salah.csv", f"{HEAD},Per Tanggal\n"
                   "1,UD Dua,32.76,DATA BUATAN,2024-01-01\n2,,x,DATA BUATAN,2024-01-01\n3,,x,DATA BUATAN,2024-01-01\n")
        asked = wait_for("two questions", lambda: len(questions(airflow)) == 2 and questions(airflow))
        by_file = {question["subject"].split(": ")[1]: question for question in asked}
        assert "2 dari 3" in by_file["banyak-salah.csv"]["body"]

        def state() -> dict[str, ledger.Load]:
            return {load.file_name: load for load in ledger.loads(home).values()}

        answer(airflow, by_file["banyak-salah.csv"], "Reject", reason="kirim ulang")
        refused = wait_for("a rejection", lambda: next(
            (x for x in state().values() if x.file_name == "banyak-salah.csv" and x.status == "rejected"), None))
        assert refused.reason_code == "refused"
        assert "admin" in refused.reason
        assert state()["tanpa-tanggal.csv"].status == "held"

        answer(airflow, by_file["tanpa-tanggal.csv"], "Approve", as_of="2024-01-01")
        wait_for("a release", lambda: state()["tanpa-tanggal.csv"].status == "loaded")
        wait_for("a release of the warehouse", (home.releases / "current").exists)
        assert airflow.failed_tasks() == []
    our_steps_are_children_of_airflows_tasks(told(home.lineage), told(tmp_path / "lineage"))
    dated = [event for event in ledger.events(home) if event.event == "dated"]
    assert [(event.constants, "admin" in event.decided_by) for event in dated] == [({"as_of": "2024-01-01"}, True)]
    assert all(datetime.fromisoformat(event.at) for event in dated)
