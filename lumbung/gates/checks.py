"""Runs the suites of a step and finds the rows and loads behind what failed."""

import functools
import json
import time
import uuid
from dataclasses import replace
from pathlib import Path

from lumbung.contracts import Contract
from lumbung.errors import UsageError
from lumbung.gates.covered import NOTHING, cover
from lumbung.gates.raw_views import make_views
from lumbung.gates.result import CheckResult, GateResult
from lumbung.gates.suites.raw import of_rows
from lumbung.gates.warehouse import Warehouse, opened
from lumbung.lake.home import PROJECT, Home

EXPECTATIONS = PROJECT / "expectations"
KEYS_KEPT = 20
STEPS = ("staging", "marts")


def check(home: Home, run_id: str, step: str, expectations: Path = EXPECTATIONS) -> GateResult:
    """Check what a step (`staging` or `marts`) of a run built; kept as JSON under the run. The file is closed after.

    Raises UsageError for another step, LumbungError when there is no build database.
    """
    if step not in STEPS:
        raise UsageError(f"There is no gate {step!r}.", todo="Gates over the build database: staging, marts.")
    with opened(home.build_database, home.scratch) as warehouse:
        result = GateResult.of(step, [
            found for suite in suites_of(expectations / step) for found in _run(warehouse, suite, {})])
    result.write(home.run(run_id) / "gates" / f"{step}.json")
    return result


def check_raw(home: Home, feed: str, batch_id: str, profile_path: Path, raw_path: Path | None,
              contract: Contract, expectations: Path = EXPECTATIONS) -> GateResult:
    """Check one batch of loads by its profile (a row a load) and its raw Parquet (None: nothing was accepted).

    A critical failure always names loads: those that fail, or all of the batch where the failure is not of one load.
    """
    rows = f"read_parquet({as_text(raw_path)})" if raw_path else _no_rows(contract)
    covered = f"read_parquet({as_text(cover(home, contract, batch_id, raw_path))})" if raw_path else NOTHING
    found = raw_checks(home, batch_id, contract, f"read_parquet({as_text(profile_path)})", rows, expectations, covered)
    result = GateResult.of("raw", found)
    result.write(home.build / "gates" / "raw" / f"{batch_id}.json")
    return result


def raw_checks(home: Home, name: str, contract: Contract, profile: str, rows: str, expectations: Path,
               covered: str = "") -> list[CheckResult]:
    """Gate raw over a profile (a row a load) and rows of one feed, both as SQL that names files; `name` is for scratch.

    `covered` is SQL of what the loads cover, where the ledger does not say yet in which batch they are. A failure that
    is not of one load names all of the profile.
    """
    scratch = home.scratch / f"gate-{name}-{uuid.uuid4().hex[:8]}.duckdb"
    scratch.parent.mkdir(parents=True, exist_ok=True)
    try:
        every_load = make_views(home, scratch, contract, profile, rows, covered)
        with opened(scratch, home.scratch) as warehouse:
            return [
                result for suite in (_suite(expectations / "raw" / "load_profile.json"),
                                     _rows_suite(contract, expectations / "raw" / f"{contract.feed}.json"))
                for result in _run(warehouse, suite, {"reject_limit_pct": contract.reject_limit_pct}, every_load)]
    finally:
        for leftover in (scratch, scratch.with_name(scratch.name + ".wal")):
            leftover.unlink(missing_ok=True)


def suites_of(folder: Path) -> list[dict]:
    """The suites of one step in the order of their names."""
    return [_suite(path) for path in sorted(folder.glob("*.json"))]


def _rows_suite(contract: Contract, path: Path) -> dict:
    """The suite in git, or one made from the contract where that is the office's own."""
    return of_rows(contract) if contract.is_own or not path.is_file() else _suite(path)


