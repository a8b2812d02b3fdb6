"""All steps in order, as `lumbung run` takes them."""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from lumbung import lineage
from lumbung.contracts import contracts
from lumbung.errors import LumbungError
from lumbung.flow.releasing import release
from lumbung.flow.steps import OnStep
from lumbung.flow.taking_in import take_in
from lumbung.lake import lease
from lumbung.lake.home import Home


@dataclass(frozen=True)
class Outcome:
    """What a run came to. `release_id` is None when the current release already says all there is to say."""

    run_id: str
    batches: list[dict]
    pinned: int
    release_id: str | None


def run(home: Home, *, on_step: OnStep | None = None, on_batch: Callable[[dict], None] | None = None) -> Outcome:
    """Take in whatever is in the inbox and make a release of it, as the DAGs do, without a scheduler.

    Raises LeaseHeld when another run is writing, GateFailed when a critical check failed, LumbungError else: when a
    batch could not be taken in, after the others have become a release.
    """
    from lumbung import alerts, intake

    home.make()
    started = datetime.now(UTC)
    run_id = f"run-{started:%Y%m%dT%H%M%S}-{uuid.uuid4().hex[:6]}"
    feeds = list(contracts())
    batches, broken = [], []
    with lineage.step(home, "run", run_id):
        with alerts.handed_over_later(home):     # a mail server may be slow, and others wait for the lease
            try:
                with lease.step(home, run_id, wait_seconds=5):
                    time.sleep(intake.waiting(home, feeds))
                    for batch in intake.plan(home, feeds):
                        try:
                            batches.append(take_in(home, batch, on_step=on_step))
                        except LumbungError as problem:
                            broken.append(problem)       # told at the end: the other batches go on, as under Airflow
                            continue
                        if on_batch:
                            on_batch(batches[-1])
                pinned, release_id = release(home, run_id, started, on_step=on_step)
            finally:
                lease.release(home, run_id)
        if broken:
            raise broken[0]
    return Outcome(run_id, batches, pinned, release_id)
