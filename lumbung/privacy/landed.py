"""Landed files of which rows were erased: the bytes are replaced, a tombstone beside them says so."""

import codecs
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lumbung.lake.durable import write_text, written_aside
from lumbung.lake.home import Home
from lumbung.privacy.payloads import CantSearch, Redacted, is_text, redact, text_encoding
from lumbung.privacy.person import Person

TOMBSTONE = "tombstone.json"
BIG, PIECE, HEAD, OVERLAP = 32 << 20, 8 << 20, 4096, 1024


@dataclass(frozen=True)
class Landing:
    """One landed file: `sha256` names its folder and is that of the bytes as received."""

    feed: str
    sha256: str
    folder: Path

    @property
    def payload(self) -> Path:
        return self.folder / "payload"


def landed_files(home: Home) -> Iterator[Landing]:
    """Every landed file, by feed and hash."""
    for payload in sorted(home.landing.glob("*/*/payload")):
        if not payload.parent.name.startswith("."):
            yield Landing(payload.parent.parent.name, payload.parent.name, payload.parent)


def look(landing: Landing, person: Person) -> Redacted:
    """What the file would be without the person. Raises CantSearch where nobody can tell.

    A big text is read by pieces first: only one that holds the person comes into memory whole.
    """
    if landing.payload.stat().st_size > BIG and is_text(landing.payload) and not _in_pieces(landing.payload, person):
        return Redacted()
    return redact(landing.payload.read_bytes(), person)


def _in_pieces(path: Path, person: Person) -> bool:
    with path.open("rb") as file:
        encoding = text_encoding(file.read(HEAD))
        file.seek(0)
        decoders = [codecs.getincrementaldecoder(name)("replace")
                    for name in ([encoding] if encoding.startswith("utf-16") else ["utf-8", "latin-1"])]
        ends = [""] * len(decoders)
        while piece := file.read(PIECE):
            for n, decoder in enumerate(decoders):
                text = ends[n] + decoder.decode(piece)
                # JSON may write a letter as an escape: such a file is looked at whole.
                if "\\u" in text or person.python.search(text):
                    return True
                ends[n] = text[-OVERLAP:]
    return False


def replace(landing: Landing, done: Redacted, erasure: dict) -> None:
    """Put the redacted bytes in place and add the erasure to the tombstone, which is written first.

    A crash between the two leaves a tombstone whose new hash does not fit: erasing again mends it.
    """
    tombstone = landing.folder / TOMBSTONE
    told = _read(tombstone) or {"sha256_as_received": landing.sha256, "erasures": []}
    told["sha256_now"] = hashlib.sha256(done.content).hexdigest()
    told["erasures"].append({**erasure, "rows": done.emptied + done.removed})
    write_text(tombstone, json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    with written_aside(landing.payload) as aside:
        aside.write_bytes(done.content)


def landing_problems(home: Home) -> list[str]:
    """Landed files whose bytes are neither those received nor those a tombstone tells of."""
    return [problem for landing in landed_files(home)
            if (problem := landing_problem(home, landing.feed, landing.sha256))]


def landing_problem(home: Home, feed: str, sha256: str) -> str:
    """What is wrong with one landed file: gone, or other bytes than those received or redacted. "" for nothing."""
    folder = home.landing / feed / sha256
    if not (folder / "payload").is_file():
        return f"landing/{feed}/{sha256} is missing."
    with (folder / "payload").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    told = _read(folder / TOMBSTONE)
    if found == (told["sha256_now"] if told else sha256):
        return ""
    return f"landing/{feed}/{sha256} has changed since it {'was redacted' if told else 'landed'}."


def _read(path: Path) -> dict | None:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


__all__ = ["CantSearch", "Landing", "landed_files", "landing_problem", "landing_problems", "look", "replace"]
