"""Alerts: what a person must know without looking: in the log and a file, by configuration by e-mail and webhook."""

from lumbung.alerts.alert import Alert
from lumbung.alerts.of_files import late, taken_in, too_slow, unread
from lumbung.alerts.of_gates import judged
from lumbung.alerts.sending import ask_channels, handed_over_later, latest, send

__all__ = [
    "Alert", "ask_channels", "handed_over_later", "judged", "late", "latest", "send", "taken_in", "too_slow", "unread"]
