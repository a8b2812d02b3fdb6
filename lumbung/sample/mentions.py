"""How each list writes each business: its name, its owner, and which numbers it keeps."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lumbung.sample.businesses import FIRMS, Business
from lumbung.sample.parties import Parties
from lumbung.sample.spelling import owner_spelled, spelled
from lumbung.sample.world import Cities


@dataclass(frozen=True)
class Habit:
    """What a list does to the businesses on it: the share whose numbers it keeps, and how often names differ.

    A list that tells the owner may write another name or city even without a number: owner and telephone still tell.
    """

    keeps: float
    ways: dict[str, float]
    tells_owner: bool = False


_WITH_OWNER = {"abbreviation": 0.15, "legal_form": 0.12, "swapped_words": 0.07, "typing_error": 0.12,
               "owner_for_firm": 0.07, "moved": 0.05, "renamed": 0.05}
_WITHOUT = {"abbreviation": 0.15, "legal_form": 0.13, "swapped_words": 0.08, "typing_error": 0.12,
            "owner_for_firm": 0.05, "moved": 0.03, "renamed": 0.03}
_CUSTOMS = {"abbreviation": 0.14, "legal_form": 0.14, "swapped_words": 0.06, "typing_error": 0.08}
HABITS = {
    "roster": Habit(1.0, {}, tells_owner=True),
    "second_roster": Habit(0.5, _WITH_OWNER, tells_owner=True),
    "participants": Habit(0.8, _WITH_OWNER, tells_owner=True),
    "waiting": Habit(0.4, _WITH_OWNER, tells_owner=True),
    "visits": Habit(0.55, _WITHOUT),
    "event": Habit(0.5, _WITHOUT),
    "leads": Habit(0.45, _WITHOUT),
    "ska_maker": Habit(0.0, _CUSTOMS),
    "peb_owner": Habit(0.8, _CUSTOMS),
    "ska_exporter": Habit(0.85, _CUSTOMS)}

WRITTEN = {"list": "VARCHAR", "maker": "BIGINT", "name": "VARCHAR", "legal_form": "VARCHAR", "owner": "VARCHAR",
           "npwp": "VARCHAR", "nib": "VARCHAR", "phone": "VARCHAR", "city": "BIGINT", "difficulty": "VARCHAR"}
PHONES = ("0800-{}-{}", "0800 {} {}", "+62 800 {} {}", "(0800) {} {}", "0800{}{}")


def write_mentions(cities: Cities, parties: Parties, lists: Iterable[tuple[str, str, np.ndarray]],
                   rng: np.random.Generator) -> pa.Table:
    """One line a maker of each list: (name of the list, its habit, its makers) -> columns of WRITTEN."""
    makers = {name: parties.makers[name].to_pylist() for name in (
        "city", "exporter", "business", "npwp15", "nib", "nik", "has_twin")}
    columns: dict[str, list] = {name: [] for name in WRITTEN}
    for name, habit, chosen in lists:
        draws = rng.random((len(chosen), 3)).tolist()
        choices = rng.integers(0, 5040, (len(chosen), 3)).tolist()
        for maker, draw, choice in zip(chosen.tolist(), draws, choices, strict=True):
            told = {column: values[maker] for column, values in makers.items()}
            business = parties.businesses[told["business"]]
            row = _written(business, told, HABITS[habit], habit, draw, choice, len(cities.codes))
            for column, value in {"list": name, "maker": maker, **row}.items():
                columns[column].append(value)
    return pa.table({name: pa.array(values, pa.int64() if WRITTEN[name] == "BIGINT" else pa.string())
                     for name, values in columns.items()})


def exporter_mentions(parties: Parties, rng: np.random.Generator) -> pa.Table:
    """How the SKA write each exporter: exporter, name, npwp, nib, difficulty.

    Only one that says its city may be without the numbers, or with the NPWP in its other length: of the rest only the
    register knows the city, by that number.
    """
    table = parties.exporters.to_pydict()
    n, habit = len(table["exporter"]), HABITS["ska_exporter"]
    draws, choices = rng.random((n, 3)).tolist(), rng.integers(0, 5040, n).tolist()
    rows = []
    for e in range(n):
        business, (way, keeps, which) = parties.businesses[table["business"][e]], draws[e]
        npwp, nib = table["npwp"][e], table["nib"][e]
        # The first exporters of a city are those its counts are known by: they keep a number.
        if table["says_region"][e] and not table["is_first"][e]:
            if which < 0.3:
                npwp = table["npwp15"][e] if len(npwp) == 16 else f"0{npwp}"
            if keeps >= habit.keeps:
                npwp, nib = None, nib if which < 0.4 else None
        difficulty = _way(habit.ways, way)
        if difficulty == "same" and not (npwp or nib):
            difficulty = "number_lost"
        rows.append((e, spelled(business, difficulty, choices[e]), npwp, nib, difficulty))
    names = ("exporter", "name", "npwp", "nib", "difficulty")
    return pa.table({name: pa.array([row[i] for row in rows], pa.string() if i else pa.int64())
                     for i, name in enumerate(names)})


def _written(business: Business, told: dict, habit: Habit, list_habit: str, draw: list[float], choice: list[int],
             cities: int) -> dict:
    way, keeps, which = draw
    home = list_habit == "roster"
    # A roster knows the numbers of its makers; of those who export by themselves it misses one in four.
    kept = keeps < (0.75 if home and told["exporter"] >= 0 else habit.keeps)
    npwp, nib = _numbers(business, told, which, whole=home) if kept else (None, None)
    numbered = bool(npwp or nib)
    if told["has_twin"]:
        difficulty = "same_name"
        if not numbered and not habit.tells_owner:        # else nobody could tell which of the two it is
            npwp, nib = told["npwp15"], told["nib"]
    else:
        difficulty = _way(habit.ways, way)
        if difficulty in ("moved", "renamed") and not (numbered or habit.tells_owner):
            difficulty = "typing_error"
        if difficulty == "same" and not numbered and (told["npwp15"] or told["nib"]):
            difficulty = "number_lost"
    city = told["city"]
    if difficulty == "moved":
        city = (city + 1 + choice[1] % (cities - 1)) % cities
    serial = told["business"]
    return {"name": spelled(business, difficulty, choice[0]), "legal_form": business.form,
            "owner": owner_spelled(business, 3 + choice[1] % 3 if home else choice[1]), "npwp": npwp, "nib": nib,
            "phone": PHONES[0 if home else choice[2] % len(PHONES)].format(
                f"{serial // 10_000:04d}", f"{serial % 10_000:04d}"),
            "city": city, "difficulty": difficulty}


def _way(ways: dict[str, float], draw: float) -> str:
    for way, share in ways.items():
        if draw < share:
            return way
        draw -= share
    return "same"


def _numbers(business: Business, told: dict, which: float, *, whole: bool) -> tuple[str | None, str | None]:
    """NPWP and NIB as one list has them: the NPWP with 15 digits or 16, and mostly not both numbers."""
    npwp, nib = told["npwp15"], told["nib"]
    if npwp and which * 10 % 1 < 0.3:
        npwp = f"0{npwp}" if business.form in FIRMS else told["nik"]
    if whole or which < 0.4:
        return npwp, nib
    return (npwp, None) if (which < 0.7 and npwp) or not nib else (None, nib)
