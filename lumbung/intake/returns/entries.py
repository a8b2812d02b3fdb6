"""What lies in quarantine and what became of it: open, mended by a replay, or sent again and still wrong."""

import duckdb
import pyarrow as pa

from lumbung.intake.rules import literal
from lumbung.lake import ledger
from lumbung.lake.families import is_current, is_live, root_of
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load


def mended_rows(state: dict[str, Load], root: Load, but_for: str = "") -> set[tuple[str, int]]:
    """(sheet, row number) of the rows of a load that accepted replays brought back; not by the bytes `but_for`."""
    return {row for row, by in mended_by(state, root).items() if not but_for or state[by].sha256 != but_for}


def mended_by(state: dict[str, Load], root: Load) -> dict[tuple[str, int], str]:
    """The same rows, each with the load that brought it back."""
    return {(sheet, number): event.by_load_id for event in root.mended
            if event.by_load_id in state and state[event.by_load_id].status == "loaded"
            for sheet, numbers in event.rows.items() for number in numbers}


def gather(con: duckdb.DuckDBPyConnection, home: Home, feed: str | None = None, agency: str | None = None) -> None:
    """Make the table `entries`: a row for each broken rule of each load that is in, held, or was refused by itself.

    Columns: those of the quarantine Parquet, `place` (order in the load), `root_id` and `root_file` (the load and
    file the row first came in), `judged_at`, and `status`: `open`, `mended`, or `resent` (it came again in a replay
    and is quarantined there). Batches that the ledger does not name (an attempt that died) are not read.
    """
    state = ledger.loads(home)
    con.execute("""create or replace temp table entries (load_id varchar, feed varchar, agency varchar,
        file_name varchar, sha256 varchar, sheet varchar, row_number bigint, document_key varchar, column_name varchar,
        raw_value varchar, reason_code varchar, raw_row varchar, place bigint, root_id varchar, root_file varchar,
        judged_at varchar)""")
    wanted = [load for load in state.values() if load.rows_quarantined
              and is_live(load) and is_live(root_of(state, load)) and is_current(state, load)
              and load.reason_code != "as_of_missing"          # waits for its date, not for its rows
              and feed in (None, load.feed) and agency in (None, load.agency)]
    roots = {load.load_id: root_of(state, load) for load in wanted}
    con.register("members", pa.table({
        "load_id": pa.array([x.load_id for x in wanted], pa.string()),
        "root_id": pa.array([roots[x.load_id].load_id for x in wanted], pa.string()),
        "root_file": pa.array([roots[x.load_id].file_name for x in wanted], pa.string()),
        "judged_at": pa.array([x.judged_at for x in wanted], pa.string()),
        "path": pa.array([str(home.quarantine / x.feed / f"{x.batch_id}.parquet") for x in wanted], pa.string())}))
    paths = sorted({path for path, in con.execute("select distinct path from members").fetchall()})
    if paths:
        scan = "[" + ", ".join(literal(path) for path in paths) + "]"
        con.execute(f"""insert into entries
            select q.load_id, q.feed, q.agency, q.file_name, q.sha256, q.sheet, q.row_number, q.document_key,
                   q.column_name, q.raw_value, q.reason_code, q.raw_row, q.file_row_number, m.root_id, m.root_file,
                   m.judged_at
            from read_parquet({scan}, filename = true, file_row_number = true) q
            join members m on m.load_id = q.load_id and m.path = q.filename""")
    with_replays = {root_of(state, x).load_id for x in state.values() if x.parent_load_id}
    done = [(root_id, *row) for root_id in sorted({x.load_id for x in roots.values()} & with_replays)
            for row in sorted(mended_rows(state, state[root_id]))]
    con.register("done", pa.table({
        "root_id": pa.array([d[0] for d in done], pa.string()), "sheet": pa.array([d[1] for d in done], pa.string()),
        "row_number": pa.array([d[2] for d in done], pa.int64())}))
    con.execute("""create or replace temp table entries as
        with newest as (select root_id, sheet, row_number, max((judged_at, load_id)) as newest
                        from entries group by all)
        select e.*, case when d.root_id is not null then 'mended'
                         when (e.judged_at, e.load_id) < n.newest then 'resent' else 'open' end as status
        from entries e join newest n using (root_id, sheet, row_number)
        left join done d using (root_id, sheet, row_number)""")
