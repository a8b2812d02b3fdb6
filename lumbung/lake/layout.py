"""Which layout the folders of a LUMBUNG_HOME have: `layout.json`. Older ones are migrated, newer ones refused.

A home without the file but with a lake was made before there was one: that is layout 1.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lumbung import __version__
from lumbung.errors import LumbungError
from lumbung.lake.durable import write_text

if TYPE_CHECKING:
    from lumbung.lake.home import Home

FILE = "layout.json"
# The first brings a home from layout 1 to 2, and so on. Each may be broken off anywhere and is then done again from its
# beginning: write aside and rename, and leave alone what is done.
MIGRATIONS: list[Callable[["Home"], None]] = []
# Others that start meanwhile wait so long for the one that migrates.
WAIT_SECONDS = 300


def known() -> int:
    """The layout that this code reads and writes."""
    return 1 + len(MIGRATIONS)


def check(home: "Home") -> None:
    """Make sure that this code can read a home, and migrate an older one. Touches no other.

    Raises LumbungError for a newer layout and for a home that is half restored, LeaseHeld while another writes in one
    that is to be migrated.
    """
    found = _require_readable(home.root)
    if found is not None and found < known():
        _migrate(home)


def ready(home: "Home") -> None:
    """As `check`, and write down the layout of a home that has no `layout.json` yet: a new one, or one of before."""
    check(home)
    if not (home.root / FILE).is_file():
        write(home.root, known())


def write(root: Path, layout: int, *, restoring: str = "") -> None:
    """Write down a home's layout; `restoring` the time of the backup it is being restored from: nobody else enters."""
    told = {"layout": layout, "lumbung": __version__, **({"restoring": restoring} if restoring else {})}
    write_text(root / FILE, json.dumps(told) + "\n")


def is_half_restored(root: Path) -> bool:
    """Whether a restore began here and did not come to its end."""
    return bool(_read(root).get("restoring"))


def require_known(layout: int, written_by: str, where: str) -> None:
    """Raises LumbungError for a layout that came after this code."""
    if layout > known():
        raise LumbungError(
            f"It has layout {layout}, written by Lumbung {written_by}; this is Lumbung {__version__}, which knows "
            f"layouts up to {known()}.", where=where, todo=f"Use Lumbung {written_by} or a later one.")


def _require_readable(root: Path) -> int | None:
    """The layout of a home, None for one that has nothing in it yet."""
    told = _read(root)
    if told.get("restoring"):
        raise LumbungError(f"This home is being restored from the backup of {told['restoring']}, or was and the "
                           "restore broke off.", where=str(root / FILE),
                           todo="Wait for its end, or begin it again: lumbung restore FILE.")
    if not told:
        return 1 if (root / "lake").is_dir() else None
    require_known(told["layout"], told["lumbung"], str(root / FILE))
    return told["layout"]


def _migrate(home: "Home") -> None:
    from lumbung.lake import lease

    run_id = f"layout-{os.getpid()}"
    try:
        with lease.held(home, run_id, wait_seconds=WAIT_SECONDS):
            found = _require_readable(home.root) or 1       # another process may have done it while this one waited
            for layout in range(found, known()):
                MIGRATIONS[layout - 1](home)
                write(home.root, layout + 1)
    finally:
        lease.release(home, run_id)


def _read(root: Path) -> dict:
    try:
        return json.loads((root / FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except ValueError as problem:
        raise LumbungError("It can't be read which layout this home has.", where=str(root / FILE),
                           todo='Bring the file back from a backup; it says e.g. {"layout": 1, "lumbung": "0.1.0"}.'
                           ) from problem
