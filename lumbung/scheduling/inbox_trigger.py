"""Notices whole files in the inbox, in the triggerer: no worker waits."""

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from lumbung import intake, metrics
from lumbung.contracts import feeds_of_dag
from lumbung.lake.home import Home

log = logging.getLogger(__name__)


class InboxTrigger(BaseEventTrigger):
    """Fires when files of a DAG's feeds are whole, and again while any stay unread.

    A file that a failed run left behind is announced once more every `remind_seconds`.
    """

    def __init__(self, dag: str, poll_seconds: float = 2.0, remind_seconds: float = 60.0):
        super().__init__()
        self.dag, self.poll_seconds, self.remind_seconds = dag, poll_seconds, remind_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        return ("lumbung.scheduling.inbox_trigger.InboxTrigger",
                {"dag": self.dag, "poll_seconds": self.poll_seconds, "remind_seconds": self.remind_seconds})

    async def run(self) -> AsyncIterator[TriggerEvent]:
        home, feeds = Home.from_env().make(), feeds_of_dag(self.dag)
        announced: set[str] = set()
        announced_at = 0.0
        metrics.watch(home)
        while True:
            try:
                found = set(await asyncio.to_thread(intake.whole_files, home, feeds))
            except OSError as problem:
                # A network disk that is away for a moment must not end the watch.
                log.warning("The inbox can't be read, looking again in %s s: %s", self.remind_seconds, problem)
                await asyncio.sleep(self.remind_seconds)
                continue
            overdue = time.monotonic() - announced_at > self.remind_seconds
            if found - announced or (found and overdue):
                announced_at = time.monotonic()
                yield TriggerEvent({"files": len(found)})
            announced = found
            await asyncio.sleep(self.poll_seconds)
