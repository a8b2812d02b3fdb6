"""`lumbung backup` and `lumbung restore`: what can't be made again, into a tar and back into an empty home."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Annotated

import typer
from rich.progress import Progress

from lumbung.commands.printing import err, shown
from lumbung.errors import LumbungError, UsageError
from lumbung.lake.durable import written_aside
from lumbung.lake.home import Home

PIPE = Path("-")
LINE_EVERY = 10_000


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Where to; - for stdout, into a pipe.")],
) -> None:
    """Everything that can't be made again, as one tar. Runs and intake go on meanwhile."""
    from lumbung import backup as backups

    home = Home.from_env()
    with _written(home, file) as target, _progress() as on_files:
        told = backups.back_up(home, target, on_files=on_files)
    counts = told["counts"]
    _say(f"Backup of {told['taken_at']}: {counts['loads']:,} loads, {counts['releases']:,} releases, "
         f"{told['files']:,} files, {told['bytes'] / 1e6:,.1f} MB{'' if file == PIPE else f': {file}'}")
    _warn(counts)


def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A backup; - for stdin.")],
) -> None:
    """A backup becomes the LUMBUNG_HOME, which must be empty. Needs the LUMBUNG_KEY that its data were made with."""
    from lumbung import backup as backups

    home = Home.named()
    with _read(file) as source, _progress() as on_files:
        told = backups.restore(home, source, on_files=on_files)
    counts = told["counts"]
    _say(f"Restored and checked: {counts['loads']:,} loads, {counts['releases']:,} releases "
         f"(current: {counts['current'] or 'none'}), {told['files']:,} files: {home.root}")
    _warn(counts)
    _say(f"It is the moment {told['taken_at']}. What came later is not in it: send such files again, decide again, and "
         f"erase again whom you erased since (`lumbung privacy erasures`: {counts['erasures']} known here).")


def _warn(counts: dict) -> None:
    if counts["without_bytes"]:
        _say(f"Of {counts['without_bytes']:,} loads the file as received is gone: retention removed it, or it is lost.")
    if counts["untyped"]:
        _say(f"Of {counts['untyped']:,} loads the typed rows are gone: withdraw them and send the files again.")


@contextmanager
def _written(home: Home, file: Path) -> Iterator[IO[bytes]]:
    """The stream to write to: a file is there whole or not at all, and only its owner reads it."""
    if file == PIPE:
        if sys.stdout.isatty():
            raise UsageError("A backup is not for a terminal.", todo="Send it on: lumbung backup - | …, or give FILE.")
        yield _Pipe()
        sys.stdout.buffer.flush()
        return
    if file.exists():
        raise UsageError("There is such a file already.", where=str(file),
                         todo="Give another name, with the date in it.")
    if home.root in file.resolve().parents:
        raise UsageError("A backup within the home is lost with it.", where=str(file),
                         todo="Name a place on another disk.")
    try:
        with written_aside(file) as aside, open(aside, "xb", opener=_for_the_owner) as target:
            yield target
    except OSError as problem:
        raise LumbungError(f"The backup could not be written: {problem.strerror or problem}.", where=str(file),
                           todo="Make room, or give another place.") from problem


class _Pipe:
    """Stdout for bytes. When whoever reads it has gone that is told as such."""

    def write(self, piece: bytes) -> int:
        """Write on."""
        try:
            return sys.stdout.buffer.write(piece)
        except BrokenPipeError as problem:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())      # Python flushes it again at its end
            raise LumbungError("The pipe broke: the command that was to take the backup has ended.", where="stdout",
                               todo="See what it said; what it wrote is no backup.") from problem


@contextmanager
def _read(file: Path) -> Iterator[IO[bytes]]:
    if file == PIPE:
        yield sys.stdin.buffer
        return
    if not file.is_file():
        raise UsageError("There is no such file.", where=str(file))
    with file.open("rb") as source:
        yield source


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


@contextmanager
def _progress() -> Iterator:
    """What to call with a part, files done and files there are: a bar on a terminal, now and then a line elsewhere."""
    if not err.is_terminal:
        yield lambda part, done, of: (done == of or done % LINE_EVERY == 0) and _say(
            f"  {part}: {done:,}{f' of {of:,}' if of else ''}")
        return
    with Progress(console=err, transient=True) as progress:
        tasks: dict[str, int] = {}

        def told(part: str, done: int, of: int) -> None:
            if part not in tasks:
                tasks[part] = progress.add_task(part, total=of or None)
            progress.update(tasks[part], completed=done)

        yield told


def _say(text: str) -> None:
    """To stderr: stdout may be the backup itself."""
    err.print(shown(text), highlight=False, markup=False, soft_wrap=True)
