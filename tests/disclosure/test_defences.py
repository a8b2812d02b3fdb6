"""Each way of giving a cell away is planted; the release defends it, and fails where that defence is switched off."""

from datetime import date

import pytest
from province_by_hand import Province

from lumbung.disclosure import DisclosureFailed, decisions
from lumbung.disclosure.choosing import DEFENCES
from lumbung.disclosure.public_list import PublicList, read_tables


def even(code: str, exporters: int, base: int, growth: float = 0.2) -> dict[str, tuple[int, int]]:
    """A city of exporters of much the same size, all of which grew."""
    each = base // exporters
    return {f"{code}-{i}": (each + 100 * i, round((each + 100 * i) * (1 + growth)) + 10 * i) for i in range(exporters)}


def many(cities: int = 5) -> dict[str, dict]:
    """Cities that nothing is wrong with, of 200,000 dollars and more, and some exports that name no city."""
    found = {f"32.{i:02d}": even(f"32.{i:02d}", 6, 200_000 + 40_000 * i, 0.1 + i / 20) for i in range(1, cities + 1)}
    return {**found, "32": even("32", 5, 60_000)}


def shown(made) -> PublicList:
    lists = read_tables(made.path / "public")
    return next(iter(lists.values()))


def shown_codes(made) -> set[str]:
    return {row["region_code"] for row in shown(made).ranking}


def unranked_codes(made) -> set[str]:
    return {row["region_code"] for row in shown(made).unranked}


def rules(made) -> dict[str, str]:
    return {row["region_code"]: row["rule"] for row in decisions(made)["cells"]}


def without(*defences: str) -> frozenset[str]:
    assert DEFENCES.issuperset(defences)
    return DEFENCES - set(defences)


def test_a_province_without_danger_is_published_whole(office):
    made = office.publish(Province(many()))
    assert shown_codes(made) == set(many()) - {"32"}
    assert shown(made).total["base_usd"] == sum(b for city in many().values() for b, _ in city.values())
    assert [row["rank"] for row in sorted(shown(made).ranking, key=lambda r: r["rank"])] == [1, 2, 3, 4, 5]


DOMINATED = {
    "in the base": {"a": (900_000, 500_000), "b": (30_000, 400_000), "c": (20_000, 300_000), "d": (9_000, 250_000)},
    "in the current window": {"a": (300_000, 900_000), "b": (300_000, 310_000), "c": (200_000, 8_000), "d": (1, 2)},
    "in the change alone": {"a": (300_000, 900_000), "b": (300_000, 301_000), "c": (200_000, 201_000),
                            "d": (200_000, 202_000), "e": (100_000, 103_000)},
    "by two exporters": {"a": (300_000, 390_000), "b": (200_000, 250_000)},
}


@pytest.mark.parametrize("city", DOMINATED.values(), ids=DOMINATED)
def test_unsafe_cities_are_withheld(office, another_office, city):
    province = Province({**many(), "32.76": city})
    made = office.publish(province)
    assert "32.76" in unranked_codes(made)
    assert rules(made)["32.76"].startswith("primary:")
    with pytest.raises(DisclosureFailed, match=r"32\.76"):
        another_office.publish(province, defences=without("primary"))


def test_makers_count_as_exporters_do(office, another_office):
    """Six exporters, but one maker behind nearly all of it."""
    city = even("32.76", 6, 300_000)
    base, current = (sum(pair[i] for pair in city.values()) for i in (0, 1))
    makers = {"m1": (base - 3000, current - 4000), "m2": (1000, 2000), "m3": (2000, 2000)}
    province = Province({**many(), "32.76": city}, makers={"32.76": makers})
    made = office.publish(province)
    assert rules(made)["32.76"].endswith(":maker")
    with pytest.raises(DisclosureFailed):
        another_office.publish(province, defences=without("primary"))


def test_a_total_does_not_give_one_away(office, another_office):
    """Without exports of no known city, the total less the others would be the one city that is withheld."""
    cities = {code: city for code, city in many().items() if code != "32"} | {"32.76": DOMINATED["by two exporters"]}
    made = office.publish(Province(cities))
    assert len(unranked_codes(made)) > 1
    assert "secondary" in rules(made).values()
    assert shown(made).total["base_usd"] is not None
    assert len(shown_codes(made)) + len(unranked_codes(made)) == len(cities)
    with pytest.raises(DisclosureFailed, match=r"total|32"):
        another_office.publish(Province(cities), defences=without("secondary"))


