"""An office that received the committed samples, run once a session through the public way in."""

import functools
from dataclasses import dataclass
from pathlib import Path

import duckdb

from lumbung import flow
from lumbung.lake.home import Home
from lumbung.publish import current
from lumbung.scheduling.demo import drop

TWICE = "laporan-003-ikm-ekspor-jatim-2021.csv"


@dataclass(frozen=True)
class Office:
    """A home whose samples have become a release."""

    home: Home

    def rows(self, sql: str) -> list[tuple]:
        """Of the build database."""
        with duckdb.connect(self.home.build_database, read_only=True) as connection:
            return connection.execute(sql).fetchall()

    @property
    def release(self) -> Path:
        return current(self.home).path


@functools.cache
def office(folder: Path) -> Office:
    """The samples, and report 003 once more as its page has it: the whole text twice."""
    home = Home(folder / "sample_office").make()
    drop(home)
    [once] = home.inbox.glob(f"reported_figure/*/{TWICE}")
    header, *lines = once.read_text(encoding="utf-8").splitlines(keepends=True)
    once.with_name(f"salinan-{TWICE}").write_text("".join([header, *lines, *lines]), encoding="utf-8")
    flow.run(home)
    return Office(home)
