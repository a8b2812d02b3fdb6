"""The form of a backup: a plain tar that is written and read in one go, so that it fits through a pipe.

    lumbung-backup.json    first: format, layout, code, when, what tells the key; enough to refuse by
    home/…                 the files, hard links as such
    SHA256SUMS             of every file, in the order of the tar; `sha256sum -c` reads it
    manifest.json          last: the same as the first, counts, hash of SHA256SUMS; a tar without it is cut short
"""

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from typing import IO

# What is at work, how many of its files are done, and of how many (0: not known).
OnFiles = Callable[[str, int, int], None]

FORMAT = 1
HEADER, SUMS, MANIFEST, HOME = "lumbung-backup.json", "SHA256SUMS", "manifest.json", "home"


class Hashed(io.RawIOBase):
    """A file that is read once: the SHA-256 and number of the bytes that went through."""

    def __init__(self, file: IO[bytes]):
        self._file, self._digest, self.bytes = file, hashlib.sha256(), 0

    def read(self, size: int = -1) -> bytes:
        """Read on, as a file does."""
        piece = self._file.read(size)
        self._digest.update(piece)
        self.bytes += len(piece)
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def entry(name: str, *, mode: int = 0o600, mtime: int = 0, size: int = 0, kind: bytes = tarfile.REGTYPE,
          to: str = "") -> tarfile.TarInfo:
    """A tar entry that says nothing of the machine: owner and group are whoever restores it."""
    info = tarfile.TarInfo(name)
    info.mode, info.mtime, info.size, info.type, info.linkname = mode, mtime, size, kind, to
    return info


def sum_line(sha256: str, name: str) -> bytes:
    """A line of SHA256SUMS."""
    return f"{sha256}  {name}\n".encode()


def as_text(told: dict) -> bytes:
    """JSON for the header and the manifest."""
    return (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()
