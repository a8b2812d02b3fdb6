"""CSV as it comes: what a file looks like, and its rows where it keeps to one shape from top to bottom."""

import csv
import io
import uuid
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from lumbung.contracts import Contract
from lumbung.intake.headers import fit, known_titles
from lumbung.intake.rules import WHITE_SPACE, literal
from lumbung.intake.sources import (
    SAMPLE,
    Source,
    TextRows,
    Unreadable,
    as_utf8,
    encoding_of,
    sample_is_utf8,
)

DELIMITERS = (",", ";", "\t", "|")
CHUNK = 16 << 20
NEWLINE, RETURN, TWO_BLANKS = ord("\n"), ord("\r"), 0x2020


@dataclass(frozen=True)
class Layout:
    """How one CSV file is written. Files of one layout are read by one statement.

    `columns[i]` is the contract column of field i, "" where the header has no title. `regular` is false where DuckDB
    would drop lines without a word (empty ones, mixed line ends); `blank_at_end` counts empty lines at the end.
    """

    delimiter: str
    newline: str
    columns: tuple[str, ...]
    header_lines: int
    regular: bool
    blank_at_end: int
    white_space: tuple[str, ...]


def look(contract: Contract, source: Source, scratch: Path) -> tuple[Source, Layout, int]:
    """Find encoding, delimiter and header of a file, and count its lines after the header.

    The source given back is UTF-8 as far as the first megabyte tells.

    Raises Unreadable when the header does not fit the contract.
    """
    with source.path.open("rb") as file:
        sample = file.read(SAMPLE)
    encoding = encoding_of(sample)
    if encoding.startswith("utf-16") or not sample_is_utf8(sample):
        source = Source(source.load_id, as_utf8(source.path, encoding, scratch / f"{source.load_id}.utf8"))
        with source.path.open("rb") as file:
            sample = file.read(SAMPLE)
    text = sample.decode("utf-8", "ignore").removeprefix("\ufeff")
    delimiter, titles, header_lines = max(
        (_header(text, d) for d in DELIMITERS), key=lambda h: (known_titles(contract, h[1]), len(h[1])))
    how = fit(contract, titles)
    if how.reason_code:
        raise Unreadable(how.reason_code, how.reason)
    columns = how.columns + ("",) * (len(titles) - len(how.columns))
    newline = _newline(text)
    lines = _lines(source.path, newline)
    regular = (lines.even and not lines.blank_inside and len(columns) > 1 and not text.startswith(("\r", "\n")))
    layout = Layout(delimiter, newline, columns, header_lines, regular,
                    lines.blank_at_end if regular else 0, lines.white_space)
    return source, layout, lines.count - header_lines


def rows(contract: Contract, layout: Layout, sources: list[Source], lines: list[int],
         scratch: Path) -> TextRows:
    """The rows of files of one regular layout. Reading them fails at the first row of another shape.

    `lines` are their lines after the header: where DuckDB finds another number of rows, a row has line breaks or
    something went missing, and the file is to be read by `csv_repair`.
    """
    pick = None
    if len(sources) == 1:
        def pick(places: np.ndarray) -> str:
            return _scan(contract, layout, [pick_lines(sources[0].path, layout, places, scratch)])
    sql = _scan(contract, layout, [s.path for s in sources])
    if layout.blank_at_end:
        nothing = ", ".join(f"null::varchar as r_{c.name}" for c in contract.columns)
        sql = f"({sql} union all select 0, '', 'blank', {nothing} from range({layout.blank_at_end}))"
    return TextRows(sql, tuple(sources), expected=tuple(lines), white_space=layout.white_space, pick=pick)


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
        columns = {{{', '.join(f"'{name}': 'VARCHAR'" for name in field_names(layout))}}})"""
    return f"(select {'0' if len(paths) == 1 else 'file_index'}::int as src, {fields(contract, layout)} from {scan})"


def field_names(layout: Layout) -> list[str]:
    return [f"h{i}" for i in range(len(layout.columns))]


def fields(contract: Contract, layout: Layout) -> str:
    """SQL from fields by position to `line`, `line_code` and the `r_` columns.

    A value under no title has no column to go to, so its row has the wrong shape.
    """
    place = {name: f"h{i}" for i, name in enumerate(layout.columns) if name}
    untitled = ", ".join(f"h{i}" for i, name in enumerate(layout.columns) if not name)
    whole = ", ".join(f"coalesce({name}, '')" for name in field_names(layout))
    everything = f"concat_ws({literal(layout.delimiter)}, {whole})"
    line = f"case when trim(concat({untitled})) <> '' then {everything} end" if untitled else "null::varchar"
    code = f"case when trim(concat({untitled})) <> '' then 'row_shape' end" if untitled else "null::varchar"
    texts = ", ".join(f"{place.get(c.name, 'null::varchar')} as r_{c.name}" for c in contract.columns)
    return f"{line} as line, {code} as line_code, {texts}"


def _header(text: str, delimiter: str) -> tuple[str, list[str], int]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for titles in reader:
            if any(t.strip() for t in titles):
                return delimiter, titles, reader.line_num
    except csv.Error:
        pass
    return delimiter, [], 0


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


def _lines(path: Path, newline: str) -> _Lines:
    """Look at every byte of a file: count its lines, independently of whoever parses them.

    A megabyte at a time stays in the processor's cache: a gigabyte takes half a second.
    """
    feeds = returns = pairs = blank = 0
    found: set[str] = set()
    at, last_feed, before, size = 0, -1, b"\0", path.stat().st_size
    with path.open("rb") as file:
        while chunk := file.read(SAMPLE):
            data = np.frombuffer(before + chunk, np.uint8)           # one byte more: a pair may be cut in two
            ends = np.flatnonzero(data[1:] == NEWLINE)
            feeds += len(ends)
            blank += int(np.count_nonzero(np.diff(ends + at, prepend=last_feed) == len(newline)))
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
                  tuple(b for b in WHITE_SPACE if b in found))


def _double_blank(data: np.ndarray) -> bool:
    even = data[:len(data) // 2 * 2].view(np.uint16)
    odd = data[1:][:(len(data) - 1) // 2 * 2]
    return bool((even == TWO_BLANKS).any() or (np.frombuffer(odd.tobytes(), np.uint16) == TWO_BLANKS).any())
