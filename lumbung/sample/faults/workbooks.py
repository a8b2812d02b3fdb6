"""Workbooks made in memory, the same bytes each time."""

import io
from collections.abc import Callable

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lumbung.sample.tables import WORKBOOK_DATE

OPTIONS = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


def workbook(cells: list[list], sheet: str = "Data") -> bytes:
    """One sheet whose cells are what they are in Python: text stays text, numbers are numbers."""
    return drawn({sheet: lambda page, book: write(page, cells)})


def drawn(pages: dict[str, Callable[[Worksheet, xlsxwriter.Workbook], None]]) -> bytes:
    """A workbook whose sheets draw themselves."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"created": WORKBOOK_DATE, "title": "DATA BUATAN"})
        for name, draw in pages.items():
            draw(book.add_worksheet(name), book)
    return out.getvalue()


def write(page: Worksheet, cells: list[list], top: int = 0) -> None:
    """Write cells from row `top` (0 is the first) on."""
    for number, row in enumerate(cells):
        page.write_row(top + number, 0, row)
