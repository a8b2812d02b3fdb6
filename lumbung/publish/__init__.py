"""Releases: what a run publishes, written once and never changed; and how readers find one."""

from lumbung.publish.manifest import published_since
from lumbung.publish.marks import copy_marks, mark_published, published
from lumbung.publish.publishing import is_public_by, publish
from lumbung.publish.reading import OF_QUALITY, Release, current, read, release, releases, verify
from lumbung.publish.retention import prunable, prune

__all__ = ["OF_QUALITY", "Release", "copy_marks", "current", "is_public_by", "mark_published", "prunable", "prune",
           "publish", "published", "published_since", "read", "release", "releases", "verify"]
