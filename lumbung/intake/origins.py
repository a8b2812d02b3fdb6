"""The file that the rows of a load first came in: of a replay not the return workbook, but what an office sent."""

from dataclasses import dataclass
from pathlib import Path

from lumbung.intake.landing import Landed, payload
from lumbung.lake import ledger
from lumbung.lake.families import root_of
from lumbung.lake.home import Home


@dataclass(frozen=True)
class Origin:
    """A file: what it was called, and for a replay where its bytes are; else they are those being read."""

    file_name: str = ""
    path: Path | None = None


def origins_of(home: Home, landed: dict[str, Landed]) -> dict[str, Origin]:
    """The origin of each load. A replay of a replay leads to the one file at the beginning."""
    state = ledger.loads(home) if any(one.parent_load_id for one in landed.values()) else {}
    found = {}
    for load_id, one in landed.items():
        found[load_id] = Origin(one.file_name)
        if one.parent_load_id in state:
            root = root_of(state, state[one.parent_load_id])
            found[load_id] = Origin(root.file_name, payload(home, root.feed, root.sha256))
    return found
