"""A real Airflow on this machine, all four services. All its state lies under LUMBUNG_HOME."""

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from lumbung.errors import LumbungError
from lumbung.lake.home import PROJECT, Home
from lumbung.metrics import airflow as airflow_metrics
from lumbung.metrics import collector_url
from lumbung.scheduling import WRITER_POOL, WRITER_POOL_TEXT

AIRFLOW = Path(sys.executable).with_name("airflow")
SETTINGS = Path(__file__).with_name("airflow_config")
START_SECONDS = 180
STOP_SECONDS = 30
# `airflow standalone` would also start two servers of task logs that listen to the whole network; on one machine
# the api-server reads the logs from disk.
SERVICES = {
    "scheduler": ["scheduler", "--skip-serve-logs"],
    "dag-processor": ["dag-processor"],
    "triggerer": ["triggerer", "--skip-serve-logs"],
    "api-server": ["api-server"],
}


@dataclass(frozen=True)
class LocalAirflow:
    """A running Airflow. `url` is its address on this machine; `services` are its processes by name."""

    home: Home
    url: str
    services: dict[str, subprocess.Popen]

    @property
    def folder(self) -> Path:
        return self.home.root / "airflow"

    def log_of_service(self, name: str) -> Path:
        """What one service prints."""
        return self.folder / f"{name}.log"

    def ended(self) -> str | None:
        """The first service that has ended, None while all are up."""
        return next((name for name, process in self.services.items() if process.poll() is not None), None)

    def wait(self) -> str:
        """Return the first service that ends."""
        while not (name := self.ended()):
            time.sleep(0.5)
        return name

    @property
    def password(self) -> str:
        """The password of the user admin, made by Airflow at its first start."""
        made = self.folder / "simple_auth_manager_passwords.json.generated"
        return json.loads(made.read_text())["admin"]

    def get(self, path: str, *, token: str = "") -> dict:
        """What the REST API answers at `path`, as plain values."""
        return self._call("GET", path, token=token)

    def failed_tasks(self) -> list[dict]:
        """Task instances that failed: dag_id, dag_run_id, task_id, map_index, try_number."""
        return self.tasks("failed")

    def tasks(self, state: str) -> list[dict]:
        """The last hundred task instances in a state, with the same keys."""
        found = self.get(f"/api/v2/dags/~/dagRuns/~/taskInstances?state={state}&limit=100", token=self._token())
        return found["task_instances"]

    def active_runs(self) -> list[dict]:
        """DAG runs that are queued or running."""
        found = self.get("/api/v2/dags/~/dagRuns?state=running&state=queued&limit=100", token=self._token())
        return found["dag_runs"]

    def runs_of(self, dag: str) -> list[dict]:
        """The first hundred runs of a DAG, oldest first: dag_run_id, queued_at, state."""
        found = self.get(f"/api/v2/dags/{dag}/dagRuns?limit=100", token=self._token())
        return found["dag_runs"]

    def log_of(self, failed: dict) -> Path:
        """Where a task instance's log lies."""
        folder = self.folder / "logs" / f"dag_id={failed['dag_id']}" / f"run_id={failed['dag_run_id']}"
        folder = folder / f"task_id={failed['task_id']}"
        if failed["map_index"] >= 0:
            folder = folder / f"map_index={failed['map_index']}"
        return folder / f"attempt={failed['try_number']}.log"

    def make_pool(self) -> None:
        """The one-slot pool of the steps that write to the build database."""
        self._call("PATCH", "/api/v2/pools", token=self._token(), body={"actions": [{
            "action": "create", "action_on_existence": "overwrite", "entities": [
                {"name": WRITER_POOL, "slots": 1, "description": WRITER_POOL_TEXT}]}]})

    def _token(self) -> str:
        return self._call("POST", "/auth/token", body={"username": "admin", "password": self.password})[
            "access_token"]

    def _call(self, method: str, path: str, *, token: str = "", body: dict | None = None) -> dict:
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        data = json.dumps(body).encode() if body else None
        request = urllib.request.Request(self.url + path, data=data, headers=headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return json.load(answer)


@contextmanager
def running(home: Home, *, port: int = 8080) -> Iterator[LocalAirflow]:
    """Start Airflow, wait until every service is healthy, and stop it whole at the end, however it comes.

    The next free port from `port` on is taken. Raises LumbungError when it does not get healthy.
    """
    home.make()
    port = _free_port(port)
    folder = home.root / "airflow"
    folder.mkdir(parents=True, exist_ok=True)
    settings = environment(home, port)
    _migrate(folder, settings)
    airflow = LocalAirflow(home, f"http://127.0.0.1:{port}", {})
    try:
        for name, words in SERVICES.items():
            with airflow.log_of_service(name).open("ab") as log:
                airflow.services[name] = subprocess.Popen(
                    [AIRFLOW, *words], env=settings, cwd=folder, stdin=subprocess.DEVNULL, stdout=log,
                    stderr=subprocess.STDOUT, start_new_session=True)
        _wait_healthy(airflow)
        airflow.make_pool()
        yield airflow
    finally:
        with _undisturbed():
            _stop(list(airflow.services.values()))


def environment(home: Home, port: int) -> dict[str, str]:
    """The environment a local Airflow runs in."""
    folder = home.root / "airflow"
    settings = {
        "CORE__EXECUTOR": "LocalExecutor",
        "CORE__PARALLELISM": "4",
        "CORE__DAGS_FOLDER": str(PROJECT / "dags"),
        "CORE__LOAD_EXAMPLES": "False",
        "CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{folder / 'airflow.db'}",
        "SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
        "API__HOST": "127.0.0.1",
        "API__PORT": str(port),
        "API__BASE_URL": f"http://127.0.0.1:{port}",
        "API__WORKERS": "1",
        "LOGGING__BASE_LOG_FOLDER": str(folder / "logs"),
        "USAGE_DATA_COLLECTION__ENABLED": "False",
        "OPENLINEAGE__NAMESPACE": "lumbung",
    }
    return {
        **airflow_metrics.environment(collector_url()),
        **os.environ,
        **{f"AIRFLOW__{name}": value for name, value in settings.items()},
        "AIRFLOW_HOME": str(folder),
        "LUMBUNG_HOME": str(home.root),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(SETTINGS), os.environ.get("PYTHONPATH")])),
        "PYTHONUNBUFFERED": "1",
    }


