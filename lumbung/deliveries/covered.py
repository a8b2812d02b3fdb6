"""Which periods of its feed a load covers, by the dates of its accepted rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from lumbung.contracts import Contract
from lumbung.deliveries.calendar import Cadence, day_of
from lumbung.errors import LumbungError
from lumbung.lake.asking import rows_of
from lumbung.lake.families import counts, root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

# A month's file also brings corrections of other months: fewer rows than this share of the load's fullest period
# don't deliver one.
LEAST_SHARE = 0.1
# A row dated later than this after its file came is a slip of the pen, and covers nothing. The day of Papua begins
# before that of Jakarta; rates are set before the week they are for.
AHEAD_DAYS, AHEAD_DAYS_OF = 1, {"exchange_rate": 14}
# What says how things were on a day is often dated just after the period it is for.
SNAPSHOT_COLUMN = "as_of"
# A load's rows in another batch are leftovers of an attempt that died.
LOADS = "(select unnest($loads) as load_id, unnest($batches) as batch_id, unnest($landed)::date as landed_on)"
OF_LOADS = "join loads on raw.load_id = loads.load_id and parse_filename(raw.filename, true) = loads.batch_id"


@dataclass(frozen=True)
class Covered:
    """A period that a load covers. `last_day` is the newest date of its rows there."""

    agency: str
    first: date
    last_day: date
    landed_on: date
    is_synthetic: bool


def covered(home: Home, contract: Contract, cadence: Cadence, state: dict[str, Load]) -> list[Covered]:
    """The periods that the loads of a feed cover which count or are held, each with the day its file first came.

    `state` are all loads. Rejected and withdrawn loads deliver nothing. Raises LumbungError where typed rows
    can't be read.
    """
    came: dict[str, date] = {}
    for load in state.values():
        if load.feed == contract.feed and load.status != "withdrawn":
            root, day = root_of(state, load).load_id, day_of(load.landed_at or load.judged_at)
            came[root] = min(came.get(root, day), day)
    here = {load.load_id: load for load in state.values() if load.feed == contract.feed and load.rows_accepted
            and (load.status == "held" or counts(state, load))}
    found = defaultdict(dict)
    for load_id, day, last_day, rows, made_up in _dated(home, contract, cadence, list(here.values())):
        periods, first = found[load_id], cadence.first(day)
        so_far = periods.get(first, (last_day, 0, True))
        periods[first] = max(so_far[0], last_day), so_far[1] + rows, so_far[2] and made_up
    return [Covered(here[load_id].agency, first, last_day, came[root_of(state, here[load_id]).load_id], made_up)
            for load_id, periods in sorted(found.items()) for first, (last_day, rows, made_up) in periods.items()
            if rows >= LEAST_SHARE * max(count for _, count, _ in periods.values())]


def made_up_loads(home: Home, loads: list[Load]) -> set[str]:
    """Those of these loads of which every accepted row says that it is made up; none where that can't be read."""
    paths = [path for path in _paths(home, loads) if path.is_file()]
    if not paths:
        return set()
    try:
        return {load_id for load_id, in rows_of(
            f"with loads as {LOADS} select raw.load_id from {_rows(paths)} as raw {OF_LOADS} "
            f"group by raw.load_id having bool_and({_made_up(_columns(paths))})", _of(loads))}
    except duckdb.Error:
        return set()


def _dated(home: Home, contract: Contract, cadence: Cadence, loads: list[Load]) -> list[tuple]:
    """(load_id, day, last_day, rows, is made up) a load and a month or day of its rows."""
    paths, day = _paths(home, loads), f'raw."{contract.period_column}"'
    if not paths:
        return []
    unit = "day" if cadence.in_days else "month"
    after_days = cadence.within_days if contract.period_column == SNAPSHOT_COLUMN else 0
    try:
        columns = _columns(paths)
        if contract.period_column not in columns:       # read under a contract that had no such column
            return []
        return rows_of(
            f"with loads as {LOADS} select raw.load_id, date_trunc('{unit}', {day} - {after_days})::date as first_day, "
            f"max({day}), count(*), bool_and({_made_up(columns)}) from {_rows(paths)} as raw {OF_LOADS} "
            f"where {day} <= loads.landed_on + {AHEAD_DAYS_OF.get(contract.feed, AHEAD_DAYS)} "
            "group by all order by all", _of(loads))
    except duckdb.Error as problem:
        raise LumbungError(
            f"The typed rows of a batch can't be read, so nobody knows what came of {contract.feed}.",
            where=str(_broken(paths) or paths[0].parent),
            todo="Bring the Parquet back from a copy, or withdraw its loads and send them again.") from problem


def _of(loads: list[Load]) -> dict[str, list]:
    return {"loads": [load.load_id for load in loads], "batches": [load.batch_id for load in loads],
            "landed": [day_of(load.landed_at or load.judged_at) for load in loads]}


def _paths(home: Home, loads: list[Load]) -> list[Path]:
    return sorted({home.raw / load.feed / f"{load.batch_id}.parquet" for load in loads})


def _broken(paths: list[Path]) -> Path | None:
    """The first file of which not even the footer can be read."""
    for path in paths:
        try:
            rows_of(f"from parquet_file_metadata({_text(path)})")
        except duckdb.Error:
            return path
    return None


def _made_up(columns: set[str]) -> str:
    return "coalesce(raw.is_synthetic, false)" if "is_synthetic" in columns else "false"


def _columns(paths: list[Path]) -> set[str]:
    return {row[0] for row in rows_of(f"describe select * from {_rows(paths)}")}


def _rows(paths: list[Path]) -> str:
    listed = ", ".join(map(_text, paths))
    return f"read_parquet([{listed}], union_by_name=true, filename=true)"


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
