"""The DAGs are wired as the design says."""

import ast
from pathlib import Path

import pytest

from lumbung.contracts import contracts

INTAKE = ("agency_rosters", "exhibition_records", "export_declarations")


def test_there_are_six_dags(dags):
    assert sorted(dags) == sorted([*INTAKE, "held_loads", "restate", "warehouse"])


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


def test_dag_files_are_wiring(dags):
    for facts in dags.values():
        tree = ast.parse(Path(facts["file"]).read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert imported <= {"airflow.sdk", "lumbung.scheduling.tasks", "lumbung.scheduling.held"}
        assert not [n for n in ast.walk(tree) if isinstance(n, ast.If | ast.For | ast.While | ast.Try | ast.Lambda)]
