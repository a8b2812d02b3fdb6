"""Reading a backup's tar from its beginning to its end, once; every file is hashed on its way to the disk."""

import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from lumbung.backup.archive import HEADER, HOME, MANIFEST, SUMS, Hashed, OnFiles, sum_line
from lumbung.errors import LumbungError
from lumbung.lake import layout

SOME_MB = 1 << 20
DAMAGED = "Use another backup: this one is damaged, was cut short on its way, or is still packed or encrypted."
# What belongs to the place and not to the data.
OF_THE_PLACE = ("inbox", "build/lease.json", "build/lease.lock", "build/removing.lock", layout.FILE)


class Unpacking:
    """A backup on its way into the folder `root`. Raises LumbungError for what is no backup, or a damaged one."""

    def __init__(self, root: Path, tar: tarfile.TarFile, on_files: OnFiles | None):
        self.root, self._tar, self._on_files = root, tar, on_files
        self._of_releases: dict[str, str] = {}

    def header(self) -> dict:
        """The first entry: enough to refuse by."""
        info = self._tar.next()
        if info is None or info.name != HEADER or info.size > SOME_MB:
            raise LumbungError("This is no backup of Lumbung.", todo="Give the file, or the stream, that `lumbung "
                                                                     "backup` wrote; decrypt and unpack it first.")
        return self._told(info)

    def unpack(self, header: dict) -> dict:
        """Write the files and check them; gives the manifest."""
        with tempfile.TemporaryFile(dir=self.root) as sums:
            for info in self._entries():
                if info.name == SUMS:
                    sums_sha256 = self._check(info, sums)
                    break
                self._unpack(info, sums)
            else:
                raise LumbungError("The backup ends before its hashes do.", todo=DAMAGED)
        last = self._tar.next()
        if last is None or last.name != MANIFEST or last.size > SOME_MB:
            raise LumbungError("The backup ends before its manifest.", todo=DAMAGED)
        manifest = self._told(last)
        if manifest["sha256_of_sums"] != sums_sha256 or any(manifest[key] != said for key, said in header.items()):
            raise LumbungError("The backup's manifest does not fit what is in it.", todo=DAMAGED)
        return manifest

    def _entries(self) -> Iterator[tarfile.TarInfo]:
        done = 0
        while (info := self._tar.next()) is not None:
            self._tar.members.clear()            # it would remember every file there is
            yield info
            done += 1
            if self._on_files:
                self._on_files("files", done, 0)

    def _told(self, info: tarfile.TarInfo) -> dict:
        try:
            return json.loads(self._tar.extractfile(info).read())
        except ValueError as problem:
            raise LumbungError(f"{info.name} of the backup can't be read.", todo=DAMAGED) from problem

    def _unpack(self, info: tarfile.TarInfo, sums: IO[bytes]) -> None:
        target = self._target(info.name)
        if info.isdir():
            target.mkdir(mode=0o700, parents=True, exist_ok=True)
            target.chmod(info.mode & 0o777 | 0o700)
        elif info.issym() and "/" not in info.linkname and not info.linkname.startswith("."):
            target.symlink_to(info.linkname)
        elif info.islnk() and info.linkname in self._of_releases:
            os.link(self._target(info.linkname), target)
            self._note(info.name, self._of_releases[info.linkname], sums)
        elif info.isreg():
            self._note(info.name, self._write(info, target), sums)
        else:
            raise LumbungError(f"The backup holds what is neither file nor folder: {info.name}.", todo=DAMAGED)

    def _write(self, info: tarfile.TarInfo, target: Path) -> str:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        hashed = Hashed(self._tar.extractfile(info))
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
        with os.fdopen(handle, "wb") as file:
            while piece := hashed.read(SOME_MB):
                file.write(piece)
            os.fchmod(file.fileno(), info.mode & 0o777)
        os.utime(target, (info.mtime, info.mtime))
        return hashed.sha256

    def _note(self, name: str, sha256: str, sums: IO[bytes]) -> None:
        if name.startswith(f"{HOME}/releases/"):        # files that later releases share are links to these
            self._of_releases[name] = sha256
        sums.write(sum_line(sha256, name))

    def _check(self, info: tarfile.TarInfo, ours: IO[bytes]) -> str:
        """Hold the hashes of what was written against SHA256SUMS, whose own hash is given."""
        ours.seek(0)
        theirs = Hashed(self._tar.extractfile(info))
        rest = b""
        while piece := theirs.read(SOME_MB):
            *lines, rest = (rest + piece).split(b"\n")
            for line in lines:
                if (found := ours.readline().rstrip(b"\n")) != line:
                    name = (line or found).decode("utf-8", "replace")[66:]
                    raise LumbungError("A file of the backup is not what was written into it, or is missing.",
                                       where=name, todo=DAMAGED)
        if rest or ours.readline():
            raise LumbungError("The backup holds other files than its hashes tell of.", todo=DAMAGED)
        return theirs.sha256

    def _target(self, name: str) -> Path:
        parts = PurePosixPath(name).parts
        if len(parts) < 2 or parts[0] != HOME or ".." in parts or "/".join(parts[1:]).startswith(OF_THE_PLACE):
            raise LumbungError(f"The backup holds a file that belongs to no home: {name}.", todo=DAMAGED)
        return self.root.joinpath(*parts[1:])
