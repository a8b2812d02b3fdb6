"""Old releases go, but never one the public has seen, nor the one readers have now."""

import random
import time

import pytest

from lumbung.errors import LeaseHeld, UsageError
from lumbung.lake import lease
from lumbung.lake.durable import switch_link
from lumbung.publish import current, mark_published, prunable, prune, releases, verify
from lumbung.publish.marks import events


def made(warehouse, how_many: int) -> list:
    """So many releases, of which each shares most files with the one before."""
    found = []
    for number in range(how_many):
        warehouse.sql(f"UPDATE marts.mart_marker SET release_number = {number}")
        found.append(warehouse.publish(number))
    return found


def ids(found) -> list[str]:
    return [release.id for release in found]


def test_the_newest_and_the_published_stay_and_the_rest_goes_with_an_event(warehouse):
    found = made(warehouse, 5)
    mark_published(warehouse.home, found[1].id, "Rilis")
    assert ids(prunable(warehouse.home, 2)) == ids([found[0], found[2]])
    assert len(releases(warehouse.home)) == 5                        # only listed
    assert ids(prune(warehouse.home, 2)) == ids([found[0], found[2]])
    left = releases(warehouse.home)
    assert ids(left) == ids([found[1], found[3], found[4]])
    # The files that the removed ones shared with these are still theirs.
    assert [verify(warehouse.home, release) for release in left] == [[], [], []]
    assert [(e["event"], e["release_id"]) for e in events(warehouse.home)] == [
        ("published", found[1].id), ("pruned", found[0].id), ("pruned", found[2].id)]
    assert prune(warehouse.home, 2) == []


def test_a_current_that_was_turned_back_stays(warehouse):
    found = made(warehouse, 3)
    switch_link(warehouse.home.releases / "current", found[0].id)
    assert ids(prune(warehouse.home, 1)) == ids([found[1]])
    assert current(warehouse.home).id == found[0].id


def test_a_published_release_is_never_removed(warehouse):
    seed = time.time_ns() % 1_000_000
    print(f"seed {seed}")
    dice = random.Random(seed)
    number, marked = 0, []
    for _ in range(40):
        act = dice.choice(["make", "make", "publish", "prune", "turn back"])
        there = releases(warehouse.home)
        unmarked = [release.id for release in there if release.id not in marked]
        if act == "make" or not there:
            warehouse.sql(f"UPDATE marts.mart_marker SET release_number = {number}")
            warehouse.publish(number)
            number += 1
        elif act == "publish" and unmarked:
            marked.append(dice.choice(unmarked))
            mark_published(warehouse.home, marked[-1], "Rilis")
        elif act == "prune":
            prune(warehouse.home, dice.randint(1, 3))
        elif act == "turn back":
            switch_link(warehouse.home.releases / "current", dice.choice(ids(there)))
        left = {release.id: release for release in releases(warehouse.home)}
        assert {*marked, current(warehouse.home).id} <= left.keys()
        assert [verify(warehouse.home, left[release_id]) for release_id in marked] == [[]] * len(marked)


def test_not_even_one_to_keep_is_a_slip(warehouse):
    made(warehouse, 2)
    with pytest.raises(UsageError, match="At least one"):
        prune(warehouse.home, 0)
    assert len(releases(warehouse.home)) == 2


def test_nothing_goes_while_a_run_is_writing(warehouse):
    made(warehouse, 2)
    with lease.step(warehouse.home, "airflow-run"), pytest.raises(LeaseHeld):
        prune(warehouse.home, 1)
    assert len(releases(warehouse.home)) == 2


def test_what_a_crash_left_of_a_removed_release_is_tidied_up(warehouse):
    found = made(warehouse, 2)
    found[0].path.rename(warehouse.home.releases / f".{found[0].id}.tmp")      # where prune was when it died
    assert ids(releases(warehouse.home)) == ids([found[1]])
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 9")
    warehouse.publish(9)
    assert not list(warehouse.home.releases.glob(".*"))
