"""A claim: files being landed are moved into a hidden folder beside them, under their own names.

So a sender who writes the same name again meanwhile makes a new file. The worker holds a file lock on the folder, which
the kernel drops when it dies: a claim without a holder is taken up by the next plan.
"""

import contextlib
import fcntl
import os
from pathlib import Path

PREFIX = ".lumbung-claim-"


def is_claim(folder: Path) -> bool:
    return folder.name.startswith(PREFIX)


def is_alive(folder: Path) -> bool:
    """Whether a worker is landing the files of this claim right now."""
    handle = hold(folder)
    if handle is None:
        return True
    os.close(handle)
    return False


def hold(folder: Path) -> int | None:
    """Lock a claim folder; returns the handle to close, or None when another worker holds it or it is gone."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except OSError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        return None
    return handle


class Claims:
    """The claims of one worker, held until `close`. Use as a context manager."""

    def __init__(self, inbox: Path, batch_id: str):
        self.inbox, self.batch_id = inbox, batch_id
        self.handles: dict[Path, int | None] = {}

    def __enter__(self) -> "Claims":
        return self

    def __exit__(self, *_) -> None:
        for folder, handle in self.handles.items():
            if handle is not None:
                with contextlib.suppress(OSError):
                    folder.rmdir()
                os.close(handle)

    def take(self, name: str) -> Path | None:
        """Claim one file of the inbox. Returns where it is now, or None when it is gone or another's."""
        path = self.inbox / name
        folder = path.parent if is_claim(path.parent) else path.parent / f"{PREFIX}{self.batch_id}"
        if folder not in self.handles:
            if folder != path.parent:
                with contextlib.suppress(OSError):
                    folder.mkdir(exist_ok=True)
            self.handles[folder] = hold(folder)
        if self.handles[folder] is None:
            return None
        if folder == path.parent:
            return path if path.is_file() and not path.is_symlink() else None
        try:
            return path.rename(folder / path.name)
        except FileNotFoundError:
            return None

    def give_back(self, claimed: Path) -> None:
        """Put a file back that its sender is still writing to; a newer file of that name stays where it is."""
        if claimed.parent.name != f"{PREFIX}{self.batch_id}":
            return
        with contextlib.suppress(OSError):
            (claimed.parent.parent / claimed.name).hardlink_to(claimed)
            claimed.unlink()
