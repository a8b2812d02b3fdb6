"""Which files wait in the inbox, in batches of one feed."""

import logging
import os
import stat
import time
import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from lumbung.contracts import contracts
from lumbung.intake import claims
from lumbung.lake import ledger
from lumbung.lake.home import Home

FILES_A_BATCH = 200
BYTES_A_BATCH = 256 * 1024 * 1024
STRAY = "_stray"
HALF_SENT = (".part", ".tmp", ".filepart", ".crdownload")

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Batch:
    """Files of one feed that are taken together; plain values, so that Airflow can hand it on.

    `files` are paths relative to the inbox. `load_ids` are loads that landed before and never got a verdict.
    `feed` is `_stray` for files that lie where no feed is. `batch_id` is new at each planning.
    """

    feed: str
    batch_id: str
    files: tuple[str, ...] = ()
    load_ids: tuple[str, ...] = ()

    def as_dict(self) -> dict:
        return {**asdict(self), "files": list(self.files), "load_ids": list(self.load_ids)}

    @classmethod
    def from_dict(cls, values: dict) -> "Batch":
        return cls(values["feed"], values["batch_id"], tuple(values["files"]), tuple(values["load_ids"]))


@dataclass(frozen=True)
class Waiting:
    """One file of the inbox. `feed` is `_stray` where the place names no feed and agency."""

    path: str
    feed: str
    bytes: int
    whole_in: float              # seconds until the file has been quiet long enough; 0 is whole


def plan(home: Home, feeds: list[str], settle_seconds: float = 2.0) -> list[Batch]:
    """The batches of whole files that wait for these feeds, strays, and loads left without a verdict by a crash.

    A file is whole when nothing was written to it for `settle_seconds`; hidden and half-sent names are left alone.
    Same inbox, same grouping: files go by name.
    """
    pending: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for load in ledger.loads(home).values():
        if load.status == "landed" and load.feed in feeds:
            pending[load.feed].append(("load", load.load_id, load.bytes))
    for file in sorted(_files(home, feeds, settle_seconds), key=lambda f: f.path):
        if file.whole_in == 0:
            pending[file.feed].append(("file", file.path, file.bytes))
    return [batch for feed in sorted(pending) for batch in grouped(feed, pending[feed])]


def batch_of_loads(feed: str, load_ids: list[str]) -> Batch:
    """A batch that reads loads again which have landed before."""
    return _batch(feed, [("load", load_id, 0) for load_id in load_ids])


def whole_files(home: Home, feeds: list[str], settle_seconds: float = 2.0) -> list[str]:
    """What `plan` would find in the inbox, as paths relative to it. Reads no ledger, so it may be asked often."""
    return sorted(file.path for file in _files(home, feeds, settle_seconds) if file.whole_in == 0)


def waiting(home: Home, feeds: list[str], settle_seconds: float = 2.0) -> float:
    """Seconds until the youngest file that is still being written would be whole; 0 when there is none."""
    return max((file.whole_in for file in _files(home, feeds, settle_seconds)), default=0.0)


def grouped(feed: str, members: list[tuple[str, str, int]]) -> Iterator[Batch]:
    """Members (`file` or `load`, name, bytes) of one feed in batches of a bounded size."""
    group, size = [], 0
    for member in members:
        if group and (len(group) == FILES_A_BATCH or size + member[2] > BYTES_A_BATCH):
            yield _batch(feed, group)
            group, size = [], 0
        group.append(member)
        size += member[2]
    if group:
        yield _batch(feed, group)


def _batch(feed: str, members: list[tuple[str, str, int]]) -> Batch:
    batch_id = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:10]}"
    return Batch(feed, batch_id,
                 files=tuple(name for kind, name, _ in members if kind == "file"),
                 load_ids=tuple(name for kind, name, _ in members if kind == "load"))


def _files(home: Home, feeds: list[str], settle_seconds: float) -> Iterator[Waiting]:
    known, now = set(contracts()), time.time()
    for folder, names, files in os.walk(home.inbox, followlinks=False):
        here = Path(folder)
        claimed = claims.is_claim(here)
        if claimed and claims.is_alive(here):
            names.clear()
            continue
        for link in [n for n in names if (here / n).is_symlink()]:
            log.warning("%s is a symbolic link and is not followed: put the files themselves there.", here / link)
        names[:] = sorted(n for n in names if not n.startswith(".") or claims.is_claim(here / n))
        for name in files:
            if not claimed and _half_sent(name):
                continue
            try:
                status = (here / name).lstat()
            except FileNotFoundError:
                continue
            if not stat.S_ISREG(status.st_mode):
                log.warning("%s is no regular file and is not taken in: put the file itself there.", here / name)
                continue
            path = (here / name).relative_to(home.inbox)
            feed = feed_of(path, known)
            if feed in (STRAY, *feeds):
                whole_in = 0.0 if claimed else _whole_in(status, now, settle_seconds)
                yield Waiting(str(path), feed, status.st_size, whole_in)


def place_of(path: Path) -> Path:
    """Where a file of the inbox was put by its sender: its path without our claim folder."""
    return Path(*(part for part in path.parts if not claims.is_claim(Path(part))))


def feed_of(path: Path, known: set[str]) -> str:
    parts = place_of(path).parts
    return parts[0] if len(parts) >= 3 and parts[0] in known else STRAY


def _half_sent(name: str) -> bool:
    return name.startswith((".", "~$")) or name.lower().endswith(HALF_SENT)


def _whole_in(status: os.stat_result, now: float, settle_seconds: float) -> float:
    # A sender's clock may run ahead of ours; then the change time, which is by our clock, decides.
    written = status.st_mtime if status.st_mtime <= now else min(status.st_ctime, now)
    return max(0.0, settle_seconds - (now - written))
