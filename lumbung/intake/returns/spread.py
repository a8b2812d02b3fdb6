"""Rows of wide tables in a return workbook: what became several rows goes back as one, and is several again."""

from collections.abc import Iterable

from lumbung.contracts import Contract
from lumbung.contracts.layouts import Unpivot
from lumbung.intake.readers.wide import WIDE

NOTHING = ("", "-")


def unpivot_of(contract: Contract, agency: str) -> Unpivot | None:
    """How the files of an agency are wide, None where they are not."""
    layout = contract.for_agency(agency).layout
    return layout.unpivot if layout else None


def columns(unpivot: Unpivot, seen: Iterable[str]) -> list[str]:
    """The columns to show, `*<title>`: those of the layout in its order, then others that rows came from."""
    return [WIDE + title for title in dict.fromkeys([*unpivot.columns, *sorted(seen)])]


def gathered(unpivot: Unpivot, made: list[dict[str, str | None]]) -> dict[str, str | None] | None:
    """The one row that these were made of, its wide cells as `*<title>`; None where they do not tell it."""
    own = [{name: text for name, text in row.items() if name not in (unpivot.name_to, unpivot.value_to)}
           for row in made]
    titles = [row.get(unpivot.name_to) for row in made]
    if not all(titles) or len(set(titles)) < len(titles) or any(row != own[0] for row in own):
        return None
    return own[0] | {WIDE + row[unpivot.name_to]: row.get(unpivot.value_to) for row in made}


def pieces(unpivot: Unpivot | None, cells: dict[str, str | None]) -> list[dict[str, str | None]]:
    """The rows that one row of a return workbook becomes: one for each wide cell that says something, else itself.

    What stands in the columns of a long row is a row too.
    """
    filled = [(name[len(WIDE):], text) for name, text in cells.items() if name.startswith(WIDE) and says(text)]
    if not filled or not unpivot:
        return [cells]
    long = [cells] if says(cells.get(unpivot.name_to)) or says(cells.get(unpivot.value_to)) else []
    return [{**cells, unpivot.name_to: title, unpivot.value_to: text} for title, text in filled] + long


def is_spread(cells: dict[str, str | None]) -> bool:
    """Whether a row has a wide cell that says something."""
    return any(name.startswith(WIDE) and says(text) for name, text in cells.items())


def says(text: str | None) -> bool:
    """Whether a wide cell says something."""
    return (text or "").strip() not in NOTHING
