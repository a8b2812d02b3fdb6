"""What looks after the others: the daily look at what is due, and the watch over slow runs."""

import asyncio
import logging
from datetime import timedelta

from airflow.sdk import AsyncCallback, DeadlineAlert, DeadlineReference, task

from lumbung import alerts
from lumbung.deliveries import today
from lumbung.lake.home import Home

log = logging.getLogger(__name__)

# A run of five million items ends long before; one that waits for another's lease gives up after half an hour.
SLOW_MINUTES = 120


@task
def check_deliveries() -> dict[str, int]:
    """Tell of feeds that are late or have stopped, and of what is held. Gives how many feeds of agencies stand how."""
    home = Home.from_env()
    alerts.taken_in(home)
    found = [one.status for one in alerts.late(home, today())]
    counts = {status: found.count(status) for status in ("in_time", "late", "stopped")}
    log.info("%s; lumbung deliveries lists them", counts)
    return counts


def too_slow() -> DeadlineAlert:
    """Tells of a run that is not done two hours after it was queued: what it waited counts, since Airflow offers no
    deadline from the start. The triggerer calls it."""
    return DeadlineAlert(name="slow run", reference=DeadlineReference.DAGRUN_QUEUED_AT,
                         interval=timedelta(minutes=SLOW_MINUTES), callback=AsyncCallback(tell_of_slow_run))


async def tell_of_slow_run(context: dict) -> None:
    """What the triggerer runs at a deadline; `context` is Airflow's, with the run as the API shows it."""
    run = context["dag_run"]
    await asyncio.to_thread(alerts.too_slow, Home.from_env(), run["dag_id"], run["dag_run_id"], SLOW_MINUTES)
