"""The folders under LUMBUNG_HOME."""

import os
from dataclasses import dataclass
from pathlib import Path

from lumbung.errors import LumbungError
from lumbung.lake import layout

PROJECT = Path(__file__).resolve().parents[2]
OWNER_ONLY = 0o700


@dataclass(frozen=True)
class Home:
    """The folders of one LUMBUNG_HOME. Nothing outside `root` is ever written."""

    root: Path

    @classmethod
    def from_env(cls) -> "Home":
        """The home named by LUMBUNG_HOME, or `var/` in the project. One of an older layout is migrated.

        Raises LumbungError for a home that this code can't read (`lake/layout.py`).
        """
        home = cls.named()
        layout.check(home)
        return home

    @classmethod
    def named(cls) -> "Home":
        """The same, whatever is in it: for a restore."""
        return cls(Path(os.environ.get("LUMBUNG_HOME") or PROJECT / "var").resolve())

    @property
    def inbox(self) -> Path:
        """`inbox/<feed>/<agency>/…`, where people and SFTP drop files."""
        return self.root / "inbox"

    @property
    def landing(self) -> Path:
        """`landing/<feed>/<sha256>/payload`: the bytes as received, never changed."""
        return self.root / "lake" / "landing"

    @property
    def raw(self) -> Path:
        """`raw/<feed>/<batch>.parquet`: typed rows that keep their contract."""
        return self.root / "lake" / "raw"

    @property
    def quarantine(self) -> Path:
        """`quarantine/<feed>/<batch>.parquet`: a row for each rule that a source row broke."""
        return self.root / "lake" / "quarantine"

    @property
    def quality(self) -> Path:
        """`quality/results|failures/<step>/<day>/<run>.parquet`: what every gate found, and the keys of what failed."""
        return self.root / "lake" / "quality"

    @property
    def ledger(self) -> Path:
        """Append-only events of loads."""
        return self.root / "lake" / "ledger"

    @property
    def identity(self) -> Path:
        """Restricted (0700): what can name a person."""
        return self.root / "identity"

    @property
    def identity_work(self) -> Path:
        """What resolution read and compared, with personal data; may be deleted, the next run makes it again."""
        return self.identity / "work"

    @property
    def build(self) -> Path:
        """The private build database and the pins of runs."""
        return self.root / "build"

    @property
    def build_database(self) -> Path:
        return self.build / "warehouse.duckdb"

    @property
    def scratch(self) -> Path:
        """Half-made files; anything here may be deleted when nothing runs."""
        return self.root / "scratch"

    @property
    def releases(self) -> Path:
        return self.root / "releases"

    @property
    def alerts(self) -> Path:
        """`alerts/<day>.jsonl`: what people were told of."""
        return self.root / "alerts"

    @property
    def lineage(self) -> Path:
        """`lineage/<day>.jsonl`: OpenLineage events, what was made of what."""
        return self.root / "lineage"

    @property
    def restricted(self) -> tuple[Path, ...]:
        """Folders that only the owner may enter: rows with personal data, and what is made of them."""
        return (self.root / "lake", self.landing, self.raw, self.quarantine, self.quality, self.ledger, self.identity,
                self.build, self.scratch)

    def run(self, run_id: str) -> Path:
        """What one warehouse run wrote down: its pin, its gate results."""
        return self.build / "runs" / run_id

    def make(self) -> "Home":
        """Create the folders, in the layout of this code."""
        layout.ready(self)
        for folder in (self.inbox, self.landing, self.raw, self.quarantine, self.quality, self.ledger,
                       self.build, self.scratch, self.releases):
            folder.mkdir(parents=True, exist_ok=True)
        for folder in self.restricted:
            folder.mkdir(parents=True, exist_ok=True)
            _close(folder)
        return self


def _close(folder: Path) -> None:
    """Take a folder's rights from everyone but its owner, whatever the umask or an unpacked backup left."""
    if folder.stat().st_mode & 0o777 == OWNER_ONLY:
        return
    try:
        folder.chmod(OWNER_ONLY)
    except PermissionError as problem:
        raise LumbungError("A folder with personal data is not ours to close.", where=str(folder),
                           todo=f"As its owner, run `chmod 700 {folder}`, or give the folder to the user of Lumbung."
                           ) from problem
