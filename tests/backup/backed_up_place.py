"""A LUMBUNG_HOME that is backed up or restored, by the command."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

COMMAND = Path(sys.executable).with_name("lumbung")


@dataclass(frozen=True)
class Place:
    """A LUMBUNG_HOME, and the command on it."""

    root: Path
    command: object
    more: tuple[tuple[str, str], ...] = ()

    @property
    def environment(self) -> dict[str, str]:
        own = {name: value for name, value in os.environ.items() if not name.startswith("LUMBUNG_KEY")}
        return {**own, "LUMBUNG_HOME": str(self.root), "COLUMNS": "200", **dict(self.more)}

    def lumbung(self, *words, exits: int = 0) -> str:
        done = self.command.run(*words, environment=self.environment)
        assert done.returncode == exits, done.stdout + done.stderr
        return done.stdout + done.stderr

    def elsewhere(self, root: Path, **more: str) -> "Place":
        return Place(root, self.command, tuple(more.items()))

    def process(self, *words, **streams) -> subprocess.Popen:
        """The command as a process of its own, with pipes."""
        return subprocess.Popen([COMMAND, *map(str, words)], env=self.environment, stderr=subprocess.PIPE, **streams)
