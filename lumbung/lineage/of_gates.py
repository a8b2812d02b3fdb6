"""What the gates found, as assertions on what they looked at. Names and counts only: keys and
values stay in the lake."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from openlineage.client.generated.data_quality_assertions_dataset import Assertion

from lumbung.lineage.events import within
from lumbung.lineage.facets import checked
from lumbung.lineage.names import load
from lumbung.lineage.runs import Step

SEVERITY = {"critical": "error"}


def gated(checks: Iterable) -> tuple[list, list]:
    """The tables of a gate with all checks made of each (`gates.CheckResult`)."""
    by_table = defaultdict(list)
    for check in checks:
        by_table[check.table].append(_assertion(check))
    return [checked(name, by_table[name]) for name in sorted(by_table)], []


def gated_raw(step: Step, batch_id: str, checks: list, load_ids: Iterable[str]) -> Iterator:
    """The gate of a batch as a job within its intake. A load has the checks that it failed, or one that says it passed
    them all: a day may bring thousands of files."""
    behind = defaultdict(list)
    for check in checks:
        if not check.success:
            for load_id in check.load_ids:
                behind[load_id].append(_assertion(check))
    passed = Assertion("gate_raw", success=True, severity="error", actual=f"{len(checks)} checks")
    return within(step, f"gate_raw.{step.name.partition('.')[2]}", [
        checked(load(load_id), behind.get(load_id) or [passed]) for load_id in sorted(load_ids)], key=batch_id)


def _assertion(check) -> Assertion:
    return Assertion(check.expectation, check.success, column=check.column,
                     severity=SEVERITY.get(check.severity, "warn"),
                     actual=None if check.success or check.unexpected_count is None
                     else f"{check.unexpected_count} rows")
