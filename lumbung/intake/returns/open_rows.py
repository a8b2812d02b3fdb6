"""The open rows of one feed and agency as its files had them: what a return workbook is made of."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from lumbung.contracts import Contract
from lumbung.contracts.layouts import Unpivot
from lumbung.intake.readers.wide import WIDE
from lumbung.intake.returns import spread
from lumbung.privacy import row_marks

CELL_LIMIT = 32_767
TOO_LONG = "sel terlalu panjang untuk lembar kerja"
NO_LAYOUT = "tata letak berkas lebar ini tidak dikenal lagi"
REMOVED = "isi baris ini sudah dihapus menurut masa simpan"
NOT_TOLD = "judul kolom berkas lebar ini tidak jelas"
IN_ENGLISH = {
    TOO_LONG: "a cell is longer than a spreadsheet holds",
    NO_LAYOUT: "the file is wide, and no layout says any more which of its columns become rows",
    REMOVED: "retention removed what the row said, since it was mended, and the mending was withdrawn later",
    NOT_TOLD: "the file is wide, and the titles of its columns do not tell its cells apart"}
WITH_OTHERS = ("row_incomplete", "document_incomplete")
OPEN = "(select * from entries where status = 'open')"


@dataclass(frozen=True)
class LeftOut:
    """Rows of one file that a workbook can't hold. `reason` is for the office, `reason_en` for the operator."""

    feed: str
    file_name: str
    reason: str
    rows: int

    @property
    def reason_en(self) -> str:
        return IN_ENGLISH[self.reason]

    @property
    def sentence(self) -> str:
        """For the operator."""
        return f"{self.rows:,} rows of {self.file_name} ({self.feed}): {self.reason_en}."


@dataclass(frozen=True)
class OpenRow:
    """One row of a file. `cells` are by contract column, those of a wide table as `*<title>`.

    `faults` are (column, reason code). `fault` says why the row can't be shown as it came, "" where it can.
    """

    root_id: str
    sheet: str
    row_number: int
    file_name: str
    cells: dict[str, str | None]
    faults: tuple[tuple[str, str], ...]
    fault: str = ""

    @property
    def is_too_long(self) -> bool:
        """Whether a cell is longer than one of a spreadsheet may be."""
        return any(len(text or "") > CELL_LIMIT for text in self.cells.values())


@dataclass(frozen=True)
class Found:
    """The open rows, to be read once; `old` are columns that the contract had, `wide` those that become rows."""

    rows: Iterator[OpenRow]
    old: list[str]
    wide: list[str]


def of_feed(con: duckdb.DuckDBPyConnection, contract: Contract, agency: str) -> Found:
    """The open rows of one feed in the table `entries`, which are all of one agency."""
    old = sorted({key for key, in con.execute(
        f"select distinct unnest(json_keys(raw_row)) from {OPEN} where feed = ?", [contract.feed]).fetchall()}
        - {c.name for c in contract.columns} - {"line", row_marks.REMOVED})
    unpivot = spread.unpivot_of(contract, agency)
    con.execute(f"""create or replace temp table wide_files as select distinct root_id from (
        select root_id from {OPEN} where feed = ? group by root_id, sheet, row_number
        having count(distinct raw_row) > 1)""", [contract.feed])
    wide = []
    if unpivot and con.execute("select 1 from wide_files limit 1").fetchall():
        wide = spread.columns(unpivot, (title for title, in con.execute(
            f"select distinct json_extract_string(raw_row, ?) as title from {OPEN} "
            "where feed = ? and root_id in (from wide_files) and title is not null",
            [f'$."{unpivot.name_to}"', contract.feed]).fetchall()))
    return Found(_rows(con, contract, unpivot), old, wide)


def _rows(con: duckdb.DuckDBPyConnection, contract: Contract, unpivot: Unpivot | None) -> Iterator[OpenRow]:
    """In the order of the files they first came in."""
    cursor = con.execute(f"""
        select root_id, sheet, row_number, any_value(root_file), root_id in (from wide_files),
               list((column_name, reason_code, raw_row) order by place)
        from {OPEN} where feed = ? group by root_id, sheet, row_number
        order by min(root_file), root_id, sheet, row_number""", [contract.feed])
    while found := cursor.fetchmany(5_000):
        for root_id, sheet, row_number, file_name, is_wide, told in found:
            cells, faults, fault = _as_it_came(told, unpivot, is_wide)
            yield OpenRow(root_id, sheet, row_number, file_name, cells, tuple(faults), fault)


def _as_it_came(told: list[tuple[str, str, str]], unpivot: Unpivot | None, is_wide: bool,
                ) -> tuple[dict[str, str | None], list[tuple[str, str]], str]:
    """Cells and faults of one row, of which `told` has (column, reason code, JSON of the row made of it)."""
    made = {text: json.loads(text) for text in dict.fromkeys(raw_row for *_, raw_row in told)}
    first = next(iter(made.values()))
    if any(map(row_marks.is_removed, made.values())):
        return {}, [], REMOVED
    if len(made) == 1 and not (is_wide and unpivot and first.get(unpivot.name_to)):
        return first, [(column, code) for column, code, _ in told], ""
    if not unpivot:
        return first, [], NO_LAYOUT
    cells = spread.gathered(unpivot, list(made.values()))
    if cells is None:
        return first, [], NOT_TOLD
    # That a cell of the row fails with another says nothing where the row is shown whole.
    own = [one for one in told if one[1] not in WITH_OTHERS]
    return cells, [(_column(column, made[raw_row], unpivot), code)
                   for column, code, raw_row in own or told if code != "row_incomplete"], ""


def _column(column: str, row: dict[str, str | None], unpivot: Unpivot) -> str:
    return WIDE + row[unpivot.name_to] if column in (unpivot.name_to, unpivot.value_to) else column
