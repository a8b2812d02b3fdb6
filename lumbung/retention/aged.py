"""What goes by age alone: nothing that a release, a trace, a rebuild or an erasure needs lies here."""

import os
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from lumbung.lake.home import Home
from lumbung.lake.ledger import Event
from lumbung.retention.due import Due, is_due, last_written, size_of
from lumbung.retention.files import GONE
from lumbung.retention.settings import Keep

# Events that name the batch whose Parquet holds a load's rows.
VERDICTS = ("accepted", "rejected", "held", "erased")


def found(home: Home, keep: Keep, events: list[Event], as_of: date) -> list[tuple[Due, Path]]:
    """What is old enough, each with its path."""
    every = [*_scratch(home), *_leftovers(home, events), *_runs(home), *_days(home), *_logs(home)]
    return [(one, path) for one, path in sorted(every, key=lambda pair: (pair[0].kind, pair[0].name))
            if is_due(one.since, getattr(keep, one.kind), as_of)]


def remove(paths: list[Path]) -> None:
    """Remove files and folders, and the folders of logs and days that are empty then."""
    for path in paths:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    for folder in sorted({path.parent for path in paths}, reverse=True):
        while folder.is_dir() and "=" in folder.name and not any(folder.iterdir()):     # dag_id=…/run_id=…/task_id=…
            folder.rmdir()
            folder = folder.parent


def _scratch(home: Home) -> Iterator[tuple[Due, Path]]:
    """Half-made files. Of the profiles of batches, each by itself."""
    for path in sorted(home.scratch.glob("*")):
        for one in sorted(path.glob("*")) if path.name == "profiles" else [path]:
            yield _of(home, "scratch", one, "a half-made file")


def _leftovers(home: Home, events: list[Event]) -> Iterator[tuple[Due, Path]]:
    """What attempts left that died: Parquet that no verdict names, so that nobody reads it, and half-made copies."""
    named = {event.batch_id for event in events if event.event in VERDICTS}
    for store in (home.raw, home.quarantine):
        for path in sorted(store.glob("*/*.parquet")):
            if path.stem not in named:
                yield _of(home, "scratch", path, "rows of an attempt that died")
    for store in (home.landing, home.raw, home.quarantine):
        for path in sorted(store.glob("*/.*")):
            if not (path.suffix == ".parquet" or path.name.startswith(GONE)):
                yield _of(home, "scratch", path, "half of a copy")


def _runs(home: Home) -> Iterator[tuple[Due, Path]]:
    """What runs wrote down for themselves, but for the last one; and what another version of the code compared."""
    runs = sorted((path for path in home.run("any").parent.glob("*") if path.is_dir()),
                  key=lambda path: (path.stat().st_mtime, path.name))
    for path in runs[:-1]:
        yield _of(home, "runs", path, "what a run pinned and found")
    for path in sorted(home.identity_work.glob("by-*")):
        yield _of(home, "runs", path, "what resolution compared; the next run makes it again")


def _days(home: Home) -> Iterator[tuple[Due, Path]]:
    """Files and folders that are called by their day."""
    for kind, paths, why in (("failures", (home.quality / "failures").glob("*/*"), "keys of rows that failed in gates"),
                             ("alerts", home.alerts.glob("*.jsonl"), "what people were told of"),
                             ("lineage", (home.root / "lineage").glob("*.jsonl"), "lineage events")):
        for path in sorted(paths):
            if day := _day(path.stem):
                yield Due(kind, _name(home, path), day, why, size_of(path)), path


def _logs(home: Home) -> Iterator[tuple[Due, Path]]:
    """Airflow's logs of tasks and DAG files."""
    airflow = Path(os.environ.get("AIRFLOW_HOME") or home.root / "airflow")
    folder = Path(os.environ.get("AIRFLOW__LOGGING__BASE_LOG_FOLDER") or airflow / "logs")
    for path in sorted(folder.rglob("*.log")):
        if path.is_file() and not path.is_symlink():
            yield _of(home, "logs", path, "Airflow's log")


def _of(home: Home, kind: str, path: Path, why: str) -> tuple[Due, Path]:
    return Due(kind, _name(home, path), last_written(path), why, size_of(path)), path


def _name(home: Home, path: Path) -> str:
    return str(path.relative_to(home.root) if path.is_relative_to(home.root) else path)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
