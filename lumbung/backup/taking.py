"""Taking a backup: no run and no intake waits for it."""

import os
import stat
import tarfile
import tempfile
from datetime import UTC, datetime
from typing import IO

from lumbung import flow
from lumbung.backup import contents
from lumbung.backup.archive import (
    FORMAT,
    HEADER,
    HOME,
    MANIFEST,
    SUMS,
    Hashed,
    OnFiles,
    as_text,
    entry,
    sum_line,
)
from lumbung.errors import LumbungError
from lumbung.lake import layout, removing
from lumbung.lake.home import Home

# Only what may be replaced, or go, while a gate is tried again.
PASSING = ("lake/quality/", "build/gates/")


def back_up(home: Home, target: IO[bytes], *, on_files: OnFiles | None = None) -> dict:
    """Write a backup of a home to a stream. Gives its manifest: `taken_at`, `code_version`, `layout`, `keys`, `counts`
    (of `contents.Counts`), `files`, `bytes`.

    What is in it is the moment when it was listed, in the first seconds. Raises LeaseHeld while something is being
    removed, LumbungError where there is nothing to back up or a file can't be read.
    """
    if not (home.root / "lake" / "ledger").is_dir():
        raise LumbungError("There is nothing to back up.", where=str(home.root), todo="Is LUMBUNG_HOME right?")
    home.make()
    with removing.forbidden(home), tempfile.TemporaryFile(dir=home.scratch) as sums:
        taken_at = datetime.now(UTC).isoformat(timespec="seconds")
        found = contents.listed(home)
        header = {"format": FORMAT, "layout": layout.known(), "code_version": flow.code_version(),
                  "taken_at": taken_at, "keys": _keys(home)}
        with tarfile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT) as tar:
            writer = _Writer(home, tar, sums)
            writer.text(HEADER, as_text(header))
            for part, paths in found.parts.items():
                for done, path in enumerate(paths, 1):
                    writer.add(path)
                    if on_files:
                        on_files(part, done, len(paths))
            if found.current:
                writer.link("releases/current", found.current)
            sums_sha256 = writer.sums()
            manifest = {**header, "counts": found.counts.as_dict(), "files": writer.files, "bytes": writer.bytes,
                        "sha256_of_sums": sums_sha256}
            writer.text(MANIFEST, as_text(manifest))
    return manifest


def _keys(home: Home) -> dict[str, str]:
    """Version -> what tells the key (an HMAC of a fixed text, from which the key can't be had)."""
    return {path.name: path.read_text(encoding="utf-8").strip()
            for path in sorted((home.identity / "keys").glob("p*"))}


class _Writer:
    """Adds files to the tar; `files` and `bytes` count them, a hard link as a file without bytes."""

    def __init__(self, home: Home, tar: tarfile.TarFile, sums: IO[bytes]):
        self.home, self.tar, self._sums, self.files, self.bytes = home, tar, sums, 0, 0
        self._linked: dict[tuple[int, int], tuple[str, str]] = {}

    def add(self, path: str) -> None:
        """Add a folder or a file of the home."""
        name, real = f"{HOME}/{path}", self.home.root / path
        try:
            about = real.lstat()
            if stat.S_ISDIR(about.st_mode):
                self._put(entry(name, mode=about.st_mode & 0o777, kind=tarfile.DIRTYPE))
                return
            file = real.open("rb")
        except FileNotFoundError as gone:
            if path.startswith(PASSING):
                return
            raise LumbungError("A file went away while the backup was taken.", where=str(real),
                               todo="Take it again; if nobody removed it by hand, report it.") from gone
        except OSError as problem:
            raise LumbungError(f"A file can't be read: {problem.strerror}.", where=str(real),
                               todo="Take the backup as the user of Lumbung, to whom all of the home belongs."
                               ) from problem
        with file:
            self._file(name, file, os.fstat(file.fileno()))

    def _file(self, name: str, file: IO[bytes], about: os.stat_result) -> None:
        inode, is_shared = (about.st_dev, about.st_ino), about.st_nlink > 1 and name.startswith(f"{HOME}/releases/")
        if is_shared and inode in self._linked:
            first, sha256 = self._linked[inode]
            self._put(entry(name, mode=about.st_mode & 0o777, mtime=int(about.st_mtime), kind=tarfile.LNKTYPE,
                            to=first))
        else:
            hashed = Hashed(file)
            self._put(entry(name, mode=about.st_mode & 0o777, mtime=int(about.st_mtime), size=about.st_size), hashed)
            sha256 = hashed.sha256
            self.bytes += about.st_size
            if is_shared:
                self._linked[inode] = name, sha256
        self.files += 1
        self._sums.write(sum_line(sha256, name))

    def link(self, path: str, to: str) -> None:
        """Add a symbolic link."""
        self._put(entry(f"{HOME}/{path}", mode=0o777, kind=tarfile.SYMTYPE, to=to))

    def text(self, name: str, content: bytes) -> None:
        """Add what is no file of the home."""
        with tempfile.SpooledTemporaryFile() as file:
            file.write(content)
            file.seek(0)
            self._put(entry(name, size=len(content)), file)

    def sums(self) -> str:
        """Add SHA256SUMS; gives its own hash."""
        size = self._sums.tell()
        self._sums.seek(0)
        hashed = Hashed(self._sums)
        self._put(entry(SUMS, size=size), hashed)
        return hashed.sha256

    def _put(self, info: tarfile.TarInfo, content: IO[bytes] | None = None) -> None:
        self.tar.addfile(info, content)
        self.tar.members.clear()            # it would remember every file there is
