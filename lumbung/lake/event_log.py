"""What the ledger said when a run pinned its loads: how many events, their hash, and how to find them again."""

import hashlib
from pathlib import Path

from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import Home


def told(home: Home, files: list[Path]) -> dict:
    """Of these event files: `files` and `events` (counts), `sha256` over names and bytes, `last` (a name)."""
    digest, events = hashlib.sha256(), 0
    for path in files:
        content = path.read_bytes()
        events += content.count(b"\n")
        digest.update(_name(home, path).encode() + b"\0" + content)
    return {"files": len(files), "events": events, "sha256": digest.hexdigest(),
            "last": _name(home, files[-1]) if files else ""}


def names(home: Home, files: list[Path]) -> list[str]:
    """The files by their names under the ledger."""
    return [_name(home, path) for path in files]


def overtaken(home: Home, log: dict, read: list[str]) -> list[str]:
    """The names before the last of a log that were not `read`: written down earlier, on the disk only afterwards."""
    known = set(read)
    return [name for name in names(home, ledger.event_files(home)) if name <= log["last"] and name not in known]


def named(home: Home, log: dict) -> list[Path]:
    """The event files that a log tells of. Raises LumbungError where the ledger does not hold them as they were."""
    if "names" in log:
        read = set(log["names"])
        files = [path for path in ledger.event_files(home) if _name(home, path) in read]
    else:           # a release made before names were kept: an event that came later under an older name spoils it
        left_out = set(log.get("left_out", ()))
        files = [path for path in ledger.event_files(home)
                 if (name := _name(home, path)) <= log["last"] and name not in left_out]
    if told(home, files)["sha256"] != log["sha256"]:
        raise LumbungError(
            f"The ledger does not hold the {log['events']} events any more that the release was made by.",
            where=str(home.ledger), todo="Bring the ledger back from a backup. An erasure that took a name out of it "
                                         "can't be undone.")
    return files


def _name(home: Home, path: Path) -> str:
    return path.relative_to(home.ledger).as_posix()