@functools.cache
def _suite(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def _no_rows(contract: Contract) -> str:
    columns = ", ".join([f'null::{c.duckdb_type} as "{c.name}"' for c in contract.columns]
                        + ["null::varchar as load_id", "null::varchar as sheet", "null::bigint as row_number",
                           "null::integer as piece"])
    return f"(select {columns} limit 0)"


def _run(warehouse: Warehouse, suite: dict, parameters: dict, fallback_loads: list[str] = ()) -> list[CheckResult]:
    meta, started = suite["meta"], time.perf_counter()
    table = f"{meta['schema']}.{meta['table']}"
    # Of tables of millions of rows a run checks what changed since the last release, documents whole.
    if warehouse.columns(changed := f"changed.{meta['table']}"):
        table = changed
    columns = warehouse.columns(table)
    if not columns:
        return [CheckResult(suite["name"], table, "table_is_there", None, "critical", False,
                            observed="no such table", load_ids=list(fallback_loads),
                            reason="A gated table is missing: the model that makes it was not built.",
                            feed=meta["feed"])]
    index = [c for c in [*meta["keys"], "load_id"] if c in columns]
    # One pass: GX bundles the counts of all column checks, and only spells out the query that finds their rows.
    results = warehouse.validate(table, suite, {
        "result_format": "BOOLEAN_ONLY", "return_unexpected_index_query": True,
        "unexpected_index_column_names": index}, parameters)
    rows_checked = warehouse.rows(f"select count(*) from {table}")[0][0]
    found = [_found(warehouse, suite, table, index, result, parameters, fallback_loads) for result in results]
    spent = time.perf_counter() - started
    return [replace(check, rows_checked=rows_checked, seconds=spent) for check in found]


def _found(warehouse: Warehouse, suite: dict, table: str, index: list[str], result: dict, parameters: dict,
           fallback_loads: list[str]) -> CheckResult:
    expectation = result["expectation_config"]
    meta, kwargs = expectation["meta"], expectation["kwargs"]
    base = {"suite": suite["name"], "table": table, "expectation": meta["name"],
            "column": kwargs.get("column") or meta.get("column"), "reason": meta["reason"],
            "feed": suite["meta"]["feed"], "owner": meta["owner"]}
    if problem := _exception(result["exception_info"]):
        return CheckResult(**base, severity="critical", success=False, observed=f"could not be run: {problem}",
                           load_ids=list(fallback_loads))
    if "measure_query" in kwargs:
        base |= {"measured": warehouse.dicts(kwargs["measure_query"].format(batch=table)),
                 "at_least": kwargs.get("at_least"), "at_most": kwargs.get("at_most")}
    if result["success"]:
        return CheckResult(**base, severity=meta["severity"], success=True)
    query = kwargs.get("unexpected_rows_query", "").format(batch=table) \
        or result.get("result", {}).get("unexpected_index_query", "").rstrip("; \n")
    if query:
        evidence = _evidence(warehouse, query, index if "unexpected_rows_query" not in kwargs else None)
    else:
        evidence = {"observed": _observed(warehouse, table, suite, meta["name"], parameters)}
    evidence["load_ids"] = evidence.get("load_ids") or list(fallback_loads)
    return CheckResult(**base, severity=meta["severity"], success=False, query=query, **evidence)


def _evidence(warehouse: Warehouse, query: str, index: list[str] | None) -> dict:
    """Count, first keys and loads of the rows a query finds. `index` names its key columns; None: all it has."""
    columns = index or [row[0] for row in warehouse.rows(f"describe {query}")]
    keys = [c for c in columns if c != "load_id"]
    count = warehouse.rows(f"select count(*) from ({query}) as found")[0][0]
    first = warehouse.rows(
        f"select distinct {', '.join(f'{k}::varchar' for k in keys)} from ({query}) as found "
        f"order by all limit {KEYS_KEPT}") if keys else []
    loads = warehouse.rows(f"select distinct load_id from ({query}) as found where load_id is not null "
                           "order by load_id") if "load_id" in columns else []
    return {"unexpected_count": count, "unexpected_keys": [dict(zip(keys, row, strict=True)) for row in first],
            "load_ids": [row[0] for row in loads]}


def _observed(warehouse: Warehouse, table: str, suite: dict, name: str, parameters: dict) -> object:
    alone = {**suite, "expectations": [e for e in suite["expectations"] if e["meta"]["name"] == name]}
    return warehouse.validate(table, alone, {"result_format": "BASIC"}, parameters)[0]["result"].get("observed_value")


def _exception(info: dict) -> str:
    """The message of what kept an expectation from being run, or nothing."""
    each = [info] if "raised_exception" in info else list(info.values())
    return "; ".join(str(e["exception_message"]) for e in each if e["raised_exception"])


def as_text(path: Path) -> str:
    """A path as SQL text."""
    return "'" + str(path).replace("'", "''") + "'"
