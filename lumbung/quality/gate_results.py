"""What gates found in a home, as pairs of a check and a load, and which of them the answer key explains."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import duckdb

from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Load

# Planted rows are turned away and planted copies are dropped: of the counts of a file these are right to speak.
COUNTS = ("reject_pct", "rows_accepted", "duplicate_key_rows")
MESSES = "contoh-berantakan"         # agencies that send nothing but planted files


@dataclass(frozen=True)
class Failed:
    """A check that failed, for one load; `load_id` is "" where it is about the table as a whole."""

    suite: str
    name: str
    severity: str
    load_id: str
    column: str = ""
    query: str = field(default="", compare=False)

    @property
    def step(self) -> str:
        return self.suite.split(".")[0]


@dataclass
class Found:
    """How many results gates gave (a check of a load, or of a table), and those that failed."""

    results: int = 0
    failed: list[Failed] = field(default_factory=list)

    def add(self, checks: list[dict], subjects: int = 1) -> None:
        """Count the checks of one gate over so many loads, or over its tables."""
        for check in checks:
            loads = check["load_ids"] or [""]
            self.results += subjects if check["success"] else max(subjects, len(loads))
            if not check["success"]:
                self.failed += [Failed(check["suite"], check["expectation"], check["severity"], load_id,
                                       check["column"] or "", check.get("query", "")) for load_id in loads]

    def __add__(self, other: "Found") -> "Found":
        return Found(self.results + other.results, self.failed + other.failed)


def of_batches(home: Home, but: frozenset[str] | set[str] = frozenset()) -> Found:
    """What gate raw found of every batch, but of these."""
    found, loads = Found(), Counter(load.batch_id for load in ledger.loads(home).values())
    for path in sorted((home.build / "gates" / "raw").glob("*.json")):
        if path.stem not in but:
            found.add(json.loads(path.read_text())["checks"], loads[path.stem])
    return found


def of_run(home: Home, run_id: str) -> Found:
    """What the gates of a warehouse run found."""
    found = Found()
    for path in sorted((home.run(run_id) / "gates").glob("*.json")):
        if path.stem != "raw":
            found.add(json.loads(path.read_text())["checks"])
    return found


def batches(home: Home) -> set[str]:
    """The batches that gate raw has judged."""
    return {path.stem for path in (home.build / "gates" / "raw").glob("*.json")}


class Planted:
    """Which loads and rows of a home have faults planted in them. `faults` are the lines of answer_key/faults.csv."""

    def __init__(self, home: Home, faults: list[dict]):
        self.home, self.loads = home, ledger.loads(home)
        by_file = {place_of(load): load.load_id for load in self.loads.values()}
        self.rows: dict[str, set[int]] = defaultdict(set)
        for fault in faults:
            _, feed, agency, name = fault["path"].split("/", 3)
            if load_id := by_file.get((feed, agency, name)):
                self.rows[load_id].add(int(fault["row_number"] or 0))

    def unexplained(self, found: Found) -> Iterator[Failed]:
        """Failures that no planted fault is behind."""
        for failed in found.failed:
            if not self._explains(failed):
                yield failed

    def name_of(self, failed: Failed) -> str:
        """Where a failure is, for a person to look."""
        load = self.loads.get(failed.load_id)
        return "/".join(place_of(load)) if load else failed.load_id or "the table as a whole"

    def _explains(self, failed: Failed) -> bool:
        rows, load = self.rows.get(failed.load_id), self.loads.get(failed.load_id)
        if not rows or load is None:
            return False
        if load.agency.startswith(MESSES) or (failed.step == "raw" and failed.column in COUNTS):
            return True
        return failed.step != "raw" and rows_behind(self.home, failed) <= rows


def rows_behind(home: Home, failed: Failed) -> set[int]:
    """Numbers of the rows of the load that fail, asked of the build database; {-1} where the check names no rows."""
    if not failed.query:
        return {-1}
    with duckdb.connect(str(home.build_database), read_only=True) as con:
        names = {row[0] for row in con.execute(f"describe {failed.query}").fetchall()}
        if not {"load_id", "row_number"} <= names:
            return {-1}
        return {row[0] for row in con.execute(
            f"select distinct row_number from ({failed.query}) where load_id = ?", [failed.load_id]).fetchall()}


def place_of(load: Load) -> tuple[str, str, str]:
    """Feed, agency and file name, as an inbox has them."""
    return load.feed, load.agency, load.file_name
