"""Who was to deliver what by when, agency by agency, and whether it did."""

from datetime import date

import pytest

from lumbung.deliveries import deliveries, made_up_loads, standings
from lumbung.lake import ledger

ROSTER = ("agency_roster", "disdagin-depok")


def day(text: str) -> date:
    return date.fromisoformat(text)


def never(problem):
    raise problem


def periods(post, on: str, agency: str = "bea-cukai") -> dict[str, tuple]:
    """Month -> status and, where it came, the day."""
    return {f"{one.period_from:%Y-%m}": (one.status, *([str(one.landed_on)] if one.landed_on else []))
            for one in deliveries(post.home, day(on), never) if one.agency == agency}


def standing(post, on: str, agency: str = "bea-cukai"):
    [found] = [one for one in standings(post.home, day(on), never) if one.agency == agency]
    return found


@pytest.fixture
def peb(post, expected):
    """Sends declarations of bea-cukai, expected from January 2024 on by the tenth of the next month."""
    return lambda landed_on, *days, **how: post.send("peb", "bea-cukai", landed_on, *days, **how)


def test_a_month_is_on_time_late_missing_or_nil(post, peb):
    peb("2024-02-10", "2024-01-31")
    peb("2024-03-11", "2024-02-29")
    post.nil("peb", "bea-cukai", "2024-03-01")
    assert periods(post, "2024-05-10") == {"2024-01": ("on_time", "2024-02-10"), "2024-02": ("late", "2024-03-11"),
                                           "2024-03": ("nil_return",)}
    assert periods(post, "2024-05-11")["2024-04"] == ("missing",)
    assert {one.due_on for one in deliveries(post.home, day("2024-05-11"), never)} == {
        day("2024-02-10"), day("2024-03-10"), day("2024-04-10"), day("2024-05-10")}


def test_the_day_is_that_of_western_indonesia(post, peb):
    peb("2024-02-10", "2024-01-31", at="16:59:00")
    peb("2024-03-10", "2024-02-29", at="17:00:00")      # midnight has passed there
    assert [status for status, _ in periods(post, "2024-03-11").values()] == ["on_time", "late"]


def test_some_rows_of_a_months_first_days_are_no_month(post, peb):
    peb("2024-01-05", "2024-01-03")
    assert periods(post, "2024-02-11") == {"2024-01": ("missing",)}
    peb("2024-02-20", "2024-01-28", "2024-01-04")
    assert periods(post, "2024-02-21") == {"2024-01": ("late", "2024-02-20")}


def test_a_small_agency_that_goes_on_sending_had_delivered_its_quiet_month(post, peb):
    peb("2024-01-05", "2024-01-03")
    peb("2024-02-28", "2024-02-27")
    assert periods(post, "2024-03-01")["2024-01"] == ("on_time", "2024-01-05")


def test_a_correction_in_another_months_file_delivers_no_month(post, peb):
    peb("2024-03-05", *["2024-02-28"] * 20, "2024-01-31")
    assert periods(post, "2024-03-11") == {"2024-01": ("missing",), "2024-02": ("on_time", "2024-03-05")}


def test_what_is_held_has_come_and_what_was_rejected_or_withdrawn_has_not(post, peb):
    peb("2024-02-09", "2024-01-31", status="held")
    peb("2024-03-09", "2024-02-29", status="rejected")
    withdrawn = peb("2024-04-09", "2024-03-31")
    post.act("withdrawn", withdrawn, reason="test")
    assert [one[0] for one in periods(post, "2024-04-11").values()] == ["on_time", "missing", "missing"]


def test_a_file_that_is_read_again_came_when_it_first_came(post, peb):
    first = peb("2024-02-09", "2024-01-31")
    again = peb("2024-06-01", "2024-01-31")
    post.act("superseded", first, by_load_id=again)
    assert periods(post, "2024-02-11")["2024-01"] == ("on_time", "2024-02-09")
    assert ledger.loads(post.home)[first].status == "superseded"


