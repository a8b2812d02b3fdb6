"""What people decided of pairs of parties: the same business, or not. Events are only added; the latest stands."""

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lumbung.lake.durable import write_text
from lumbung.lake.home import Home
from lumbung.lake.user import user

WORDS = ("accept", "reject")


@dataclass(frozen=True)
class Decision:
    """One decision on two parties (`left` < `right`): accept (one business) or reject. `at` is UTC, ISO 8601."""

    left: str
    right: str
    decision: str
    reason: str
    by: str = ""
    at: str = ""


def record(home: Home, left: str, right: str, decision: str, reason: str) -> Decision:
    """Add a decision; it survives a power cut. Gives it back with who and when."""
    now = datetime.now(UTC)
    made = Decision(*sorted((left, right)), decision, reason, user(), now.isoformat(timespec="microseconds"))
    name = f"{now:%H%M%S%f}-{uuid.uuid4().hex[:8]}.json"
    write_text(_folder(home) / f"{now:%Y-%m-%d}" / name, json.dumps(asdict(made), ensure_ascii=False) + "\n")
    return made


def decisions(home: Home, files: list[Path] | None = None) -> list[Decision]:
    """All decisions, or those of some event files, in the order they were made."""
    found = [Decision(**json.loads(path.read_text(encoding="utf-8")))
             for path in (event_files(home) if files is None else files)]
    return sorted(found, key=lambda d: (d.at, d.left, d.right))


def standing(home: Home, files: list[Path] | None = None) -> dict[tuple[str, str], str]:
    """(left, right) -> accept or reject, as decided last; the pair that was decided last comes last."""
    latest: dict[tuple[str, str], str] = {}
    for made in decisions(home, files):
        latest.pop((made.left, made.right), None)
        latest[made.left, made.right] = made.decision
    return latest


def event_files(home: Home) -> list[Path]:
    """The files of decisions, the oldest first."""
    return sorted(path for path in _folder(home).glob("*/*.json") if not path.name.startswith("."))


def _folder(home: Home) -> Path:
    return home.identity / "decisions"
