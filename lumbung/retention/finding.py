"""What is due on a day, found before anything is removed."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from lumbung import publish
from lumbung.deliveries import day_of
from lumbung.intake.returns import entries
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event, Load
from lumbung.retention import aged, files, rows
from lumbung.retention.due import Due, is_due
from lumbung.retention.settings import Keep
from lumbung.retention.waiting import Row, mended_since, waiting_too_long

Texts = dict[Path, dict[str, set[Row]]]         # quarantine Parquet -> load id -> its rows that lose their text


@dataclass(frozen=True)
class Found:
    """What is due. `readings` are superseded loads, each with the day; `mended` load id -> its rows in quarantine that
    were mended, each with the day; `told` the rows of which the ledger says already that they lost their text."""

    state: dict[str, Load]
    groups: list[files.Group]
    readings: list[tuple[Load, date]]
    mended: dict[str, dict[Row, date]]
    told: dict[str, set[Row]]
    aged: list[tuple[Due, Path]]
    open: list[dict]


def find(home: Home, keep: Keep, as_of: date, leaving: Collection[str] = ()) -> Found:
    """What is due on a day; `leaving` are ids of releases that go before."""
    events, state = ledger.events(home), ledger.loads(home)
    pinned = {load["load_id"] for release in publish.releases(home) if release.id not in leaving
              for load in release.manifest["loads"]}
    since = {event.load_id: day_of(event.at) for event in events if event.event == "superseded"}
    with duckdb.connect() as con:
        entries.gather(con, home)
        mended = {load_id: {row: day for row, day in there.items() if is_due(day, keep.values, as_of)}
                  for load_id, there in mended_since(con, state).items()}
        waiting = waiting_too_long(con, keep.open, as_of)
    return Found(
        state, files.unneeded(home, state, events, pinned, keep.files, as_of),
        [(load, since[load.load_id]) for load in state.values()
         if load.status == "superseded" and is_due(since[load.load_id], keep.readings, as_of)],
        mended, _told(events), aged.found(home, keep, events, as_of), waiting)


def texts(home: Home, found: Found) -> Texts:
    """The rows in quarantine that lose their text: those due, and those of which the ledger says that they lost it."""
    loads = [load for load in found.state.values() if rows.is_gone(load)]
    loads += [load for group in found.groups for load in group.loads]
    loads += [load for load, _ in found.readings]
    single = {row for there in (*found.mended.values(), *found.told.values()) for row in there}
    return rows.texts(home, {load.load_id: load for load in loads}.values(),
                      sorted((found.state[row[0]].feed, row) for row in single))


def _told(events: list[Event]) -> dict[str, set[Row]]:
    told: dict[str, set[Row]] = defaultdict(set)
    for event in events:
        if event.event == "landed":         # it came again, and its rows were read anew
            told.pop(event.load_id, None)
        elif event.event == "removed" and event.reason_code == "values":
            told[event.load_id] |= {(event.load_id, sheet, number) for sheet, numbers in event.rows.items()
                                    for number in numbers}
    return dict(told)
