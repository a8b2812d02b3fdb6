"""Takes a person's rows out of the bytes of a file, whatever its kind, and leaves all the rest as it came.

A row of a table becomes an empty row, so that the others keep their numbers. A JSON document of the person goes
whole; from another's document go the person's entity and the items that are theirs.
"""

import codecs
import gzip
import io
import zipfile
from dataclasses import dataclass
from pathlib import Path

from lumbung.privacy import json_documents, sheets, text_lines
from lumbung.privacy.person import Person

GZIP, ZIP, OLE = b"\x1f\x8b", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OPAQUE = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"Rar!", b"7z\xbc\xaf")
UNPACKED_LIMIT = 2 << 30
MEMBERS_LIMIT = 1000


class CantSearch(Exception):
    """The bytes can't be looked into: encrypted, damaged, too big unpacked, or no kind of table."""


@dataclass(frozen=True)
class Redacted:
    """`content` without the person; None when they were not in it. `emptied` rows are left as empty rows,
    `removed` rows (items of JSON documents) are gone."""

    content: bytes | None = None
    emptied: int = 0
    removed: int = 0


def redact(content: bytes, person: Person) -> Redacted:
    """The same file without the person. Raises CantSearch where nobody can tell."""
    if content.startswith(OPAQUE):
        raise CantSearch("no table: PDF, picture or an archive of another kind")
    if content.startswith(GZIP):
        return _gzip(content, person)
    if content.startswith(OLE):
        return _sheet(content, person)
    if content.startswith(ZIP):
        return _zip(content, person)
    return _text(content, person)


def is_text(path: Path) -> bool:
    """Whether a file is no archive, no spreadsheet and no picture."""
    with path.open("rb") as file:
        return not file.read(8).startswith((GZIP, ZIP, OLE, *OPAQUE))


def text_encoding(head: bytes) -> str:
    """UTF-16 by its mark or its zeros, else `utf-8`."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16-le" if head.startswith(codecs.BOM_UTF16_LE) else "utf-16-be"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 5:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def _encoding_of(content: bytes) -> str:
    encoding = text_encoding(content[:4096])
    if encoding != "utf-8":
        return encoding
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return "latin-1"          # every byte comes back as it was, and Windows-1252 differs in no letter we look for
    return "utf-8"


def _text(content: bytes, person: Person) -> Redacted:
    encoding = _encoding_of(content)
    errors = "strict"
    if encoding.startswith("utf-16"):
        content, errors = content[:len(content) // 2 * 2], "surrogatepass"     # a cut file may end in half a letter
    text = content.decode(encoding, errors)
    found = person.python.search(text) is not None
    head = text[:4096].lstrip("\ufeff \t\r\n")[:1]
    if not found and not (head in ("{", "[") and "\\u" in text):
        return Redacted()
    if head in ("{", "["):
        new, removed = json_documents.without(text, person.python)
        return Redacted(new.encode(encoding, errors), 0, removed) if new is not None else Redacted()
    new, emptied = text_lines.without(text, person.python)
    return Redacted(new.encode(encoding, errors), emptied)


def _gzip(content: bytes, person: Person) -> Redacted:
    try:
        with gzip.open(io.BytesIO(content)) as packed:
            inner = packed.read(UNPACKED_LIMIT + 1)
    except (OSError, EOFError, ValueError) as problem:
        raise CantSearch(f"damaged gzip: {problem}") from problem
    if len(inner) > UNPACKED_LIMIT:
        raise CantSearch("unpacks to more than 2 GB")
    done = redact(inner, person)
    return done if done.content is None else Redacted(gzip.compress(done.content, mtime=0), done.emptied, done.removed)


def _zip(content: bytes, person: Person) -> Redacted:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MEMBERS_LIMIT or sum(m.file_size for m in members) > UNPACKED_LIMIT:
                raise CantSearch("unpacks to more than 2 GB or 1,000 members")
            names = set(archive.namelist())
            if "xl/workbook.xml" in names:
                new, emptied = sheets.xlsx_without(archive, person.python)
                return Redacted(new, emptied)
            if "mimetype" in names and "content.xml" in names:
                return _sheet(content, person)
            done = [(m, redact(archive.read(m), person)) for m in members if not m.is_dir()]
            if all(one.content is None for _, one in done):
                return Redacted()
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
                for member, one in done:
                    copy.writestr(member, archive.read(member) if one.content is None else one.content)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as problem:
        raise CantSearch(f"damaged or encrypted: {problem}") from problem
    return Redacted(target.getvalue(), sum(d.emptied for _, d in done), sum(d.removed for _, d in done))


def _sheet(content: bytes, person: Person) -> Redacted:
    try:
        new, emptied = sheets.as_xlsx_without(content, person.python)
    except sheets.Unreadable as problem:
        raise CantSearch(str(problem)) from problem
    return Redacted(new, emptied)
