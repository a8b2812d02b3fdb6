"""Gate staging: what every accepted row must hold before documents are put together and versions chosen.

A critical failure stops the release until a load is withdrawn, so it is kept for what no right row can be.
"""

from lumbung.gates.suites.staging import certificates, declarations, events, makers, official, programmes, rates


def suites() -> list[dict]:
    """One suite a staging table that holds a feed's rows."""
    return [suite for module in (declarations, certificates, makers, programmes, events, official, rates)
            for suite in module.suites()]
