"""Lumbung's metrics at intervals, from a process that is always up: the triggerer, which watches the inbox."""

import logging
import os
import threading
import time
from datetime import UTC, datetime

from lumbung.errors import UsageError
from lumbung.lake.home import Home
from lumbung.metrics.reading import Lake
from lumbung.metrics.sending import collector_url, send

log = logging.getLogger(__name__)

# A metric that is not sent again within five minutes is gone from most dashboards.
EVERY_MS = "60000"
_begun = threading.Lock()


def watch(home: Home) -> None:
    """Send the figures of a lake from now on, every OTEL_METRIC_EXPORT_INTERVAL, in a thread of their own, where
    LUMBUNG_METRICS_URL says whereto. One thread a process, however often it is called; never raises."""
    try:
        url = collector_url()
    except UsageError as problem:
        log.error("%s", problem)
        return
    if url and _begun.acquire(blocking=False):
        threading.Thread(target=_watch, args=(home, url), name="lumbung-metrics", daemon=True).start()


def send_now(home: Home) -> str:
    """Send the figures once. Gives "" where they were taken or are not wanted, else what went wrong; never raises."""
    try:
        url = collector_url()
    except UsageError as problem:
        return str(problem)
    return send(Lake(home).figures(datetime.now(UTC)), url) if url else ""


def _watch(home: Home, url: str) -> None:
    lake, before = Lake(home), ""
    every_seconds = float(os.environ.get("OTEL_METRIC_EXPORT_INTERVAL") or EVERY_MS) / 1000
    while True:
        problem = send(lake.figures(datetime.now(UTC)), url)
        if problem != before:           # a collector that is away all night is one line, not six hundred
            log.log(logging.WARNING if problem else logging.INFO, "Metrics of Lumbung: %s", problem or "sent again")
        before = problem
        time.sleep(every_seconds)
