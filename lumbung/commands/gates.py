"""`lumbung check`: a gate by hand."""

import os
from dataclasses import asdict
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_rows, say
from lumbung.errors import UsageError
from lumbung.lake.home import Home

STEPS = ("raw", "staging", "marts")
COLUMNS = ["table", "expectation", "column", "severity", "success", "unexpected_count", "reason"]
NAMED_FILES = 5


def check(
    step: Annotated[str, typer.Option(help="raw, staging or marts.")],
    as_json: AsJson = False,
) -> None:
    """Run a gate by hand: over the files that were taken in (raw), or over the build database."""
    from lumbung import gates

    if step not in STEPS:
        raise UsageError(f"There is no gate {step!r} to run by hand.",
                         todo="Use --step raw, --step staging or --step marts.")
    home, run_id = Home.from_env(), f"check-{os.getpid()}"
    if step == "raw":
        result = gates.check_taken_in(home, run_id)
        _print_raw(home, result, as_json)
    else:
        result = _of_build(home, run_id, step)
        print_rows(result.as_dict()["checks"], COLUMNS, as_json, "No check is defined.")
    gates.require(result)


def _of_build(home: Home, run_id: str, step: str):
    from lumbung import gates
    from lumbung.lake import lease

    try:
        with lease.step(home, run_id):
            return gates.check(home, run_id, step)
    finally:
        lease.release(home, run_id)


def _print_raw(home: Home, result, as_json: bool) -> None:
    """The checks with the files behind each; below the table a line for each that failed."""
    from lumbung.lake import ledger

    state = ledger.loads(home)
    rows = [{**asdict(one), "files": [f"{state[x].agency}/{state[x].file_name}" for x in one.load_ids if x in state]}
            for one in result.checks]
    print_rows(rows, COLUMNS, as_json, "Nothing was taken in yet.")
    if as_json:
        return
    for row in rows:
        if not row["success"]:
            more = len(row["files"]) - NAMED_FILES
            say(f"{row['severity']}: {row['table']} {row['expectation']}: {', '.join(row['files'][:NAMED_FILES])}"
                f"{f' and {more} more' if more > 0 else ''}")
