"""Spreadsheets: rows in which a pattern is found become empty rows, the rest of the workbook stays as it came.

An XLSX is changed in its own XML. XLS and ODS become an XLSX of the same cells: nobody writes XLS any more.
"""

import html
import io
import re
import zipfile
from datetime import date, datetime, time, timedelta

import python_calamine
import xlsxwriter

from lumbung.privacy.person import GONE

ROW = re.compile(r"<((?:\w+:)?)row\b([^>]*?)(?<!/)>(.*?)</\1row>", re.DOTALL)
CELL = re.compile(r"<(?:\w+:)?c\b([^>]*?)(?<!/)>(.*?)</(?:\w+:)?c>", re.DOTALL)
VALUE = re.compile(r"<(?:\w+:)?v\b[^>]*>(.*?)</(?:\w+:)?v>", re.DOTALL)
STRING = re.compile(r"<((?:\w+:)?)si\b[^>]*>(.*?)</\1si>|<((?:\w+:)?)si\s*/>", re.DOTALL)
TEXT = re.compile(r"<(?:\w+:)?t\b[^>]*>(.*?)</(?:\w+:)?t>", re.DOTALL)
CREATED = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's property has no time zone


class Unreadable(Exception):
    """No spreadsheet, a damaged one, or one with a password."""


def xlsx_without(archive: zipfile.ZipFile, pattern: re.Pattern) -> tuple[bytes | None, int]:
    """The workbook without the rows that hold the pattern, and how many; None when it is nowhere in it."""
    parts = {m.filename: archive.read(m) for m in archive.infolist() if not m.is_dir()}
    strings_name = next((n for n in parts if n.lower().endswith("sharedstrings.xml")), None)
    strings = _strings(parts[strings_name].decode("utf-8")) if strings_name else []
    new, emptied, used = dict(parts), 0, set()
    sheet_names = [n for n in parts if n.startswith("xl/worksheets/") and n.endswith(".xml")]
    for name in sheet_names:
        text, gone, still_used = _sheet(parts[name].decode("utf-8"), strings, pattern)
        used |= still_used
        emptied += gone
        if gone:
            new[name] = text.encode()
    if emptied and strings_name:
        new[strings_name] = _only(parts[strings_name].decode("utf-8"), used).encode()
    for name, content in new.items():
        if name.endswith((".xml", ".rels", ".vml")):
            new[name] = _plain(content, pattern)
    if new == parts:
        return None, 0
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            if not member.is_dir():
                copy.writestr(member, new[member.filename])
    return target.getvalue(), emptied


def _sheet(text: str, strings: list[str], pattern: re.Pattern) -> tuple[str, int, set[int]]:
    gone, used = 0, set()

    def row(match: re.Match) -> str:
        nonlocal gone
        cells = [_cell(attributes, inside, strings) for attributes, inside in CELL.findall(match[3])]
        if any(value is not None and pattern.search(value) for value, _ in cells):
            gone += 1
            return f"<{match[1]}row{match[2]}></{match[1]}row>"
        used.update(index for _, index in cells if index is not None)
        return match[0]

    return ROW.sub(row, text), gone, used


def _cell(attributes: str, inside: str, strings: list[str]) -> tuple[str | None, int | None]:
    """Text of a cell, and its place among the shared strings where it is one."""
    found = VALUE.search(inside)
    value = html.unescape(found[1]) if found else None
    if re.search(r"""\bt=["']s["']""", attributes) and value and value.strip().isdigit():
        index = int(value)
        return (strings[index] if index < len(strings) else None), index
    if re.search(r"""\bt=["']inlineStr["']""", attributes):
        return html.unescape("".join(TEXT.findall(inside))), None
    if value is not None and not re.search(r"""\bt=["']""", attributes):
        value = _number(value)
    return value, None


def _number(text: str) -> str:
    try:
        number = float(text)
    except ValueError:
        return text
    return str(int(number)) if number.is_integer() and abs(number) < 1e22 else text


def _strings(text: str) -> list[str]:
    return [html.unescape("".join(TEXT.findall(match[2] or ""))) for match in STRING.finditer(text)]


def _only(text: str, used: set[int]) -> str:
    """The shared strings with those emptied that no row uses any more."""
    place = -1

    def string(match: re.Match) -> str:
        nonlocal place
        place += 1
        prefix = match[1] or match[3] or ""
        return match[0] if place in used else f"<{prefix}si><{prefix}t></{prefix}t></{prefix}si>"

    return STRING.sub(string, text)


def _plain(content: bytes, pattern: re.Pattern) -> bytes:
    """Comments, titles, the author: a name or number there becomes a mark, tags stay."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content
    pieces = re.split(r"(<[^>]*>)", text)
    return "".join(piece if piece.startswith("<") and not piece.startswith("<!--") else pattern.sub(GONE, piece)
                   for piece in pieces).encode()


def as_xlsx_without(content: bytes, pattern: re.Pattern) -> tuple[bytes | None, int]:
    """An XLS or ODS as an XLSX of the same cells and merged ranges, without the rows that hold the pattern."""
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [(name, workbook.get_sheet_by_name(name)) for name in workbook.sheet_names]
        tables = [(name, sheet.to_python(skip_empty_area=False), sheet.merged_cell_ranges or [])
                  for name, sheet in sheets]
    except (python_calamine.CalamineError, OSError, ValueError) as problem:
        raise Unreadable(str(problem)) from problem
    emptied = 0
    for _, rows, _ in tables:
        for number, row in enumerate(rows):
            if any(pattern.search(_number(str(cell))) for cell in row if cell != ""):
                rows[number] = []
                emptied += 1
    return (_write(tables), emptied) if emptied else (None, 0)


def _write(tables: list[tuple]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"strings_to_formulas": False, "strings_to_urls": False,
                                      "strings_to_numbers": False, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        for name, rows, merged in tables:
            sheet = book.add_worksheet(name[:31])
            for (top, left), (bottom, right) in merged:
                if rows[top:top + 1] and rows[top] and (top, left) != (bottom, right):
                    sheet.merge_range(top, left, bottom, right, "")
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if cell == "":
                        continue
                    if isinstance(cell, timedelta):
                        sheet.write_string(number, place, str(cell))
                    elif isinstance(cell, datetime | time):
                        sheet.write_datetime(number, place, cell, moment)
                    elif isinstance(cell, date):
                        sheet.write_datetime(number, place, cell, day)
                    else:
                        sheet.write(number, place, cell)
    return target.getvalue()
