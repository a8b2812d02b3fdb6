"""The channels of LUMBUNG_ALERTS: URLs that Apprise knows, apart by blanks. They hold secrets and are not shown."""

import hashlib
import logging
import os
import re
from dataclasses import dataclass, field
from urllib.parse import unquote

from lumbung.lake.home import Home

VARIABLE = "LUMBUNG_ALERTS"
TRIES = 2


@dataclass(frozen=True)
class Channel:
    """One URL. `name` is its kind and a hash of it, fit to be shown: `mailtos-3fa2b1c9`."""

    url: str = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.url.partition(':')[0]}-{hashlib.sha256(self.url.encode()).hexdigest()[:8]}"

    def take(self, subject: str, body: str, *, is_failure: bool) -> str:
        """Hand a message over. Returns "" where the channel took it, else what it said, without a part of its URL."""
        import apprise

        _keep_urls_out_of_logs()
        said = ""
        for _ in range(TRIES):
            with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as heard:
                channel = apprise.Apprise(asset=apprise.AppriseAsset(app_id="Lumbung", app_desc="Lumbung"))
                if channel.add(self.url) and channel.notify(
                        title=subject, body=body, body_format=apprise.NotifyFormat.TEXT,
                        notify_type=apprise.NotifyType.FAILURE if is_failure else apprise.NotifyType.WARNING):
                    return ""
                said = " ".join(heard.getvalue().split())
        return self._without_secrets(said) or "it gave no reason"

    def _without_secrets(self, text: str) -> str:
        parts = re.split(r"[^\w%.~-]+", self.url.partition(":")[2])
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


def _keep_urls_out_of_logs() -> None:
    """What Apprise says goes where LogCapture reads it, and nowhere else; at its finest it and urllib3 quote URLs."""
    logging.getLogger("apprise").propagate = False
    for name in ("apprise", "urllib3"):
        logging.getLogger(name).setLevel(logging.WARNING)
