"""Everything that can become of a document, between two releases and at once: each lineage has its cause and cents.

Beside the planted ones, which are known to the cent, offices go on as a dice has it; what a person would check by
hand is checked of all of them: that the causes of a city are its change, forward and in the reverse order.
"""

import os
import random
import time

import pytest
from loaded_warehouse import aju
from random_deliveries import Story
from released_office import ReleasedOffice

from lumbung.diff import as_json
from lumbung.diff.lineages import CAUSES
from lumbung.lake import decisions, ledger
from lumbung.lake.home import Home

BASE, CURRENT = "2023-02-10", "2024-02-10"
STORIES = 24
# Document or number -> the cause, and what it gave the base and the current window of Depok.
EXPECTED = {
    "peb": {
        1: ("withdrawn load", 0, -10_001), 2: ("restored load", 10_002, 0), 3: ("replayed", 0, 10_003),
        4: ("late", 10_004, 0), 5: ("cancelled and refiled", 0, 10_105 - 10_005), 6: ("cancelled", -10_006, 0),
        7: ("duplicate or conflict", 0, None), 8: ("corrected", 0, -3_008), 9: ("completed", 0, 10_109),
        10: ("read again", 10_110 - 10_010, 0), 11: ("corrected", 0, -10_011), 12: ("corrected", 0, 10_012)},
    "ska": {
        "001/T/2024": ("corrected", 0, -123_456), "002/T/2024": ("cancelled and refiled", -20_002, 20_102),
        "004/T/2024": ("cancelled", -20_004, 0)}}


