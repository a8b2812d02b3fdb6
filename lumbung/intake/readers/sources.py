"""What a reader hands on: text rows of some loads, every physical row in order."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from lumbung.intake.rules import WHITE_SPACE

SAMPLE = 1 << 20
WINDOWS_1252 = "windows_1252"    # how bytes that are not UTF-8 are decoded: the other encoding offices send


class Unreadable(Exception):
    """A whole file that can't be read under its contract: a reason code and the sentence for the ledger."""

    def __init__(self, code: str, reason: str):
        self.code, self.reason = code, reason
        super().__init__(reason)


@dataclass(frozen=True)
class Source:
    """One load to read, or one member of an archive: where its bytes are, decoded to UTF-8 where they were not."""

    load_id: str
    path: Path
    agency: str = ""
    member: str = ""             # its name in the archive, as data: it is never used as a path
    number: int = 0              # its place among the members of a zip, from 1

    @property
    def name(self) -> str:
        """A name for scratch files of this source alone."""
        return f"{self.load_id}-{self.number}" if self.number else self.load_id

    def at(self, path: Path) -> "Source":
        """The same source with its bytes somewhere else."""
        return replace(self, path=path)


@dataclass(frozen=True)
class TextRows:
    """Text rows as SQL: `src` (position in `sources`), `line`, `line_code`, and `r_<column>` for each column.

    Every physical row of the table is there, in the order of the file, so that its position is its row number. Where
    `numbered`, a source row may have become several: then `row_no` is its number and `piece` counts them from 0.
    `line` is the text of a row that could not be split into fields, and `line_code` why (`blank` for an empty line).
    `sheets` names the sheet of each source; `expected` is how many rows each must give, where that is known;
    `white_space` is what untidy cells may contain. `pick`, where there is one, gives SQL of only the rows at these
    places (0 is the first row) without reading the rest. `positions`, where there is one, is an Arrow table of `sheet`
    and `row_number` for each row of the one source, for rows whose place in the SQL is not their row number.
    """

    sql: str
    sources: tuple[Source, ...]
    sheets: tuple[str, ...] = ()
    expected: tuple[int, ...] = ()
    white_space: tuple[str, ...] = WHITE_SPACE
    pick: Callable[[np.ndarray], str] | None = None
    numbered: bool = False
    headers: tuple[int, ...] = ()
    around: tuple[int, ...] = ()
    positions: pa.Table | None = None


def encoding_of(sample: bytes) -> str:
    """The encoding of a file by its first bytes: a byte order mark, NULs where UTF-16 has them, else UTF-8."""
    if sample.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if sample.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    even, odd = sample[0:4096:2].count(0), sample[1:4096:2].count(0)
    if max(even, odd) > len(sample[:4096]) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def is_utf8(path: Path) -> bool:
    """Whether the whole file is UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while chunk := file.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def sample_is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def as_utf8(path: Path, encoding: str, target: Path) -> Path:
    """Write a UTF-8 copy. Bytes that are not UTF-8 are read as Windows-1252."""
    with path.open("r", encoding=encoding, errors=WINDOWS_1252, newline="") as source, \
            target.open("w", encoding="utf-8", newline="") as copy:
        while chunk := source.read(SAMPLE):
            copy.write(chunk)
    return target


def _windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start:error.end].decode("cp1252", "replace"), error.end


codecs.register_error(WINDOWS_1252, _windows_1252)
