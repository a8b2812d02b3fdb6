"""An Airflow of the tests' own, made before anything imports it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from lumbung.lake.home import Home
from lumbung.scheduling.local_airflow import environment


@pytest.fixture(scope="session")
def airflow_environment(tmp_path_factory) -> dict[str, str]:
    home = Home(tmp_path_factory.mktemp("airflow-home")).make()
    (home.root / "airflow").mkdir()
    made = {**os.environ, **environment(home, 8080)}
    airflow = Path(sys.executable).with_name("airflow")
    subprocess.run([airflow, "db", "migrate"], env=made, check=True, capture_output=True)
    return made


@pytest.fixture(scope="session")
def dags(airflow_environment) -> dict[str, dict]:
    """What the DAG files define, read in a process of its own: id -> facts."""
    import json
    script = """
import json
from airflow.dag_processing.dagbag import DagBag
bag = DagBag()
def uris(condition):
    if hasattr(condition, "uri"):
        return [condition.uri]
    return [uri for part in condition.objects for uri in uris(part)]
assert not bag.import_errors, bag.import_errors
print("FACTS" + json.dumps({d.dag_id: {
    "tasks": {t.task_id: {"downstream": sorted(t.downstream_task_ids), "pool": t.pool, "retries": t.retries,
                          "outlets": sorted(o.uri for o in t.outlets)} for t in d.tasks},
    "assets": sorted(uris(d.timetable.asset_condition)) if d.timetable.asset_condition else [],
    "at": f"{getattr(d.timetable, 'expression', '')} {getattr(d.timetable, 'timezone', '')}",
    "deadline": [x for a in (d.deadline if isinstance(d.deadline, list) else [d.deadline] if d.deadline else [])
                 for x in (a.reference.reference_name, a.interval.total_seconds(), a.callback.path)],
    "max_active_runs": d.max_active_runs, "catchup": d.catchup, "file": d.fileloc} for d in bag.dags.values()}))
"""
    done = subprocess.run([sys.executable, "-c", script], env=airflow_environment, capture_output=True, text=True,
                          check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout[done.stdout.index("FACTS") + 5:])
