"""Spreadsheets (XLSX, XLS, ODS): every visible sheet whose header fits, its cells as text.

Hidden rows and columns are read like any other. A hidden sheet is read only where no visible one fits.
"""

import datetime as dt
import itertools
from collections import deque
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from lumbung.contracts import Contract
from lumbung.intake import reasons
from lumbung.intake.readers import tails, workbooks
from lumbung.intake.readers.headers import Fit
from lumbung.intake.readers.heading import DEEPEST, SEARCHED, Heading, find
from lumbung.intake.readers.left_out import Seen, refusal
from lumbung.intake.readers.shaping import field_names, fields, text_names
from lumbung.intake.readers.sources import Source, TextRows, Unreadable
from lumbung.intake.readers.wide import DERIVED, fit_wide, is_wide, unpivoted
from lumbung.intake.readers.workbooks import Odd
from lumbung.intake.rules import literal

ROWS_AT_ONCE = 8192
DIGITS = 15                      # that a spreadsheet keeps of a number
MOST_DIGITS = 10 ** DIGITS


def rows(contract: Contract, source: Source, kind: str, scratch: Path) -> list[TextRows]:
    """The rows of a workbook, a TextRows a sheet. `kind` is xlsx, xls or ods; the contract is the agency's.

    Raises Unreadable when it can't be opened, is empty, too big or locked, or no sheet fits.
    """
    odd = workbooks.look(source.path, kind)
    try:
        with CalamineWorkbook.from_path(str(source.path)) as book:
            return _fitting(contract, source, book, odd, scratch)
    except PasswordError as e:
        raise Unreadable("password_protected", reasons.of_file("password_protected")) from e
    except (CalamineError, OSError, ValueError) as e:
        raise Unreadable("unreadable", reasons.of_file("unreadable", f"Bukan buku kerja Excel yang utuh: {e}.")) from e


def _fitting(contract: Contract, source: Source, book: CalamineWorkbook, odd: dict[str, Odd],
             scratch: Path) -> list[TextRows]:
    wanted = contract.layout.sheet if contract.layout else ""
    if wanted and wanted not in book.sheet_names:
        raise Unreadable("missing_sheet", reasons.of_file("missing_sheet", f"Lembar: {wanted!r}."))
    found: list[TextRows] = []
    fitting: list[Seen] = []
    others: list[Seen] = []
    for hidden, group in itertools.groupby(
            sorted(book.sheets_metadata, key=_is_hidden), key=_is_hidden):
        if hidden and found:
            break
        for meta in group:
            if wanted and meta.name != wanted:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            grid, heading, how = _header(contract, sheet)
            seen = Seen(meta.name, heading, how, grid)
            if not how.reason_code:
                fitting.append(seen)
                found.append(_text_rows(contract, source, sheet, heading, how, odd.get(meta.name, Odd()),
                                        scratch / f"{source.name}.{len(found)}.sheet"))
            elif heading.rows:
                others.append(seen)
    if others and (why := refusal(contract, fitting, others)):
        raise why
    if not found:
        raise Unreadable("empty", reasons.of_file("empty"))
    return found


def _is_hidden(meta) -> bool:
    return meta.visible != SheetVisibleEnum.Visible


def _header(contract: Contract, sheet: CalamineSheet) -> tuple[list[list[str | None]], Heading, Fit]:
    grid = [[text_of(cell) for cell in row] for row in itertools.islice(used(sheet), SEARCHED + DEEPEST + 1)]
    top, left = sheet.start or (0, 0)
    merged = [((a - top, b - left), (c - top, d - left)) for (a, b), (c, d) in sheet.merged_cell_ranges or ()
              if a >= top and b >= left]
    heading = find(contract, grid, merged, contract.layout)
    return grid, heading, fit_wide(contract, heading.titles, contract.layout)


def used(sheet: CalamineSheet) -> Iterator[list]:
    """The rows of a sheet from its first used one on; their cells begin at its first used column."""
    return itertools.islice(sheet.iter_rows(), (sheet.start or (0, 0))[0], None)


