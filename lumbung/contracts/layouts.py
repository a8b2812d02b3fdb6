"""How one agency lays out its files of a feed, where that differs from what the contract knows already."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Unpivot:
    """Columns of a wide table that become a row each.

    `columns` are their headers, or one regular expression that finds them (`pattern`). The header goes to the
    contract column `name_to`, the cell to `value_to`.
    """

    columns: tuple[str, ...]
    pattern: str
    name_to: str
    value_to: str


@dataclass(frozen=True)
class Layout:
    """The layout of one agency's files.

    `sheet` names the sheet of a workbook ("" for the one that fits best). `header_rows` is over how many rows the
    header goes and `skip_rows` how many rows stand above it; None where the reader is to find out. `synonyms` are
    (column, header) pairs known besides the contract's own; `constants` are (column, text) for columns that these
    files lack or leave empty.
    """

    agency: str
    sheet: str = ""
    header_rows: int | None = None
    skip_rows: int | None = None
    synonyms: tuple[tuple[str, str], ...] = ()
    constants: tuple[tuple[str, str], ...] = ()
    unpivot: Unpivot | None = None


def layout(entry: dict) -> Layout:
    """A layout from its YAML, which `validation` has found in order."""
    return Layout(
        agency=entry["agency"], sheet=entry.get("sheet", ""), header_rows=entry.get("header_rows"),
        skip_rows=entry.get("skip_rows"),
        synonyms=tuple((column, title) for column, titles in entry.get("synonyms", {}).items() for title in titles),
        constants=tuple((column, text(value)) for column, value in entry.get("constants", {}).items()),
        unpivot=_unpivot(entry["unpivot"]) if "unpivot" in entry else None)


def text(value: object) -> str:
    """A YAML value as a file would hold it: YAML reads 2024-01-01 as a date and `true` as a truth value."""
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _unpivot(entry: dict) -> Unpivot:
    columns = entry["columns"]
    named = tuple(columns) if isinstance(columns, list) else ()
    return Unpivot(named, "" if named else columns, entry["name_to"], entry["value_to"])
