"""What a gate found, as plain values."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from lumbung.lake.durable import write_text


@dataclass(frozen=True)
class CheckResult:
    """What one expectation of one suite found.

    `expectation` is its name within the suite, `feed` whose rows it looked at ("" of several). `unexpected_count` is
    rows, uncapped (None where the check is about the table as a whole); `unexpected_keys` are the keys of the first
    twenty in order, never their values; `load_ids` are all the loads behind them; `query` is SQL over the build
    database that shows them. `observed` is set where a whole-table check failed, or could not be run. `measured` is
    what a measure found, a dict each thing measured with its `observed`, also where it lies within `at_least` and
    `at_most`. `rows_checked` counts the table, `seconds` is what all checks of its suite took together. Of gate raw,
    `by_agency` tells each agency of the batch: agency, rows_checked, rows_failed, is_behind (a load of its failed).
    `may_be_accepted` is who may accept what a check of judgement found, `accepted` what was (`lake.accepted`): where
    that is all of it, the check is a warning; else count, keys and loads are of the rest.
    """

    suite: str
    table: str
    expectation: str
    column: str | None
    severity: str
    success: bool
    observed: object = None
    unexpected_count: int | None = None
    unexpected_keys: list[dict[str, str | None]] = field(default_factory=list)
    load_ids: list[str] = field(default_factory=list)
    reason: str = ""
    feed: str = ""
    owner: str = ""
    query: str = ""
    rows_checked: int | None = None
    measured: list[dict] = field(default_factory=list)
    at_least: float | None = None
    at_most: float | None = None
    seconds: float = field(default=0.0, compare=False)
    by_agency: list[dict] = field(default_factory=list, compare=False)
    may_be_accepted: str = ""
    accepted: list[dict] = field(default_factory=list)

    @property
    def status(self) -> str:
        """`passed`, `warned`, or `failed` where it is critical."""
        return "passed" if self.success else "failed" if self.severity == "critical" else "warned"


@dataclass(frozen=True)
class GateResult:
    """All checks of one gate. `passed` is whether no critical one failed; a warning travels along.

    `failing_rows` is a Parquet file with the keys of all rows that failed (`gates.failing`), until history keeps it.
    """

    step: str
    passed: bool
    checks: list[CheckResult]
    failing_rows: Path | None = field(default=None, compare=False)

    @classmethod
    def of(cls, step: str, checks: list[CheckResult], failing_rows: Path | None = None) -> "GateResult":
        """The verdict over checks, in the order of suite and expectation."""
        ordered = sorted(checks, key=lambda c: (c.suite, c.expectation))
        return cls(step, all(c.success or c.severity != "critical" for c in ordered), ordered, failing_rows)

    @property
    def failures(self) -> list[CheckResult]:
        """Critical checks that failed."""
        return [c for c in self.checks if not c.success and c.severity == "critical"]

    @property
    def warnings(self) -> list[CheckResult]:
        """Checks that failed without being critical."""
        return [c for c in self.checks if not c.success and c.severity != "critical"]

    def as_dict(self) -> dict:
        """Plain values for JSON. Carries no time, so that the same data gives the same bytes."""
        told = asdict(self)
        del told["failing_rows"]
        for check in told["checks"]:
            del check["seconds"], check["by_agency"]
        return told

    def write(self, path: Path) -> None:
        """Keep the result as JSON."""
        write_text(path, json.dumps(self.as_dict(), indent=1, ensure_ascii=False) + "\n")
