"""Workbooks as offices make them: titles, merged headers, totals, hidden rows, the table on another sheet."""

from collections.abc import Iterator
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from lumbung.sample.faults.csv_shapes import ROSTER, ROWS, SHAPES, TITLE_ROWS, roster, skipped_below, with_totals
from lumbung.sample.faults.planted import ACCEPTED, MessyFile, Spoilt, line_of, of_file, of_row
from lumbung.sample.faults.workbooks import drawn, write

EPOCH = date(1899, 12, 30)
TWO_LEVELS = {"Tenaga Kerja Pria": ("Tenaga Kerja", "Pria"), "Tenaga Kerja Wanita": ("Tenaga Kerja", "Wanita")}


def workbook_shapes(turn: int) -> Iterator[MessyFile]:
    """Rosters of twelve good rows each, every one in another shape and of another edition."""
    for place, (name, shape) in enumerate(BOOKS.items()):
        content, rows, lines = shape(roster(name, len(SHAPES) + place))
        yield MessyFile(ROSTER, f"buku-{name.replace('_', '-')}-{turn}.xlsx", content, rows, lines)


def _titles_and_totals(cells: list[list]) -> tuple[bytes, int, list[dict]]:
    below = with_totals(cells)
    return drawn({"Data": lambda page, book: write(page, [*_titles(), *cells, *below])}), ROWS, [
        of_file("title_rows", ACCEPTED, sheet="Data"), *skipped_below(ROWS + 1, "Data")]


def _merged_header(cells: list[list]) -> tuple[bytes, int, list[dict]]:
    """A two-row header under two title rows: single titles merged downwards, a common one across two columns."""
    titles, rows, below = cells[0], cells[1:], with_totals(cells)

    def draw(page: Worksheet, book: xlsxwriter.Workbook) -> None:
        bold = book.add_format({"bold": True, "border": 1})
        top = 3
        page.merge_range(0, 0, 0, len(titles) - 1, TITLE_ROWS[0], bold)
        page.merge_range(1, 0, 1, len(titles) - 1, TITLE_ROWS[1], bold)
        for column, title in enumerate(titles):
            if title in TWO_LEVELS:
                page.write(top + 1, column, TWO_LEVELS[title][1], bold)
            else:
                page.merge_range(top, column, top + 1, column, title, bold)
        first = titles.index("Tenaga Kerja Pria")
        page.merge_range(top, first, top, first + 1, "Tenaga Kerja", bold)
        write(page, rows + below, top + 2)

    return drawn({"Daftar IKM": draw}), ROWS, [
        of_file("merged_header", ACCEPTED, sheet="Daftar IKM"), *skipped_below(ROWS + 1, "Daftar IKM")]


def _hidden_rows(cells: list[list]) -> tuple[bytes, int, list[dict]]:
    def draw(page: Worksheet, book: xlsxwriter.Workbook) -> None:
        write(page, cells)
        page.set_row(5, None, None, {"hidden": True})
    return drawn({"Data": draw}), ROWS, [of_row("hidden_row", 5, ACCEPTED, sheet="Data")]


def _other_sheet(cells: list[list]) -> tuple[bytes, int, list[dict]]:
    cover = [["Surat pengantar (DATA BUATAN)"], ["Terlampir daftar IKM binaan."]]
    return drawn({"Sampul": lambda page, book: write(page, cover), "Lampiran": lambda page, book: write(page, cells)}
                 ), ROWS, [of_file("other_sheet", ACCEPTED, sheet="Lampiran")]


def _serials(cells: list[list]) -> tuple[bytes, int, list[dict]]:
    """Dates as bare serial numbers; amounts as numbers with a fraction that is none."""
    day, lines = cells[0].index("Per Tanggal"), []
    serial = (date.fromisoformat(cells[1][day]) - EPOCH).days
    for number, row in enumerate(cells[1:], 1):
        row[day] = serial
        row[cells[0].index("Nilai Investasi")] = float(row[cells[0].index("Nilai Investasi")])
        lines.append(line_of(Spoilt("excel_serial", "as_of", str(serial), ACCEPTED, "",
                                    date.fromordinal(EPOCH.toordinal() + serial).isoformat()), number, sheet="Data"))
    return drawn({"Data": lambda page, book: write(page, cells)}), ROWS, lines


def _formulas(cells: list[list]) -> tuple[bytes, int, list[dict]]:
    """A column of formulas with the values the spreadsheet last worked out."""
    money, revenue = cells[0].index("Nilai Investasi"), cells[0].index("Omset")

    def draw(page: Worksheet, book: xlsxwriter.Workbook) -> None:
        write(page, cells)
        for number, row in enumerate(cells[1:], 1):
            page.write_number(number, money, int(row[money]))
            page.write_formula(number, revenue, f"=2*{chr(ord('A') + money)}{number + 1}", None, 2 * int(row[money]))

    lines = [line_of(Spoilt("formula", "revenue_idr", "", ACCEPTED, "", str(2 * int(row[money]))), number, sheet="Data")
             for number, row in enumerate(cells[1:], 1)]
    return drawn({"Data": draw}), ROWS, lines


def _titles() -> list[list[str]]:
    return [[title] for title in TITLE_ROWS]


BOOKS = {"titles_and_totals": _titles_and_totals, "merged_header": _merged_header, "hidden_rows": _hidden_rows,
         "other_sheet": _other_sheet, "serials": _serials, "formulas": _formulas}