def test_real_rows_count_where_an_agency_sent_any(post, peb):
    made_up = peb("2024-02-09", "2024-01-31", made_up=True)
    assert all(one.is_synthetic for one in deliveries(post.home, day("2024-02-11"), never))
    assert made_up_loads(post.home, list(ledger.loads(post.home).values())) == {made_up}
    peb("2024-03-09", "2024-02-29")
    post.send("ska", "ipska-jabar", "2024-03-09", "2024-02-29")
    assert made_up_loads(post.home, list(ledger.loads(post.home).values())) == {made_up}
    assert periods(post, "2024-03-11") == {"2024-01": ("missing",), "2024-02": ("on_time", "2024-03-09")}
    assert not standing(post, "2024-03-11").is_synthetic


def test_nobody_waits_after_the_last_month(post, expected):
    expected("peb,bea-cukai,32,2024-01-01,2024-02-01", "peb,bea-cukai,33,2024-01-01,2024-01-01")
    assert list(periods(post, "2024-06-01")) == ["2024-01", "2024-02"]
    assert standing(post, "2024-06-01").next_due is None


def test_who_sent_twice_is_waited_for_until_it_has_missed_four_times(post, expected):
    post.send(*ROSTER, "2022-02-01", "2022-01-01")
    assert periods(post, "2023-01-01", ROSTER[1]) == {}
    post.send(*ROSTER, "2023-08-09", "2023-07-01")
    assert periods(post, "2024-01-30", ROSTER[1]) == {}
    missed = ["2023-07", "2024-01", "2024-07", "2025-01"]
    assert periods(post, "2030-01-01", ROSTER[1]) == dict.fromkeys(missed, ("missing",))
    post.send(*ROSTER, "2029-07-02", "2029-07-01")
    assert list(periods(post, "2030-01-31", ROSTER[1])) == [*missed, "2029-01", "2029-07"]
    assert standing(post, "2030-01-31", ROSTER[1]).source == "customary"


def test_a_standing_names_what_is_missing_and_the_next_day(post, peb):
    peb("2024-02-09", "2024-01-31")
    now = standing(post, "2024-03-10")
    assert (now.status, now.last_period, now.next_due, now.missing) == (
        "in_time", day("2024-01-01"), day("2024-03-10"), ())
    now = standing(post, "2024-05-11")
    assert (now.status, now.next_due) == ("late", day("2024-06-10"))
    assert [one.due_on for one in now.missing] == [day("2024-03-10"), day("2024-04-10"), day("2024-05-10")]
    assert standing(post, "2024-06-11").status == "stopped"
    peb("2024-06-12", "2024-05-31")
    now = standing(post, "2024-06-12")
    assert (now.status, now.next_due, len(now.missing), now.missing_since) == ("late", day("2024-07-10"), 3, ())


def test_who_never_came_has_stopped_too(post, expected):
    now = standing(post, "2026-01-01")
    assert (now.status, now.last_period, len(now.missing)) == ("stopped", None, 23)


def test_weeks_begin_on_monday(post, expected):
    expected()
    for landed_on, valid_from in (("2024-01-03", "2024-01-03"), ("2024-01-05", "2024-01-10")):
        post.send("exchange_rate", "kemenkeu", landed_on, valid_from)
    assert [one.period_from for one in deliveries(post.home, day("2024-01-05"), never)] == [day("2024-01-01")]
    now = standing(post, "2024-01-25", "kemenkeu")
    assert [(one.period_from, one.due_on) for one in now.missing] == [(day("2024-01-15"), day("2024-01-24"))]


def test_a_slip_in_a_year_covers_nothing(post, peb):
    peb("2024-02-09", *["2024-01-31"] * 9, "2062-01-28")
    peb("2024-02-09", "2042-04-20")
    assert [one.due_on for one in standing(post, "2024-12-31").missing] == [
        day(f"2024-{month:02}-10") for month in range(3, 13)]
    assert standing(post, "2024-12-31").last_period == day("2024-01-01")
    assert periods(post, "2099-01-01")["2062-01"] == ("missing",)


