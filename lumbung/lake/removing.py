"""Removing what others may be reading: an erasure, pruning and retention take turns with a backup.

Everything in the lake is written once or replaced whole, so a backup needs no lease and stops no run. What it can't
stand is that something goes away, or is taken out of files, while it reads them.
"""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager

from lumbung.errors import LeaseHeld
from lumbung.lake.home import Home


@contextmanager
def allowed(home: Home, *, wait_seconds: float = 5) -> Iterator[None]:
    """Remove things while no backup is being taken. Take the lease first.

    Raises LeaseHeld when one still is after `wait_seconds`.
    """
    with _locked(home, fcntl.LOCK_EX, wait_seconds, "A backup of this warehouse is being taken: nothing may be removed "
                                                    "meanwhile."):
        yield


@contextmanager
def forbidden(home: Home, *, wait_seconds: float = 60) -> Iterator[None]:
    """Read while nobody removes anything; others may read and runs may write.

    Raises LeaseHeld when somebody still removes after `wait_seconds`.
    """
    with _locked(home, fcntl.LOCK_SH, wait_seconds, "An erasure, or pruning, is at work in this warehouse."):
        yield


@contextmanager
def _locked(home: Home, how: int, wait_seconds: float, why: str) -> Iterator[None]:
    home.build.mkdir(parents=True, exist_ok=True)
    with (home.build / "removing.lock").open("w") as handle:         # falls free with the process
        deadline = time.monotonic() + wait_seconds
        while True:
            try:
                fcntl.flock(handle, how | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise LeaseHeld(why, where=str(home.root), todo="Wait for it to end, and try again.") from None
                time.sleep(0.2)
        yield
