"""Restoring a backup: a home that is whole and checked, or the empty one that was there."""

import os
import shutil
import tarfile
import uuid
from pathlib import Path
from typing import IO

from lumbung.backup import contents
from lumbung.backup.archive import FORMAT, OnFiles
from lumbung.backup.unpacking import DAMAGED, OF_THE_PLACE, SOME_MB, Unpacking
from lumbung.errors import LumbungError, UsageError
from lumbung.lake import layout, lease
from lumbung.lake.home import Home
from lumbung.privacy import keys

# What may be in a home that counts as empty: what starting Lumbung leaves, and what a backup does not hold.
LEFT_ALONE = (*OF_THE_PLACE, "airflow", "lost+found")
NO_MATTER = (*LEFT_ALONE, "scratch", "identity/keys")


def restore(home: Home, source: IO[bytes], *, on_files: OnFiles | None = None) -> dict:
    """Make a home of a backup, read from a stream. Gives the backup's manifest, as `back_up` does.

    Until all of it is there, checked against its hashes and on the disk, every other process is refused the home; a
    restore that failed leaves nothing, one that was killed is begun again. Raises UsageError for a home that is not
    empty, LumbungError for what is no backup or a damaged one, another key, or a layout that is newer than this code.
    """
    run_id = f"restore-{os.getpid()}-{uuid.uuid4().hex[:6]}"
    try:
        with lease.held(home, run_id, wait_seconds=5):
            if not layout.is_half_restored(home.root):
                _require_empty(home)
            manifest = _restore(home, source, on_files)
    finally:
        lease.release(home, run_id)
    home.make()                     # an older layout is migrated here
    return manifest


def _restore(home: Home, source: IO[bytes], on_files: OnFiles | None) -> dict:
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            unpacking = Unpacking(home.root, tar, on_files)
            header = unpacking.header()
            _require_usable(header)
            layout.write(home.root, header["layout"], restoring=header["taken_at"])
            _clear(home)
            try:
                manifest = unpacking.unpack(header)
                while source.read(SOME_MB):         # else whoever writes into the pipe hears that it broke
                    pass
                _require_whole(home, manifest)
                os.sync()
            except BaseException:
                _clear(home)
                (home.root / layout.FILE).unlink(missing_ok=True)
                raise
    except (tarfile.TarError, EOFError) as problem:
        raise LumbungError(f"The backup can't be read: {problem}.", todo=DAMAGED) from problem
    except OSError as problem:
        raise LumbungError(f"The backup could not be restored: {problem.strerror or problem}.", where=str(home.root),
                           todo="Make room, or see to the rights of that folder, and restore it again.") from problem
    layout.write(home.root, header["layout"])
    return manifest


def _require_empty(home: Home) -> None:
    for folder, folders, files in os.walk(home.root):
        here = Path(folder).relative_to(home.root)
        folders[:] = sorted(name for name in folders if (here / name).as_posix() not in NO_MATTER)
        links = [name for name in folders if (home.root / here / name).is_symlink()]
        for name in sorted((*links, *files)):
            if (here / name).as_posix() not in NO_MATTER:
                raise UsageError("A backup is restored into an empty home only; this one has data.",
                                 where=str(home.root / here / name),
                                 todo="Name a LUMBUNG_HOME that is not there yet, or a new volume.")


def _require_usable(header: dict) -> None:
    if header["format"] > FORMAT:
        raise LumbungError(f"The backup has format {header['format']}; this Lumbung reads up to {FORMAT}.",
                           todo=f"Use Lumbung {header['code_version']}.")
    layout.require_known(header["layout"], header["code_version"], f"backup of {header['taken_at']}")
    marks, key = header["keys"], keys.own_key()
    if not marks:                                       # made-up data only
        return
    if key is None:
        raise LumbungError(f"The backup's pseudonyms were made with a key; there is none in {keys.KEY_VARIABLE}.",
                           where="environment", todo=f"Set {keys.KEY_VARIABLE} to the key of that office.")
    if keys.version() not in marks:
        raise LumbungError(f"The backup's pseudonyms were made by key version {', '.join(marks)}; this is "
                           f"{keys.version()}.", where=keys.VERSION_VARIABLE, todo="Set key and version to those.")
    if keys.party_key(key, keys.CHECKED_TEXT) != marks[keys.version()]:
        raise LumbungError(f"{keys.KEY_VARIABLE} is not the key that the backup's pseudonyms were made with.",
                           where="environment", todo="Set it to the key that was kept apart from the backups. Without "
                                                     "it nothing new can be joined to the old data.")


def _require_whole(home: Home, manifest: dict) -> None:
    """That what is there counts what the backup counted: no load without its bytes, but those that had none."""
    found = contents.counted(home).as_dict()
    if different := [name for name, count in manifest["counts"].items() if found.get(name) != count]:
        raise LumbungError("The restored home does not hold what the backup counted: " + ", ".join(
            f"{name} {manifest['counts'][name]}, found {found.get(name)}" for name in different) + ".",
            where=str(home.root), todo="This is a fault of Lumbung: report it with the backup's manifest.json.")


def _clear(home: Home) -> None:
    """Remove what a restore unpacked, and folders that starting Lumbung made."""
    for path in home.root.iterdir():
        if path.name in LEFT_ALONE:
            continue
        if path == home.build:
            for inner in path.iterdir():
                if f"build/{inner.name}" not in LEFT_ALONE:
                    _remove(inner)
        else:
            _remove(path)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()
