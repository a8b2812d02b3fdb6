"""The figures of a lake, as its ledger, its gates' results, its releases and its steps have them."""

import logging
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from lumbung import deliveries, publish
from lumbung.lake import families, ledger
from lumbung.lake.asking import rows_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load
from lumbung.metrics.metric import (
    FREE,
    GATE_CHECKS,
    LOADS,
    MISSING,
    RELEASE_AGE,
    ROWS,
    STEP_DURATION,
    UNRELEASED,
    Figure,
)
from lumbung.metrics.steps import last_seconds

log = logging.getLogger(__name__)

STATUSES = ("landed", "held", "rejected", "loaded")
OUTCOMES = ("passed", "warned", "failed")
# A feed that comes once a month still has its newest gate among so many days on which gates ran.
GATE_DAYS = 40
NEWEST = """
with told as (select step, feed, run_id, checked_at, table_name, check_name,
    list_position(['passed', 'warned', 'failed'], status) as outcome,
    if(step = 'raw', feed, '') as of_feed from read_parquet($files)),
newest as (select step, of_feed, max_by(run_id, (checked_at, run_id)) as run_id from told group by all),
checks as (select step, feed, table_name, check_name, max(outcome) as outcome
    from told join newest using (step, of_feed, run_id) group by all)
select step, feed, outcome, count(*) from checks group by all order by all"""


class Lake:
    """One LUMBUNG_HOME, read again and again: what has not changed since is not read a second time."""

    def __init__(self, home: Home):
        self.home = home
        self._kept: dict[str, tuple[object, list[Figure]]] = {}

    def figures(self, now: datetime) -> list[Figure]:
        """Every figure there is at a moment (with its zone). What can't be read is left out, and logged."""
        found: list[Figure] = []
        for read in (self._loads, self._gates, self._release, self._late, self._steps, self._disk):
            try:
                found += read(now)
            except Exception:
                log.exception("A figure can't be read; the others are told without it.")
        return found

    def _loads(self, now: datetime) -> list[Figure]:
        files = ledger.event_files(self.home)
        return self._unless_kept("loads", ([path.name for path in files], self._current()), lambda: list(
            _of_loads(ledger.loads(self.home, files), self._released())))

    def _gates(self, now: datetime) -> list[Figure]:
        steps = (self.home.quality / "results").glob("*")
        days = [day for step in steps for day in sorted(step.glob("*"))[-GATE_DAYS:]]
        files = sorted(str(path) for day in days for path in day.glob("[!.]*.parquet"))
        # A gate that is tried again writes the same file again.
        key = [(path, Path(path).stat().st_mtime_ns) for path in files]
        return self._unless_kept("gates", key, lambda: list(_of_gates(files)) if files else [])

    def _release(self, now: datetime) -> list[Figure]:
        made = self._unless_kept("release", self._current(), lambda: [
            Figure(RELEASE_AGE, datetime.fromisoformat(release.manifest["run_time"]).timestamp())
            for release in [publish.current(self.home)] if release])
        return [Figure(RELEASE_AGE, round((now.timestamp() - one.value) / 3600, 3)) for one in made]

    def _late(self, now: datetime) -> list[Figure]:
        today = deliveries.day_of(now.isoformat())
        key = ([path.name for path in ledger.event_files(self.home)], today)
        return self._unless_kept("late", key, lambda: [
            Figure(MISSING, len(one.missing), {"feed": one.feed, "agency": one.agency,
                                              "is_synthetic": str(one.is_synthetic).lower()})
            for one in deliveries.standings(self.home, today, lambda problem: None)])

    def _steps(self, now: datetime) -> list[Figure]:
        return [Figure(STEP_DURATION, seconds, {"step": step}) for step, seconds in last_seconds(self.home).items()]

    def _disk(self, now: datetime) -> list[Figure]:
        return [Figure(FREE, shutil.disk_usage(self.home.root).free)]

    def _unless_kept(self, name: str, key: object, read: Callable[[], list[Figure]]) -> list[Figure]:
        if self._kept.get(name, (None, []))[0] != key:
            self._kept[name] = (key, read())
        return self._kept[name][1]

    def _current(self) -> str:
        link = self.home.releases / "current"
        return str(link.readlink()) if link.is_symlink() else ""

    def _released(self) -> set[str]:
        release = publish.current(self.home)
        return {load["load_id"] for load in release.manifest["loads"]} if release else set()


def _of_loads(state: dict[str, Load], released: set[str]) -> Iterator[Figure]:
    senders = sorted({(load.feed, load.agency) for load in state.values()})
    statuses, accepted, aside, unreleased = Counter(), Counter(), Counter(), Counter()
    for load in state.values():
        sender = (load.feed, load.agency)
        statuses[sender, load.status] += 1
        if families.counts(state, load):
            accepted[sender] += load.rows_accepted
            unreleased[load.feed] += load.load_id not in released
        if families.is_live(load):
            aside[sender] += load.rows_quarantined - sum(len(rows) for e in load.mended for rows in e.rows.values())
    for feed, agency in senders:
        labels = {"feed": feed, "agency": agency}
        for status in STATUSES:
            yield Figure(LOADS, statuses[(feed, agency), status], labels | {"status": status})
        yield Figure(ROWS, accepted[feed, agency], labels | {"outcome": "accepted"})
        yield Figure(ROWS, aside[feed, agency], labels | {"outcome": "quarantined"})
    for feed in sorted({feed for feed, _ in senders}):
        yield Figure(UNRELEASED, unreleased[feed], {"feed": feed})


def _of_gates(files: list[str]) -> Iterator[Figure]:
    """Of the newest gate of each step, of raw of each feed: also the outcomes that no check had, so that they end."""
    counted = {(step, feed, OUTCOMES[outcome - 1]): number for step, feed, outcome, number in rows_of(
        NEWEST, {"files": files})}
    for step, feed in sorted({(step, feed) for step, feed, _ in counted}):
        labels = {"step": step} | ({"feed": feed} if feed else {})
        for outcome in OUTCOMES:
            yield Figure(GATE_CHECKS, counted.get((step, feed, outcome), 0), labels | {"outcome": outcome})
