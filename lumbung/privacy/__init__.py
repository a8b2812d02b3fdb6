"""Privacy: the key of the pseudonyms, erasure of a person, the scan for what must not stand outside the lake."""

from lumbung.privacy.erasing import Erasure, erase, erasures, lacking
from lumbung.privacy.landed import landing_problem, landing_problems
from lumbung.privacy.marks import marks
from lumbung.privacy.masking import SUSPICIOUS, masked, masked_apart
from lumbung.privacy.person import Person
from lumbung.privacy.reveals import log_reveal, reveals
from lumbung.privacy.scanning import Finding, scan

__all__ = ["SUSPICIOUS", "Erasure", "Finding", "Person", "erase", "erasures", "lacking", "landing_problem",
           "landing_problems", "log_reveal", "marks", "masked", "masked_apart", "reveals", "scan"]
