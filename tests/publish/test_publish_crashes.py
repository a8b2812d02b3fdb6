"""What a publish that died at some step leaves, and what the next one makes of it."""

import pytest

from lumbung.publish import current, publishing, releases, verify


@pytest.mark.parametrize("step", [
    "publishing.write_all", "publishing.write_warehouse", "publishing._complete", "pathlib.Path.rename",
    "publishing.sync_folder", "publishing.switch_link"])
def test_a_publish_that_dies_at_a_step_changes_nothing_for_readers(warehouse, monkeypatch, step):
    first = warehouse.publish(0)
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")

    def die(*_, **__):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(step.replace("publishing.", "lumbung.publish.publishing."), die)
        with pytest.raises(KeyboardInterrupt):
            warehouse.publish(1)
    assert current(warehouse.home).id == first.id
    assert verify(warehouse.home, current(warehouse.home)) == []
    second = warehouse.publish(2)
    assert current(warehouse.home).id == second.id
    assert verify(warehouse.home, second) == []
    assert sorted(p.name for p in warehouse.home.releases.iterdir()) == sorted([first.id, second.id, "current"])


def test_a_release_that_was_never_switched_to_is_taken_up(warehouse, monkeypatch):
    first = warehouse.publish(0)
    warehouse.sql("UPDATE marts.mart_marker SET release_number = 2")

    def die(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(publishing, "switch_link", die)
        with pytest.raises(KeyboardInterrupt):
            warehouse.publish(1)
    assert current(warehouse.home).id == first.id
    made = releases(warehouse.home)[-1]
    taken_up = warehouse.publish(9)
    assert taken_up.id == made.id == current(warehouse.home).id
    assert len(releases(warehouse.home)) == 2


def test_what_a_dead_publish_left_is_tidied(warehouse):
    warehouse.home.releases.mkdir(exist_ok=True)
    (warehouse.home.releases / ".20240101T000000Z.tmp/internal").mkdir(parents=True)
    (warehouse.home.releases / ".current.abcd1234").symlink_to("nowhere")
    (warehouse.home.releases / "20240101T000000Z-01234567").symlink_to(".20240101T000000Z.tmp")
    release = warehouse.publish()
    assert sorted(p.name for p in warehouse.home.releases.iterdir()) == [release.id, "current"]
