"""`lumbung check`: a gate by hand, and the rows that failed in gates of before."""

import json
import os
import shutil
from typing import Annotated

import typer

from lumbung.commands import accepted as accepted_commands
from lumbung.commands.printing import AsJson, print_rows, say
from lumbung.errors import UsageError
from lumbung.lake.home import Home

STEPS = ("raw", "staging", "marts")
COLUMNS = ["table", "expectation", "column", "severity", "status", "unexpected_count", "reason"]
ROW_COLUMNS = ("load_id", "agency", "sheet", "row_number", "row_key")

app = typer.Typer(invoke_without_command=True, help="A gate by hand, and the rows that failed in gates of before.")
app.command()(accepted_commands.accept)
app.command()(accepted_commands.accepted)


@app.callback()
def check(
    context: typer.Context,
    step: Annotated[str | None, typer.Option(help="raw, staging or marts.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Also the checks that passed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Run a gate by hand: over the files that were taken in (raw), or over the build database.

    Prints what failed, and how to see the rows. Nothing of it is kept.
    """
    from lumbung import gates

    if context.invoked_subcommand:
        return
    _known(step or "")
    home, run_id = Home.from_env(), f"check-{os.getpid()}"
    try:
        result = gates.check_taken_in(home, run_id) if step == "raw" else _of_build(home, run_id, step)
    finally:
        shutil.rmtree(home.run(run_id), ignore_errors=True)
    if as_json:
        print_rows(_as_rows(home, result), COLUMNS, as_json, "")
    else:
        _print(home, result, every)
    gates.require(result, home)


@app.command()
def failures(
    step: Annotated[str | None, typer.Option(help="raw, staging or marts; else all of them.")] = None,
    check: Annotated[str | None, typer.Option(help="Only of this check.")] = None,
    load: Annotated[str | None, typer.Option(help="Only of this load.")] = None,
    run: Annotated[str | None, typer.Option(help="Of this run or batch; else the last of each step.")] = None,
    as_json: AsJson = False,
) -> None:
    """The rows that failed in the gates of runs, by key and reason: all of them."""
    from lumbung.gates import kept

    if step:
        _known(step)
    home, which = Home.from_env(), {"step": step, "check": check, "load": load, "run": run}
    rows = kept.failing_rows(home, **which)
    if as_json:
        _print_json(rows)
        return
    found, of = False, None
    for row in rows:
        found, told = True, tuple(row[name] for name in ("run_id", "step", "table_name", "check_name"))
        if told != of:
            say(_heading(row))
            of = told
        say("  " + "  ".join(str(row[name]) for name in ROW_COLUMNS if row[name] not in (None, "")))
    whole = [] if load else [one for one in kept.failed_checks(home, **which)
                             if not one["rows_failed"] and check in (None, one["check_name"])]
    for one in whole:
        say(_heading(one))
        say("  the table as a whole" + ("" if one["observed"] is None else f", found {one['observed']:g}"))
    if not found and not whole:
        say("No failing row is kept.")


def _heading(row: dict) -> str:
    return f"{row['severity']}: {row['table_name']} {row['check_name']} (run {row['run_id']}): {row['reason']}"


def _known(step: str) -> None:
    if step not in STEPS:
        raise UsageError(f"There is no gate {step!r} to run by hand." if step else "A gate by hand needs its step.",
                         todo="Use --step raw, --step staging or --step marts.")


def _of_build(home: Home, run_id: str, step: str):
    from lumbung import flow, gates
    from lumbung.lake import accepted, lease

    acts = accepted.standing(home)
    try:
        with lease.step(home, run_id):
            result = gates.check(home, run_id, step, accepted=acts, again=flow.no_longer_accepted(home, acts))
            if result.failing_rows:
                result.failing_rows.unlink(missing_ok=True)
            return result
    finally:
        lease.release(home, run_id)


def _as_rows(home: Home, result) -> list[dict]:
    """All that is known of each check, with the files of its loads."""
    from lumbung import gates
    from lumbung.gates import telling

    files = telling.file_names(home)
    return [{**row, "status": one.status, "query": gates.query_to_paste(one, result.step, home),
             "files": [files[load].partition("/")[2] for load in one.load_ids if load in files]}
            for one, row in zip(result.checks, result.as_dict()["checks"], strict=True)]


def _print(home: Home, result, every: bool) -> None:
    from lumbung import gates
    from lumbung.gates import telling

    files = telling.file_names(home)
    if every:
        print_rows(_as_rows(home, result), COLUMNS, False, "No check is defined.")
    failed = [*result.failures, *result.warnings]
    for one in failed:
        say(f"{one.severity}: {telling.headline(one)}")
        told = {"owner": one.owner, "rows": telling.first_keys(one), "loads": telling.named_loads(one, files),
                "query": gates.query_to_paste(one, result.step, home)}
        for name, said in told.items():
            if said:
                say(f"  {name + ':':7} {said}")
    if not result.checks:
        say("Nothing was taken in yet." if result.step == "raw" else "No check is defined.")
    else:
        say(f"{len(result.checks) - len(failed)} of {len(result.checks)} checks passed.")
    if any(one.query for one in failed) and result.step != "raw":
        say(f"A query shows its rows in: duckdb -readonly {home.build_database}")


def _print_json(rows) -> None:
    """A list as JSON, a row at a time: there may be millions."""
    print("[", end="")
    for number, row in enumerate(rows):
        print(("," if number else "") + "\n " + json.dumps(row, ensure_ascii=False, default=str), end="")
    print("\n]")
