"""Spreadsheets: the first sheet with data, its cells as text."""

import datetime as dt
from decimal import Decimal

import duckdb
import pyarrow as pa
from python_calamine import CalamineError, CalamineWorkbook

from lumbung.contracts import Contract
from lumbung.intake import reasons
from lumbung.intake.headers import fit
from lumbung.intake.sources import Source, TextRows, Unreadable


def rows(con: duckdb.DuckDBPyConnection, contract: Contract, source: Source) -> TextRows:
    """The rows of a workbook. Raises Unreadable when it is no workbook, is empty or its header does not fit."""
    try:
        with CalamineWorkbook.from_path(str(source.path)) as book:
            sheet, cells = _first_with_data(book)
    except (CalamineError, OSError, ValueError) as e:
        raise Unreadable("unreadable", reasons.of_file("unreadable", f"Bukan buku kerja Excel yang utuh: {e}.")) from e
    if not cells:
        raise Unreadable("empty", reasons.of_file("empty"))
    titles = [_text(cell) or "" for cell in cells[0]]
    how = fit(contract, titles)
    if how.reason_code:
        raise Unreadable(how.reason_code, how.reason)
    return _as_rows(con, contract, source, sheet, how.columns, cells[1:])


def _first_with_data(book: CalamineWorkbook) -> tuple[str, list[list]]:
    for name in book.sheet_names:
        cells = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        if any(cell not in ("", None) for row in cells for cell in row):
            return name, cells
    return "", []


def _as_rows(con: duckdb.DuckDBPyConnection, contract: Contract, source: Source, sheet: str,
             columns: tuple[str, ...], cells: list[list]) -> TextRows:
    lines, codes = [], []
    for row in cells:
        stray = any(cell not in ("", None) and not column
                    for cell, column in zip(row, _padded(columns, row), strict=True))
        lines.append(" | ".join(_text(cell) or "" for cell in row) if stray else None)
        codes.append("row_shape" if stray else None)
    place = {name: i for i, name in enumerate(columns) if name}
    table = {"line": pa.array(lines, pa.string()), "line_code": pa.array(codes, pa.string())}
    for column in contract.columns:
        i = place.get(column.name)
        texts = [None] * len(cells) if i is None else [_text(row[i]) if i < len(row) else None for row in cells]
        table[f"r_{column.name}"] = pa.array(texts, pa.string())
    name = f"sheet_{source.load_id}"
    con.register(name, pa.table(table))
    return TextRows(f"(select 0::int as src, * from {name})", (source,), (sheet,))


def _padded(columns: tuple[str, ...], row: list) -> tuple[str, ...]:
    return (columns + ("",) * len(row))[:len(row)]


def _text(cell) -> str | None:
    """A cell as text: whole numbers without a fraction, dates in ISO form, a number never in scientific notation."""
    match cell:
        case None | "":
            return None
        case str():
            return cell
        case bool():
            return "true" if cell else "false"
        case int():
            return str(cell)
        case float():
            return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
