"""Who was to deliver what by when, and did: each contract's cadence, agency by agency, against the ledger."""

from lumbung.deliveries.calendar import day_of, today
from lumbung.deliveries.covered import made_up_loads
from lumbung.deliveries.due import deliveries, standings
from lumbung.deliveries.watched import Delivery, Standing

__all__ = ["Delivery", "Standing", "day_of", "deliveries", "made_up_loads", "standings", "today"]
