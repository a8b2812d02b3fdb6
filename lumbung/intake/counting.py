"""Counts the physical rows of a file by another way than the readers', so that a row they lose is missed.

CSV is counted by its bytes: line ends outside quotes. A workbook is counted in its own XML, JSON by Python's parser.
Where the bytes leave it open what a row is (a quote that is never closed, a broken document) the answer is None:
then there is nothing to compare with.
"""

import codecs
import html
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from lumbung.intake.readers.sources import Source, TextRows

CHUNK = 1 << 20                  # stays in the processor's cache
QUOTE, NEWLINE, RETURN = ord('"'), ord("\n"), ord("\r")
BESIDE_QUOTES = np.isin(np.arange(256), np.frombuffer(b',;\t|\r\n"', np.uint8))
LARGEST_JSON = 32 << 20
VALUE = re.compile(rb"<[vt](?:\s[^>]*)?>[^<]")
ROW_NUMBER = re.compile(rb"<row\b[^>]*?\br=\"(\d+)\"")


def physical_rows(originals: Iterable[tuple[Source, str]], parts: Iterable[TextRows]) -> dict[str, tuple]:
    """For each load: its physical rows (None where they can't be counted) and how many of them are header rows.

    `originals` are the files as they came, or the members of archives, with their kind; `parts` is what was read
    of them, which tells the sheets and the headers.
    """
    headers: Counter[str] = Counter()
    sheets = defaultdict(set)
    for part in parts:
        for source, rows in zip(part.sources, part.headers, strict=False):
            headers[source.load_id] += rows
        for source, sheet in zip(part.sources, part.sheets, strict=False):
            sheets[source.load_id, source.member].add(sheet.removeprefix(f"{source.member}/"))
    counted: dict[str, int | None] = {}
    for source, kind in originals:
        if kind == "xlsx":
            found = sheet_rows(source.path)
            rows = found and sum(found.get(sheet, 0) for sheet in sheets[source.load_id, source.member])
        else:
            rows = {"csv": csv_rows, "json": json_rows}[kind](source.path) if kind in ("csv", "json") else None
        before = counted.get(source.load_id, 0)
        counted[source.load_id] = None if rows is None or before is None else before + rows
    return {load_id: (rows, headers[load_id]) for load_id, rows in counted.items()}


def csv_rows(path: Path) -> int | None:
    """Rows of a CSV file, from the first byte to the last; empty lines are rows too.

    None where a quote stands inside a cell that is not quoted, or is never closed.
    """
    rows = quotes = 0
    before, ended = NEWLINE, True            # the byte before the chunk, and whether a row ended there
    for chunk in _utf8_chunks(path):
        data = np.frombuffer(chunk, np.uint8)
        ends = _line_ends(chunk, data, before)
        if before == QUOTE and quotes % 2 == 0 and not BESIDE_QUOTES[data[0]]:
            return None
        if quotes or QUOTE in chunk:
            at = np.flatnonzero(data == QUOTE)
            if not _are_at_edges(data, at, quotes, before):
                return None
            ends = ends[(np.searchsorted(at, ends) + quotes) % 2 == 0]
            quotes += len(at)
        rows += len(ends)
        rest_of_pair = len(data) == 1 and data[0] == NEWLINE and before == RETURN
        ended = (ended and rest_of_pair) or bool(len(ends) and ends[-1] == len(data) - 1)
        before = int(data[-1])
    if quotes % 2:
        return None
    return rows + (not ended)


def json_rows(path: Path, items: str = "barang") -> int | None:
    """Rows of a JSON file of documents: the members of the list `items` of each, or one where it has none.

    A line that is no document is one row. None for a file that is neither JSON as a whole nor by line, and above
    32 MB, where parsing costs too much.
    """
    if path.stat().st_size > LARGEST_JSON:
        return None
    data = b"".join(_utf8_chunks(path))
    try:
        documents = _by_line(data) or _whole(data)
    except (ValueError, RecursionError):
        return None
    return sum(max(1, len(d[items])) if isinstance(d, dict) and isinstance(d.get(items), list) else 1
               for d in documents)


def sheet_rows(path: Path) -> dict[str, int] | None:
    """Rows of each sheet of an XLSX workbook, from the first with a value to the last, by the XML of the sheet.

    None for a workbook of another kind, or one that does not number its rows.
    """
    try:
        with zipfile.ZipFile(path) as book:
            return {name: _rows_of_sheet(book, part) for name, part in _parts(book)}
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError):
        return None


def _utf8_chunks(path: Path) -> Iterator[bytes]:
    """The bytes of a file, those of UTF-16 as UTF-8, without a byte order mark."""
    with path.open("rb") as file:
        head = file.read(4)
        wide = _utf16(path, head)
        file.seek(0)
        decoder = codecs.getincrementaldecoder(wide)() if wide else None
        first = True
        while chunk := file.read(CHUNK):
            text = decoder.decode(chunk).encode("utf-8", "surrogatepass") if decoder else chunk
            if first:
                text = text.removeprefix(codecs.BOM_UTF8)
                first = False
            if text:
                yield text