def usd(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


class Planted:
    """The documents whose fate is known."""

    def __init__(self, office: ReleasedOffice):
        self.office = office

    def before(self) -> None:
        self.loads = {name: self.peb(name, day) for name, day in (
            (1, CURRENT), (2, BASE), (5, CURRENT), (6, BASE), (9, CURRENT), (10, BASE), (11, CURRENT))}
        self.office.withdraw(self.loads[2])
        for cents in (10_007, 10_107):
            self.peb(7, CURRENT, cents)
        self.peb(8, CURRENT, 13_008)
        self.peb(12, CURRENT, registration_number=None, registered_on=None)
        self.ska("001/T/2024", CURRENT, 200_000)
        self.ska("002/T/2024", BASE, 20_002)
        self.ska("004/T/2024", BASE, 20_004)
        self.peb(90, BASE), self.peb(91, CURRENT)       # so that both months are there whatever the dice says
        self.ska("090/T/2024", BASE, 100), self.ska("091/T/2024", CURRENT, 100)

    def between(self) -> None:
        office = self.office
        office.withdraw(self.loads[1])
        office.record("restored", self.loads[2])
        self.peb(3, CURRENT, parent_load_id=self.loads[9])
        self.peb(4, BASE)
        self.peb(5, CURRENT, 10_005, note_number=1, note_date="2024-03-01", cancelled_on="2024-03-01")
        self.peb(105, CURRENT, 10_105, replaces_nomor_aju=aju(5))
        self.peb(6, BASE, note_number=1, note_date="2024-03-01", cancelled_on="2024-03-01")
        self.decide_otherwise()
        self.peb(8, CURRENT, 10_000, note_number=1, note_date="2024-03-01")
        self.peb(9, CURRENT, 10_109, item_number=2)
        office.retype(self.loads[10], item_fob="101.10")
        self.peb(11, CURRENT, note_number=1, note_date="2024-03-01", registration_number=None, registered_on=None)
        self.peb(12, CURRENT, note_number=1, note_date="2024-03-01")
        self.ska("001/T/2024", CURRENT, 76_544, amended_on="2024-03-01", status="amended")
        self.ska("003/T/2024", CURRENT, 20_102, replaces_number="002/T/2024")
        self.ska("004/T/2024", BASE, 20_004, amended_on="2024-03-01", status="cancelled")

    def decide_otherwise(self) -> None:
        rows = self.office.rows(f"SELECT conflict_key, load_id, is_standing FROM marts.mart_conflict "
                                f"WHERE conflict_key LIKE '{aju(7)}|%'")
        state = ledger.loads(self.office.home)
        files = {standing: decisions.File(state[load].agency, state[load].sha256) for _, load, standing in rows}
        decisions.record(self.office.home, decisions.Decision("peb", rows[0][0], files[False], (files[True],), "asked"))

    def peb(self, number: int, day: str, cents: int | None = None, parent_load_id: str = "", **more) -> str:
        row = {"nomor_aju": aju(number), "registered_on": day, "item_fob": usd(cents or 10_000 + number)}
        return self.office.peb(row | more, parent_load_id=parent_load_id, name=f"{number}-{cents}-{sorted(more)}")

    def ska(self, number: str, day: str, cents: int, **more) -> str:
        return self.office.ska({"certificate_number": number, "issued_on": day, "item_value": usd(cents)} | more)


@pytest.fixture(scope="module")
def three(tmp_path_factory):
    """An office with three releases."""
    seed = int(os.environ.get("SEED", time.time_ns() % 1_000_000))
    print(f"seed {seed}")
    dice = random.Random(seed)
    office = ReleasedOffice(Home(tmp_path_factory.mktemp("three") / "home").make())
    stories = [Story(office, number, random.Random(dice.random())) for number in range(100, 100 + STORIES)]
    planted = Planted(office)
    releases = []
    for change in (planted.before, planted.between, lambda: None):
        change()
        for story in stories:
            for _ in range(3 if not releases else dice.randrange(3)):
                story.go_on()
        if releases:
            office.resolve_as({"k1:a": "ikm_1", "k1:b": f"ikm_{len(releases)}"})
        releases.append(office.release())
    return office, releases, f"seed {seed}: {[story.told for story in stories]}"


@pytest.mark.parametrize("basis", ["peb", "ska"])
def test_each_planted_document_has_its_cause_and_its_cents(three, basis):
    office, (a, b, _), told = three
    [depok] = [city for city in office.explain(a, b, basis).cities if city.row.region_code == "32.76"]
    found = {document: (lineage.cause, *cents) for lineage, cents in depok.lineages for document in lineage.documents}
    for name, (cause, base, current) in EXPECTED[basis].items():
        document = aju(name) if basis == "peb" else name
        if current is None:       # which of the two files stood at first is decided by their content
            assert found[document][0] == cause, told
            assert abs(found[document][2]) == 100, told
        else:
            assert found[document] == (cause, base, current), (name, told)
    assert found[next(iter(found))][0] in CAUSES
    told_apart = {document: lineage for lineage, _ in depok.lineages for document in lineage.documents}
    if basis == "ska":
        assert told_apart["002/T/2024"].documents == ("002/T/2024", "003/T/2024")


@pytest.mark.parametrize("basis", ["peb", "ska"])
@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 2), (0, 2)])
def test_whatever_happens_the_causes_are_the_change(three, basis, first, last):
    office, releases, told = three
    a, b = releases[first], releases[last]
    found = as_json(office.explain(a, b, basis))
    stored = [dict(rows(release, basis)) for release in (a, b)]
    moved = {city["region_code"] for city in found["cities"]}
    for code in stored[1]:
        change = tuple(after - before for before, after in zip(stored[0][code], stored[1][code], strict=True))
        assert change == (0, 0) or code in moved, told
    for city in found["cities"]:
        code = city["region_code"]
        change = tuple(after - before for before, after in zip(stored[0][code], stored[1][code], strict=True))
        for prefix in ("", "reverse_"):
            assert totals(city["causes"], prefix) == change, (code, told)
        of_documents = [cause for cause in city["causes"] if cause["step"] == "documents"]
        assert totals(city["documents"]) == totals(of_documents), (code, told)
        assert {cause["cause"] for cause in of_documents} <= set(CAUSES[:-1]), (code, told)


def rows(release, basis: str) -> list[tuple[str, tuple[int, int]]]:
    """City -> cents of base and current window, as the release itself is read."""
    with release.connect() as connection:
        return [(code, (int(base * 100), int(current * 100))) for code, base, current in connection.execute(
            "SELECT region_code, base_usd, current_usd FROM mart_city_ranking WHERE basis = ? AND province_code = '32' "
            "AND year = 2024 AND NOT is_synthetic QUALIFY through_month = max(through_month) OVER ()",
            [basis]).fetchall()]


def totals(rows: list[dict], prefix: str = "") -> tuple[int, int]:
    return tuple(sum(int(row[f"{prefix}{window}_usd"].replace(".", "")) for row in rows)
                 for window in ("base", "current"))
