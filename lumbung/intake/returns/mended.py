"""The rows of a return workbook as the contract asks for them, with each correction in its place."""

from dataclasses import dataclass

from lumbung.contracts import Contract
from lumbung.errors import LumbungError
from lumbung.intake.readers import sheets
from lumbung.intake.readers.headers import titles_of
from lumbung.intake.returns.workbook import COLUMN, FIX, OLD, Line, Table, column_of, title_of

BETWEEN_CELLS = " | "


@dataclass(frozen=True)
class MendedRow:
    """One row as it came back: which row of the load it was, and its cells by contract column.

    The cell of a column that becomes rows has the column's title as its name, with `*` before it.
    `code` is why the row can't be trusted (`digits_lost`, a formula's error); "" where it can. `is_in` says that
    the load itself took the row when it was read again.
    """

    sheet: str
    row_number: int
    cells: dict[str, str | None]
    code: str = ""
    is_in: bool = False

    @property
    def place(self) -> tuple[str, int]:
        """Sheet and row number."""
        return self.sheet, self.row_number

    @property
    def is_empty(self) -> bool:
        """Whether every cell was emptied: such a row says nothing."""
        return not self.code and not any((text or "").strip() for text in self.cells.values())

    @property
    def line(self) -> str:
        """The row as one text."""
        return BETWEEN_CELLS.join(text or "" for text in self.cells.values())


def mended_rows(table: Table, contract: Contract, lines: list[Line], is_newer: bool = False) -> list[MendedRow]:
    """The given rows of one sheet, which are all of one feed, with what stands under `Perbaikan` put in its place.

    Columns that the office added are no business of ours. `is_newer` says that the contract may have columns that it
    had not when the rows first came. Raises LumbungError where a title of the contract is gone or is there twice, and
    for a correction without its one column.
    """
    known = titles_of(contract)
    columns = {place: name for place, title in table.titles.items() if (name := column_of(known, title))}
    _require_titles(table, contract, columns, lines, is_newer)
    digits = {c.name for c in contract.columns if c.duckdb_type == "VARCHAR"}
    mended = []
    for line in lines:
        places = {name: place for place, name in columns.items()}
        if table.text(line, FIX) or _is_odd(table, line, table.frame[FIX]):
            wrong = column_of(known, table.text(line, COLUMN))
            if not wrong:
                raise LumbungError(f"There is a value under {FIX!r}, but not one column that it belongs to.",
                                   where=table.where(line), todo="Mend the cells themselves and leave that one empty.")
            places[wrong] = table.frame[FIX]
        cells = {name: sheets.text_of(line.cells[place]) for name, place in places.items()}
        mended.append(MendedRow(line.sheet, line.row_number, cells, _code(table, line, places, digits)))
    return mended


def _code(table: Table, line: Line, places: dict[str, int], digits: set[str]) -> str:
    names = {place: name for name, place in places.items()}
    columns = tuple(names.get(place, "") for place in range(len(line.cells)))
    long = {place for place, name in names.items() if name in digits}
    return sheets.fault_of(list(line.cells), columns, long, table.odd, line.number - 1, table.left) or ""


def _is_odd(table: Table, line: Line, place: int) -> bool:
    where = line.number - 1, place + table.left
    return where in table.odd.errors or where in table.odd.uncalculated


def _require_titles(table: Table, contract: Contract, columns: dict[int, str], lines: list[Line],
                    is_newer: bool) -> None:
    names = list(columns.values())
    twice = [table.titles[place] for place, name in columns.items() if names.count(name) > 1]
    if twice:
        raise LumbungError(f"The column {twice[-1]!r} is there twice.", where=f"sheet {table.name}",
                           todo="Leave only the one that is right.")
    gone = [c.name for c in contract.columns if c.name not in names]
    strange = [title for place, title in table.titles.items() if place not in columns and not title.startswith(OLD)
               and any(sheets.text_of(line.cells[place]) for line in lines)]
    if gone and (strange or not is_newer):
        said = f"The feed {contract.feed} has no column {strange[0]!r}, and {gone[0]!r}" if strange else (
            f"The column {title_of(contract, gone[0])!r}")
        raise LumbungError(f"{said} is missing.", where=f"sheet {table.name}", todo=(
            "Leave the titles as they were sent, and empty cells in place of a deleted column."))
