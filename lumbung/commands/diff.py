"""`lumbung diff`: why a ranking's figures changed between two releases."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer

from lumbung.commands.printing import AsJson, err, out, print_json
from lumbung.errors import LumbungError
from lumbung.lake import ledger
from lumbung.lake.home import Home

if TYPE_CHECKING:
    from lumbung.publish import Release


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
    measured = without_code or comparing.is_same_code(a, b)
    with nullcontext() if measured else _by_code_of(b, home, a) as restated:
        found = comparing.explain(a, b, asked, replays=replays, restated=restated, without_code=without_code)
    if as_json:
        print_json(comparing.as_json(found, city))
    else:
        comparing.print_difference(found, out, city)


@contextmanager
def _by_code_of(after: "Release", home: Home, before: "Release") -> Iterator["Release"]:
    """`before` as the code of `after`, which must be the present one, builds it; in a home that goes again."""
    from lumbung import flow, publish, rebuilding
    from lumbung.diff import is_code_of

    if not is_code_of(after, flow.code_version()):
        raise LumbungError(
            f"Releases {before.id} and {after.id} were made by different code, and the present code is not that of the "
            f"later one, which would have to build the earlier one again.",
            where=f"{after.manifest['code_version']}; this is {flow.code_version()}",
            todo="Check out that commit, or ask with --without-code.")
    home.scratch.mkdir(parents=True, exist_ok=True)
    err.print(f"Building {before.id} by the present code …", highlight=False)
    with TemporaryDirectory(prefix="restated-", dir=home.scratch) as folder:
        made = rebuilding.rebuild(home, before.id, Home(Path(folder)), by_present_code=True)
        yield publish.read(made.into)
