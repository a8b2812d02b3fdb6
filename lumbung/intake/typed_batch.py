"""A batch between typing and its verdicts."""

from dataclasses import dataclass
from pathlib import Path

from lumbung.intake.landing import Landed


@dataclass(frozen=True)
class LoadRows:
    """What typing made of one load. `reason_code` is set where the whole file could not be read."""

    landed: Landed
    rows_read: int = 0
    rows_skipped: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    reason_code: str = ""
    reason: str = ""


@dataclass(frozen=True)
class TypedBatch:
    """A typed batch that waits for its verdicts. The three Parquet files are whole and on disk."""

    feed: str
    batch_id: str
    raw_path: Path
    quarantine_path: Path
    profile_path: Path
    loads: tuple[LoadRows, ...] = ()
    redelivered: int = 0
    strays: int = 0

    @property
    def has_rows(self) -> bool:
        """Whether there is anything for a gate to look at."""
        return any(load.rows_read for load in self.loads)
