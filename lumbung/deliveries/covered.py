"""Which periods of its feed a load covers, by the dates of its accepted rows."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

import duckdb

from lumbung.contracts import Contract
from lumbung.deliveries.calendar import Cadence, day_of
from lumbung.errors import LumbungError
from lumbung.lake.families import counts, root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

# A month's file also brings corrections of other months: fewer rows than this share of the load's fullest period
# don't deliver one.
LEAST_SHARE = 0.1


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

    `state` are all loads. Rejected and withdrawn loads deliver nothing. Raises LumbungError where typed rows are gone.
    """
    came: dict[str, date] = {}
    for load in state.values():
        if load.feed == contract.feed and load.status != "withdrawn":
            root, day = root_of(state, load).load_id, day_of(load.landed_at or load.judged_at)
            came[root] = min(came.get(root, day), day)
    here = {load.load_id: load for load in state.values() if load.feed == contract.feed and load.rows_accepted
            and (load.status == "held" or counts(state, load))}
    found = defaultdict(dict)
    for load_id, day, last_day, rows, made_up in _dated(home, contract, cadence, here):
        periods, first = found[load_id], cadence.first(day)
        so_far = periods.get(first, (last_day, 0, True))
        periods[first] = max(so_far[0], last_day), so_far[1] + rows, so_far[2] and made_up
    return [Covered(here[load_id].agency, first, last_day, came[root_of(state, here[load_id]).load_id], made_up)
            for load_id, periods in sorted(found.items()) for first, (last_day, rows, made_up) in periods.items()
            if rows >= LEAST_SHARE * max(count for _, count, _ in periods.values())]


def made_up_loads(home: Home, loads: list[Load]) -> set[str]:
    """Those of these loads of which every accepted row says that it is made up."""
    found = set()
    for path in sorted({home.raw / load.feed / f"{load.batch_id}.parquet" for load in loads}):
        if path.is_file():
            found |= {load_id for load_id, in duckdb.execute(
                f"select load_id from read_parquet({_text(path)}) group by load_id "
                f"having bool_and({_made_up([str(path)])})").fetchall()}
    return found & {load.load_id for load in loads}


def _dated(home: Home, contract: Contract, cadence: Cadence, loads: dict[str, Load]) -> list[tuple]:
    """(load_id, day, last_day, rows, is made up) a load and a month or day of its rows."""
    batches = sorted({load.batch_id for load in loads.values()})
    paths = [str(home.raw / contract.feed / f"{batch}.parquet") for batch in batches]
    if not paths:
        return []
    day = contract.period_column
    try:
        if day not in _columns(paths):           # read under a contract that had no such column
            return []
        rows = duckdb.execute(
            f"select load_id, parse_filename(filename, true), date_trunc('{'day' if cadence.in_days else 'month'}', "
            f"{day})::date as first_day, max({day}), count(*), bool_and({_made_up(paths)}) "
            f"from {_rows(paths)} where {day} is not null group by all order by all").fetchall()
    except duckdb.IOException as problem:
        raise LumbungError("The typed rows of a batch are gone.", where=str(home.raw / contract.feed),
                           todo="Bring the Parquet back from a copy, or withdraw its loads and send them again."
                           ) from problem
    # Rows of a load in another batch are leftovers of an attempt that died.
    return [(load_id, *rest) for load_id, batch, *rest in rows
            if load_id in loads and loads[load_id].batch_id == batch]


def _made_up(paths: list[str]) -> str:
    return "coalesce(is_synthetic, false)" if "is_synthetic" in _columns(paths) else "false"


def _columns(paths: list[str]) -> set[str]:
    return {row[0] for row in duckdb.execute(f"describe select * from {_rows(paths)}").fetchall()}


def _rows(paths: list[str]) -> str:
    listed = ", ".join(map(_text, paths))
    return f"read_parquet([{listed}], union_by_name=true, filename=true)"


def _text(path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
