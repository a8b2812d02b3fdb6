"""`lumbung trace`: from a figure to the rows of the files that offices sent."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, out, print_json
from lumbung.errors import UsageError
from lumbung.lake.home import Home

SHOWN = 20


def trace(
    table: Annotated[str | None, typer.Argument(help="A table of the release, e.g. mart_city_export_month.")] = None,
    conditions: Annotated[list[str] | None, typer.Argument(metavar="COLUMN=VALUE ...", help="Which row of it.")] = None,
    city: Annotated[str | None, typer.Option(help="A figure of the ranking: its city, e.g. 32.76.")] = None,
    year: Annotated[int | None, typer.Option(help="Of the ranking: the current year.")] = None,
    through: Annotated[str | None, typer.Option(help="Of the ranking: last month compared, YYYY-MM.")] = None,
    basis: Annotated[str, typer.Option(help="Of the ranking: peb or ska.")] = "peb",
    rule: Annotated[str, typer.Option(help="Of the ranking: its rule.")] = "headline",
    window: Annotated[str | None, typer.Option(help="base or current; both when not given.")] = None,
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
    limit: Annotated[int | None, typer.Option(min=0, help=f"Rows shown; {SHOWN}, with --json all.")] = None,
    as_json: AsJson = False,
) -> None:
    """Which rows of which files a figure is made of: file, hash, sheet, row, agency, when it landed, amount."""
    from lumbung import publish, report

    shown = SHOWN if limit is None and not as_json else limit
    home = Home.from_env()
    if table and city:
        raise UsageError("A row of a table or a figure of the ranking.", todo="Leave out --city or the table.")
    if table:
        found = report.trace_row(publish.release(home, release), table, conditions or [], window, shown)
    elif city and year:
        found = report.trace_figure(publish.release(home, release), city, year, through, basis, rule, window, shown)
    else:
        raise UsageError("What is to be traced?", todo="Give --city 32.76 --year 2024, or a table and column=value ….")
    if as_json:
        print_json(report.trace_rows(found))
    else:
        report.print_trace(found, out)
