"""A person approves or rejects a held load in a real Airflow."""

import contextlib
import time
from datetime import datetime

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


def test_held_loads_are_approved_and_rejected_by_a_person(office):
    home = Home(office.root)
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
    dated = [event for event in ledger.events(home) if event.event == "dated"]
    assert [(event.constants, "admin" in event.decided_by) for event in dated] == [({"as_of": "2024-01-01"}, True)]
    assert all(datetime.fromisoformat(event.at) for event in dated)
