"""The return workbook: what is wrong in an agency's files, as a spreadsheet it can mend and send back."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import duckdb
import xlsxwriter

from lumbung.contracts import Contract, contract_of
from lumbung.errors import LumbungError
from lumbung.intake import reasons
from lumbung.intake.readers.wide import WIDE
from lumbung.intake.returns import entries, guide
from lumbung.intake.returns.open_rows import TOO_LONG, LeftOut, OpenRow, of_feed
from lumbung.intake.returns.workbook import BETWEEN, FRAME, GUIDE, IDENTITY, OLD, title_of
from lumbung.lake import ledger
from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home
from lumbung.lake.user import user

ROWS_A_SHEET = 1_000_000
CREATED = dt.datetime(2024, 1, 1)           # noqa: DTZ001 - a fixed mark: the same rows give the same bytes
SIBLING = "Baris ini sendiri benar. Ia ikut karena baris lain dari dokumen yang sama salah; jangan dihapus."
WIDTHS = {"Berkas asal": 22, "Baris data ke": 8, "Kolom yang salah": 20, "Alasan": 44, "Perbaikan": 22,
          "Catatan Anda": 20, "Teks asal": 40}
GUIDE_WIDTH, LINE_HEIGHT, MOST_LINES = 110, 15, 8         # characters, points, lines
A4 = 9


@dataclass(frozen=True)
class Exported:
    """What a return workbook holds: rows by feed; and how many rows of which files it can't hold, and why."""

    path: Path
    rows: dict[str, int]
    left_out: tuple[LeftOut, ...]


def export(home: Home, agency: str, out: Path, feed: str | None = None, reply_to: str = "", by: str = "") -> Exported:
    """Write the open rows of one agency to a return workbook; each load in it gets an event.

    Raises LumbungError where nothing is open for this agency, or nothing of it fits a workbook: then none is written.
    """
    with duckdb.connect() as con:
        entries.gather(con, home, feed=feed, agency=agency)
        feeds = [name for name, in con.execute(
            "select distinct feed from entries where status = 'open' order by feed").fetchall()]
        if not feeds:
            known = sorted({x.agency for x in ledger.loads(home).values() if x.rows_quarantined})
            raise LumbungError(
                f"Nothing is open for {agency!r}{f' in feed {feed}' if feed else ''}.", where="lumbung quarantine",
                todo=f"Agencies that have had rows in quarantine: {', '.join(known)}." if known
                else "Nothing to export: no row was ever put into quarantine.")
        scratch = home.scratch / "export"
        scratch.mkdir(parents=True, exist_ok=True)
        with written_aside(out) as aside:
            book = _Book(aside, scratch)
            for name in feeds:
                book.feed(con, contract_of(name), agency)
            book.close(agency, reply_to)
            if not book.rows:
                raise LumbungError(
                    f"No workbook was written: none of the {sum(one.rows for one in book.left_out):,} open rows of "
                    f"{agency} fits one. " + " ".join(one.sentence for one in book.left_out),
                    where="lumbung quarantine",
                    todo="Ask the office to mend the file and to send it again through the inbox.")
        _log(home, book.taken, by or user(), out)
    return Exported(out, book.rows, book.left_out)