def _utf16(path: Path, head: bytes) -> str:
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    with path.open("rb") as file:
        sample = np.frombuffer(file.read(4096), np.uint8)
    even, odd = np.count_nonzero(sample[::2] == 0), np.count_nonzero(sample[1::2] == 0)
    if max(even, odd) * 5 <= len(sample):
        return ""
    return "utf-16-le" if odd > even else "utf-16-be"


def _line_ends(chunk: bytes, data: np.ndarray, before: int) -> np.ndarray:
    """Where lines end: at each newline, and at each return that no newline follows."""
    ends = np.flatnonzero(data == NEWLINE)
    if b"\r" in chunk:
        returns = np.flatnonzero(data == RETURN)
        alone = returns[np.append(data, 0)[returns + 1] != NEWLINE]
        # A return at the edge of a chunk may have its newline in the next one: it is not counted twice there.
        ends = np.union1d(ends, alone) if len(alone) else ends
    if before == RETURN and len(ends) and data[0] == NEWLINE:
        ends = ends[1:]
    return ends


def _are_at_edges(data: np.ndarray, at: np.ndarray, quotes: int, before: int) -> bool:
    """Whether each opening quote follows a delimiter, a line end or a quote, and each closing one is before such."""
    opening, closing = at[quotes % 2::2], at[1 - quotes % 2::2]
    if len(opening) and opening[0] == 0:
        if not BESIDE_QUOTES[before]:
            return False
        opening = opening[1:]
    if len(closing) and closing[-1] == len(data) - 1:
        closing = closing[:-1]
    return bool(BESIDE_QUOTES[data[opening - 1]].all() and BESIDE_QUOTES[data[closing + 1]].all())


def _by_line(data: bytes) -> list:
    """The documents of a file that has one a line, as its first line tells; an empty list for other files."""
    lines = [line for line in data.split(b"\n") if line.strip()]
    if not lines or not isinstance(_json(lines[0]), dict):
        return []
    return [_json(line) for line in lines]


def _whole(data: bytes) -> list:
    whole = json.loads(data, parse_constant=_refused)
    return whole if isinstance(whole, list) else [whole]


def _json(line: bytes) -> object:
    try:
        return json.loads(line, parse_constant=_refused)
    except (ValueError, RecursionError):
        return None


def _refused(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")


def _parts(book: zipfile.ZipFile) -> list[tuple[str, str]]:
    """(name, path of its XML) of each sheet."""
    targets = {}
    for tag in _tags(book.read("xl/_rels/workbook.xml.rels"), "Relationship"):
        targets[tag["Id"]] = tag["Target"].lstrip("/")
    found = []
    for tag in _tags(book.read("xl/workbook.xml"), "sheet"):
        part = targets[next(value for name, value in tag.items() if name.endswith(":id"))]
        found.append((html.unescape(tag["name"]), part if part.startswith("xl/") else f"xl/{part}"))
    return found


def _tags(xml: bytes, name: str) -> Iterator[dict[str, str]]:
    for tag in re.findall(rf"<(?:\w+:)?{name}\s([^>]*)>", xml.decode("utf-8", "replace")):
        yield {key: value[1:-1] for key, value in re.findall(r"([\w:]+)\s*=\s*(\"[^\"]*\"|'[^']*')", tag)}


def _rows_of_sheet(book: zipfile.ZipFile, part: str) -> int:
    first = last = None
    held = b""
    with book.open(part) as xml:
        while chunk := xml.read(CHUNK):
            held += chunk
            cut = held.rfind(b"</row>") + 6
            if cut < 6:
                continue
            whole, held = held[:cut], held[cut:]
            if (end := _last_value(whole)) is None:
                continue
            last = _row_at(whole, end)
            if first is None:
                first = _row_at(whole, VALUE.search(whole).end())
    return 0 if first is None else last - first + 1


def _last_value(xml: bytes) -> int | None:
    """Where the last value of a cell ends; an empty one is none."""
    end = len(xml)
    while (end := max(xml.rfind(b"</v>", 0, end), xml.rfind(b"</t>", 0, end))) >= 0:
        if xml[end - 1:end] != b">":
            return end
    return None


def _row_at(xml: bytes, place: int) -> int:
    """The number of the row that this place is in. Raises ValueError where rows are not numbered."""
    start = xml.rfind(b"<row", 0, place)
    number = ROW_NUMBER.match(xml, start) if start >= 0 else None
    if number is None:
        raise ValueError("rows without a number")
    return int(number[1])
