"""Retention: what is kept how long, what goes after that, and what the ledger says of it."""

from lumbung.retention.due import Due
from lumbung.retention.keeping import Plan, carry_out, look
from lumbung.retention.settings import SETTINGS, Keep

__all__ = ["SETTINGS", "Due", "Keep", "Plan", "carry_out", "look"]
