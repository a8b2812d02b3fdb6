"""The known answer: Kota Depok first, by both bases, and why the floor and the rules are needed."""

import pytest
from sample_reading import ranked, read, windows


@pytest.fixture(scope="module", params=["samples", "small"])
def inbox(request):
    made = request.getfixturevalue(request.param)
    with read(made / "inbox" if request.param == "samples" else made.inbox) as con:
        yield con


@pytest.mark.parametrize("basis", ["peb", "ska"])
def test_depok_is_first_under_the_headline_rule(inbox, basis):
    cities = windows(inbox, basis)
    order = ranked(cities)
    growth = {city: cities[city]["current"] / cities[city]["base"] - 1 for city in order}
    assert order[0] == "32.76"
    assert 0.3 < growth["32.76"] < 0.45
    assert all(-0.35 < g < 0.32 for city, g in growth.items() if city != "32.76")
    assert min(growth.values()) < -0.2


@pytest.mark.parametrize("bases", [("fob",), ("fob", "invoice")])
def test_depok_is_first_whether_or_not_invoice_values_count(inbox, bases):
    assert ranked(windows(inbox, "ska", bases))[0] == "32.76"


@pytest.mark.parametrize("basis", ["peb", "ska"])
def test_without_a_floor_a_city_that_exports_little_wins(inbox, basis):
    cities = windows(inbox, basis)
    winner = ranked(cities, floor=0)[0]
    assert winner == "32.72"
    assert cities[winner]["base"] < 100_000


@pytest.mark.parametrize("basis", ["peb", "ska"])
def test_each_reason_for_no_rank_has_its_city(inbox, basis):
    cities = windows(inbox, basis)
    assert "32.79" not in cities                                             # never exports
    assert cities["32.18"]["base"] == 0 < cities["32.18"]["current"]         # new
    assert cities["32.08"]["base"] >= 100_000                                # large, but
    assert cities["32.08"]["exporters_current"] == 2                         # of two exporters
    assert len(ranked(cities)) == 27 - 4
    assert set(cities) - {"00.00"} | {"32.79"} == _of_the_province()


def _of_the_province() -> set[str]:
    return {f"32.{n:02d}" for n in (*range(1, 19), *range(71, 80))}


def test_every_month_has_rows_of_both_bases(inbox):
    months = inbox.execute("""SELECT basis, count(DISTINCT strftime(day, '%Y-%m')), min(day)::VARCHAR, max(day)::VARCHAR
                              FROM counted GROUP BY 1 ORDER BY 1""").fetchall()
    assert [(m[0], m[1]) for m in months] == [("peb", 45), ("ska", 45)]
    assert all(m[2][:7] >= "2021-01" and m[3] <= "2024-09-30" for m in months)
