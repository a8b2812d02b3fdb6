"""A real scheduler does it: files dropped into the inbox, nothing else."""

import time

import psutil
import pytest

from lumbung import publish
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.scheduling.demo import drop
from lumbung.scheduling.local_airflow import running

LIMIT_SECONDS = 240


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


def test_files_become_a_release_and_a_broken_one_does_not_stop_them(office, small_inbox):
    home = Home(office.root)
    with running(home, port=18080) as airflow:
        assert {c.laddr.ip for p in family(airflow)
                for c in p.net_connections(kind="tcp") if c.status == psutil.CONN_LISTEN} == {"127.0.0.1"}
        sent = drop(home, small_inbox)
        office.put("ska/ipska-jabar/rusak.xlsx", b"PK\x03\x04 this is no workbook")

        def released() -> bool:
            release = publish.current(home)
            pinned = {p["sha256"] for p in release.manifest["loads"]} if release else set()
            return {file.sha256 for file in sent} <= pinned and not airflow.active_runs()

        wait_until("every file in a release", released)
        broken = [load for load in ledger.loads(home).values() if load.file_name == "rusak.xlsx"]
        assert [load.status for load in broken] == ["rejected"]
        assert airflow.failed_tasks() == []
        services = family(airflow)
    assert [p for p in services if p.is_running() and p.status() != psutil.STATUS_ZOMBIE] == []
