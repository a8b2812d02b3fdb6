"""What comes back: rows an office mends, editions a person dates, loads a person decides on."""

from lumbung.intake.returns.decisions import date_edition, find, refuse, release, restore, withdraw
from lumbung.intake.returns.exporting import Exported, export
from lumbung.intake.returns.replay import Returned, bring_back
from lumbung.intake.returns.retyping import Retyping, retype, retype_replays

__all__ = [
    "Exported", "Returned", "Retyping", "bring_back", "date_edition", "export", "find", "refuse", "release", "restore",
    "retype", "retype_replays", "withdraw"]
