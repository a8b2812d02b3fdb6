"""Files that are either there whole or not at all."""

import fcntl
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_file(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """Give a path to write to; on success it becomes `target` in one step, on failure it is gone."""
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        yield aside
        sync_file(aside)
        aside.replace(target)
        sync_folder(target.parent)
    finally:
        aside.unlink(missing_ok=True)


def write_text(target: Path, text: str) -> None:
    """Write a small file durably, replacing what was there in one step."""
    with written_aside(target) as aside:
        aside.write_text(text, encoding="utf-8")


def switch_link(link: Path, to: str) -> None:
    """Point a symbolic link elsewhere in one step; a reader sees the old or the new."""
    aside = link.with_name(f".{link.name}.{uuid.uuid4().hex[:8]}")
    aside.symlink_to(to)
    aside.replace(link)
    sync_folder(link.parent)


@contextmanager
def locked(folder: Path, *, shared: bool = False) -> Iterator[None]:
    """Let nobody else act on a folder meanwhile who asks likewise; `shared`, with others who share it. Falls free with
    the process."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_SH if shared else fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
