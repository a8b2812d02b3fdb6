"""How commands print rows: a table for people, JSON for programs."""

import json
import os
import sys
from datetime import date
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

# A log or a pipe has no width of its own.
out = Console(width=None if sys.stdout.isatty() or "COLUMNS" in os.environ else 140)
err = Console(stderr=True)
AsJson = Annotated[bool, typer.Option("--json", help="The same as data.")]


def print_json(value: object) -> None:
    """Print data for programs."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=_plain))


def print_rows(rows: list[dict], columns: list[str], as_json: bool, nothing: str) -> None:
    """Print some columns of rows as a table, or all of them as JSON; `nothing` is what to say where there are none."""
    if as_json:
        print_json(rows)
        return
    if not rows:
        out.print(nothing)
        return
    table = Table(box=None, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold", no_wrap=column == "load_id")       # an id is there to be copied
    for row in rows:
        table.add_row(*(Text(shown(row[c])) for c in columns))      # no markup: a file may hold "[/x]"
    out.print(table)


def say(text: str) -> None:
    """Print a line as it is: no markup, no wrapping within a path or an id."""
    out.print(shown(text), highlight=False, markup=False, soft_wrap=True)


def shown(value: object) -> str:
    """A value for a terminal, which obeys the control characters that a file may hold: they are written as escapes."""
    return "".join(c if c.isprintable() or c == "\n" else c.encode("unicode_escape").decode("ascii")
                   for c in ("" if value is None else str(value)))


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
