"""What each load covers: which months, and which columns an office filled. Kept beside the rows, so that a later load
is compared with earlier ones without reading these again.
"""

from collections.abc import Iterable
from pathlib import Path

import duckdb

from lumbung.contracts import Contract
from lumbung.gates.failing import as_text
from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home

# A month counts as covered where at least one row in a hundred lies in it: a slip of the pen covers nothing.
LEAST_SHARE = 0.01
NOTHING = """(select null::varchar as load_id, null::bigint as rows, null::date as first_month,
    null::date as last_month, null::varchar[] as filled, null::varchar[] as empty limit 0)"""


def covered_path(home: Home, feed: str, batch_id: str) -> Path:
    """`lake/covered/<feed>/<batch>.parquet`: a row a load."""
    return home.raw.parent / "covered" / feed / f"{batch_id}.parquet"


def cover(home: Home, contract: Contract, batch_id: str, raw_path: Path) -> Path:
    """Write down what the loads of a batch cover; gives the path.

    Columns: load_id, rows, first_month and last_month (of `period_column`; null where the contract names none),
    filled (columns with a value in half of the rows or more), empty (columns without any).
    """
    target = covered_path(home, contract.feed, batch_id)
    with duckdb.connect() as con, written_aside(target) as aside:
        rows = f"read_parquet({as_text(raw_path)})"
        there = {row[0]: row[1] for row in con.execute(f"describe from {rows}").fetchall()}
        every, none, some = _told_apart(con, raw_path, _optional(contract, there))
        counted = "".join(f', count("{c}") as "n_{c}"' for c in some)
        filled = [*(f"'{c}'" for c in every), *(f"case when 2 * \"n_{c}\" >= rows then '{c}' end" for c in some)]
        empty = [*(f"'{c}'" for c in none), *(f"case when \"n_{c}\" = 0 then '{c}' end" for c in some)]
        day = f'"{contract.period_column}"' if contract.period_column in there else "null::date"
        con.execute(f"""copy (
            with counts as (select load_id, count(*) as rows {counted} from {rows} group by load_id),
            months as (
                select load_id, date_trunc('month', {day})::date as month, count(*) as rows
                from {rows} where {day} is not null group by all),
            periods as (
                select load_id, min(month) as first_month, max(month) as last_month
                from (from months qualify rows >= {LEAST_SHARE} * sum(rows) over (partition by load_id))
                group by load_id)
            select load_id, rows, first_month, last_month, {_list(filled)} as filled, {_list(empty)} as empty
            from counts left join periods using (load_id) where load_id is not null order by load_id)
            to {as_text(aside)} (format parquet)""")
    return target


def covered_by(home: Home, contract: Contract, batches: Iterable[str]) -> str:
    """SQL of what the loads of these batches cover. Those never written down are read once; of others that is all."""
    paths = []
    for batch_id in sorted(set(batches)):
        raw_path = home.raw / contract.feed / f"{batch_id}.parquet"
        path = covered_path(home, contract.feed, batch_id)
        if path.is_file() or raw_path.is_file():
            paths.append(path if path.is_file() else cover(home, contract, batch_id, raw_path))
    listed = ", ".join(as_text(path) for path in paths)
    return f"read_parquet([{listed}], filename = true)" if paths else f"(select *, '' as filename from {NOTHING})"


def _optional(contract: Contract, there: dict) -> list[str]:
    """Columns that an office may leave empty; what is read from another's cell and the mark of made-up rows aside."""
    return [c.name for c in contract.columns
            if not c.required and not c.part and c.name != "is_synthetic" and c.name in there]


def _told_apart(con: duckdb.DuckDBPyConnection, raw_path: Path,
                columns: list[str]) -> tuple[list[str], list[str], list[str]]:
    """Columns always filled, never, and sometimes: the Parquet's own statistics tell, so few have to be read."""
    found = {name: (rows, nulls) for name, rows, nulls in con.execute(
        "select path_in_schema, sum(num_values), sum(stats_null_count) from parquet_metadata(?) group by 1",
        [str(raw_path)]).fetchall()}
    kinds = ([], [], [])
    for column in columns:
        rows, nulls = found.get(column, (1, None))
        kinds[0 if nulls == 0 else 1 if nulls == rows else 2].append(column)
    return kinds


def _list(parts: list[str]) -> str:
    return f"list_filter([{', '.join(parts)}]::varchar[], lambda c: c is not null)"