class _Book:
    """One workbook being written, sheet after sheet and row after row."""

    def __init__(self, path: Path, scratch: Path):
        self.book = xlsxwriter.Workbook(str(path), {
            "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
            "constant_memory": True, "tmpdir": str(scratch)})
        self.book.set_properties({"title": "Lumbung: baris untuk diperbaiki", "created": CREATED})
        cell = {"num_format": "@", "valign": "top"}
        self.look = {
            "head": self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDE6EE"}),
            "mend": self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#C6EFCE"}),
            "fixed": self.book.add_format({**cell, "text_wrap": True, "font_color": "#555555"}),
            "open": self.book.add_format({**cell, "locked": False}),
            "wrong": self.book.add_format({**cell, "locked": False, "bg_color": "#FFC7CE"}),
            "sibling": self.book.add_format({**cell, "locked": False, "bg_color": "#EEEEEE"}),
            "text": self.book.add_format({"text_wrap": True, "valign": "top"}),
            "title": self.book.add_format({"bold": True, "font_size": 14})}
        self.guide = self.book.add_worksheet(GUIDE)
        self.rows: dict[str, int] = {}
        self.has_wide = False
        self.taken: Counter[str] = Counter()
        self.left: Counter[tuple[str, str, str]] = Counter()

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The rows that found no place here."""
        return tuple(LeftOut(*key, rows) for key, rows in sorted(self.left.items()))

    def feed(self, con: duckdb.DuckDBPyConnection, contract: Contract, agency: str) -> None:
        """Write the open rows of one feed."""
        found = of_feed(con, contract, agency)
        titles = [title_of(contract, c.name) for c in contract.columns] + [OLD + name for name in found.old] + [
            title_of(contract, name) for name in found.wide]
        names = [*(c.name for c in contract.columns), *found.old, *found.wide]
        sheet, at = None, 0
        for row in found.rows:
            if why := row.fault or (TOO_LONG if row.is_too_long else ""):
                self.left[contract.feed, row.file_name, why] += 1
                continue
            if sheet is None or at == ROWS_A_SHEET:
                if sheet:
                    self._finish(sheet, at, len(titles))
                sheet, at = self._sheet(contract.feed, titles), 0
            at += 1
            self._row(sheet, at, contract, row, names)
            self.rows[contract.feed] = self.rows.get(contract.feed, 0) + 1
            self.taken[row.root_id] += 1
        if sheet:
            self._finish(sheet, at, len(titles))
        self.has_wide |= bool(found.wide)

    def close(self, agency: str, reply_to: str) -> None:
        """Write the first sheet and end the file."""
        self.guide.hide_gridlines(2)
        self.guide.set_column(0, 0, GUIDE_WIDTH, self.look["text"])
        _print_across(self.guide)
        for at, line in enumerate(guide.lines(agency, self.rows, self.left_out, reply_to, self.has_wide)):
            self.guide.set_row(at, _height([(line, GUIDE_WIDTH)]) if at else 2 * LINE_HEIGHT)
            self.guide.write_string(at, 0, line, self.look["title" if at == 0 else "text"])
        self.guide.protect()
        self.book.close()

    def _sheet(self, feed: str, titles: list[str]):
        number = sum(s.get_name().startswith(feed) for s in self.book.worksheets())
        sheet = self.book.add_worksheet(feed[:28] + (f" {number + 1}" if number else ""))
        for at, title in enumerate(FRAME):
            sheet.set_column(at, at, WIDTHS.get(title, 12), None, {"hidden": title in IDENTITY})
        for at, title in enumerate(titles, len(FRAME)):
            sheet.set_column(at, at, min(max(len(title) + 2, 14), 30), self.look["open"])
        sheet.set_row(0, 2 * LINE_HEIGHT)
        for at, title in enumerate([*FRAME, *titles]):
            sheet.write_string(0, at, title, self.look["mend" if title in ("Perbaikan", "Catatan Anda") else "head"])
        _print_across(sheet)
        sheet.repeat_rows(0)
        sheet.freeze_panes(1, FRAME.index("Perbaikan") + 1)
        return sheet

    def _row(self, sheet, at: int, contract: Contract, row: OpenRow, names: list[str]) -> None:
        wrong = list(dict.fromkeys(name for name, _ in row.faults if name))
        is_sibling = {code for _, code in row.faults} == {"document_incomplete"}
        said = SIBLING if is_sibling else "\n".join(_said(contract, *one) for one in dict.fromkeys(row.faults))
        frame = [row.root_id, row.sheet, str(row.row_number), row.file_name,
                 " ".join(filter(None, [row.sheet, str(row.row_number)])),
                 BETWEEN.join(_title(contract, name) for name in wrong), said, "", "", row.cells.get("line") or ""]
        sheet.set_row(at, _height((text, WIDTHS[title]) for title, text in zip(FRAME, frame, strict=True)
                                  if title in WIDTHS))
        for place, text in enumerate(frame):
            one_cell = FRAME[place] == "Catatan Anda" or (FRAME[place] == "Perbaikan" and len(wrong) == 1)
            look = self.look["open" if one_cell else "fixed"]
            sheet.write_string(at, place, text, look) if text else sheet.write_blank(at, place, None, look)
        for place, name in enumerate(names, len(FRAME)):
            look = self.look["wrong" if name in wrong else "sibling" if is_sibling else "open"]
            text = row.cells.get(name)
            sheet.write_string(at, place, text, look) if text else sheet.write_blank(at, place, None, look)

    def _finish(self, sheet, last: int, titles: int) -> None:
        sheet.autofilter(0, 0, last, len(FRAME) + titles - 1)
        sheet.protect("", {"autofilter": True, "sort": True, "format_columns": True, "format_rows": True})


def _print_across(sheet) -> None:
    """On paper a row goes over one page, however many columns it has."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _height(cells: Iterable[tuple[str, int]]) -> int:
    """Points that a row needs to show its wrapped (text, width of the column) cells; a very long text is cut."""
    lines = (sum(1 + len(line) // width for line in text.split("\n")) for text, width in cells)
    return LINE_HEIGHT * min(max(lines, default=1), MOST_LINES)


def _said(contract: Contract, column: str, code: str) -> str:
    sentence = reasons.OF_ROW[code][0]
    return f"{_title(contract, column)}: {sentence}" if column else sentence


def _title(contract: Contract, name: str) -> str:
    is_ours = name.startswith(WIDE) or any(c.name == name for c in contract.columns)
    return title_of(contract, name) if is_ours else OLD + name


def _log(home: Home, taken: dict[str, int], by: str, out: Path) -> None:
    """Raw values left the warehouse: say who took them, of which loads, into which file."""
    state = ledger.loads(home)
    ledger.record(home, [ledger.event_of(state[load_id], "exported", decided_by=by,
                                         reason=f"{count} baris ke buku kerja {out.name}")
                         for load_id, count in sorted(taken.items())])
