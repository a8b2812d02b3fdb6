"""CSV as it comes: what a file looks like, and its rows where it keeps to one shape from top to bottom."""

import uuid
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from lumbung.contracts import Contract
from lumbung.contracts import Layout as OfficeLayout
from lumbung.intake.readers import csv_edges, tails
from lumbung.intake.readers.shaping import field_names, fields
from lumbung.intake.readers.sources import (
    SAMPLE,
    Source,
    TextRows,
    Unreadable,
    as_utf8,
    encoding_of,
    sample_is_utf8,
)
from lumbung.intake.readers.wide import WIDE, fit_wide, is_wide, unpivoted
from lumbung.intake.rules import WHITE_SPACE, literal

CHUNK = 16 << 20
PLAIN_LINE = 2_000_000           # what DuckDB reads without being asked
LONGEST_LINE = 10 << 20
NEWLINE, RETURN, TWO_BLANKS = ord("\n"), ord("\r"), 0x2020


@dataclass(frozen=True)
class Layout:
    """How one CSV file is written. Files of one layout are read by one statement.

    `columns` are as `shaping.fields` takes them, `office` is there where some of them become rows. `regular` is false
    where DuckDB would drop lines without a word (empty ones, mixed line ends); `blank_at_end` counts empty lines at
    the end. `too_long` are (line, its beginning) of lines with a cell of more than 10 MB, which are empty in the file
    that is read; line 0 is the first after the header. `headers` and `around` are as in TextRows.
    """

    delimiter: str
    newline: str
    columns: tuple[str, ...]
    header_lines: int
    regular: bool
    blank_at_end: int
    white_space: tuple[str, ...]
    longest: int = 0
    too_long: tuple[tuple[int, str], ...] = ()
    office: OfficeLayout | None = None
    headers: int = 1
    around: int = 0

    @property
    def together(self) -> bool:
        """Whether one statement may read several files of this layout."""
        return self.regular and not self.blank_at_end and self.office is None


def look(contract: Contract, source: Source, scratch: Path) -> tuple[Source, Layout, int]:
    """Find encoding, delimiter and header of a file, and count its lines after the header.

    The source given back is UTF-8 as far as the first megabyte tells.

    Raises Unreadable when the header does not fit the contract.
    """
    with source.path.open("rb") as file:
        sample = file.read(SAMPLE)
    encoding = encoding_of(sample)
    if encoding.startswith("utf-16") or not sample_is_utf8(sample):
        source = source.at(as_utf8(source.path, encoding, scratch / f"{source.name}.utf8"))
        with source.path.open("rb") as file:
            sample = file.read(SAMPLE)
    text = sample.decode("utf-8", "ignore").removeprefix("\ufeff")
    delimiter, heading, header_lines = csv_edges.header(contract, text)
    how = fit_wide(contract, heading.titles, contract.layout)
    if how.reason_code:
        raise Unreadable(how.reason_code, how.reason)
    columns = how.columns + ("",) * (len(heading.titles) - len(how.columns))
    around = heading.above
    edge = csv_edges.tail(source.path, delimiter, tails.Table(contract, columns))
    newline = _newline(text)
    if heading.above or heading.rows > 1 or edge.rows:
        around += edge.rows
        target = scratch / f"{source.name}.table"
        source = source.at(csv_edges.table_only(
            source.path, header_lines, edge.bytes, newline, delimiter, len(columns), target))
        header_lines, newline = 1, "\n" if newline == "\r" else newline
    lines = _lines(source.path, newline)
    too_long = ()
    if lines.longest > LONGEST_LINE:
        path, too_long = csv_edges.without_long_lines(source.path, LONGEST_LINE, header_lines,
                                                      scratch / f"{source.name}.short")
        source, lines = source.at(path), _lines(path, newline)
    regular = (lines.even and not lines.blank_inside and len(columns) > 1 and not text.startswith(("\r", "\n"))
               and not too_long)
    layout = Layout(delimiter, newline, columns, header_lines, regular,
                    lines.blank_at_end if regular else 0, lines.white_space, lines.longest, too_long,
                    contract.layout if is_wide(columns) else None, heading.rows, around)
    return source, layout, lines.count - header_lines


def rows(contract: Contract, layout: Layout, sources: list[Source], lines: list[int],
         scratch: Path) -> TextRows:
    """The rows of files of one regular layout. Reading them fails at the first row of another shape.

    `lines` are their lines after the header: where DuckDB finds another number of rows, a row has line breaks or
    something went missing, and the file is to be read by `csv_repair`.
    """
    pick = None
    if len(sources) == 1 and layout.office is None:
        def pick(places: np.ndarray) -> str:
            return _scan(contract, layout, [pick_lines(sources[0].path, layout, places, scratch)])
    sql = _scan(contract, layout, [s.path for s in sources])
    if layout.blank_at_end:
        nothing = ", ".join(f"null::varchar as r_{c.name}" for c in contract.columns)
        nothing += "".join(f", null as w_{i}" for i, name in enumerate(layout.columns) if name.startswith(WIDE))
        sql = f"({sql} union all select 0, '', 'blank', {nothing} from range({layout.blank_at_end}))"
    text = TextRows(sql, tuple(sources), expected=tuple(lines), white_space=layout.white_space, pick=pick)
    return finished(contract, layout, text)


