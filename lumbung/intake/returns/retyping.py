"""Reading landed files again under today's contract."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from lumbung.contracts import contract_of
from lumbung.intake.batches import Batch, grouped
from lumbung.intake.landing import landed_again, landed_events
from lumbung.lake import ledger
from lumbung.lake.families import is_live, root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

# What was taken out by a person stays out; what was read again has its successor.
READ_AGAIN = ("loaded", "held", "rejected")


@dataclass(frozen=True)
class Retyping:
    """What is to be read again. `same` counts the loads that were read under today's contract already."""

    version: str
    batches: tuple[Batch, ...]
    loads: int
    same: int


def retype(home: Home, feed: str, only: Collection[str] | None = None) -> Retyping:
    """Land the files of a feed once more, as loads of today's contract; they are to be taken in by `batches`.

    With `only` those among these loads. Files that retention removed can't be read again and are left out.

    A new load that is accepted takes the place of the old one. Raises LumbungError for an unknown feed.
    """
    return _again(home, feed, lambda load, state: None if load.parent_load_id else "", only)


def retype_replays(home: Home, feed: str, only: Collection[str] | None = None) -> Retyping:
    """The same for the replays, once the files have their verdict: each brings back what its file still lacks.

    A replay of a load that was superseded comes back as one of its successor, which may take some rows itself now.
    """
    def parent_of(load: Load, state: dict[str, Load]) -> str | None:
        root = root_of(state, load)
        return root.load_id if load.parent_load_id and is_live(root) else None

    return _again(home, feed, parent_of, only)


def _again(home: Home, feed: str, parent_of: Callable[[Load, dict[str, Load]], str | None],
           only: Collection[str] | None) -> Retyping:
    """`parent_of` gives the parent that a load has from now on, None for a load that is not to be read again."""
    with ledger.staying(home):
        return _landed_again(home, feed, parent_of, only)


def _landed_again(home: Home, feed: str, parent_of: Callable[[Load, dict[str, Load]], str | None],
                  only: Collection[str] | None) -> Retyping:
    version = contract_of(feed).version
    state = ledger.loads(home)
    mine = [(load, parent) for load in state.values() if load.feed == feed and load.status in READ_AGAIN
            and "file" not in load.removed and (only is None or load.load_id in only)
            and (parent := parent_of(load, state)) is not None]
    again = {}
    for load, parent in mine:
        if (load.contract_version, load.parent_load_id) != (version, parent):
            one = landed_again(replace(load, parent_load_id=parent), version)
            if one.load_id not in state or state[one.load_id].status == "rejected":
                again[one.load_id] = one
    ledger.record(home, [event for one in again.values()
                         for event in landed_events(one, f"retype-{uuid.uuid4().hex[:10]}")])
    batches = grouped(feed, [("load", one.load_id, one.bytes) for one in again.values()])
    return Retyping(version, tuple(batches), len(again),
                    sum((load.contract_version, load.parent_load_id) == (version, parent) for load, parent in mine))
