"""The weekly task that removes what is kept no longer."""

import logging
from collections import Counter

from airflow.sdk import task

from lumbung.lake.home import Home
from lumbung.scheduling.tasks import LEASE_SECONDS

log = logging.getLogger(__name__)


@task
def remove_what_is_due() -> dict[str, int]:
    """Remove what is due today. Gives how many things of each kind.

    Not in the writers' pool: it waits for the lease, and a run that has the lease needs the pool to go on.
    """
    from lumbung import retention

    done = retention.carry_out(Home.from_env().make(), retention.Keep.from_env(), wait_seconds=LEASE_SECONDS)
    for one in done.open:
        log.warning("%d rows of %s (%s) are open since %s", one["rows"], one["agency"], one["feed"], one["since"])
    counts = dict(Counter(one.kind for one in done.due))
    log.info("Removed: %s", counts or "nothing")
    return counts
