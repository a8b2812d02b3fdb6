"""Files that nothing needs any more: which, and out of landing with them."""

import shutil
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lumbung.deliveries import day_of
from lumbung.lake.durable import sync_folder
from lumbung.lake.families import counts, root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event, Load
from lumbung.retention.due import is_due

# Beside the bytes of a file of which a person was erased. Should the file come again, it keeps the erased rows out.
TOMBSTONE = "tombstone.json"
GONE = ".removed-"


@dataclass(frozen=True)
class Group:
    """Loads that stay or go together: readings of the same bytes, replays, files that share bytes with these.

    `since` is the day of the last thing that happened to any of them.
    """

    loads: tuple[Load, ...]
    since: date


def unneeded(home: Home, state: dict[str, Load], events: Iterable[Event], pinned: Collection[str], days: int | None,
             as_of: date) -> list[Group]:
    """The groups of files that may go: no row counts or waits, no load of them is among `pinned` (what the releases
    that stay were made of), and for so many days nothing happened to any of them. Files with a tombstone stay.
    """
    last: dict[str, date] = {}
    for event in events:
        if event.event != "removed":
            last[event.load_id] = day_of(event.at)          # events come in order
    groups = []
    for loads in _groups(state):
        since = max(last[load.load_id] for load in loads)
        if is_due(since, days, as_of) and not any(_is_needed(home, state, load, pinned) for load in loads):
            groups.append(Group(tuple(loads), since))
    return groups


def _groups(state: dict[str, Load]) -> list[list[Load]]:
    """All loads, those together that have a root or the same bytes in common."""
    leader: dict[object, object] = {}

    def find(one: object) -> object:
        while leader.setdefault(one, one) != one:
            leader[one] = leader[leader[one]]
            one = leader[one]
        return one

    for load in state.values():
        for other in (("root", root_of(state, load).load_id), (load.feed, load.sha256)):
            leader[find(load.load_id)] = find(other)
    found = defaultdict(list)
    for load in state.values():
        found[find(load.load_id)].append(load)
    return list(found.values())


def _is_needed(home: Home, state: dict[str, Load], load: Load, pinned: Collection[str]) -> bool:
    return (load.status in ("landed", "held") or counts(state, load) or load.load_id in pinned
            or (folder(home, load) / TOMBSTONE).is_file())


def folder(home: Home, load: Load) -> Path:
    """Where the bytes of a load lie."""
    return home.landing / load.feed / load.sha256


def gone_folders(home: Home, state: dict[str, Load]) -> list[Path]:
    """Folders of bytes of which the ledger says, of every load that had them, that they were removed."""
    of_folder = defaultdict(list)
    for load in state.values():
        of_folder[folder(home, load)].append("file" in load.removed)
    return sorted(path for path, gone in of_folder.items() if all(gone) and path.is_dir())


def remove(home: Home, folders: list[Path]) -> None:
    """Remove folders of bytes: first out of sight, so that no half of one is ever taken for the whole."""
    for path in folders:
        aside = path.with_name(f"{GONE}{uuid.uuid4().hex}")
        path.rename(aside)
        sync_folder(path.parent)
    for aside in sorted(home.landing.glob(f"*/{GONE}*")):       # those of a run that died too
        shutil.rmtree(aside)