def finished(contract: Contract, layout: Layout, text: TextRows) -> TextRows:
    """The text rows of one layout with what stands around the table, and with wide columns made rows."""
    each = len(text.sources)
    text = replace(text, headers=(layout.headers,) * each, around=(layout.around,) * each,
                   sheets=tuple(source.member for source in text.sources))
    if layout.office is None:
        return text
    numbered = f"(select *, row_number() over () as row_no from {text.sql})"
    return replace(text, sql=unpivoted(contract, layout.columns, layout.office, numbered), numbered=True)


def pick_lines(path: Path, layout: Layout, places: np.ndarray, scratch: Path) -> Path:
    """Copy the header and the lines at these places (0 is the first after the header, ascending) to a small file."""
    target = scratch / f"{uuid.uuid4().hex}.csv"
    wanted = places + layout.header_lines
    with path.open("rb") as file, target.open("wb") as copy:
        for _ in range(layout.header_lines):
            copy.write(file.readline())
        file.seek(0)
        at, begun, held = 0, b"", 0           # lines before the chunk, the line cut by its start, wanted lines copied
        while (chunk := file.read(CHUNK)) or begun:
            data = begun + (chunk or b"\n")
            ends = np.flatnonzero(np.frombuffer(data, np.uint8) == NEWLINE)
            last = int(np.searchsorted(wanted, at + len(ends)))
            for line in wanted[held:last] - at:
                copy.write(data[(ends[line - 1] + 1 if line else 0):ends[line] + 1])
            begun = data[ends[-1] + 1:] if len(ends) else data
            at, held = at + len(ends), last
            if not chunk or held == len(wanted):
                break
    return target


def _scan(contract: Contract, layout: Layout, paths: list[Path]) -> str:
    newline = r"\r\n" if layout.newline == "\r\n" else r"\n"
    files = "[" + ", ".join(literal(str(path)) for path in paths) + "]"
    scan = f"""read_csv({files}, auto_detect = false, header = true, strict_mode = true, quote = '"', escape = '"',
        delim = {literal(layout.delimiter)}, new_line = '{newline}',
        columns = {{{', '.join(f"'{name}': 'VARCHAR'" for name in field_names(layout.columns))}}}
        {long_lines(layout)})"""
    shaped = fields(contract, layout.columns, layout.delimiter)
    return f"(select {'0' if len(paths) == 1 else 'file_index'}::int as src, {shaped} from {scan})"


def long_lines(layout: Layout) -> str:
    """What read_csv has to be told of lines longer than it expects."""
    return f", max_line_size = {LONGEST_LINE + 1024}, buffer_size = {32 << 20}" if layout.longest >= PLAIN_LINE else ""


def _newline(text: str) -> str:
    first = text.find("\n")
    if first < 0:
        return "\r" if "\r" in text else "\n"
    return "\r\n" if text[first - 1:first] == "\r" else "\n"


@dataclass(frozen=True)
class _Lines:
    count: int
    even: bool                   # every line ends in the same way
    blank_inside: bool
    blank_at_end: int
    white_space: tuple[str, ...]
    longest: int                 # bytes of the longest line


def _lines(path: Path, newline: str) -> _Lines:
    """Look at every byte of a file: count its lines, independently of whoever parses them.

    A megabyte at a time stays in the processor's cache: a gigabyte takes half a second.
    """
    feeds = returns = pairs = blank = longest = 0
    found: set[str] = set()
    at, last_feed, before, size = 0, -1, b"\0", path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(SAMPLE):
            data = np.frombuffer(before + chunk, np.uint8)           # one byte more: a pair may be cut in two
            ends = np.flatnonzero(data[1:] == NEWLINE)
            feeds += len(ends)
            lengths = np.diff(ends + at, prepend=last_feed)
            blank += int(np.count_nonzero(lengths == len(newline)))
            longest = max(longest, int(lengths.max()) if len(lengths) else 0)
            pairs += int(np.count_nonzero(data[ends] == RETURN))
            returns += chunk.count(b"\r")
            if "  " not in found and _double_blank(data):
                found.add("  ")
            if b"\t" in chunk:
                found.add("\t")
            if "\u00a0" not in found and b"\xa0" in chunk and "\u00a0".encode() in before + chunk:
                found.add("\u00a0")
            at, last_feed, before = at + len(chunk), int(ends[-1]) + at if len(ends) else last_feed, chunk[-1:]
        file.seek(max(0, size - SAMPLE))
        tail = file.read()
    ends_at_end = (len(tail) - len(tail.rstrip(b"\r\n"))) // len(newline)
    blank_at_end = max(0, ends_at_end - 1)
    even = size > 0 and (returns == 0 if newline == "\n" else feeds == returns == pairs)
    return _Lines(feeds + (ends_at_end == 0), even, blank > blank_at_end, blank_at_end,
                  tuple(b for b in WHITE_SPACE if b in found), max(longest, size - 1 - last_feed))


def _double_blank(data: np.ndarray) -> bool:
    even = data[:len(data) // 2 * 2].view(np.uint16)
    odd = data[1:][:(len(data) - 1) // 2 * 2]
    return bool((even == TWO_BLANKS).any() or (np.frombuffer(odd.tobytes(), np.uint16) == TWO_BLANKS).any())
