"""What is kept no longer: looked at, and carried out.

What is written to the ledger comes first, and the removal after it. A run that dies in between leaves what the ledger
says is gone: the next one finds it there and removes it, without another event.
"""

import os
from dataclasses import dataclass
from datetime import date, timedelta

from lumbung import publish
from lumbung.deliveries import day_of, today
from lumbung.lake import lease, ledger, removing
from lumbung.lake.durable import locked
from lumbung.lake.home import Home
from lumbung.retention import aged, files, finding, rows, telling
from lumbung.retention.due import Due
from lumbung.retention.settings import Keep


@dataclass(frozen=True)
class Plan:
    """What goes, or went: `due` in the order of kinds, and `open`: rows that have waited for their office for too long,
    by agency and feed, with how many and since when. These stay."""

    as_of: date
    due: list[Due]
    open: list[dict]


def look(home: Home, keep: Keep, as_of: date | None = None) -> Plan:
    """What would go on a day (today without one), by what stands now. Nothing is removed, and no lease is needed."""
    as_of = as_of or today()
    releases = _prunable(home, keep, as_of)
    found = finding.find(home, keep, as_of, leaving={release.id for release in releases})
    return Plan(as_of, [*map(_due, releases), *telling.due(home, found, finding.texts(home, found))], found.open)


def carry_out(home: Home, keep: Keep, *, wait_seconds: float = 5) -> Plan:
    """Remove what is due today; gives what went. Doing it twice does no harm, and finishes what a crash left.

    Raises LeaseHeld while a run is writing, or a backup is being taken, after `wait_seconds`.
    """
    as_of, run_id = today(), f"retention-{os.getpid()}"
    pruned = []
    if _prunable(home, keep, as_of):
        pruned = publish.prune(home, keep.release_count, _before(keep, as_of), wait_seconds=wait_seconds)
    try:
        # Nobody lands, returns or restores a file meanwhile, and nobody judges one.
        with (lease.step(home, run_id, wait_seconds=wait_seconds), removing.allowed(home, wait_seconds=wait_seconds),
              locked(home.landing), ledger.locked(home)):
            found = finding.find(home, keep, as_of)
            texts = finding.texts(home, found)
            plan = Plan(as_of, [*map(_due, pruned), *telling.due(home, found, texts)], found.open)
            ledger.record(home, telling.news(found, texts, as_of))
            state = ledger.loads(home)
            files.remove(home, files.gone_folders(home, state))
            rows.remove_typed(home, state)
            rows.remove_texts(texts, state)
            aged.remove([path for _, path in found.aged])
    finally:
        lease.release(home, run_id)
    return plan


def _prunable(home: Home, keep: Keep, as_of: date) -> list[publish.Release]:
    if keep.releases is None or keep.release_count is None:
        return []
    return publish.prunable(home, keep.release_count, _before(keep, as_of))


def _before(keep: Keep, as_of: date) -> date:
    """Releases of earlier days may go."""
    return as_of - timedelta(days=keep.releases - 1)


def _due(release: publish.Release) -> Due:
    return Due("releases", release.id, day_of(release.manifest["run_time"]), "an unpublished release",
               sum(file["bytes"] for file in release.manifest["files"]))
