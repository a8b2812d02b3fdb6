"""What of a LUMBUNG_HOME goes into a backup, listed so that it is one point in time.

Files are only added or replaced whole, and nothing is removed meanwhile (`lake/removing.py`). So it is enough to list
what follows before what it follows from: marks, releases, what people decided, then the ledger, and last the bytes
that the ledger names. Whatever a listed file rests on is then listed too, however busy intake and runs are.

A home's folders are taken unless they are known to be made again: a store that somebody adds is in by itself. Typed
rows are in, though most could be read again from landing: those of a load that was read under an older contract, or
brought back by a replay when other rows were still open, could not, and a restore would hang on the code's version.
"""

import os
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from lumbung.errors import LumbungError
from lumbung.lake import layout, ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

# Made again by the next run or when somebody asks, or not ours: the inbox is the offices', Airflow's folder its own.
MADE_AGAIN = ("inbox", "build", "scratch", "docs", "airflow", "identity/work", "lake/covered", "lost+found",
              layout.FILE)
BY_THEIR_NAMES = ("releases", "lake/ledger", "lake/landing", "lake/raw", "lake/quarantine")
# Verdicts of gate raw go into the manifest of every release that holds their loads.
OF_BUILD = "build/gates"
LISTINGS = 100


@dataclass(frozen=True)
class Counts:
    """What a backup holds. `without_bytes` are loads whose landed file is gone (retention, or a loss), `untyped` those
    that count, or wait, and whose typed rows are gone."""

    loads: int
    event_files: int
    releases: int
    current: str
    erasures: int
    without_bytes: int
    untyped: int

    def as_dict(self) -> dict:
        return asdict(self)


@dataclass(frozen=True)
class Contents:
    """What to archive: `parts` are a name and paths relative to the home each, folders before what is in them.
    `current` is the release that readers get, "" before the first."""

    parts: dict[str, list[str]]
    counts: Counts

    @property
    def current(self) -> str:
        return self.counts.current


def listed(home: Home) -> Contents:
    """List a home. Let nobody remove anything meanwhile, and until all is read."""
    current = _current(home)
    marks = _within(home, "releases/events")
    whole = _releases(home)
    releases = ["releases", *marks, *(path for release in whole for path in _within(home, release))]
    acts = [*_others(home), *_within(home, OF_BUILD)]
    events = _at_rest(lambda: ledger.event_files(home))
    state = ledger.loads(home, events)
    folders = sorted({path.parent.relative_to(home.root).as_posix() for path in events})
    parts = {"releases": releases, "acts": acts,
             "ledger": ["lake/ledger", *folders, *(p.relative_to(home.root).as_posix() for p in events)],
             "landing": list(_landing(home, state)), "typed": list(_typed(home, state))}
    return Contents(parts, _counts(home, state, len(events), len(whole), current))


def counted(home: Home) -> Counts:
    """What a home at rest holds, as `listed` counts it."""
    return _counts(home, ledger.loads(home), len(ledger.event_files(home)), len(_releases(home)), _current(home))


def _counts(home: Home, state: dict[str, Load], event_files: int, releases: int, current: str) -> Counts:
    loads = state.values()
    return Counts(
        len(state), event_files, releases, current, len(list((home.identity / "erasures").glob("[!.]*.json"))),
        sum(not (home.landing / load.feed / load.sha256 / "payload").is_file() for load in loads),
        sum(load.status in ("loaded", "held") and load.rows_accepted > 0
            and not (home.raw / load.feed / f"{load.batch_id}.parquet").is_file() for load in loads))


def _current(home: Home) -> str:
    link = home.releases / "current"
    return str(link.readlink()) if link.is_symlink() else ""


def _releases(home: Home) -> list[str]:
    """The whole releases, as paths relative to the home."""
    return sorted(path.parent.relative_to(home.root).as_posix() for path in home.releases.glob("*/manifest.json")
                  if not path.parent.name.startswith(".") and not path.parent.is_symlink())


def _others(home: Home) -> Iterator[str]:
    """All that is neither made again nor found by the names that releases and the ledger give."""
    return _walk(home, home.root, {*MADE_AGAIN, *BY_THEIR_NAMES})


def _landing(home: Home, state: dict[str, Load]) -> Iterator[str]:
    """The files as received and their tombstones; what no event names is on its way, or was left by a crash."""
    feeds = {load.feed for load in state.values()}
    places = sorted({f"lake/landing/{load.feed}/{load.sha256}" for load in state.values()})
    yield from ("lake/landing", *sorted(f"lake/landing/{feed}" for feed in feeds))
    for place in places:
        yield from _within(home, place)


def _typed(home: Home, state: dict[str, Load]) -> Iterator[str]:
    """The Parquet of the batches that the ledger names."""
    batches = sorted({(load.feed, load.batch_id) for load in state.values() if load.batch_id})
    for store in ("lake/raw", "lake/quarantine"):
        files = [f"{store}/{feed}/{batch}.parquet" for feed, batch in batches]
        there = [path for path in files if (home.root / path).is_file()]
        yield from (store, *sorted({path.rpartition("/")[0] for path in there}), *there)


def _within(home: Home, place: str) -> list[str]:
    """A folder and all that is in it; nothing where it is not there."""
    return [place, *_walk(home, home.root / place, set())] if (home.root / place).is_dir() else []


def _walk(home: Home, top: Path, without: set[str]) -> Iterator[str]:
    """Folders and files under `top`; nothing half written, which has a name with a dot in front."""
    for folder, folders, files in os.walk(top):
        here = Path(folder).relative_to(home.root)
        folders[:] = sorted(name for name in folders if _is_taken(home, here / name, without))
        yield from ((here / name).as_posix() for name in folders)
        yield from ((here / name).as_posix() for name in sorted(files) if _is_taken(home, here / name, without))


def _is_taken(home: Home, path: Path, without: set[str]) -> bool:
    if path.name.startswith(".") or path.as_posix() in without:
        return False
    if (home.root / path).is_symlink():
        raise LumbungError("A link stands in the home; what it leads to would not be in the backup.",
                           where=str(home.root / path), todo="Put the folder itself there, or mount it there.")
    return True


def _at_rest(list_files: Callable[[], list[Path]]) -> list[Path]:
    """A listing that came out the same twice: while a folder is read an event may be missed and a later one seen, but
    what was there before the later one is seen by the next listing."""
    before = None
    for _ in range(LISTINGS):
        if (files := list_files()) == before:
            return files
        before = files
    raise LumbungError("The ledger did not come to rest: events come faster than it can be listed.",
                       todo="Take the backup at a quieter hour.")
