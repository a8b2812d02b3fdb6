"""`lumbung explain`: which exporters, makers, products and markets made a city's growth."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, out, print_json
from lumbung.lake.home import Home


def explain(
    city: Annotated[str, typer.Option(help="Code of the kota or kabupaten, e.g. 32.76.")],
    year: Annotated[int, typer.Option(help="The current year; the base is the year before.")],
    through: Annotated[str | None, typer.Option(help="Last month compared, YYYY-MM.")] = None,
    basis: Annotated[str, typer.Option(help="peb (declarations) or ska (certificates of origin).")] = "peb",
    rule: Annotated[str, typer.Option(help="Ranking rule.")] = "headline",
    release: Annotated[str | None, typer.Option(help="A release's id; else the current one.")] = None,
    top: Annotated[int, typer.Option(min=1, help="How many of each are named.")] = 5,
    show_all: Annotated[bool, typer.Option("--all", help="Name all of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """Which exporters, makers, products and markets made a city's growth, to the cent; it names businesses."""
    from lumbung import publish, report

    found = report.explain(publish.release(Home.from_env(), release), city, year, through, basis=basis, rule=rule)
    if as_json:
        print_json(report.explanation_rows(found))
    else:
        report.print_explanation(found, out, None if show_all else top)
