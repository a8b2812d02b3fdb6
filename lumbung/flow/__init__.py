"""The way of the data, step by step: what the DAGs' tasks and `lumbung run` both call.

The rooms are imported where they are used: Great Expectations and dbt take seconds to import, and an Airflow task
is a process that needs one of them.
"""

from lumbung.flow.pinning import is_released, pin
from lumbung.flow.releasing import (
    build_marts,
    build_quality,
    build_release,
    build_staging,
    disclosure_warnings,
    end,
    estimate_identity,
    gate,
    no_longer_accepted,
    publish,
    release,
    resolve,
)
from lumbung.flow.running import Outcome, run
from lumbung.flow.steps import OnStep, timed
from lumbung.flow.taking_in import accepted_since, plan_intake, take_in
from lumbung.flow.versions import code_version

__all__ = ["OnStep", "Outcome", "accepted_since", "build_marts", "build_quality", "build_release", "build_staging",
           "code_version", "disclosure_warnings", "end", "estimate_identity", "gate", "is_released",
           "no_longer_accepted", "pin", "plan_intake", "publish", "release", "resolve", "run", "take_in", "timed"]
