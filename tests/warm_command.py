"""The `lumbung` command without its start-up: each run is a fork of a process that has imported everything.

A fork runs `lumbung.cli.main` with arguments, environment, output and exit status of its own, as the installed command
does; only the seconds of importing dbt and Great Expectations, and of reading the dbt project, are paid once. The
process reads a line of JSON a run (words, environment, files for stdout and stderr), answers with the fork's pid and,
once it has ended, with its status.
"""

import atexit
import contextlib
import gc
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn


class Run:
    """A command that was started."""

    def __init__(self, command: "WarmCommand", words: tuple, folder: tempfile.TemporaryDirectory, pid: int):
        self._command, self._words, self._folder, self._pid = command, words, folder, pid

    def ended(self, seconds: float) -> bool:
        """Whether it ends within so many seconds."""
        return bool(select.select([self._command.process.stdout], [], [], seconds)[0])

    def kill(self) -> None:
        """kill -9."""
        with contextlib.suppress(ProcessLookupError):      # it ended by itself just now
            os.kill(self._pid, signal.SIGKILL)

    def result(self) -> subprocess.CompletedProcess:
        """Wait for its end."""
        status = os.waitstatus_to_exitcode(int(self._command.process.stdout.readline()))
        with self._folder as folder:
            told = [(Path(folder) / name).read_text() for name in ("stdout", "stderr")]
        return subprocess.CompletedProcess(self._words, status, *told)


class WarmCommand:
    """Runs `lumbung`, one command after the other."""

    def __init__(self):
        self.process = subprocess.Popen([sys.executable, __file__], bufsize=0, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, env={**os.environ, "COLUMNS": "200"})
        assert self.process.stdout.readline() == b"ready\n"

    def start(self, *words: object, environment: dict[str, str]) -> Run:
        """Start it; its `result` must be waited for before the next."""
        folder = tempfile.TemporaryDirectory(prefix="lumbung-command-")
        words = tuple(map(str, words))
        self.process.stdin.write(json.dumps([words, environment, folder.name]).encode() + b"\n")
        return Run(self, words, folder, int(self.process.stdout.readline()))

    def run(self, *words: object, environment: dict[str, str]) -> subprocess.CompletedProcess:
        """Run it to its end."""
        return self.start(*words, environment=environment).result()

    def close(self) -> None:
        """End the process that is forked."""
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


def _serve() -> None:
    import great_expectations  # noqa: F401

    from lumbung import cli, flow, gates, intake, privacy, publish, report, transform  # noqa: F401
    from lumbung.lake.home import Home

    with tempfile.TemporaryDirectory(prefix="lumbung-project-") as folder:
        transform.parse(Home(Path(folder)))                 # every fork has dbt's manifest, if no file changes
    gc.freeze()                                             # a fork that looked through them would copy them all
    os.write(1, b"ready\n")
    for line in sys.stdin.buffer.raw:
        words, environment, folder = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(words, environment, Path(folder))
            _end(_status_of(cli.main))
        os.write(1, b"%d\n" % pid)
        os.write(1, b"%d\n" % os.waitpid(pid, 0)[1])
    os._exit(0)


def _become(words: list[str], environment: dict[str, str], folder: Path) -> None:
    os.setsid()
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["lumbung", *words]
    for number, path in enumerate((Path(os.devnull), folder / "stdout", folder / "stderr")):
        os.dup2(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), number)


def _status_of(command: Callable[[], None]) -> int:
    """The exit status that Python would give it."""
    try:
        command()
    except SystemExit as end:
        return int(end.code or 0)
    except BaseException:
        traceback.print_exc()
        return 1
    return 0


def _end(status: int) -> NoReturn:
    """End as Python does, but for the seconds that it takes to free every module."""
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    _serve()
