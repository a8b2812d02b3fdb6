"""Which loads hold documents of some months."""

import duckdb

from lumbung.errors import LumbungError
from lumbung.intake.rules import literal
from lumbung.lake import ledger
from lumbung.lake.asking import rows_of
from lumbung.lake.families import root_of
from lumbung.lake.home import Home
from lumbung.lake.restatements import DOCUMENT_DAYS


def loads_of_months(home: Home, feed: str, first: str, last: str) -> set[str]:
    """The loads of which an accepted row is dated in the months `first` to `last` (YYYY-MM), with their families: the
    file, its replays and what it was read as before. Loads without an accepted row are among them: who knows whose
    months their rows are.
    """
    state = {load_id: load for load_id, load in ledger.loads(home).items() if load.feed == feed}
    dated = {load.load_id for load in state.values() if load.batch_id and not load.rows_accepted}
    for batch_id in sorted({load.batch_id for load in state.values() if load.rows_accepted
                            and not {"file", "reading"} & load.removed.keys()}):
        dated |= _dated(home, feed, batch_id, first, last)
    roots = {root_of(state, state[load_id]).load_id for load_id in dated & state.keys()}
    return {load_id for load_id, load in state.items() if root_of(state, load).load_id in roots}


def _dated(home: Home, feed: str, batch_id: str, first: str, last: str) -> set[str]:
    path, day = home.raw / feed / f"{batch_id}.parquet", DOCUMENT_DAYS[feed]
    every = f"select distinct load_id from read_parquet({literal(str(path))})"
    try:
        found = rows_of(f"{every} where {day} >= ?::date and {day} < ?::date + interval 1 month",
                               [f"{first}-01", f"{last}-01"])
    except duckdb.BinderException:                # read under a contract that had no such column
        found = rows_of(every)
    except duckdb.IOException as problem:
        raise LumbungError("The typed rows of a batch are gone.", where=str(path),
                           todo="Bring the Parquet back from a copy, or withdraw its loads and send them again."
                           ) from problem
    return {load_id for load_id, in found}
