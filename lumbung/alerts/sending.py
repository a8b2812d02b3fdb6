"""Alerts on their way: the log and the file always, then each channel; nothing that goes wrong here stops a run."""

import functools
import logging
import uuid
from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from lumbung.alerts import kept
from lumbung.alerts.alert import Alert
from lumbung.alerts.channels import Channel, channels
from lumbung.lake.durable import locked
from lumbung.lake.home import Home

log = logging.getLogger("lumbung.alerts")

# A warning that stood all the time is told again after so long; everything else once.
TOLD_AGAIN_AFTER = {"gate_warned": timedelta(days=30)}


def safely(tell: Callable) -> Callable:
    """Make a function that tells of something log what goes wrong in it, and go on."""
    @functools.wraps(tell)
    def told(*args, **named) -> None:
        try:
            tell(*args, **named)
        except Exception:
            log.exception("An alert could not be made or kept; the run goes on.")
    return told


@safely
def send(home: Home, *alerts: Alert) -> None:
    """Tell what was not told before, and hand over what a channel did not take the last time. Never raises."""
    with locked(home.alerts):
        lines = kept.read(home)
        alerts = [alert for alert in alerts if _is_new(alert, lines)]
        for alert in alerts:
            log.log(logging.ERROR if alert.kind == "gate_failed" else logging.WARNING, "%s: %s", alert.kind, alert.line)
        new = [{"event": "alert", "alert_id": uuid.uuid4().hex[:12], **asdict(alert), "body": alert.body}
               for alert in alerts]
        if new:
            kept.add(home, new)
        for channel in channels(home):
            _hand_over(home, channel, kept.pending(lines, channel.name) + new)


def latest(home: Home, number: int) -> list[dict]:
    """The newest alerts, the oldest of them first: at, event, and the fields of an Alert."""
    return [line for line in kept.read(home) if line["event"] == "alert"][-number:]


def ask_channels(home: Home) -> list[dict]:
    """Send each channel a message of no consequence. Gives `channel` and `problem` ("" where it took the message)."""
    message = ("Lumbung: uji coba peringatan", "This is a test. Alerts of Lumbung will come this way.")
    return [{"channel": channel.name, "problem": channel.take(*message, is_failure=False)}
            for channel in channels(home)]


def _is_new(alert: Alert, lines: list[dict]) -> bool:
    again = TOLD_AGAIN_AFTER.get(alert.kind)
    since = (datetime.now(UTC) - again).isoformat() if again else ""
    return not set(alert.keys) <= kept.told(lines, alert.kind, since)


def _hand_over(home: Home, channel: Channel, lines: list[dict]) -> None:
    """Several alerts are one message: a list of late feeds is no reason for as many mails."""
    lines = [line for line in lines if not line["is_made_up"]]
    if not lines:
        return
    subject = lines[0]["subject"] if len(lines) == 1 else f"Lumbung: {len(lines)} peringatan"
    body = lines[0]["body"] if len(lines) == 1 else "\n\n\n".join(
        f"{line['subject']}\n{'-' * len(line['subject'])}\n{line['body']}" for line in lines)
    try:
        problem = channel.take(subject, body, is_failure=any(line["kind"] == "gate_failed" for line in lines))
    except Exception as error:      # a channel may fail in any way
        problem = type(error).__name__
    if problem:
        log.warning("The channel %s did not take %d alerts and is asked again with the next ones: %s", channel.name,
                    len(lines), problem)
    kept.add(home, [{"event": "failed" if problem else "delivered", "alert_id": line["alert_id"],
                     "channel": channel.name, "problem": problem} for line in lines])