def test_history_that_comes_along_was_never_due(post, expected):
    history = [f"2023-{month:02}-15" for month in range(1, 13)] + ["2024-01-28"]
    post.send("peb", "bea-cukai", "2024-02-05", *history)
    assert periods(post, "2024-02-11") == {"2024-01": ("on_time", "2024-02-05")}
    post.send("ska", "ipska-baru", "2024-02-05", *history)
    assert periods(post, "2024-08-20", "ipska-baru") == {}
    post.send("ska", "ipska-baru", "2024-03-11", "2024-02-28")
    assert standing(post, "2024-03-12", "ipska-baru").last_period == day("2024-02-01")
    post.send("ska", "ipska-baru", "2024-04-12", "2024-03-30")
    assert periods(post, "2024-05-11", "ipska-baru") == {"2024-03": ("late", "2024-04-12"), "2024-04": ("missing",)}


def test_a_hole_is_missing_for_twelve_periods(post, peb):
    peb("2024-02-05", "2024-01-31")
    for month in range(3, 13):
        peb(f"2024-{month:02}-28", f"2024-{month:02}-27")
    now = standing(post, "2025-01-05")
    assert (now.status, now.last_period, now.next_due) == ("late", day("2024-12-01"), day("2025-02-10"))
    assert [one.period_from for one in now.missing] == [day("2024-02-01")]
    assert now.missing_since == ()
    now = standing(post, "2025-03-11")      # January and February are missing too, and the hole is the 13th
    assert [one.period_from for one in now.missing] == [day("2025-01-01"), day("2025-02-01")]


def test_a_stopped_feed_names_all_that_is_missing_since(post, peb):
    peb("2024-02-05", "2024-01-31")
    peb("2024-04-05", "2024-03-31")
    now = standing(post, "2024-08-11")
    assert (now.status, len(now.missing), len(now.missing_since)) == ("stopped", 5, 4)
    now = standing(post, "2026-08-11")
    assert (len(now.missing), len(now.missing_since)) == (28, 28)


def test_who_is_not_yet_expected_has_its_first_day_before_it(post, expected):
    expected("peb,bea-cukai,32,2027-01-01,")
    now = standing(post, "2026-11-26")
    assert (now.status, now.next_due) == ("in_time", day("2027-02-10"))


def test_the_last_month_is_expected_to_its_end_in_weeks(post, expected):
    expected("exchange_rate,kemenkeu,,2024-01-01,2024-02-01")
    assert [one.period_from for one in deliveries(post.home, day("2024-06-01"), never)][-1] == day("2024-02-26")


def test_a_snapshot_dated_soon_after_a_period_is_that_periods(post, expected):
    for landed_on, as_of in (("2023-01-05", "2023-01-01"), ("2023-07-05", "2023-07-01"), ("2023-12-29", "2023-12-28"),
                             ("2024-07-05", "2024-07-01")):
        post.send(*ROSTER, landed_on, as_of)
    assert periods(post, "2024-08-15", ROSTER[1]) == {
        "2023-01": ("on_time", "2023-07-05"), "2023-07": ("on_time", "2023-12-29"),
        "2024-01": ("on_time", "2024-07-05")}


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"PAR1 broken")])
def test_a_batch_that_cannot_be_read_leaves_out_its_feed_alone(post, expected, damage):
    expected("peb,bea-cukai,32,2024-01-01,", "ska,ipska-jabar,32,2024-01-01,")
    for whose in (("peb", "bea-cukai"), ("ska", "ipska-jabar")):
        post.send(*whose, "2024-02-01", "2024-01-31")
    path = post.home.raw / "peb" / "batch-load-1.parquet"
    damage(path)
    told = []
    assert [one.feed for one in deliveries(post.home, day("2024-02-11"), told.append)] == ["ska"]
    assert [one.feed for one in standings(post.home, day("2024-02-11"), told.append)] == ["ska"]
    assert [problem.where for problem in told] == [str(path)] * 2
    assert made_up_loads(post.home, list(ledger.loads(post.home).values())) == set()
