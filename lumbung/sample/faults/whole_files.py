"""Files that are to be refused, held or known again as a whole."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from lumbung.sample.faults.archives import BEFORE
from lumbung.sample.faults.csv_shapes import ROSTER, ROWS, roster
from lumbung.sample.faults.good_rows import csv_text, good_row, table
from lumbung.sample.faults.planted import HELD, REDELIVERED, REJECTED, MessyFile, of_file
from lumbung.sample.faults.workbooks import workbook

# The first bytes of an OLE file, and the stream an encrypted workbook keeps its content in.
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STRANGE = ("unknown_columns", "missing_columns", "unreadable")


def whole_files(turn: int) -> Iterator[MessyFile]:
    """Empty, torn, locked and misplaced files; an edition without its date; the same bytes under two names."""
    place = BEFORE + 2
    good = roster("utuh", place)
    for name, feed, kind, content, expected, codes in (
            ("kosong.csv", ROSTER, "empty_file", b"", REJECTED, ("empty",)),
            ("kosong.xlsx", "exhibition_participation", "zero_byte_workbook", b"", REJECTED, ("empty", "unreadable")),
            ("putih.csv", "buyer_lead", "blank_file", b"\n\n   \n" + b"\n" * turn, REJECTED, ("empty", "no_rows")),
            ("judul-saja.csv", ROSTER, "header_only", csv_text(good[:1]).encode(), REJECTED, ("no_rows", "empty")),
            ("robek.xlsx", ROSTER, "truncated_workbook", workbook(good)[:-300 - turn], REJECTED, ("unreadable",)),
            ("terkunci.xlsx", ROSTER, "password", _locked(turn), REJECTED, ("password_protected", "unreadable")),
            ("gambar.csv", ROSTER, "other_kind", b"%PDF-1.7\n%" + str(turn).encode(), REJECTED, ("unreadable",)),
            ("salah-folder.csv", "peb", "wrong_feed", csv_text(good).encode(), REJECTED, STRANGE),
            ("tanpa-wilayah.csv", ROSTER, "missing_column", _without("Kode Wilayah", roster("w", place + 1)), REJECTED,
             STRANGE),
            ("kolom-asing.csv", ROSTER, "unknown_column", _renamed(roster("asing", place + 2)), REJECTED, STRANGE),
            ("tanpa-edisi.csv", ROSTER, "no_edition_date", _without("Per Tanggal", roster("e", place + 3)), HELD,
             ("as_of_missing",)),
            ("separuh-rusak.csv", "readiness_assessment", "too_many_rejects", _mostly_bad(turn), HELD,
             ("too_many_rejects",))):
        stem, suffix = name.split(".")
        yield MessyFile(feed, f"berkas-{stem}-{turn}.{suffix}", content, 0, [of_file(kind, expected, *codes)])
    stray = MessyFile("lain-lain", f"berkas-tersesat-{turn}.csv", csv_text(good).encode(), 0,
                      [of_file("no_such_feed", REJECTED, "unknown_feed")])
    yield stray
    sent = MessyFile(ROSTER, f"kiriman-pertama-{turn}.csv", csv_text(roster("ulang", place + 4)).encode(), ROWS)
    yield sent
    # Files are taken by name: this one comes after the first.
    yield replace(sent, name=f"kiriman-ulang-{turn}.csv", rows=0, lines=[of_file("same_file_again", REDELIVERED)])


def _without(title: str, cells: list[list[str]]) -> bytes:
    place = cells[0].index(title)
    return csv_text([row[:place] + row[place + 1:] for row in cells]).encode()


def _renamed(cells: list[list[str]]) -> bytes:
    cells[0][cells[0].index("Produk")] = "Ramalan Cuaca"
    return csv_text(cells).encode()


def _mostly_bad(turn: int) -> bytes:
    rows = [good_row("readiness_assessment", number, f"separuh-{turn}", date(2024, 2, 1)) for number in range(1, 11)]
    for row in rows[:8]:
        row["has_continuity"] = "entah"
    return csv_text(table("readiness_assessment", rows)).encode()


def _locked(turn: int) -> bytes:
    """What tells an encrypted workbook: an OLE file with a stream called EncryptedPackage."""
    names = "".join(name.ljust(32, "\0") for name in ("Root Entry", "EncryptionInfo", "EncryptedPackage"))
    return OLE + bytes(504) + names.encode("utf-16-le") + turn.to_bytes(512, "little")
