"""Airflow's own backfill restates months: a run a month, and the warehouse makes the release."""

import subprocess

import pytest
from test_airflow import LIMIT_SECONDS, wait_until

from lumbung import publish
from lumbung.lake import restatements
from lumbung.lake.home import Home
from lumbung.scheduling.local_airflow import AIRFLOW, environment, running

MONTHS = ["2023-05", "2023-06"]


def airflow_command(home: Home, *words: str) -> None:
    folder = home.root / "airflow"
    folder.mkdir(exist_ok=True)
    done = subprocess.run([AIRFLOW, *words], capture_output=True, text=True, env=environment(home, 18280), cwd=folder,
                          check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.timeout(900)
def test_a_backfill_becomes_a_release_that_says_why(office_after_run, tmp_path, monkeypatch):
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "peb.layouts.yaml").write_text(
        '- agency: bea-cukai\n  constants: {quantity_unit: "PCE"}\n')
    monkeypatch.setenv("LUMBUNG_CONTRACTS", str(tmp_path / "own"))
    home = Home(office_after_run.root)
    before = {load["load_id"]: load["file_name"] for load in publish.current(home).manifest["loads"]}
    # Asked for before the services are up: SQLite has one writer, and a busy machine's scheduler leaves it no turn.
    airflow_command(home, "db", "migrate")
    airflow_command(home, "dags", "reserialize")
    airflow_command(home, "backfill", "create", "--dag-id", "restate", "--from-date", "2023-05-01", "--to-date",
                    "2023-06-30", "--dag-run-conf", '{"reason": "kontrak baru"}')
    with running(home, port=18280) as airflow:
        def told() -> list[dict]:
            return [one for release in publish.releases(home) for one in release.manifest.get("restatements", [])]

        wait_until("every month in a release", lambda: airflow.failed_tasks() or (
            {one["from"] for one in told()} == set(MONTHS) and not airflow.active_runs()), seconds=2 * LIMIT_SECONDS)
        assert airflow.failed_tasks() == []
    assert sorted((one["from"], one["to"], one["reason"]) for one in told()) == [
        (month, month, "kontrak baru") for month in MONTHS]
    assert restatements.open_ones(home) == []
    after = {load["load_id"]: load["file_name"] for load in publish.current(home).manifest["loads"]}
    again = {before[load_id] for load_id in before.keys() - after.keys()}
    declarations = {name for name in before.values() if "-peb-" in name}
    # A document of June may lie in a file of July, never in one of another year.
    assert {name for name in declarations if any(month in name for month in MONTHS)} <= again
    assert again <= {name for name in declarations if "2023" in name}
    assert len(again) < len(declarations) / 2
