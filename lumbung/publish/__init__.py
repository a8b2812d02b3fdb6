"""Releases: what a run publishes, written once and never changed; and how readers find one."""

from lumbung.publish.manifest import published_since
from lumbung.publish.marks import mark_published, published
from lumbung.publish.publishing import is_public_by, publish
from lumbung.publish.reading import Release, current, release, releases, verify

__all__ = ["Release", "current", "is_public_by", "mark_published", "publish", "published", "published_since",
           "release", "releases", "verify"]
