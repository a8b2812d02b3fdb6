"""A look into a workbook before calamine opens it: passwords, sizes, and formulas nobody has worked out.

calamine lays a sheet out as a full rectangle and gives an empty cell for an error or a formula without a kept value.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lumbung.intake import reasons
from lumbung.intake.readers.archives import BROKEN, Budget, check_zip
from lumbung.intake.readers.sources import Unreadable

MOST_COLUMNS = 2_000
MOST_CELLS = 8_000_000           # of the rectangle: with their texts about 700 MB
MOST_XML = 400 << 20
CHUNK = 4 << 20
ROW_END = re.compile(rb"</(?:\w+:)?row>")
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
PLACE = re.compile(rb"\br=\"([A-Z]{1,3})(\d+)\"")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]")
FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
TAG = re.compile(rb"<(?:\w+:)?(?:sheet|Relationship)\b([^>]*)>")
ATTRIBUTE = re.compile(rb"([\w:]+)=[\"']([^\"']*)[\"']")
REPEATED = re.compile(rb"<table:table-(cell|row)\b[^>]*?number-(?:columns|rows)-repeated=\"(\d+)\"[^>]*?(/?)>")


@dataclass
class Odd:
    """Cells of one sheet by (row, column) from 0: formulas that nobody has worked out, and errors."""

    uncalculated: set[tuple[int, int]] = field(default_factory=set)
    errors: set[tuple[int, int]] = field(default_factory=set)


def look(path: Path, kind: str) -> dict[str, Odd]:
    """The odd cells of each sheet of an XLSX; nothing for the other kinds.

    Raises Unreadable: `password_protected`, `zip_bomb`, `sheet_too_big`, `unreadable`.
    """
    if kind == "xls":
        _refuse_password(path)
        return {}
    try:
        with zipfile.ZipFile(path) as book:
            entries = check_zip(book, path.stat().st_size)
            if sum(entry.file_size for entry in entries if entry.filename.endswith(".xml")) > MOST_XML:
                raise _too_big(f"Isinya lebih dari {MOST_XML >> 20} MB.")
            if kind == "ods":
                _look_at_ods(book, Budget(path.stat().st_size))
                return {}
            budget = Budget(path.stat().st_size)
            return {name: _look_at_sheet(_rows(book, part, budget)) for name, part in _parts(book).items()}
    except BROKEN as e:
        raise Unreadable("unreadable", reasons.of_file(
            "unreadable", "Buku kerja rusak atau terpotong; simpan dan kirim ulang.")) from e


def _refuse_password(path: Path) -> None:
    # An encrypted XLSX is an OLE file with a stream of this name.
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(CHUNK):
            if "EncryptedPackage".encode("utf-16-le") in before + chunk:
                raise Unreadable("password_protected", reasons.of_file("password_protected"))
            before = chunk[-40:]


def _parts(book: zipfile.ZipFile) -> dict[str, str]:
    """Sheet name -> its part, for the parts that are there."""
    names = set(book.namelist())
    targets = {}
    if "xl/_rels/workbook.xml.rels" in names:
        for tag in TAG.findall(book.read("xl/_rels/workbook.xml.rels")):
            values = dict(ATTRIBUTE.findall(tag))
            targets[values.get(b"Id")] = values.get(b"Target", b"").decode("utf-8", "replace").lstrip("/")
    found = {}
    for tag in TAG.findall(book.read("xl/workbook.xml")):
        values = dict(ATTRIBUTE.findall(tag))
        target = next((targets[v] for k, v in values.items() if k.endswith(b":id") and v in targets), "")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in names:
            found[html.unescape(values.get(b"name", b"").decode("utf-8", "replace"))] = part
    return found


def _rows(book: zipfile.ZipFile, part: str, budget: Budget) -> Iterator[bytes]:
    """The XML of one row after the other."""
    left = b""
    with book.open(part) as file:
        while chunk := file.read(CHUNK):
            budget.take(len(chunk))
            pieces = ROW_END.split(left + chunk)
            yield from pieces[:-1]
            left = pieces[-1]


def _look_at_sheet(rows: Iterator[bytes]) -> Odd:
    odd, number, first, last, width = Odd(), 0, None, 0, 0
    for xml in rows:
        found = ROW.search(xml)
        number = int(found[1]) if found else number + 1
        end = max(xml.rfind(b"</v>"), xml.rfind(b"</is>"), xml.rfind(b":v>"), xml.rfind(b":is>"))
        if FORMULA.search(xml) or b't="e"' in xml:
            _look_at_cells(xml, number, odd)
        if end < 0:
            continue
        place = PLACE.search(xml, max(0, xml.rfind(b' r="', 0, end)), end)
        width = max(width, _column(place[1]) + 1 if place else xml.count(b"<c"))
        first, last = number if first is None else first, number
        if width > MOST_COLUMNS:
            raise _too_big(f"Lembarnya {width} kolom; paling banyak {MOST_COLUMNS}.")
        if (last - first + 1) * width > MOST_CELLS:
            raise _too_big(f"Lembarnya lebih dari {MOST_CELLS:,} sel.".replace(",", "."))
    return odd


def _look_at_cells(xml: bytes, number: int, odd: Odd) -> None:
    for at, cell in enumerate(CELL.finditer(xml)):
        place = PLACE.search(cell[1])
        where = number - 1, _column(place[1]) if place else at
        if b't="e"' in cell[1]:
            odd.errors.add(where)
        elif cell[2] and FORMULA.search(cell[2]) and not VALUE.search(cell[2]) and b't="str"' not in cell[1]:
            odd.uncalculated.add(where)


def _look_at_ods(book: zipfile.ZipFile, budget: Budget) -> None:
    if "META-INF/manifest.xml" in book.namelist() and b"encryption-data" in book.read("META-INF/manifest.xml"):
        raise Unreadable("password_protected", reasons.of_file("password_protected"))
    left = b""
    with book.open("content.xml") as file:
        while chunk := file.read(CHUNK):
            budget.take(len(chunk))
            text = left + chunk
            for kind, times, empty in REPEATED.findall(text):
                if kind == b"cell" and not empty and int(times) > MOST_COLUMNS:
                    raise _too_big(f"Lembarnya lebih dari {MOST_COLUMNS} kolom.")
            left = text[text.rfind(b"<"):]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _too_big(detail: str) -> Unreadable:
    return Unreadable("sheet_too_big", reasons.of_file("sheet_too_big", detail))
