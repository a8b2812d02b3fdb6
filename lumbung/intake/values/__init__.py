"""Cells as people write them -> values, or the reason why not. Pure functions; none raises on any text."""
