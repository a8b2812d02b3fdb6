"""What a file is, by its bytes and not by its name."""

import zipfile
from pathlib import Path

from lumbung.intake import reasons
from lumbung.intake.readers.sources import Unreadable, encoding_of

OLE = b"\xd0\xcf\x11\xe0"
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
GZIP = b"\x1f\x8b"
OTHERS = {b"%PDF": "PDF", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG", b"Rar!": "RAR", b"7z\xbc\xaf": "7z",
          b"PAR1": "Parquet", b"BZh": "bzip2", b"\xfd7zXZ": "xz", b"(\xb5/\xfd": "zstd"}
IN_ZIP = {"word/": "Word", "ppt/": "PowerPoint", "xl/workbook.bin": "XLSB"}
SHEETS = ("xlsx", "ods", "xls")
ARCHIVES = ("zip", "gzip")
CONTROLS = (*range(1, 9), *range(14, 26))   # bytes that no text needs; a stray one is nothing yet
OURS = (*SHEETS, *ARCHIVES, "csv", "json")


def kind_of(path: Path) -> str:
    """`csv`, `json`, one of SHEETS, one of ARCHIVES, or the name of another kind that is nothing for us.

    Raises Unreadable for an empty file, for one that is no text, and for a zip or workbook that is cut off.
    """
    with path.open("rb") as file:
        head = file.read(65536)
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise Unreadable("empty", reasons.of_file("empty"))
    for magic, name in OTHERS.items():
        if head.startswith(magic):
            return name
    if head.startswith(OLE):
        return "xls"
    if head.startswith(GZIP):
        return "gzip"
    if head.startswith(ZIP):
        return _in_zip(path)
    encoding = encoding_of(head)
    if encoding == "utf-8" and not _is_text(head):
        raise Unreadable("unreadable", reasons.of_file("unreadable", "Isinya bukan teks."))
    return "json" if head.decode(encoding, "ignore").lstrip("\ufeff \t\r\n")[:1] in ("{", "[") else "csv"


def _is_text(head: bytes) -> bool:
    controls = sum(head.count(byte) for byte in CONTROLS)
    return head.count(0) <= len(head) // 100 and controls <= 1 + len(head) // 50


def _in_zip(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as e:
        raise Unreadable("unreadable", reasons.of_file(
            "unreadable", "Buku kerja atau arsip rusak atau terpotong; kirim ulang.")) from e
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    for name, kind in IN_ZIP.items():
        if any(n.startswith(name) for n in names):
            return kind
    return "zip"
