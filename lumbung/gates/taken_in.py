"""Gate raw by hand: whether what was taken in is still what the ledger says of it, and still keeps its contract."""

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import duckdb
import pyarrow as pa

from lumbung.contracts import Contract, contracts
from lumbung.gates.checks import EXPECTATIONS, raw_checks
from lumbung.gates.failing import as_text
from lumbung.gates.result import CheckResult, GateResult
from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

TAKEN_IN = ("loaded", "held")
COUNTS = ("rows_read", "rows_skipped", "rows_accepted", "rows_quarantined")


def check_taken_in(home: Home, run_id: str, expectations: Path = EXPECTATIONS) -> GateResult:
    """Check the raw Parquet of every load that is loaded or held, with the counts of the ledger for its profile.

    What the second, independent count found is in the profiles of batches that still lie in scratch; for others that
    check passes. Kept as JSON under the run. Takes no lease: no Parquet is ever changed.
    """
    by_feed: dict[str, list[Load]] = defaultdict(list)
    for load in ledger.loads(home).values():
        if load.status in TAKEN_IN and load.rows_accepted:
            by_feed[load.feed].append(load)
    known, found = contracts(), []
    for feed, loads in sorted(by_feed.items()):
        here = [load for load in loads if feed in known and _raw_path(home, load).is_file()]
        found.append(_there(feed, feed in known, {x.load_id for x in loads} - {x.load_id for x in here}))
        if here:
            found += [_told(check, feed) for check in _of_feed(home, run_id, known[feed], here, expectations)]
    result = GateResult.of("raw", found)
    result.write(home.run(run_id) / "gates" / "raw.json")
    return result


def _of_feed(home: Home, run_id: str, contract: Contract, loads: list[Load],
             expectations: Path) -> list[CheckResult]:
    name = f"{run_id}-{contract.feed}"
    home.scratch.mkdir(parents=True, exist_ok=True)
    listed, profile = home.scratch / f"{name}-loads.parquet", home.scratch / f"{name}-profile.parquet"
    try:
        with duckdb.connect() as con:
            _list(con, home, loads, listed)
            rows = _rows(con, home, contract, loads, listed)
            _profile(con, home, contract, loads, rows, listed, profile)
        return raw_checks(home, name, contract, f"read_parquet({as_text(profile)})", rows, expectations)
    finally:
        for path in (listed, profile):
            path.unlink(missing_ok=True)


def _list(con: duckdb.DuckDBPyConnection, home: Home, loads: list[Load], target: Path) -> None:
    con.register("taken_in", pa.table({
        **{name: pa.array([getattr(load, name) for load in loads], pa.string())
           for name in ("load_id", "feed", "agency", "file_name")},
        **{name: pa.array([getattr(load, name) for load in loads], pa.int64()) for name in COUNTS},
        "raw_path": pa.array([str(_raw_path(home, load)) for load in loads], pa.string()),
        "profile_path": pa.array([str(_profile_path(home, load)) for load in loads], pa.string())}))
    con.execute(f"copy taken_in to {as_text(target)} (format parquet)")


def _rows(con: duckdb.DuckDBPyConnection, home: Home, contract: Contract, loads: list[Load], listed: Path) -> str:
    """SQL of the rows of these loads. A file also holds loads that were refused; columns are those of today."""
    files = f"read_parquet({_paths(_raw_path(home, load) for load in loads)}, filename = true, union_by_name = true)"
    there = {row[0] for row in con.execute(f"describe from {files}").fetchall()}
    columns = [c.name if c.name in there else f"null::{c.duckdb_type} as {c.name}" for c in contract.columns]
    return (f"(select {', '.join(columns)}, load_id, sheet, row_number, piece from {files} as rows where "
            f"load_id is null or (load_id, filename) in (select (load_id, raw_path) from read_parquet("
            f"{as_text(listed)})))")


def _profile(con: duckdb.DuckDBPyConnection, home: Home, contract: Contract, loads: list[Load], rows: str,
             listed: Path, target: Path) -> None:
    """Write the profile as the ledger has it; the second count where the profile of the batch is kept and agrees."""
    key = ", ".join(dict.fromkeys((*contract.key, *contract.document_key)))
    kept = [path for load in loads if (path := _profile_path(home, load)).is_file()]
    columns = ", ".join(["load_id", *COUNTS, "physical_rows", "header_rows", "filename as profile_path"])
    counted = (f"select {columns} from read_parquet({_paths(kept)}, filename = true, union_by_name = true)" if kept else
               f"select load_id, {', '.join(COUNTS)}, null::bigint as physical_rows, null::bigint as header_rows, "
               f"profile_path from read_parquet({as_text(listed)}) limit 0")
    con.execute(f"""copy (
        select load_id, feed, agency, file_name, {', '.join(COUNTS)},
               coalesce(round(100.0 * rows_quarantined / nullif(rows_read - rows_skipped, 0), 4), 0)::double
                   as reject_pct,
               coalesce(duplicates, 0) as duplicate_key_rows, physical_rows, header_rows
        from read_parquet({as_text(listed)})
        left join ({counted}) using (load_id, profile_path, {', '.join(COUNTS)})
        left join (select load_id, count(*) - count(distinct hash({key})) as duplicates
                   from {rows} group by load_id) using (load_id)
        order by load_id) to {as_text(target)} (format parquet)""")


def _there(feed: str, is_known: bool, gone: set[str]) -> CheckResult:
    reason = ("The raw Parquet of a load that was taken in is gone: restore the lake from a backup." if is_known else
              "The feed has no contract any more: bring it back, or withdraw its loads.")
    return CheckResult(f"raw.{feed}", f"raw.{feed}", "parquet_is_there" if is_known else "contract_is_there", None,
                       "critical", not gone, load_ids=sorted(gone), reason=reason)


def _told(check: CheckResult, feed: str) -> CheckResult:
    """A check of the profile says of which feed."""
    return replace(check, table=f"raw.load_profile of {feed}") if check.table == "raw.load_profile" else check


def _raw_path(home: Home, load: Load) -> Path:
    return home.raw / load.feed / f"{load.batch_id}.parquet"


def _profile_path(home: Home, load: Load) -> Path:
    return home.scratch / "profiles" / f"{load.batch_id}.parquet"


def _paths(paths) -> str:
    return "[" + ", ".join(as_text(path) for path in sorted(set(paths))) + "]"
