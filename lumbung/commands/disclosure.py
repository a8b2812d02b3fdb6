"""`lumbung disclosure`: for insiders, what is withheld of a release and by which rule, and whether it can go out."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_json, print_rows, say
from lumbung.lake.home import Home

app = typer.Typer(no_args_is_help=True, help="What of a release is public, and why the rest is not (for insiders).")
COLUMNS = ["basis", "is_synthetic", "province_code", "region_code", "region_name", "outcome", "rule"]


@app.command()
def show(
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Also cities that are shown or can't be ranked.")] = False,
    as_json: AsJson = False,
) -> None:
    """Which cells of a release are withheld or keep an earlier figure, and by which rule. Shows no amounts."""
    from lumbung import disclosure, publish

    found = disclosure.decisions(publish.release(Home.from_env(), release))
    cells = [cell for cell in found["cells"] if everything or cell["outcome"] not in ("shown", "unranked")]
    if as_json:
        print_json({"cells": cells, "warnings": found["warnings"]})
        return
    print_rows(cells, COLUMNS, False, "Nothing is withheld: every ranked city shows its figures.")
    for warning in found["warnings"]:
        say(f"Warning: {warning}")
    say("For insiders: that a city is withheld, and why, is not public.")


@app.command()
def check(
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
) -> None:
    """Whether a release can be published today: attack its public tables with all that is public by now."""
    from lumbung import disclosure, publish

    home = Home.from_env()
    found = publish.release(home, release)
    for warning in disclosure.require_publishable(home, found):
        say(f"Warning: {warning}")
    say(f"Release {found.id}: nothing that is withheld can be had from its public tables and the earlier ones.")


def warn(home: Home, release_id: str) -> None:
    """Tell the officer, after a run, what earlier public releases give away of the new one."""
    from lumbung import flow

    for warning in flow.disclosure_warnings(home, release_id):
        say(f"Warning: {warning}")
