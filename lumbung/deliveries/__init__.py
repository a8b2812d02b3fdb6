"""Who was to deliver what by when, and did: each contract's cadence, agency by agency, against the ledger."""

from lumbung.deliveries.calendar import today
from lumbung.deliveries.covered import made_up_loads
from lumbung.deliveries.due import Delivery, Standing, deliveries, standings

__all__ = ["Delivery", "Standing", "deliveries", "made_up_loads", "standings", "today"]