def _text_rows(contract: Contract, source: Source, sheet: CalamineSheet, heading: Heading, how: Fit, odd: Odd,
               target: Path) -> TextRows:
    begin = heading.above + heading.rows
    columns = (how.columns + ("",) * sheet.width)[:max(sheet.width, len(how.columns))]
    below = _write(contract, sheet, begin, columns, _long_numbers(contract, columns), odd, target)
    shaped = f"(select 0::int as src, o_line, o_code, {fields(contract, columns, ' | ')} from read_parquet(" \
             f"{literal(str(target))}))"
    sql = (f"(select src, coalesce(o_line, line) as line, coalesce(o_code, line_code) as line_code, "
           f"{', '.join(text_names(contract, columns))} from {shaped})")
    name = f"{source.member}/{sheet.name}" if source.member else sheet.name
    wide = is_wide(columns)
    if wide:
        sql = unpivoted(contract, columns, contract.layout, f"(select *, row_number() over () as row_no from {sql})")
    return TextRows(sql, (source,), (name,), numbered=wide, headers=(heading.rows,), around=(heading.above + below,))


def _long_numbers(contract: Contract, columns: tuple[str, ...]) -> set[int]:
    """The fields where a number is a sequence of digits and must not have been rounded."""
    digits = {c.name for c in contract.columns if c.duckdb_type == "VARCHAR"}
    return {i for i, name in enumerate(columns) if name in digits}


def _write(contract: Contract, sheet: CalamineSheet, begin: int, columns: tuple[str, ...], digits: set[int], odd: Odd,
           target: Path) -> int:
    """Write the rows from `begin` on as text, all but those below the table; returns how many those are."""
    top, left = sheet.start or (0, 0)
    names = ["o_line", "o_code", *field_names(columns)]
    schema = pa.schema([(name, pa.string()) for name in names])
    held: deque[list] = deque()
    with pq.ParquetWriter(target, schema, compression="snappy") as writer:
        def write(count: int) -> None:
            taken = [held.popleft() for _ in range(count)]
            writer.write_table(pa.table([pa.array(column, pa.string()) for column in zip(*taken, strict=True)],
                                        schema=schema))

        for number, row in enumerate(used(sheet)):
            if number < begin:
                continue
            texts = [text_of(cell) for cell in row]
            texts += [None] * (len(columns) - len(texts))
            code = fault_of(row, columns, digits, odd, number + top, left)
            held.append([" | ".join(t or "" for t in texts) if code else None, code, *texts])
            if len(held) == ROWS_AT_ONCE + tails.LOOKED_AT:
                write(ROWS_AT_ONCE)
        below = tails.rows_below([row[2:] for row in itertools.islice(
            held, max(0, len(held) - tails.LOOKED_AT), None)], tails.Table(contract, columns))
        if len(held) > below:
            write(len(held) - below)
    return below


def fault_of(row: list, columns: tuple[str, ...], digits: set[int], odd: Odd, number: int,
             left: int) -> str | None:
    """Why a row can't be trusted: an error, a formula without a value, or a rounded number in a field of `digits`.

    `columns` names the fields that count; `number` and `left` are the place of the row in the sheet.
    """
    if odd.uncalculated or odd.errors:
        for i, name in enumerate(columns):
            if name and name != DERIVED and (number, i + left) in odd.uncalculated:
                return "formula_without_value"
            if name and name != DERIVED and (number, i + left) in odd.errors:
                return "formula_error"
    for i in digits:
        if i < len(row) and isinstance(row[i], int | float) and abs(row[i]) >= MOST_DIGITS:
            return "digits_lost"
    return None


def text_of(cell) -> str | None:
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
            if cell.is_integer():
                return str(int(cell))
            # Worked out, 0.1 + 0.2 is 0.30000000000000004; a spreadsheet shows and means 0.3.
            text = format(Decimal(f"{cell:.{DIGITS}g}"), "f")
            # 1.250 could also be 1250 written the Indonesian way; 1.2500 could not.
            return f"{text}0" if len(text.partition(".")[2]) == 3 else text
        case dt.datetime() if cell.time() == dt.time():
            return cell.date().isoformat()
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)
