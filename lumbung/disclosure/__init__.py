"""Disclosure control: what of a release may be published, and the attack that has to fail before it is."""

from lumbung.disclosure.control import Controlled, DisclosureFailed, control
from lumbung.disclosure.settings import Settings, settings, settings_of
from lumbung.disclosure.tree import PublicTree, decisions, hand_over, require_publishable

__all__ = ["Controlled", "DisclosureFailed", "PublicTree", "Settings", "control", "decisions", "hand_over",
           "require_publishable", "settings", "settings_of"]