def test_what_no_city_is_known_of_does_not_hide_a_giant(office, another_office):
    """A city of one great exporter needs cities as great beside it, or the total goes instead."""
    cities = {**many(), "32.76": {"giant": (90_000_000, 99_000_000), "b": (9000, 9500)}}
    made = office.publish(Province(cities))
    assert shown(made).total["base_usd"] is None
    assert {row["share_pct"] for row in shown(made).ranking} == {None}
    with pytest.raises(DisclosureFailed):
        another_office.publish(Province(cities), defences=without("secondary", "primary"))


def test_a_lone_exporter_of_no_known_city_is_a_cell_too(office, another_office):
    cities = {**many(), "32": {"lone": (40_000, 70_000)}}
    made = office.publish(Province(cities))
    assert "secondary" in rules(made).values()
    with pytest.raises(DisclosureFailed, match=r"\b32\b|total"):
        another_office.publish(Province(cities), defences=without("secondary"))


def test_one_public_reason_whatever_the_reason(office):
    cities = {**many(), "32.76": DOMINATED["by two exporters"], "32.77": {"new": (0, 50_000)},
              "32.78": even("32.78", 4, 20_000), "32.79": {}}
    rows = shown(office.publish(Province(cities))).unranked
    assert len({row["reason"] for row in rows}) == 1
    assert [row["region_name"] for row in rows] == sorted(row["region_name"] for row in rows)


# -- what earlier public releases add

def corrected(cities: dict, code: str, *who: str) -> dict:
    """The same province with documents of some exporters of a city corrected."""
    return {**cities, code: {w: (b, c + (7777 if w in who else 0)) for w, (b, c) in cities[code].items()}}


def test_one_corrected_document_is_not_given_away(office, another_office):
    first = office.publish(Province(many()), marked=True)
    second = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    before, after = shown(first).row("32.03"), shown(second).row("32.03")
    assert after["revision"] == "belum direvisi"
    assert {k: v for k, v in after.items() if k != "revision"} == {k: v for k, v in before.items() if k != "revision"}
    assert shown(second).total["revision"] == "belum direvisi"
    assert shown(second).total["current_usd"] == shown(first).total["current_usd"]
    for name in ("ranking", "unranked", "totals"):
        assert (first.path / f"public/{name}.csv").read_text().replace("belum direvisi", "") == (
            second.path / f"public/{name}.csv").read_text().replace("belum direvisi", ""), name

    another_office.publish(Province(many()), marked=True)
    with pytest.raises(DisclosureFailed, match=r"current since .* of 32\.03"):
        another_office.publish(Province(corrected(many(), "32.03", "32.03-1")), defences=without("revision"))


def test_nor_by_the_total(office):
    office.publish(Province(many()), marked=True)
    with pytest.raises(DisclosureFailed, match=r"total|32\.03"):
        office.publish(Province(corrected(many(), "32.03", "32.03-1")), defences=without("total"))


def test_releases_that_differ_by_one_exporter(office, another_office):
    late = {**many(), "32.03": {**many()["32.03"], "late": (30_000, 44_000)}}
    first = office.publish(Province(many()), marked=True)
    second = office.publish(Province(late))
    assert shown(second).row("32.03")["current_usd"] == shown(first).row("32.03")["current_usd"]
    assert shown(second).row("32.03")["exporters"] == shown(first).row("32.03")["exporters"]
    another_office.publish(Province(many()), marked=True)
    with pytest.raises(DisclosureFailed, match=r"32\.03"):
        another_office.publish(Province(late), defences=without("revision"))


def test_a_change_of_many_is_shown(office):
    first = office.publish(Province(many()), marked=True)
    everyone = corrected(many(), "32.03", *many()["32.03"])
    second = office.publish(Province(everyone), marked=True)
    assert shown(second).row("32.03")["revision"] == ""
    assert shown(second).row("32.03")["current_usd"] == shown(first).row("32.03")["current_usd"] + 6 * 7777
    assert shown(second).total["current_usd"] == shown(first).total["current_usd"] + 6 * 7777


def test_what_was_not_published_is_no_earlier_release(office):
    office.publish(Province(many()))
    second = office.publish(Province(corrected(many(), "32.03", "32.03-1")))
    assert shown(second).row("32.03")["revision"] == ""


def test_a_figure_kept_is_kept_until_the_change_since_it_was_shown_is_safe(office):
    first = office.publish(Province(many()), marked=True)
    one = corrected(many(), "32.03", "32.03-1")
    office.publish(Province(one), marked=True)
    two = corrected(one, "32.03", "32.03-2")
    third = office.publish(Province(two), marked=True)
    assert shown(third).row("32.03")["current_usd"] == shown(first).row("32.03")["current_usd"]
    more = corrected(two, "32.03", "32.03-3", "32.03-4", "32.03-5")
    assert shown(office.publish(Province(more))).row("32.03")["revision"] == ""


