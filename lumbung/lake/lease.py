"""One writer at a time: a lease on LUMBUNG_HOME held by a run's id.

A run is several processes under Airflow and one under `lumbung run`, so the lease is a small file that names
the run. While a step works, its process also holds a file lock, which the kernel drops when the process dies:
that is how a lease left by a killed run is told from one in use.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lumbung.errors import LeaseHeld
from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

# Between two steps of a run nobody holds the file lock; Airflow starts the next one in seconds.
IDLE_SECONDS = 120


@contextmanager
def step(home: Home, run_id: str, *, wait_seconds: float = 0) -> Iterator[None]:
    """Do one step of a run as the only writer.

    Raises LeaseHeld when another run is alive after `wait_seconds`.
    """
    home.make()
    with held(home, run_id, wait_seconds=wait_seconds):
        yield


@contextmanager
def held(home: Home, run_id: str, *, wait_seconds: float = 0) -> Iterator[None]:
    """As `step`, in a home that is not ready for one yet: it is being migrated or restored."""
    home.build.mkdir(parents=True, exist_ok=True)
    with (home.build / "lease.lock").open("w") as handle:
        deadline = time.monotonic() + wait_seconds
        while not _try(handle, home, run_id):
            if time.monotonic() >= deadline:
                now = _read(home)
                raise LeaseHeld(
                    f"Run {now.get('run_id', 'unknown')} is writing to this warehouse.",
                    where=str(home.root),
                    todo=f"Wait for it to end; a dead run's lease falls free after {IDLE_SECONDS} s.")
            time.sleep(0.2)
        try:
            yield
        finally:
            if _read(home).get("run_id") == run_id:
                _write(home, run_id)
            fcntl.flock(handle, fcntl.LOCK_UN)


def release(home: Home, run_id: str) -> None:
    """Give the lease back at the end of a run; does nothing when another run has it."""
    if _read(home).get("run_id") == run_id:
        _path(home).unlink(missing_ok=True)


def _try(handle, home: Home, run_id: str) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    now = _read(home)
    if now and now["run_id"] != run_id and not _abandoned(now):
        fcntl.flock(handle, fcntl.LOCK_UN)
        return False
    _write(home, run_id)
    return True


def _abandoned(lease: dict) -> bool:
    """Whether nobody will come back for this lease. Called only while no step of any run is at work."""
    if lease["pid"] and lease["host"] == _host() and not Path(f"/proc/{lease['pid']}").exists():
        return True
    return time.time() - lease["at"] > IDLE_SECONDS


def _host() -> str:
    return f"{os.uname().nodename}:{Path('/proc/self/ns/pid').readlink()}"


def _path(home: Home) -> Path:
    return home.build / "lease.json"


def _read(home: Home) -> dict:
    try:
        return json.loads(_path(home).read_text())
    except FileNotFoundError:
        return {}


def _write(home: Home, run_id: str) -> None:
    # Under Airflow the next step is another process, so only a run of one process names its pid.
    pid = 0 if run_id.startswith("airflow-") else os.getpid()
    write_text(_path(home), json.dumps({"run_id": run_id, "pid": pid, "host": _host(), "at": time.time()}))
