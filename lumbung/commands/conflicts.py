"""`lumbung conflicts`: files that contradict each other in one version of a document, and what people decide."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_rows, say
from lumbung.errors import LumbungError, UsageError
from lumbung.lake import decisions, ledger
from lumbung.lake.home import Home

app = typer.Typer(no_args_is_help=True, help="Files that contradict each other in one version of a document.")

COLUMNS = ("feed", "conflict_key", "load_id", "agency_code", "file_name", "conflict_status", "is_standing",
           "conflict_rows", "differing_columns")


@app.command("list")
def list_all(
    every: Annotated[bool, typer.Option("--all", help="Also those that are decided or past.")] = False,
    as_json: AsJson = False,
) -> None:
    """The conflicts of the current release, a line a file. The file that stands is the one whose rows count."""
    home = Home.from_env()
    decided = {(d["feed"], d["conflict_key"], d["agency"], d["sha256"]): d["is_chosen"]
               for d in decisions.standing(home)}
    loads = ledger.loads(home)
    rows = []
    for row in _conflicts(home):
        load = loads[row["load_id"]]
        chosen = decided.get((row["feed"], row["conflict_key"], load.agency, load.sha256))
        waits = (chosen is not None and chosen != row["is_standing"]) or (chosen and row["conflict_status"] == "open")
        rows.append(row | {"decision": "at the next run" if waits else ""})
    _print([row for row in rows if every or row["conflict_status"] == "open"], as_json)


@app.command()
def decide(
    feed: Annotated[str, typer.Argument(help="Feed of the conflict.")],
    key: Annotated[str, typer.Argument(help="Its conflict_key, as `lumbung conflicts list` shows it.")],
    load: Annotated[str, typer.Option(help="The load whose version shall stand; the beginning of its id will do.")],
    reason: Annotated[str, typer.Option(help="Why, for those who ask later.")],
) -> None:
    """Say which file's version of a document stands. It holds from the next run on, until decided otherwise."""
    home = Home.from_env()
    if not reason.strip():
        raise UsageError("A decision needs a reason.", todo='Give one: --reason "…".')
    files = {row["load_id"] for row in _conflicts(home) if (row["feed"], row["conflict_key"]) == (feed, key)}
    if not files:
        raise LumbungError(f"There is no conflict {key!r} of feed {feed!r} in the current release.",
                           where=str(home.releases), todo="Take feed and conflict_key from `lumbung conflicts list`.")
    chosen = [load_id for load_id in files if load_id.startswith(load)]
    if len(chosen) != 1:
        raise LumbungError(f"Load {load!r} is not one of those in this conflict.", where=f"{feed}, {key}",
                           todo=f"Choose one of: {', '.join(sorted(files))}.")
    known = ledger.loads(home)
    parties = {load_id: decisions.File(known[load_id].agency, known[load_id].sha256) for load_id in files}
    made = decisions.record(home, decisions.Decision(
        feed, key, parties[chosen[0]], tuple(parties[load_id] for load_id in sorted(files - set(chosen))),
        reason.strip()))
    say(f"Load {chosen[0]} stands for {feed} {key}, decided by {made.by}. "
        "The next `lumbung run` makes a release of it.")


def _conflicts(home: Home) -> list[dict]:
    from lumbung import publish

    with publish.release(home).connect() as connection:
        known = connection.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'mart_conflict' "
                                   "AND NOT internal").fetchall()
        if not known:
            return []
        found = connection.execute(f"SELECT {', '.join(COLUMNS)} FROM mart_conflict "
                                   "ORDER BY feed, conflict_key, is_standing DESC, load_id").fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in found]


def _print(rows: list[dict], as_json: bool) -> None:
    print_rows(rows, ["feed", "conflict_key", "load_id", "file_name", "is_standing", "differing_columns", "decision"],
               as_json, "No file contradicts another.")