def _migrate(folder: Path, settings: dict[str, str]) -> None:
    log = folder / "migrate.log"
    with log.open("ab") as said:
        done = subprocess.run([AIRFLOW, "db", "migrate"], env=settings, cwd=folder, stdin=subprocess.DEVNULL,
                              stdout=said, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        raise LumbungError("Airflow's database could not be made.", where=str(log), todo="Read the end of that log.")


def _wait_healthy(airflow: LocalAirflow) -> None:
    deadline = time.monotonic() + START_SECONDS
    wanted = ("metadatabase", "scheduler", "dag_processor", "triggerer")
    while time.monotonic() < deadline and not airflow.ended():
        try:
            health = airflow.get("/api/v2/monitor/health")
            if all(health.get(service, {}).get("status") == "healthy" for service in wanted):
                return
        except (OSError, urllib.error.URLError, json.JSONDecodeError):
            pass
        time.sleep(0.5)
    ended = airflow.ended()
    raise LumbungError(f"Airflow did not start: {ended} ended." if ended else "Airflow did not start in time.",
                       where=str(airflow.log_of_service(ended or "scheduler")), todo="Read the end of that log.")


def _stop(services: list[subprocess.Popen]) -> None:
    """Ask the services to end, one after another; what is left of them after a while is ended for them.

    The scheduler comes first and the api-server last: a task that is still at work has to report to it.
    """
    family = [child for service in services for child in _family(service.pid)]
    for service in services:
        if service.poll() is None:
            service.terminate()
        try:
            service.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()
    _, alive = psutil.wait_procs(family, timeout=5)
    for child in alive:
        child.terminate()
    _, alive = psutil.wait_procs(alive, timeout=5)
    for child in alive:
        child.kill()
    psutil.wait_procs(alive, timeout=STOP_SECONDS)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """A second Ctrl-C must not break off the stopping: what it leaves would run on unseen."""
    if threading.current_thread() is not threading.main_thread():  # only the main thread hears signals
        yield
        return
    heard = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, signal.SIG_IGN) for number in heard}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _free_port(wanted: int) -> int:
    for port in range(wanted, wanted + 50):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise LumbungError(f"No free port from {wanted} to {wanted + 49}.", todo="Set LUMBUNG_AIRFLOW_PORT.")
