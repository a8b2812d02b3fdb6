"""What people decided on conflicts: two files that say different things of one version of a document.

Events are only ever added, one small file each, beside the ledger. The latest decision on a conflict stands.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from lumbung.lake import acts
from lumbung.lake.home import Home


@dataclass(frozen=True)
class File:
    """A file that takes part in a conflict. Named by its bytes, so that a load read again is the same file."""

    agency: str
    sha256: str


@dataclass(frozen=True)
class Decision:
    """One decision: the file that stands and the files it was preferred to. `at` is UTC, ISO 8601."""

    feed: str
    conflict_key: str
    chosen: File
    refused: tuple[File, ...]
    reason: str
    by: str = ""
    at: str = ""


def record(home: Home, decision: Decision) -> Decision:
    """Add a decision; it survives a power cut. Gives it back with who and when."""
    return _decision(acts.record(_folder(home), "decided", asdict(decision)))


def decisions(home: Home) -> list[Decision]:
    """All decisions in the order they were made."""
    found = [_decision(json.loads(path.read_text(encoding="utf-8"))) for path in acts.files(_folder(home))]
    return sorted(found, key=lambda d: (d.at, d.feed, d.conflict_key))


def standing(home: Home) -> list[dict]:
    """The decisions in force, a row a file: `feed, conflict_key, agency, sha256, is_chosen`."""
    latest = {(d.feed, d.conflict_key): d for d in decisions(home)}
    rows = [{"feed": d.feed, "conflict_key": d.conflict_key, "agency": file.agency, "sha256": file.sha256,
             "is_chosen": file == d.chosen}
            for d in latest.values() for file in dict.fromkeys((d.chosen, *d.refused))]
    return sorted(rows, key=lambda row: (row["feed"], row["conflict_key"], not row["is_chosen"], row["agency"],
                                         row["sha256"]))


def _folder(home: Home) -> Path:
    return home.ledger.parent / "decisions"


def _decision(event: dict) -> Decision:
    return Decision(event["feed"], event["conflict_key"], File(**event["chosen"]),
                    tuple(File(**file) for file in event["refused"]), event["reason"], event["by"], event["at"])
