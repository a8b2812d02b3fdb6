"""The edges of a CSV table: titles above the header, its rows, and what stands below the last row."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lumbung.contracts import Contract
from lumbung.intake.readers import tails
from lumbung.intake.readers.heading import DEEPEST, SEARCHED, Heading, find
from lumbung.intake.readers.sources import WINDOWS_1252

DELIMITERS = (",", ";", "\t", "|")
TAIL = 1 << 16
CHUNK = 16 << 20
TOLD = 200                       # characters of a line that is not kept

csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class Edge:
    """What stands below a table: so many rows, in the last so many bytes of the file."""

    rows: int = 0
    bytes: int = 0


def header(contract: Contract, text: str) -> tuple[str, Heading, int]:
    """Delimiter, header, and how many lines of the file the header ends at, by the beginning of a file."""
    found = []
    for delimiter in DELIMITERS:
        rows, ends = [], []
        for row, end in _records(text, delimiter):
            rows.append(row)
            ends.append(end)
            if len(rows) == SEARCHED + DEEPEST + 1:
                break
        heading = find(contract, rows, layout=contract.layout)
        last = heading.above + heading.rows
        found.append((delimiter, heading, ends[last - 1] if last else 0))
    return max(found, key=lambda f: (f[1].known, len(f[1].titles)))


def tail(path: Path, delimiter: str, table: tails.Table) -> Edge:
    """The sums and signatures at the end of a file in UTF-8, in which some bytes may still be of Windows-1252."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - TAIL))
        data = file.read()
    lines = data.splitlines(keepends=True)[1 if size > TAIL else 0:][-tails.LOOKED_AT:]
    rows = [next(csv.reader([line.decode("utf-8", WINDOWS_1252)], delimiter=delimiter, strict=False), [])
            for line in lines]
    below = tails.rows_below(rows, table)
    # A line with an odd number of quotes may be the inside of a cell: then nothing here is what it seems.
    if not below or any(line.count(b'"') % 2 for line in lines[-below:]):
        return Edge()
    return Edge(below, sum(len(line) for line in lines[-below:]))


def table_only(path: Path, header_lines: int, below: int, newline: str, delimiter: str, width: int,
               target: Path) -> Path:
    """Write a copy with one line in place of `header_lines`, and without the last `below` bytes."""
    left = path.stat().st_size - below
    with path.open("rb") as file, target.open("wb") as copy:
        end = b"\r\n" if newline == "\r\n" else b"\n"
        copy.write(delimiter.encode().join(b"h%d" % i for i in range(width)) + end)
        left -= _skip_lines(file, header_lines, newline)
        while left > 0 and (chunk := file.read(min(CHUNK, left))):
            left -= len(chunk)
            copy.write(chunk.replace(b"\r", b"\n") if newline == "\r" else chunk)
    return target


def without_long_lines(path: Path, longest: int, header_lines: int,
                       target: Path) -> tuple[Path, tuple[tuple[int, str], ...]]:
    """Write a copy with lines of more than `longest` bytes empty. Returns it, and (line, its beginning) of those."""
    found, at = [], -header_lines
    with path.open("rb") as file, target.open("wb") as copy:
        while line := file.readline(longest + 1):
            if len(line) > longest and not line.endswith(b"\n"):
                beginning = line[:TOLD].decode("utf-8", "replace")
                while (line := file.readline(CHUNK)) and not line.endswith(b"\n"):
                    pass
                line = b"\r\n" if line.endswith(b"\r\n") else b"\n"
                found.append((at, beginning))
            copy.write(line)
            at += 1
    return target, tuple(found)


def _skip_lines(file: io.BufferedReader, lines: int, newline: str) -> int:
    if newline != "\r":
        return sum(len(file.readline()) for _ in range(lines))
    begun, taken = file.read(CHUNK), 0
    for _ in range(lines):
        taken = begun.find(b"\r", taken) + 1
    file.seek(taken)
    return taken


def _records(text: str, delimiter: str) -> Iterator[tuple[list[str], int]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        for row in reader:
            yield row, reader.line_num
    except csv.Error:
        return
