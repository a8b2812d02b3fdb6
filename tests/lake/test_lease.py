"""One writer at a time, and a dead writer keeps nobody out."""

import json
import subprocess
import sys
import textwrap

import pytest

from lumbung.errors import LeaseHeld
from lumbung.lake import lease
from lumbung.lake.home import Home


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).make()


def another_process(home, body):
    """A second process at work on the same home; it prints `ready` and waits for its stdin."""
    script = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from lumbung.lake import lease
        from lumbung.lake.home import Home
        home = Home(Path({str(home.root)!r}))
        {body}
    """)
    process = subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "ready\n"
    return process


def test_a_second_run_waits_outside_while_a_step_is_at_work(home):
    process = another_process(home, "with lease.step(home, 'run-a'): print('ready', flush=True); sys.stdin.readline()")
    try:
        with pytest.raises(LeaseHeld, match="run-a"), lease.step(home, "run-b"):
            pass
    finally:
        process.communicate("\n")


def test_a_second_run_waits_outside_between_two_steps(home):
    process = another_process(
        home, "exec(\"with lease.step(home, 'run-a'): pass\"); print('ready', flush=True); sys.stdin.readline()")
    try:
        with pytest.raises(LeaseHeld, match="run-a"), lease.step(home, "run-b"):
            pass
    finally:
        process.communicate("\n")


def test_a_killed_run_leaves_the_lease_free(home):
    process = another_process(home, "with lease.step(home, 'run-a'): print('ready', flush=True); sys.stdin.readline()")
    process.kill()
    process.wait()
    with lease.step(home, "run-b"):
        assert json.loads((home.build / "lease.json").read_text())["run_id"] == "run-b"


def test_an_airflow_run_keeps_the_lease_between_its_processes(home):
    process = another_process(
        home, "exec(\"with lease.step(home, 'airflow-x'): pass\"); print('ready', flush=True); sys.stdin.readline()")
    process.communicate("\n")
    with pytest.raises(LeaseHeld), lease.step(home, "run-b"):
        pass
    with lease.step(home, "airflow-x"):
        pass
    lease.release(home, "airflow-x")
    with lease.step(home, "run-b"):
        pass


def test_only_the_holder_can_give_the_lease_back(home):
    with lease.step(home, "airflow-x"):
        pass
    lease.release(home, "run-b")
    with pytest.raises(LeaseHeld), lease.step(home, "run-b"):
        pass
