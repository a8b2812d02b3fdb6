"""gzip and zip: what is in them is read like files of its own, within limits that a zip bomb breaks.

A member's name is data (it becomes the sheet of its rows) and never a path.
"""

import gzip
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from lumbung.intake import reasons
from lumbung.intake.readers.sources import Source, Unreadable

TOTAL = 2 << 30
MEMBERS = 1000
RATIO = 200
RATIO_FROM = 16 << 20            # a small file of one letter may be packed better than any bomb
CHUNK = 1 << 20
NOT_DATA = ("__macosx/", ".ds_store", "thumbs.db", "desktop.ini")
BROKEN = (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError)


def members(source: Source, kind: str, scratch: Path) -> Iterator[Source]:
    """Unpack `gzip` or `zip` into scratch, a member a file; the member of a gzip has no name.

    Raises Unreadable: `zip_bomb` above 2 GB, 1,000 members or 200 times its size, `password_protected`, `no_rows`
    for an empty archive, `unreadable` where it is broken or cut off.
    """
    try:
        if kind == "gzip":
            budget = Budget(source.path.stat().st_size)
            with gzip.open(source.path) as packed:
                yield source.at(_unpacked(packed, scratch / f"{source.name}.member", budget))
            return
        with zipfile.ZipFile(source.path) as archive:
            yield from _of_zip(source, archive, scratch)
    except BROKEN as e:
        raise Unreadable("unreadable", reasons.of_file(
            "unreadable", "Arsip rusak atau terpotong; kirim ulang.")) from e


class Budget:
    """How much may still be unpacked of one archive."""

    def __init__(self, packed: int):
        self.packed, self.taken = packed, 0

    def take(self, size: int) -> None:
        """Raises Unreadable where the limit is passed."""
        self.taken += size
        if self.taken > TOTAL or (self.taken > RATIO_FROM and self.taken > RATIO * self.packed):
            raise Unreadable("zip_bomb", reasons.of_file("zip_bomb"))


def check_zip(archive: zipfile.ZipFile, packed: int) -> list[zipfile.ZipInfo]:
    """The files of a zip. Raises Unreadable where its directory claims too much, or one wants a password."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(entries) > MEMBERS:
        raise Unreadable("zip_bomb", reasons.of_file("zip_bomb", f"Isinya {len(entries)} berkas."))
    Budget(packed).take(sum(entry.file_size for entry in entries))
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable("password_protected", reasons.of_file("password_protected"))
    return entries


def _of_zip(source: Source, archive: zipfile.ZipFile, scratch: Path) -> Iterator[Source]:
    packed = source.path.stat().st_size
    entries = [entry for entry in check_zip(archive, packed) if not _not_data(entry.filename)]
    if not entries:
        raise Unreadable("no_rows", reasons.of_file("no_rows", "Arsip kosong."))
    budget, seen = Budget(packed), Counter()
    for number, entry in enumerate(sorted(entries, key=lambda e: e.filename), start=1):
        name = _printable(entry.filename)
        seen[name] += 1
        name += f" ({seen[name]})" if seen[name] > 1 else ""
        with archive.open(entry) as member:
            path = _unpacked(member, scratch / f"{source.name}.{number}.member", budget)
        yield Source(source.load_id, path, source.agency, name, number)


def _unpacked(packed: IO[bytes], target: Path, budget: Budget) -> Path:
    with target.open("wb") as file:
        while chunk := packed.read(CHUNK):
            budget.take(len(chunk))
            file.write(chunk)
    return target


def _not_data(name: str) -> bool:
    return name.lower().startswith(NOT_DATA) or name.lower().rsplit("/", 1)[-1] in NOT_DATA


def _printable(name: str) -> str:
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode("ascii")
                   for c in name)
