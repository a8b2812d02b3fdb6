"""`make demo`: the samples go into the inbox, Airflow's own schedule does the rest, and we watch."""

import hashlib
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console

from lumbung import publish
from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import PROJECT, Home
from lumbung.scheduling.local_airflow import LocalAirflow, running

SAMPLES = PROJECT / "samples" / "inbox"
LIMIT_SECONDS = 600


@dataclass(frozen=True)
class Sent:
    """A sample file as it was put into the inbox."""

    feed: str
    agency: str
    file_name: str
    sha256: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.feed, self.agency, self.sha256


def demo(home: Home, console: Console, *, port: int = 8080, samples: Path = SAMPLES) -> publish.Release:
    """Run the samples through a real Airflow and wait for a release that holds every one of them.

    Raises LumbungError naming the failed task and its log when anything fails.
    """
    clock = _Clock(console)
    clock.say("Starting Airflow (scheduler, dag-processor, triggerer, api-server) …")
    with running(home, port=port) as airflow:
        clock.say(f"Airflow is up: {airflow.url} (user admin, password {airflow.password})")
        events_before = len(ledger.events(home))
        sent = drop(home, samples)
        clock.say(f"{len(sent)} sample files put into {home.inbox}")
        release = _wait(home, airflow, sent, events_before, clock)
        clock.say(f"Release {release.id} holds all {len(sent)} files. Stopping Airflow …")
    clock.say("Airflow has stopped.")
    return release


def drop(home: Home, samples: Path = SAMPLES) -> list[Sent]:
    """Copy a folder of sample files into the inbox; each appears whole. Returns what was sent."""
    home.make()
    sent = []
    for source in sorted(p for p in samples.rglob("*") if p.is_file()):
        place = source.relative_to(samples)
        target = home.inbox / place
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = target.with_name(f".{target.name}.part")
        shutil.copyfile(source, aside)
        aside.replace(target)
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        sent.append(Sent(place.parts[0], place.parts[1], target.name, digest))
    return sent


def _wait(home: Home, airflow: LocalAirflow, sent: list[Sent], events_before: int, clock: "_Clock"):
    wanted = {file.key for file in sent}
    deadline = time.monotonic() + LIMIT_SECONDS
    while time.monotonic() < deadline:
        if ended := airflow.ended():
            raise LumbungError(f"Airflow's {ended} ended by itself.", where=str(airflow.log_of_service(ended)),
                               todo="Read the end of that log.")
        _raise_failed(airflow)
        seen = {(e.feed, e.agency, e.sha256) for e in ledger.events(home)[events_before:]
                if e.event in ("accepted", "held", "rejected", "redelivered")}
        loads = ledger.loads(home).values()
        _raise_rejected([load for load in loads if load.status == "rejected"
                         and (load.feed, load.agency, load.sha256) in wanted])
        active = airflow.active_runs()
        release = publish.current(home)
        pinned = {(p["feed"], p["agency"], p["sha256"]) for p in release.manifest["loads"]} if release else set()
        clock.tell(_progress(len(seen & wanted), len(wanted), active, release))
        if wanted <= seen and wanted <= pinned and not active:
            return release
        time.sleep(1)
    raise LumbungError(f"No release holds every sample after {LIMIT_SECONDS} s.", where=str(airflow.folder),
                       todo="Read the logs there, or run `make up` and look at the DAGs.")


def _progress(seen: int, wanted: int, active: list[dict], release) -> str:
    doing = ", ".join(sorted({run["dag_id"] for run in active})) or "nothing running"
    return f"{seen} of {wanted} files read · {doing} · release {release.id if release else 'none yet'}"


def _raise_failed(airflow: LocalAirflow) -> None:
    for failed in airflow.failed_tasks():
        raise LumbungError(
            f"Task {failed['dag_id']}.{failed['task_id']} failed.", where=str(airflow.log_of(failed)),
            todo="Read that log; the last lines say what is wrong.")


def _raise_rejected(rejected: list[ledger.Load]) -> None:
    for load in rejected:
        raise LumbungError(f"A sample file was rejected: {load.reason}",
                           where=f"{load.feed}/{load.agency}/{load.file_name}")


class _Clock:
    """Says what happens with the seconds since the start; says a state only when it is new."""

    def __init__(self, console: Console):
        self.console, self.started, self.last = console, time.monotonic(), ""

    def say(self, text: str) -> None:
        seconds = time.monotonic() - self.started
        self.console.print(f"[dim]{seconds:4.0f} s[/dim]  {text}", highlight=False, soft_wrap=True)

    def tell(self, text: str) -> None:
        if text != self.last:
            self.last = text
            self.say(text)
