"""The return workbook: how its sheets are laid out, and how they are opened when it comes back."""

import itertools
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from lumbung.contracts import Contract
from lumbung.contracts.titles import fold
from lumbung.errors import LumbungError
from lumbung.intake.readers import kinds, sheets, workbooks
from lumbung.intake.readers.sources import Unreadable
from lumbung.intake.readers.wide import WIDE
from lumbung.intake.readers.workbooks import Odd

GUIDE = "Petunjuk"
IDENTITY = ("Lumbung: kiriman", "Lumbung: lembar", "Lumbung: baris")
# What stands left of the row as it came: the first three are hidden and tell which row it is.
FRAME = (*IDENTITY, "Berkas asal", "Baris data ke", "Kolom yang salah", "Alasan", "Perbaikan", "Catatan Anda",
         "Teks asal")
COLUMN, FIX = "Kolom yang salah", "Perbaikan"
OLD = "(tidak dipakai lagi) "
SPREAD = "Kolom asal: "          # before the title of a column of a wide table
BETWEEN = "; "
HEADER_WITHIN = 30               # an office may put a letterhead above the table


@dataclass(frozen=True)
class Line:
    """One row of a sheet that came back: where it stands, which row of which load it was, its cells as they are."""

    number: int
    load_id: str
    sheet: str
    row_number: int
    cells: tuple


@dataclass(frozen=True)
class Table:
    """One sheet of a workbook that came back.

    `frame` is title -> place of the columns of FRAME, `titles` place -> title of the others. `odd` and `left` are
    what `sheets.fault_of` asks for.
    """

    name: str
    frame: dict[str, int]
    titles: dict[int, str]
    lines: tuple[Line, ...]
    odd: Odd
    left: int

    def text(self, line: Line, title: str) -> str:
        """What a row has under a title of the frame."""
        return sheets.text_of(line.cells[self.frame[title]]) or ""

    def where(self, line: Line) -> str:
        """The place of a row, for people."""
        return f"sheet {self.name}, row {line.number}"


def title_of(contract: Contract, name: str) -> str:
    """The title in a return workbook of a contract column, or of a column that becomes rows (`*<title>`)."""
    if name.startswith(WIDE):
        return SPREAD + name[len(WIDE):]
    column = contract.column(name)
    return column.synonyms[0] if column.synonyms else column.name


def column_of(known: dict[str, str], title: str) -> str:
    """The reverse: what a title names, "" for one that is none of ours. `known` is folded title -> contract column."""
    return WIDE + title[len(SPREAD):] if title.startswith(SPREAD) else known.get(fold(title), "")


def tables(path: Path) -> list[Table]:
    """The sheets of a return workbook. Raises LumbungError for a file that is none, or that holds a row twice."""
    try:
        kind = kinds.kind_of(path)
        if kind not in kinds.SHEETS:
            raise Unreadable("unreadable", f"it is {kind}")
        odd = workbooks.look(path, kind)
        with CalamineWorkbook.from_path(str(path)) as book:
            found = [table for name in book.sheet_names if name != GUIDE and (
                table := _table(name, book.get_sheet_by_name(name), odd.get(name, Odd())))]
    except (Unreadable, CalamineError, OSError, ValueError) as e:
        raise LumbungError(f"This is no workbook that can be read: {e}.", where=str(path),
                           todo="Give the XLSX that `lumbung quarantine export` wrote and the office mended.") from e
    if not found:
        raise LumbungError("This workbook was not written by `lumbung quarantine export`.", where=str(path), todo=(
            "New files go to the inbox. In a return workbook the hidden columns at the left must stay."))
    _require_once(found)
    return found


def _table(name: str, sheet: CalamineSheet, odd: Odd) -> Table | None:
    rows = sheets.used(sheet)
    top, left = sheet.start or (0, 0)
    for at, cells in enumerate(itertools.islice(rows, HEADER_WITHIN)):
        titles = [(sheets.text_of(cell) or "").strip() for cell in cells]
        if any(title in titles for title in IDENTITY):
            _require_frame(name, titles)
            frame = {title: titles.index(title) for title in FRAME}
            others = {place: title for place, title in enumerate(titles) if place not in frame.values()}
            first = top + at + 2
            lines = tuple(_line(name, number, tuple(row), frame) for number, row in enumerate(rows, first)
                          if any(sheets.text_of(cell) for cell in row))
            return Table(name, frame, others, lines, odd, left)
    return None


def _require_frame(name: str, titles: list[str]) -> None:
    missing = [title for title in FRAME if title not in titles]
    if missing:
        raise LumbungError(f"The column {missing[0]!r} is missing.", where=f"sheet {name}", todo=(
            "The columns left of the data must stay, the hidden ones too: mend a copy of the workbook as it was sent."))
    twice = [title for title, times in Counter(titles).items() if times > 1 and title in IDENTITY]
    if twice:
        raise LumbungError(f"The column {twice[0]!r} is there twice.", where=f"sheet {name}",
                           todo="Leave the hidden columns as they were exported.")


def _line(name: str, number: int, cells: tuple, frame: dict[str, int]) -> Line:
    load_id, sheet, row_number = (sheets.text_of(cells[frame[title]]) or "" for title in IDENTITY)
    if not load_id or not (row_number.isascii() and row_number.isdigit()):
        raise LumbungError("A row does not say which row it was.", where=f"sheet {name}, row {number}", todo=(
            "Rows can't be added to a return workbook: send new ones as a file of their own through the inbox."))
    return Line(number, load_id, sheet, int(row_number), cells)


def _require_once(found: list[Table]) -> None:
    """A row that is there twice, on one sheet or on a copy of it, could be mended in two ways."""
    seen: dict[tuple, str] = {}
    for table in found:
        for line in table.lines:
            here = table.where(line)
            if (first := seen.setdefault((line.load_id, line.sheet, line.row_number), here)) != here:
                raise LumbungError(f"The row is there twice, the first time in {first}.", where=here,
                                   todo="Leave only the one that is right.")
