"""`lumbung check accept`, `accepted`: rows that a check of judgement stops and that are right all the same."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_rows, say
from lumbung.lake import accepted as acts
from lumbung.lake import ledger
from lumbung.lake.home import Home

COLUMNS = ["table", "check", "load_id", "file_name", "rows", "reason", "by", "at"]


def accept(
    check: Annotated[str, typer.Argument(help="The check that stopped the run, such as price_like_its_goods.")],
    table: Annotated[str, typer.Option(help="Its table, such as fct_export_item.")],
    load: Annotated[str, typer.Option(help="The load whose rows are right; the beginning of its id will do.")],
    reason: Annotated[str, typer.Option(help="Why they are right and who said so, for those who ask later.")],
    undo: Annotated[bool, typer.Option("--undo", help="Take it back: the next run stops there again.")] = False,
) -> None:
    """Say that what a check found in a load is right as it is. The next run warns of it and goes on.

    Only checks of judgement can be accepted, and only for a load that failed one in a run. It is kept by whom, when
    and why, and each release says so.
    """
    from lumbung import gates

    made = gates.accept(Home.from_env(), gates.gated_suites(), check, table, load, reason, undo=undo)
    rows = f"{made.rows:,} {'row' if made.rows == 1 else 'rows'} of load {made.load_id} at {made.check} of {made.table}"
    say(f"No longer accepted, says {made.by}: {rows}. The next `lumbung run` looks at them again." if undo else
        f"Accepted by {made.by}: {rows}. The next `lumbung run` warns of them and goes on.")


def accepted(as_json: AsJson = False) -> None:
    """What is accepted now, by whom and why."""
    home = Home.from_env()
    loads = ledger.loads(home)
    rows = [{**one, "file_name": loads[one["load_id"]].file_name if one["load_id"] in loads else ""}
            for one in acts.standing(home)]
    print_rows(rows, COLUMNS, as_json, "Nothing is accepted.")
