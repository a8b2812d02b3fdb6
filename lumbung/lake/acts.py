"""Acts of people that are only ever added: one small file each, in a folder a day."""

import json
import uuid
from datetime import UTC, datetime
from pathlib import Path

from lumbung.lake.durable import write_text
from lumbung.lake.user import user


def add(folder: Path, event: dict, now: datetime) -> None:
    """Write down what was done at `now` (UTC); it survives a power cut."""
    name = f"{now:%H%M%S%f}-{uuid.uuid4().hex[:8]}.json"
    write_text(folder / f"{now:%Y-%m-%d}" / name, json.dumps(event, ensure_ascii=False) + "\n")


def record(folder: Path, kind: str, said: dict) -> dict:
    """Write down what a person said. Gives the event: `event`, what was said, and where it lacks them `by`, who, and
    `at`, when (UTC, ISO 8601)."""
    now = datetime.now(UTC)
    event = {"event": kind, **said, "by": said["by"] or user(),
             "at": said["at"] or now.isoformat(timespec="microseconds")}
    add(folder, event, now)
    return event


def for_insiders(folder: Path) -> Path:
    """A folder, made if need be, that only the owner and its group may enter: acts name people and their reasons."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o750)
    return folder


def files(folder: Path) -> list[Path]:
    """The files of a folder's acts, the oldest first."""
    return sorted(path for path in folder.glob("*/*.json") if not path.name.startswith("."))
