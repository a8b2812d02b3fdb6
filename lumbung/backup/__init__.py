"""Backups: a tar of what can't be made again, taken while the warehouse is at work, and a home made of it."""

from lumbung.backup.restoring import restore
from lumbung.backup.taking import back_up

__all__ = ["back_up", "restore"]
