"""Files in gzip and zip, and archives that are to be refused."""

import gzip
import io
import zipfile
from collections.abc import Iterator

from lumbung.sample.faults.csv_shapes import ROSTER, ROWS, SHAPES, roster
from lumbung.sample.faults.good_rows import csv_text
from lumbung.sample.faults.planted import ACCEPTED, REJECTED, MessyFile, of_file
from lumbung.sample.faults.workbook_shapes import BOOKS

BEFORE = len(SHAPES) + len(BOOKS)
ZEROS = 24 << 20                     # a thousand to one: no roster packs like that
REFUSED = ("zip_bomb", "unreadable", "bad_archive", "nested_archive", "too_big")


def archives(turn: int) -> Iterator[MessyFile]:
    """A roster in gzip, one in zip beside a folder entry, a bomb, an archive in an archive, a torn one."""
    plain, zipped = (csv_text(roster("arsip", BEFORE + i)).encode() for i in (0, 1))
    yield MessyFile(ROSTER, f"arsip-{turn}.csv.gz", gzip.compress(plain, mtime=0), ROWS, [of_file("gzip", ACCEPTED)])
    packed = zipped_up({"daftar/": b"", "daftar/ikm.csv": zipped})
    yield MessyFile(ROSTER, f"arsip-{turn}.zip", packed, ROWS, [of_file("zip", ACCEPTED)])
    for name, kind, content in (
            ("bom", "zip_bomb", zipped_up({f"bom-{turn}.csv": b"0" * ZEROS})),
            ("bom-gzip", "zip_bomb", gzip.compress(f"bom {turn}\n".encode() + b"0" * ZEROS, mtime=0)),
            ("bersarang", "nested_archive", zipped_up({f"dalam-{turn}.zip": packed})),
            ("robek", "truncated_archive", zipped_up({f"robek-{turn}.csv": zipped})[:-200])):
        suffix = "csv.gz" if name.endswith("gzip") else "zip"
        yield MessyFile(ROSTER, f"arsip-{name}-{turn}.{suffix}", content, 0, [of_file(kind, REJECTED, *REFUSED)])


def zipped_up(members: dict[str, bytes]) -> bytes:
    """A zip whose members carry no clock time."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2024, 10, 1, 8, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
