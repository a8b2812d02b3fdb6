"""Great Expectations as the gate at each step: raw loads, staging, marts.

Great Expectations takes two seconds to import, so it is imported where a gate runs and not here.
"""

from lumbung.gates.checks import check, check_raw
from lumbung.gates.result import CheckResult, GateResult, require
from lumbung.gates.suites import write_suites
from lumbung.gates.taken_in import check_taken_in

__all__ = ["CheckResult", "GateResult", "check", "check_raw", "check_taken_in", "require", "write_suites"]
