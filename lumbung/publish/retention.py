"""Removing old releases. What was given to the public stays, and so does what readers have now."""

import os
import shutil
from datetime import date, datetime

from lumbung.errors import UsageError
from lumbung.lake import lease, removing
from lumbung.lake.durable import locked, sync_folder
from lumbung.lake.home import Home
from lumbung.publish.marks import PRUNED, note, published
from lumbung.publish.reading import Release, current, releases


def prunable(home: Home, keep: int, before: date | None = None) -> list[Release]:
    """The releases that retention may remove, oldest first: all but the newest `keep`, the current and published ones;
    with `before` only those whose run began on an earlier day (UTC).

    None of them is needed by another: files that two releases share are links to the same bytes, and these stay until
    the last link goes. Raises UsageError where not even one is to be kept.
    """
    if keep < 1:
        raise UsageError("At least one release is kept.", todo="Give --keep 1 or more.")
    now = current(home)
    stay = {mark["release_id"] for mark in published(home)} | ({now.id} if now else set())
    return [release for release in releases(home)[:-keep] if release.id not in stay
            and (before is None or datetime.fromisoformat(release.manifest["run_time"]).date() < before)]


def prune(home: Home, keep: int, before: date | None = None, *, wait_seconds: float = 5) -> list[Release]:
    """Remove what `prunable` gives, each with an event. Gives what was removed.

    Raises LeaseHeld while a run is writing or a backup is being taken.
    """
    run_id = f"prune-{os.getpid()}"
    try:
        # Nobody marks one meanwhile.
        with (lease.step(home, run_id, wait_seconds=wait_seconds), removing.allowed(home, wait_seconds=wait_seconds),
              locked(home.releases)):
            gone = prunable(home, keep, before)
            for release in gone:
                note(home, PRUNED, release.id, f"keep {keep}" + (f", and all since {before}" if before else ""))
                # First out of sight: what a crash leaves under such a name the next publish tidies up.
                aside = home.releases / f".{release.id}.tmp"
                release.path.rename(aside)
                sync_folder(home.releases)
                shutil.rmtree(aside)
    finally:
        lease.release(home, run_id)
    return gone
