"""`lumbung lineage`: what a page, a mart or a load was made of."""

from dataclasses import asdict
from typing import Annotated

import typer

from lumbung.commands.printing import AsJson, print_rows
from lumbung.lake.home import Home


def lineage(
    dataset: Annotated[str, typer.Argument(help="A dataset, or the end of its name: peringkat-32-2024.html, "
                                                "marts.mart_city_ranking, a load id.")],
    ends: Annotated[bool, typer.Option("--ends", help="Only where it begins: files that landed, seeds.")] = False,
    as_json: AsJson = False,
) -> None:
    """Follow lineage back from a dataset: who made it, of what, and so on up to the files that landed."""
    from lumbung.lineage.walking import upstream

    found = [one for one in upstream(Home.from_env(), dataset) if not ends or not one.made_of]
    rows = [{**asdict(one), "made_of": list(one.made_of)} for one in found]
    if not as_json:
        for row in rows:
            row["made_of"] = _short(row["made_of"])
    print_rows(rows, ["steps", "dataset", "job", "at", "made_of"], as_json, "Nothing.")


def _short(names: list[str], shown: int = 3) -> str:
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")
