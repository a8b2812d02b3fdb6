"""A load's state is what its events left, whatever order their files are found in."""

import pytest

from lumbung.lake import ledger
from lumbung.lake.home import Home
from lumbung.lake.ledger import Event


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path).make()


def event(kind, at, **more):
    moment = f"2024-01-01T00:00:{at:02d}.000000+00:00"
    return Event(kind, "load-1", "ska", "ipska-jabar", "a.csv", "00ff", at=moment, **more)


def state(home):
    return ledger.loads(home)["load-1"]


def test_a_load_is_landed_until_it_is_judged(home):
    ledger.record(home, [event("landed", 1, bytes=7)])
    assert (state(home).status, state(home).bytes) == ("landed", 7)
    ledger.record(home, [event("accepted", 2, batch_id="b1", rows_read=3, rows_accepted=3)])
    assert (state(home).status, state(home).batch_id, state(home).rows_accepted) == ("loaded", "b1", 3)


def test_the_first_acceptance_stands(home):
    ledger.record(home, [event("landed", 1), event("accepted", 2, batch_id="b1")])
    ledger.record(home, [event("accepted", 3, batch_id="b2")])
    ledger.record(home, [event("rejected", 4, reason="late")])
    assert (state(home).status, state(home).batch_id) == ("loaded", "b1")


def test_a_rejected_file_may_come_again(home):
    ledger.record(home, [event("landed", 1), event("rejected", 2, reason_code="empty", reason="The file is empty.")])
    assert (state(home).status, state(home).reason_code) == ("rejected", "empty")
    ledger.record(home, [event("landed", 3)])
    ledger.record(home, [event("accepted", 4, batch_id="b9")])
    assert (state(home).status, state(home).reason_code) == ("loaded", "")


def test_withdrawn_and_restored(home):
    ledger.record(home, [event("landed", 1), event("accepted", 2, batch_id="b1"),
                         event("withdrawn", 3, reason="wrong month")])
    assert (state(home).status, state(home).reason) == ("withdrawn", "wrong month")
    ledger.record(home, [event("restored", 4)])
    assert (state(home).status, state(home).batch_id) == ("loaded", "b1")


def test_events_of_one_act_are_one_file_and_order_is_by_time(home):
    ledger.record(home, [event("accepted", 2, batch_id="b1")])
    ledger.record(home, [event("landed", 1), event("redelivered", 5)])
    assert len(list(home.ledger.rglob("*.jsonl"))) == 2
    assert [e.event for e in ledger.events(home)] == ["landed", "accepted", "redelivered"]
    assert len(state(home).redeliveries) == 1


def test_an_unknown_event_is_refused(home):
    with pytest.raises(ValueError, match="vanished"):
        ledger.record(home, [event("vanished", 1)])
    assert ledger.events(home) == []
