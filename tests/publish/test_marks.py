"""A release is published by a mark beside it, which only a whole release gets."""

import pytest

from lumbung.errors import LumbungError, UsageError
from lumbung.lake.user import user
from lumbung.publish import mark_published, published, verify


def test_a_mark_says_who_when_and_why_and_leaves_the_release_as_it_is(warehouse):
    assert published(warehouse.home) == []
    first = warehouse.publish()
    manifest = (first.path / "manifest.json").read_bytes()
    made = mark_published(warehouse.home, first.id, " Rilis triwulan III ")
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")
    second = warehouse.publish(1)
    mark_published(warehouse.home, second.id, "Koreksi")
    assert published(warehouse.home)[0] == made
    assert [(m["release_id"], m["by"], m["reason"]) for m in published(warehouse.home)] == [
        (first.id, user(), "Rilis triwulan III"), (second.id, user(), "Koreksi")]
    assert published(warehouse.home)[0]["at"] < published(warehouse.home)[1]["at"]
    assert verify(warehouse.home, first) == []
    assert (first.path / "manifest.json").read_bytes() == manifest


def test_what_does_not_verify_is_not_marked(warehouse):
    release = warehouse.publish()
    table = release.path / "internal" / "tables" / "dim_region.parquet"
    table.chmod(0o644)
    table.write_bytes(table.read_bytes() + b" ")
    with pytest.raises(LumbungError, match=r"dim_region\.parquet has changed"):
        mark_published(warehouse.home, release.id, "Rilis")
    assert published(warehouse.home) == []


def test_a_mark_needs_a_reason_and_a_release_and_is_given_once(warehouse):
    release = warehouse.publish()
    with pytest.raises(UsageError, match="reason"):
        mark_published(warehouse.home, release.id, "  ")
    with pytest.raises(LumbungError, match="no release 20990101T000000Z-abc"):
        mark_published(warehouse.home, "20990101T000000Z-abc", "Rilis")
    mark_published(warehouse.home, release.id, "Rilis")
    with pytest.raises(LumbungError, match="published already"):
        mark_published(warehouse.home, release.id, "Rilis lagi")
    assert len(published(warehouse.home)) == 1
