"""How long each step took the last time: kept in a file a step, so that no step ever waits for a collector."""

import functools
import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from lumbung.lake.durable import write_text
from lumbung.lake.home import Home

log = logging.getLogger(__name__)


def step_took(home: Home) -> Callable[[str, float], None]:
    """What `flow` calls with a step's name and seconds (`on_step`). Never raises."""
    def keep(step: str, seconds: float) -> None:
        told = {"seconds": round(seconds, 3), "ended_at": datetime.now(UTC).isoformat(timespec="seconds")}
        try:
            write_text(_folder(home) / f"{step}.json", json.dumps(told))
        except OSError:
            log.exception("How long %s took could not be kept; the run goes on.", step)
    return keep


def timed_step(function: Callable) -> Callable:
    """Keep how long a task's function takes when it succeeds, as the step `<name>` or `<name>_<arguments>`."""
    @functools.wraps(function)
    def timed(*args, **named):
        began = time.perf_counter()
        given = function(*args, **named)
        words = [function.__name__, *args, *named.values()]
        step_took(Home.from_env())("_".join(map(str, words)), time.perf_counter() - began)
        return given
    return timed


def last_seconds(home: Home) -> dict[str, float]:
    """Step -> seconds it took the last time it was done."""
    return {path.stem: json.loads(path.read_text())["seconds"] for path in sorted(_folder(home).glob("[!.]*.json"))}


def _folder(home: Home) -> Path:
    return home.build / "steps"
