"""Lineage: what fed what, as OpenLineage events, into a file a day or to a server ([operate/lineage.md]).

`openlineage` takes a moment to import: what makes events is imported when there is something to tell.
"""

from lumbung.lineage.runs import PARENT, ROOT, Step, silent, step, within

__all__ = ["PARENT", "ROOT", "Step", "silent", "step", "within"]
