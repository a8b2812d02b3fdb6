"""Alerts on their way: the log and the file always, then each channel; nothing that goes wrong here stops a run."""

import functools
import logging
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import timedelta
from typing import TypeVar

from lumbung.alerts import kept
from lumbung.alerts.alert import Alert
from lumbung.alerts.asking import ask
from lumbung.alerts.channels import Channel, channels
from lumbung.lake.durable import locked
from lumbung.lake.home import Home

log = logging.getLogger("lumbung.alerts")

T = TypeVar("T")

# What stands all the time is told again after so long; everything else once.
TOLD_AGAIN_AFTER = {"gate_failed": timedelta(days=1), "gate_warned": timedelta(days=30)}

# Alerts that wait for the end of `handed_over_later` and could not be kept.
_waiting: ContextVar[list[dict] | None] = ContextVar("waiting", default=None)


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
    """Tell what was not told before, and hand over what a channel did not take the last time. Never raises.

    The log has it first, then the file; channels are asked last and without the file's lock.
    """
    new = _new(alerts, kept.read(home)) if alerts else []
    for alert in new:
        log.log(logging.ERROR if alert.kind == "gate_failed" else logging.WARNING, "%s: %s", alert.kind, alert.line)
    names = [channel.name for channel in channels(home)]
    lines = [{"event": "alert", "alert_id": uuid.uuid4().hex[:12], **asdict(alert), "body": alert.body,
              "channels": [] if alert.is_made_up else names} for alert in new]

    def keep() -> list[dict]:
        since = kept.read(home, days=1)     # another task may have told the same meanwhile
        kept.add(home, [line for alert, line in zip(new, lines, strict=True) if _new([alert], since)])
        return []

    unkept = _with_the_file(home, keep, otherwise=lines) if lines else []
    waiting = _waiting.get()
    if waiting is None:
        _hand_over(home, unkept)
    else:
        waiting += unkept


@contextmanager
def handed_over_later(home: Home) -> Iterator[None]:
    """Log and keep at once what is sent meanwhile, and ask the channels at the end, however it comes."""
    unkept: list[dict] = []
    token = _waiting.set(unkept)
    try:
        yield
    finally:
        _waiting.reset(token)
        _hand_over(home, unkept)


def latest(home: Home, number: int) -> list[dict]:
    """The newest alerts, the oldest of them first: at, event, and the fields of an Alert."""
    return [line for line in kept.read(home) if line["event"] == "alert"][-number:]


def ask_channels(home: Home) -> list[dict]:
    """Send each channel a message of no consequence. Gives `channel` and `problem` ("" where it took the message)."""
    message = {"alert_id": "", "kind": "test", "subject": "Lumbung: uji coba peringatan",
               "body": "This is a test. Alerts of Lumbung will come this way."}
    return [{"channel": one.channel, "problem": one.problem}
            for one in ask({channel: [message] for channel in channels(home)})]


def _new(alerts: list[Alert], lines: list[dict]) -> list[Alert]:
    """What was told of made-up rows called nobody, and is no reason to be silent of real ones."""
    return [alert for alert in alerts if not set(alert.keys) <= kept.told(
        lines, alert.kind, TOLD_AGAIN_AFTER.get(alert.kind), made_up=alert.is_made_up)]


@safely
def _hand_over(home: Home, unkept: list[dict]) -> None:
    asked = channels(home)
    if not asked:
        return
    due = _with_the_file(home, lambda: _due(home, asked), otherwise={})
    for channel in asked if unkept else ():
        due[channel] = due.get(channel, []) + [line for line in unkept if channel.name in line["channels"]]
    due = {channel: lines for channel, lines in due.items() if lines}
    answers = []
    for channel, answer in zip(due, ask(due), strict=True):
        left = [line["alert_id"] for line in due[channel] if line["alert_id"] not in answer.taken]
        if left:
            log.warning("The channel %s did not take %d alerts and is asked again with the next ones: %s",
                        channel.name, len(left), answer.problem)
            answers.append({"event": "failed", "channel": channel.name, "alert_ids": left, "problem": answer.problem})
        if answer.taken:
            answers.append({"event": "delivered", "channel": channel.name, "alert_ids": answer.taken})
    if answers:
        _with_the_file(home, lambda: kept.add(home, answers), otherwise=None)


def _due(home: Home, asked: list[Channel]) -> dict[Channel, list[dict]]:
    """What each channel is to be handed now; it is written down, so that no other task hands it over as well."""
    lines = kept.read(home, kept.PENDING_DAYS)
    due = {channel: kept.pending(lines, channel.name) for channel in asked if not kept.rests(lines, channel.name)}
    kept.add(home, [{"event": "asked", "channel": channel.name, "alert_ids": [line["alert_id"] for line in pending]}
                    for channel, pending in due.items() if pending])
    return due


def _with_the_file(home: Home, act: Callable[[], T], otherwise: T) -> T:
    try:
        with locked(home.alerts):
            return act()
    except OSError:
        log.exception("The file of alerts can't be read or written; channels are asked all the same.")
        return otherwise
