"""Great Expectations as the gate at each step: raw loads, staging, marts.

Great Expectations takes two seconds to import, so it is imported where a gate runs and not here.
"""

from lumbung.gates import history
from lumbung.gates.accepting import accept
from lumbung.gates.checks import check, check_raw, gated_suites
from lumbung.gates.result import CheckResult, GateResult
from lumbung.gates.suites import write_suites
from lumbung.gates.taken_in import check_taken_in
from lumbung.gates.telling import query_to_paste, require

__all__ = ["CheckResult", "GateResult", "accept", "check", "check_raw", "check_taken_in", "gated_suites", "history",
           "query_to_paste", "require", "write_suites"]
