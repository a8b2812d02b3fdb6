"""What retention is about: one thing that is to go, and the day from which it has been kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from os import stat_result
from pathlib import Path


@dataclass(frozen=True)
class Due:
    """One thing that goes. `kind` is one of `settings.SETTINGS`, `name` an id or a path under LUMBUNG_HOME, `since` the
    day from which its days are counted, `why` what it is; `rows` are those that go or lose their text, `bytes` is what
    it takes on the disk."""

    kind: str
    name: str
    since: date
    why: str
    bytes: int = 0
    rows: int = 0


def is_due(since: date, days: int | None, as_of: date) -> bool:
    """Whether something of that day may go on `as_of`, kept for so many days (None: for ever)."""
    return days is not None and since + timedelta(days=days) <= as_of


def last_written(path: Path) -> date:
    """The day (UTC) on which a file, or anything in a folder, was last written to."""
    stamps = [status.st_mtime for status in _statuses(path)]
    return datetime.fromtimestamp(max(stamps), UTC).date() if stamps else datetime.now(UTC).date()


def size_of(path: Path) -> int:
    """The bytes of a file, or of all that is in a folder."""
    return sum(status.st_size for status in _statuses(path))


def _statuses(path: Path) -> Iterator[stat_result]:
    for one in (path, *path.rglob("*")):
        try:
            yield one.lstat()
        except FileNotFoundError:       # whoever works there took it away
            continue
