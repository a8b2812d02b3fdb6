"""The channels of LUMBUNG_ALERTS: URLs that Apprise knows, apart by blanks. They hold secrets and are not shown."""

import hashlib
import logging
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

from lumbung.lake.home import Home

VARIABLE = "LUMBUNG_ALERTS"
SCHEME = re.compile(r"^([a-z][a-z0-9+]*)://")
# For a server to take a connection, and for each answer.
TIMEOUT_SECONDS = 10


@dataclass(frozen=True)
class Channel:
    """One URL. `name` is its kind and a hash of it, fit to be shown: `mailtos-3fa2b1c9`."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        """What comes before `://` is shown only where it is a scheme: it could be a part of a password."""
        scheme = SCHEME.match(self.url)
        return f"{scheme[1] if scheme else 'unknown'}-{hashlib.sha256(self.url.encode()).hexdigest()[:8]}"

    def take(self, subject: str, body: str, *, is_failure: bool) -> str:
        """Hand a message over, once. Returns "" where the channel took it, else what it said, without its URL."""
        import apprise

        # Without a time limit of its own Apprise works in this thread, and no other keeps the process from ending.
        asset = apprise.AppriseAsset(app_id="Lumbung", app_desc="Lumbung", service_timeout=0)
        with _heard() as said:
            service, channel = apprise.Apprise.instantiate(self.url, asset=asset), apprise.Apprise(asset=asset)
            if service:
                service.socket_connect_timeout = min(service.socket_connect_timeout, TIMEOUT_SECONDS)
                service.socket_read_timeout = min(service.socket_read_timeout, TIMEOUT_SECONDS)
                service.overflow_mode = apprise.OverflowMode.SPLIT
                channel.add(service)
                if channel.notify(
                        title=subject, body=body, body_format=apprise.NotifyFormat.TEXT,
                        notify_type=apprise.NotifyType.FAILURE if is_failure else apprise.NotifyType.WARNING):
                    return ""
        return self._without_secrets(" ".join(" ".join(said).split())) or "it gave no reason"

    def _without_secrets(self, text: str) -> str:
        parts = re.split(r"[^\w%.~-]+", SCHEME.sub("", self.url))
        for part in sorted({*parts, *map(unquote, parts), self.url}, key=len, reverse=True):
            if len(part) > 1:
                text = text.replace(part, "…")
        return text


def channels(home: Home) -> list[Channel]:
    """The channels that take the alerts of a home: none but of the home that LUMBUNG_HOME names. What is tried in
    another one (a rebuild, a measurement, a test) calls nobody."""
    if Home.from_env().root != home.root.resolve():
        return []
    return [Channel(url) for url in dict.fromkeys(os.environ.get(VARIABLE, "").split())]


@contextmanager
def _heard() -> Iterator[list[str]]:
    """What Apprise says in this thread goes here and nowhere else; at its finest it and urllib3 quote URLs."""
    said, here = [], threading.get_ident()
    handler = logging.Handler(logging.WARNING)
    handler.addFilter(lambda record: record.thread == here)
    handler.emit = lambda record: said.append(record.getMessage())
    log = logging.getLogger("apprise")
    log.propagate = False
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
    log.addHandler(handler)
    try:
        yield said
    finally:
        log.removeHandler(handler)