BETWEEN = {f"32.{i}": even(f"32.{i}", 6, 400_000, growth) for i, growth in (("81", 0.500), ("82", 0.504))}


def test_a_kept_city_is_ranked_by_what_it_shows(office, another_office):
    """Ranked by its new figures, beside the old ones, its neighbours would tell what has come of it."""
    cities = {**many(), **BETWEEN}
    base, current = (sum(pair[i] for pair in cities["32.01"].values()) for i in (0, 1))
    one, (b, c) = next(iter(cities["32.01"].items()))
    jump = {**cities, "32.01": {**cities["32.01"], one: (b, c + round(base * 1.503) - current)}}
    first = office.publish(Province(cities), marked=True)
    second = office.publish(Province(jump))
    assert shown(second).row("32.01")["revision"] == "belum direvisi"
    assert shown(second).row("32.01")["rank"] == shown(first).row("32.01")["rank"]
    another_office.publish(Province(cities), marked=True)
    with pytest.raises(DisclosureFailed, match=r"current since .* of 32\.01"):
        another_office.publish(Province(jump), defences=without("rank"))


def test_a_city_that_is_withheld_has_no_rank(office, another_office):
    """Its base is known from a year before; a rank between two neighbours would tell its current figure too."""
    last_year = even("32.76", 6, 600_000, 0.1)
    base = {who: current for who, (_, current) in last_year.items()}
    small = {who: (current, 2000) for who, current in list(base.items())[1:]}
    giant = next(iter(base))
    this_year = {giant: (base[giant], round(sum(base.values()) * 1.503) - 10_000), **small}
    before = Province({**many(), **BETWEEN, "32.76": last_year, "32": even("32", 5, 9_000_000)}, year=2023)
    after = Province({**many(), **BETWEEN, "32.76": this_year, "32": even("32", 5, 9_500_000)})
    office.publish(before, marked=True)
    assert "32.76" in unranked_codes(office.publish(after))
    another_office.publish(before, marked=True)
    with pytest.raises(DisclosureFailed, match=r"current of 32\.76|change of 32\.76"):
        another_office.publish(after, defences=without("rank"))


# -- when the window has moved on

def next_month(cities: dict, code: str, *who: str) -> dict:
    """The same province a month later; in one city only some exporters exported in that month."""
    return {c: {w: (b + 900 + i, k + 1100 + 7 * i) if c != code or w in who else (b, k)
                for i, (w, (b, k)) in enumerate(city.items())} for c, city in cities.items()}


def test_the_month_between_two_windows_is_a_cell(office, another_office):
    later = Province(next_month(many(), "32.03", "32.03-1"), through=10)
    office.publish(Province(many()), marked=True)
    made = office.publish(later)
    assert rules(made)["32.03"] == "window"
    assert shown_codes(made) == {"32.01", "32.02", "32.04", "32.05"}
    another_office.publish(Province(many()), marked=True)
    with pytest.raises(DisclosureFailed, match=r"32\.03"):
        another_office.publish(later, defences=without("window"))


def test_a_month_of_many_is_shown(office):
    office.publish(Province(many()), marked=True)
    made = office.publish(Province(next_month(many(), ""), through=10))
    assert shown_codes(made) == set(many()) - {"32"}
    assert shown(made).total["through_month"] == date(2024, 10, 1)


def test_the_officer_is_told_what_earlier_releases_gave_away(office):
    """Two firms turn out to be one, so that a city shown before is one of two: it can't be taken back."""
    cities = {**many(), "32.76": {"a": (100_000, 120_000), "b": (90_000, 101_000), "c": (80_000, 99_000)}}
    office.publish(Province(cities), marked=True)
    one_firm = {**many(), "32.76": {"a": (190_000, 221_000), "c": (80_000, 99_000)}}
    made = office.publish(Province(one_firm), merged={"b": "a"})
    assert "32.76" in unranked_codes(made)
    assert any("32.76" in warning for warning in decisions(made)["warnings"])


def test_a_merge_of_two_businesses_is_nobodys_change(office):
    office.publish(Province(many()), marked=True)
    city = dict(many()["32.03"])
    (b0, c0), (b1, c1) = city.pop("32.03-0"), city.pop("32.03-1")
    city["32.03-0"] = (b0 + b1, c0 + c1)
    made = office.publish(Province({**many(), "32.03": city}), merged={"32.03-1": "32.03-0"})
    assert shown(made).row("32.03")["revision"] == ""
