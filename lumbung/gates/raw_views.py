"""What gate raw looks at: a batch's loads and rows, and beside them the loads that came before."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.contracts import Contract
from lumbung.gates.covered import covered_by
from lumbung.lake import ledger, nil_returns
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

JAKARTA = timezone(timedelta(hours=7))
LOOKED_BACK = 12


def make_views(home: Home, scratch: Path, contract: Contract, profile: str, rows: str, covered: str = "") -> list[str]:
    """Make a scratch database of what the suites of gate raw read; returns the load ids of the profile.

    `raw.load_profile` (a row a load, with `landed_on`, `is_due_monthly` and `reject_limit_pct`, of replays null),
    `raw.<feed>` and `raw.accepted` (rows), `raw.load_days` (load_id, day, rows), `raw.load_covers` (load_id, rows,
    first_month, last_month, filled, empty), `raw.load_history` (load_id; of each earlier load of the feed and agency:
    earlier_load_id, is_alike, nth, rows, first_month, last_month, filled) and `raw.nil_months` (agency, month).
    `profile` and `rows` are SQL; so is `covered`, what the loads of a batch without verdict cover, else the ledger
    says which batch each is in.
    """
    with duckdb.connect(str(scratch)) as con:
        con.execute("create schema raw")
        con.execute(f"create view raw.{contract.feed} as from {rows}")
        con.execute(f"create view raw.accepted as from raw.{contract.feed}")
        ids = [row[0] for row in con.execute(f"select load_id from {profile} order by load_id").fetchall()]
        state = ledger.loads(home)
        here = [state[load_id] for load_id in dict.fromkeys(ids) if load_id in state]
        _profile(con, contract, profile, here)
        _days(con, contract)
        _covers(con, home, contract, here, covered)
        _history(con, home, contract, list(_earlier(state, here)))
        con.register("nil", pa.table({
            name: pa.array([nil[name] for nil in nil_returns.standing(home) if nil["feed"] == contract.feed],
                           pa.string()) for name in ("agency", "month")}))
        con.execute("create table raw.nil_months as select agency, month::date as month from nil")
        return ids


def _profile(con: duckdb.DuckDBPyConnection, contract: Contract, profile: str, here: list[Load]) -> None:
    con.register("landed", pa.table({
        "load_id": pa.array([load.load_id for load in here], pa.string()),
        "landed_on": pa.array([_landed_on(load) for load in here], pa.date32()),
        "is_replay": pa.array([bool(load.parent_load_id) for load in here], pa.bool_())}))
    number, unit = contract.due_every or (0, "")
    monthly = number > 0 and (number <= 31 if unit == "d" else (number, unit) == (1, "mo"))
    con.execute(f"create table raw.load_profile as select * exclude (is_replay), {monthly} as is_due_monthly, "
                f"case when is_replay then null else {contract.reject_limit_pct} end as reject_limit_pct "
                f"from {profile} left join landed using (load_id)")


def _landed_on(load: Load) -> date | None:
    return datetime.fromisoformat(load.landed_at).astimezone(JAKARTA).date() if load.landed_at else None


def _days(con: duckdb.DuckDBPyConnection, contract: Contract) -> None:
    day = f'"{contract.period_column}"' if contract.period_column else "null::date"
    con.execute(f"create table raw.load_days as select load_id, {day} as day, count(*) as rows "
                f"from raw.{contract.feed} where {day} is not null group by all")


def _covers(con: duckdb.DuckDBPyConnection, home: Home, contract: Contract, here: list[Load], covered: str) -> None:
    columns = "load_id, rows, first_month, last_month, filled, empty"
    if covered:
        con.execute(f"create table raw.load_covers as select {columns} from {covered}")
        return
    # A load's rows in another batch are leftovers of an attempt that died.
    con.register("here", pa.table({
        "load_id": pa.array([load.load_id for load in here], pa.string()),
        "batch_id": pa.array([load.batch_id for load in here], pa.string())}))
    con.execute(f"create table raw.load_covers as select {columns} from "
                f"{covered_by(home, contract, [load.batch_id for load in here])} as covers join here using (load_id) "
                "where parse_filename(filename, true) = batch_id")


def _earlier(state: dict[str, Load], here: list[Load]) -> Iterator[tuple[Load, Load, bool, int]]:
    """Each load with the last twelve of its agency before it, and the last twelve that came as the same kind of file:
    the load, the earlier one, whether it is alike, and which it is, 1 the last. Replays bring only what was mended.
    """
    before: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for load in state.values():
        if load.status == "loaded" and load.rows_accepted and not load.parent_load_id:
            for kind in ("", _kind(load)):
                before[load.feed, load.agency, kind].append((load.landed_at, load.load_id))
    for found in before.values():
        found.sort()
    for load in here:
        if load.parent_load_id:
            continue
        for kind in ("", _kind(load)):
            told = before[load.feed, load.agency, kind]
            place, nth = bisect_left(told, (load.landed_at, "")), 0
            for _, load_id in reversed(told[max(0, place - LOOKED_BACK):place]):
                if state[load_id].batch_id != load.batch_id:
                    nth += 1
                    yield load, state[load_id], bool(kind), nth


def _kind(load: Load) -> str:
    return Path(load.file_name).suffix.lower() or "."


def _history(con: duckdb.DuckDBPyConnection, home: Home, contract: Contract,
             earlier: list[tuple[Load, Load, bool, int]]) -> None:
    con.register("earlier", pa.table({
        "load_id": pa.array([load.load_id for load, *_ in earlier], pa.string()),
        "earlier_load_id": pa.array([before.load_id for _, before, *_ in earlier], pa.string()),
        "batch_id": pa.array([before.batch_id for _, before, *_ in earlier], pa.string()),
        "is_alike": pa.array([alike for *_, alike, _ in earlier], pa.bool_()),
        "nth": pa.array([nth for *_, nth in earlier], pa.int64()),
        "rows": pa.array([before.rows_accepted for _, before, *_ in earlier], pa.int64())}))
    covers = covered_by(home, contract, [before.batch_id for _, before, *_ in earlier])
    con.execute(f"""create table raw.load_history as
        select earlier.load_id, earlier_load_id, is_alike, nth, earlier.rows, first_month, last_month, filled
        from earlier left join {covers} as covers
        on covers.load_id = earlier_load_id and parse_filename(filename, true) = batch_id""")
