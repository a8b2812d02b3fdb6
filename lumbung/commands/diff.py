"""`lumbung diff`: why a ranking's figures changed between two releases."""

from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, out, print_json
from lumbung.lake import ledger
from lumbung.lake.home import Home


def diff(
    before: Annotated[str, typer.Argument(metavar="A", help="The earlier release's id.")],
    after: Annotated[str, typer.Argument(metavar="B", help="The later release's id.")],
    province: Annotated[str, typer.Option(help="Province code, e.g. 32.")] = "32",
    year: Annotated[int | None, typer.Option(help="The current year; else the last there is in B.")] = None,
    through: Annotated[str | None, typer.Option(help="Last month compared, YYYY-MM; else the last of each.")] = None,
    basis: Annotated[str, typer.Option(help="peb (declarations) or ska (certificates of origin).")] = "peb",
    rule: Annotated[str, typer.Option(help="Ranking rule.")] = "headline",
    city: Annotated[str | None, typer.Option(help="Only this kota or kabupaten, e.g. 32.76.")] = None,
    without_code: Annotated[bool, typer.Option(
        "--without-code", help="Where A's code is another: do not rebuild A; what code changed stands under documents."
    )] = False,
    as_json: AsJson = False,
) -> None:
    """Which cities moved between two releases and why: each cause with its cents, then the documents. Internal."""
    from lumbung import diff as comparing
    from lumbung import publish

    home = Home.from_env()
    a, b = publish.release(home, before), publish.release(home, after)
    replays = frozenset(load_id for load_id, load in ledger.loads(home).items() if load.parent_load_id)
    asked = comparing.Asked(basis, province, year or comparing.last_year(b, basis, province, rule), through, rule)
    found = comparing.explain(a, b, asked, replays=replays, restated=_restated(home, a, b, without_code),
                              without_code=without_code)
    if as_json:
        print_json(comparing.as_json(found, city))
    else:
        comparing.print_difference(found, out, city)


def _restated(home: Home, before, after, without_code: bool):
    """A's pin as B's code builds it, where their code differs; None where it need not or shall not be built.

    The seam for `lumbung.publish.rebuild`: what it gives is a Release in a scratch home.
    """
    return None
