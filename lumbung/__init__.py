"""Lumbung: from the files offices send to a ranking that can be followed back to them."""

__version__ = "0.1.0"
