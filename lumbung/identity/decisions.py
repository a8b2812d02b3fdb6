"""What people decided of pairs of parties: the same business, or not. Events are only added; the latest stands."""

import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lumbung.lake import acts
from lumbung.lake.home import Home
from lumbung.lake.user import user


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
    acts.add(_folder(home), asdict(made), now)
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
    return acts.files(_folder(home))


def _folder(home: Home) -> Path:
    return home.identity / "decisions"
