"""CSV as offices save it: other encodings and delimiters, titles above and totals below, torn and doubled rows."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from lumbung.sample.faults.good_rows import csv_text, good_row, table
from lumbung.sample.faults.planted import ACCEPTED, QUARANTINED, SKIPPED, MessyFile, of_file, of_row

ROSTER, ROWS = "agency_roster", 12
TITLE_ROWS = ["DAFTAR IKM BINAAN (DATA BUATAN)", "KEADAAN TAHUN 2024", ""]
SIGNATURE = ["", "Contoh, 2 Januari 2024", "Mengetahui,", "Kepala Dinas Contoh", "", "Contoh Pejabat",
             "NIP. 990000000000000000"]


def csv_shapes(turn: int) -> Iterator[MessyFile]:
    """Rosters of twelve good rows each, every one in another shape and of another edition."""
    for place, (name, shape) in enumerate(SHAPES.items()):
        cells = roster(name, place)
        content, rows, lines = shape(cells)
        yield MessyFile(ROSTER, f"bentuk-{name.replace('_', '-')}-{turn}.csv", content, rows, lines)


def roster(name: str, place: int, rows: int = ROWS) -> list[list[str]]:
    """Header and good rows of the edition that belongs to this place in the order of messy files."""
    day = date(2024, 1, 1) + timedelta(place)
    return table(ROSTER, [good_row(ROSTER, number, name, day) for number in range(1, rows + 1)])


def with_totals(cells: list[list], blank: str = "") -> list[list]:
    """The rows that stand below a table: a total, then the place for a signature."""
    width, money = len(cells[0]), cells[0].index("Nilai Investasi")
    total = ["JUMLAH", *[blank] * (width - 1)]
    total[money] = str(sum(int(row[money]) for row in cells[1:]))
    return [total, *([blank] * (width - 4) + [text] + [blank] * 3 for text in SIGNATURE)]


def skipped_below(first: int, sheet: str = "") -> list[dict]:
    """The answer for the rows of `with_totals`, the first of which is row `first`."""
    return [of_row("totals_row", first, SKIPPED, sheet=sheet),
            *(of_row("signature_row", first + 1 + i, SKIPPED, sheet=sheet) for i in range(len(SIGNATURE)))]


def _encoded(kind: str, encoding: str, delimiter: str = ",") -> Callable:
    def shape(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
        cells[1][2] += " Café"
        return csv_text(cells, delimiter).encode(encoding), ROWS, [of_file(kind, ACCEPTED)]
    return shape


def _titles_above(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    width = len(cells[0])
    above = [[title] + [""] * (width - 1) for title in TITLE_ROWS]
    return csv_text(above + cells).encode(), ROWS, [of_file("title_rows", ACCEPTED)]


def _bare_titles_above(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    text = "\n".join(TITLE_ROWS) + "\n" + csv_text(cells, ";")
    return text.encode("cp1252"), ROWS, [of_file("title_rows", ACCEPTED)]


def _totals_below(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    return csv_text(cells + with_totals(cells)).encode(), ROWS, skipped_below(ROWS + 1)


def _blank_lines(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    lines = csv_text(cells).splitlines()
    lines.insert(4, "")
    lines.insert(8, "," * (len(cells[0]) - 1))
    lines.append("   ")
    return "\n".join(lines).encode(), ROWS, [of_row("blank_row", n, SKIPPED) for n in (4, 8, ROWS + 3)]


def _ragged(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    cells[4].append("catatan lepas")
    cells[7] = cells[7][:6]
    return csv_text(cells).encode(), ROWS, [of_row("ragged_row", n, QUARANTINED, "row_shape") for n in (4, 7)]


def _mixed_delimiters(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    lines = csv_text(cells).splitlines()
    lines[5] = lines[5].replace(",", ";")
    return "\n".join(lines).encode(), ROWS, [of_row("mixed_delimiters", 5, f"{ACCEPTED}|{QUARANTINED}", "row_shape")]


def _cells_over_lines(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    place = cells[0].index("Produk")
    for row in (2, 3, 9):
        cells[row][place] = "Keripik singkong,\nkue kering \"asin\"\ndan sirup"
    return csv_text(cells).encode(), ROWS, [of_row("cell_over_lines", n, ACCEPTED) for n in (2, 3, 9)]


def _doubled(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    cells += [cells[3], cells[3], cells[8]]
    return csv_text(cells).encode(), ROWS + 3, [
        of_row("duplicated_row", ROWS + i, ACCEPTED) for i in (1, 2, 3)]


def _truncated(cells: list[list[str]]) -> tuple[bytes, int, list[dict]]:
    text = csv_text(cells).rstrip("\n")
    return text[:-len(text.splitlines()[-1]) // 2].encode(), ROWS, [
        of_row("truncated_file", ROWS, QUARANTINED, "row_shape")]


SHAPES = {
    "utf8_bom": _encoded("utf8_bom", "utf-8-sig"), "utf16": _encoded("utf16", "utf-16"),
    "utf16_tab": _encoded("utf16", "utf-16-le", "\t"), "windows_1252": _encoded("windows_1252", "cp1252"),
    "semicolon": _encoded("other_delimiter", "utf-8", ";"), "tab": _encoded("other_delimiter", "utf-8", "\t"),
    "bar": _encoded("other_delimiter", "utf-8", "|"), "titles_above": _titles_above,
    "bare_titles_above": _bare_titles_above, "totals_below": _totals_below, "blank_lines": _blank_lines,
    "ragged": _ragged, "mixed_delimiters": _mixed_delimiters, "cells_over_lines": _cells_over_lines,
    "doubled": _doubled, "truncated": _truncated}
