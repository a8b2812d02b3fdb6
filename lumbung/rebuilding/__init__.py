"""A release built once more in another home, from what landed: the same bytes, or a reason why not."""

from lumbung.rebuilding.rebuild import Rebuilt, rebuild

__all__ = ["Rebuilt", "rebuild"]
