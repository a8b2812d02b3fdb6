"""A home to send loads to, without intake; what it has becomes releases to compare."""

from datetime import UTC, datetime

from loaded_warehouse import Warehouse

from lumbung import transform
from lumbung.diff import Asked, Difference, explain
from lumbung.lake import ledger
from lumbung.publish import current, publish, published_since


class ReleasedOffice(Warehouse):
    """A warehouse whose builds are published, as runs do it."""

    def release(self, code_version: str = "test"):
        """Build what there is and publish it; the release, also where it is the one before."""
        transform.pin(self.home, f"run-{self.runs + 1}", published_since(current(self.home)))
        self.build()
        run_id, before = f"run-{self.runs}", current(self.home)
        publish(self.home, run_id, pinned=transform.pin(self.home, run_id), gates=[], code_version=code_version,
                decisions=transform.pinned_decisions(self.home, run_id),
                changed_months=transform.changed_months(self.home, before.id if before else None),
                run_time=datetime(2024, 10, 5, 3, 4, self.runs, tzinfo=UTC),
                dbt_manifest=transform.manifest_path(self.home))
        made = current(self.home)
        transform.settle(self.home, made.id)
        return made

    def explain(self, before, after, basis: str, **how) -> Difference:
        """Why the list of 2024 changed."""
        replays = frozenset(i for i, load in ledger.loads(self.home).items() if load.parent_load_id)
        return explain(before, after, Asked(basis, "32", 2024), replays=replays, **how)
