"""The gates: of one batch of loads, and of what a step built."""

import functools
import json
import uuid
from collections.abc import Collection, Iterable
from pathlib import Path

from lumbung.contracts import Contract
from lumbung.errors import UsageError
from lumbung.gates import covering
from lumbung.gates.agencies import by_agency
from lumbung.gates.covered import NOTHING, cover
from lumbung.gates.failing import as_text, failing_rows
from lumbung.gates.raw_views import make_views
from lumbung.gates.result import CheckResult, GateResult
from lumbung.gates.running import run_suite
from lumbung.gates.suites.raw import of_rows
from lumbung.gates.warehouse import opened
from lumbung.lake.home import PROJECT, Home

EXPECTATIONS = PROJECT / "expectations"
STEPS = ("staging", "marts")
# Which agency sent a load: the pin of a run.
LOADS = "control.loads"


def check(home: Home, run_id: str, step: str, expectations: Path = EXPECTATIONS, *,
          accepted: Iterable[dict] = (), again: Collection[tuple[str, str, str]] = ()) -> GateResult:
    """Check what a step (`staging` or `marts`) of a run built; kept as JSON under the run. The file is closed after.

    The keys of all rows that failed lie in scratch (`failing_rows`) for history to keep. `accepted` are acceptances in
    force (`lake.accepted.TOLD`): what they cover is a warning. `again` are (table, check, load id) of which the last
    release rests on an acceptance that is none any more: they look at all rows, not only at changed ones. Raises
    UsageError for another step, LumbungError when there is no build database.
    """
    if step not in STEPS:
        raise UsageError(f"There is no gate {step!r}.", todo="Gates over the build database: staging, marts.")
    target = failing_path(home, step, run_id)
    target.unlink(missing_ok=True)
    with opened(home.build_database, home.scratch) as warehouse:
        loads = LOADS if "agency" in warehouse.columns(LOADS) else None
        with failing_rows(warehouse, home.scratch, loads) as failing:
            found = [result for suite in suites_of(expectations / step)
                     for part, whole in covering.parts(suite, again)
                     for result in run_suite(warehouse, failing, part, whole=whole,
                                             acts=covering.by_check(accepted, suite["name"]))]
            kept = failing.write(target, run_id, step)
    result = GateResult.of(step, found, kept)
    result.write(home.run(run_id) / "gates" / f"{step}.json")
    return result


def check_raw(home: Home, feed: str, batch_id: str, profile_path: Path, raw_path: Path | None,
              contract: Contract, expectations: Path = EXPECTATIONS) -> GateResult:
    """Check one batch of loads by its profile (a row a load) and its raw Parquet (None: nothing was accepted).

    A critical failure always names loads: those that fail, or all of the batch where the failure is not of one load.
    """
    rows = f"read_parquet({as_text(raw_path)})" if raw_path else _no_rows(contract)
    covered = f"read_parquet({as_text(cover(home, contract, batch_id, raw_path))})" if raw_path else NOTHING
    kept = failing_path(home, "raw", batch_id)
    found = raw_checks(home, batch_id, contract, f"read_parquet({as_text(profile_path)})", rows, expectations,
                       covered=covered, kept=kept)
    result = GateResult.of("raw", found, kept)
    result.write(home.build / "gates" / "raw" / f"{batch_id}.json")
    return result


def raw_checks(home: Home, name: str, contract: Contract, profile: str, rows: str, expectations: Path,
               covered: str = "", kept: Path | None = None) -> list[CheckResult]:
    """Gate raw over a profile (a row a load) and rows of one feed, both as SQL that names files; `name` is for scratch.

    `covered` is SQL of what the loads cover, where the ledger does not say yet in which batch they are. A failure that
    is not of one load names all of the profile. `kept` is where the keys of failing rows go.
    """
    scratch = home.scratch / f"gate-{name}-{uuid.uuid4().hex[:8]}.duckdb"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    if kept:
        kept.unlink(missing_ok=True)
    try:
        every_load = make_views(home, scratch, contract, profile, rows, covered)
        with opened(scratch, home.scratch) as warehouse, \
                failing_rows(warehouse, home.scratch, "raw.load_profile") as failing:
            profile_suite = _suite(expectations / "raw" / "load_profile.json")
            rows_suite = _rows_suite(contract, expectations / "raw" / f"{contract.feed}.json")
            found = [
                result for suite in (_of_feed(profile_suite, contract), rows_suite)
                for result in run_suite(warehouse, failing, suite, every_load)]
            if kept:
                failing.write(kept, name, "raw")
            return by_agency(warehouse, found)
    finally:
        for leftover in (scratch, scratch.with_name(scratch.name + ".wal")):
            leftover.unlink(missing_ok=True)


def failing_path(home: Home, step: str, name: str) -> Path:
    """Where the failing rows of a gate run lie until history keeps them."""
    return home.scratch / f"{name}.{step}.failing.parquet"


def suites_of(folder: Path) -> list[dict]:
    """The suites of one step in the order of their names."""
    return [_suite(path) for path in sorted(folder.glob("*.json"))]


def gated_suites() -> list[dict]:
    """All suites over the build database."""
    return [suite for step in STEPS for suite in suites_of(EXPECTATIONS / step)]


def _rows_suite(contract: Contract, path: Path) -> dict:
    """The suite in git, or one made from the contract where that is the office's own."""
    return of_rows(contract) if contract.is_own or not path.is_file() else _suite(path)


def _of_feed(suite: dict, contract: Contract) -> dict:
    return {**suite, "meta": {**suite["meta"], "feed": contract.feed}}


@functools.cache
def _suite(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _no_rows(contract: Contract) -> str:
    columns = ", ".join([f'null::{c.duckdb_type} as "{c.name}"' for c in contract.columns]
                        + ["null::varchar as load_id", "null::varchar as sheet", "null::bigint as row_number",
                           "null::integer as piece"])
    return f"(select {columns} limit 0)"
