"""A small part of a sample that was taken in, for what measures it."""

import shutil

import duckdb
import pytest

from lumbung.lake.home import Home
from lumbung.quality.intake import compared, read_key, take_in
from lumbung.quality.outcomes import Outcomes
from lumbung.sample import write_sample

PARTS = ("buyer_lead/contoh-berantakan-1/", "readiness_assessment/contoh-berantakan-1/",
         "agency_roster/contoh-berantakan-1/data-buatan-bentuk-", "lain-lain/")


class Measured:
    """A small part of a sample that was taken in, and its answer key."""

    def __init__(self, folder):
        self.folder, self.home = folder, Home(folder / "home")

    def keys(self) -> tuple[list[dict], list[dict]]:
        return tuple([line for line in read_key(self.folder / "sample" / "answer_key" / name)
                      if line["path"].removeprefix("inbox/").startswith(PARTS)] for name in ("files.csv", "faults.csv"))

    def compared(self, files=None, faults=None) -> dict:
        known = self.keys()
        with Outcomes(self.home) as outcomes:
            return compared(outcomes, files or known[0], known[1] if faults is None else faults)

    def rewrite(self, zone, sql: str) -> None:
        """Replace each Parquet file of a zone by what `sql` makes of it."""
        for path in sorted(zone.rglob("*.parquet")):
            aside = path.with_suffix(".new")
            query = sql.replace("$file", f"read_parquet('{path}')")
            duckdb.sql(f"copy ({query}) to '{aside}' (format parquet)")
            aside.replace(path)


@pytest.fixture(scope="module")
def taken_in(tmp_path_factory):
    folder = tmp_path_factory.mktemp("quality")
    write_sample(folder / "sample", rows=100, seed=5, fault_rate=0.01)
    home = Home(folder / "home").make()
    for path in sorted((folder / "sample" / "inbox").rglob("*.*")):
        place = path.relative_to(folder / "sample" / "inbox")
        if place.as_posix().startswith(PARTS):
            (home.inbox / place).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, home.inbox / place)
    take_in(home)
    return Measured(folder)


@pytest.fixture
def measured(taken_in, tmp_path):
    shutil.copytree(taken_in.folder, tmp_path / "copy")
    return Measured(tmp_path / "copy")
