"""What Lumbung measures beside what Airflow does. All of them are gauges: they say what is, not what was added."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Metric:
    """One metric by its OpenTelemetry name, unit (UCUM) and meaning."""

    name: str
    unit: str
    meaning: str


@dataclass(frozen=True)
class Figure:
    """What a metric is now for these labels. A label is a feed, an agency, a step, a status: never a person."""

    metric: Metric
    value: float
    labels: dict[str, str] = field(default_factory=dict)


LOADS = Metric("lumbung.loads", "{load}", "loads by status: landed waits for its verdict, held for a person")
UNRELEASED = Metric("lumbung.loads.unreleased", "{load}", "accepted loads that are not in the current release")
ROWS = Metric("lumbung.rows", "{row}", "rows accepted into the warehouse, and rows set aside that are not mended")
GATE_CHECKS = Metric("lumbung.gate.checks", "{check}", "checks by how they came out at the newest gate of a step")
RELEASE_AGE = Metric("lumbung.release.age", "h", "hours since the run that made the current release")
MISSING = Metric("lumbung.deliveries.missing", "{delivery}", "deliveries that were due and have not come")
STEP_DURATION = Metric("lumbung.step.duration", "s", "seconds that a step took the last time it was done")
FREE = Metric("lumbung.home.free", "By", "bytes free on the disk of LUMBUNG_HOME")

METRICS = (LOADS, UNRELEASED, ROWS, GATE_CHECKS, RELEASE_AGE, MISSING, STEP_DURATION, FREE)
