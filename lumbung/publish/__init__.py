"""Releases: what a run publishes, written once and never changed; and how readers find one."""

from lumbung.publish.manifest import published_since
from lumbung.publish.marks import copy_marks, mark_published, published
from lumbung.publish.publishing import publish
from lumbung.publish.reading import Release, current, release, releases, verify
from lumbung.publish.retention import prunable, prune

__all__ = ["Release", "copy_marks", "current", "mark_published", "prunable", "prune", "publish", "published",
           "published_since", "release", "releases", "verify"]
