"""Who was in which programme of the two offices, who was trained, who waited, and who of them went on to export."""

from dataclasses import dataclass

import numpy as np

from lumbung.sample.declarations import Declarations
from lumbung.sample.parties import Parties
from lumbung.sample.world import FIRST_DAY, WINNER, Cities

DEPOK, JABAR = "disdagin-depok", "disperindag-jabar"
YEARS = (2022, 2023, 2024)
RECORDED = {2022: "2022-12-15", 2023: "2023-12-15", 2024: "2024-09-20"}
MOST_TRAINED = 3_000
# Of the office's makers: those trained and those left waiting, a programme.
SHARES = {DEPOK: (0.27, 0.38), JABAR: (0.14, 0.2)}
NEVER = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Enrolments:
    """Columns of enrolments, a line a maker of a programme. Of each maker `first_seen` is the day from which it may be
    named as the maker of what others export (NaT: never); one of `without_number` has none that any list could tell."""

    columns: dict[str, np.ndarray]
    first_seen: np.ndarray
    without_number: np.ndarray


def programme_code(office: str, year: int) -> str:
    """Code of an office's programme of a year."""
    return f"PELATIHAN-BUATAN-{office.split('-')[1].upper()}-{year}"


def make_enrolments(cities: Cities, peb: Declarations, parties: Parties, rng: np.random.Generator) -> Enrolments:
    """Three programmes an office. A third of those trained and a sixth of those who waited begin to export within
    about a year; a few of both did so before."""
    makers = {name: parties.makers[name].to_numpy(zero_copy_only=False) for name in ("city", "exporter", "place",
                                                                                     "has_twin")}
    n = len(makers["city"])
    first_seen = np.full(n, NEVER)
    first_seen[(makers["place"] % 4 == 2) & (rng.random(n) < 0.8)] = FIRST_DAY
    in_depok = makers["city"] == cities.index(WINNER)
    exports_from = _first_exports(peb, makers["exporter"])
    lines: list[tuple] = []
    for office, there in ((DEPOK, in_depok), (JABAR, ~in_depok)):
        pool = rng.permutation(np.flatnonzero(there))
        begins = exports_from[pool]
        # Those who begin to export after the first programme are its good examples: they come first in the list.
        soon = (begins > np.datetime64("2022-04-20")) & (begins < np.datetime64("2023-03-01"))
        pool = np.concatenate([pool[soon], pool[~soon]])
        if office == JABAR:      # a few are helped by both
            pool = np.insert(pool, np.arange(3, 3 + 6 * 5, 5), rng.permutation(np.flatnonzero(in_depok))[:6])
        lines += _of_office(office, pool, exports_from, first_seen, rng)
    names = ("office", "year", "number", "maker", "status", "listed_on", "enrolled_on", "trained_on", "fund")
    columns = {name: np.array([line[i] for line in lines], dtype="datetime64[D]" if name.endswith("_on") else None)
               for i, name in enumerate(names)}
    return Enrolments(columns, first_seen, _without_number(columns, first_seen, makers))


def make_visits(cities: Cities, parties: Parties, enrolments: Enrolments) -> dict[str, np.ndarray]:
    """Columns office, maker, code, day: one in four of an office's makers, and every second that it trained."""
    in_depok = parties.makers["city"].to_numpy() == cities.index(WINNER)
    told = enrolments.columns
    lines: dict[tuple[str, int], tuple[str, np.datetime64]] = {}
    for office, there in ((DEPOK, in_depok), (JABAR, ~in_depok)):
        for maker in np.flatnonzero(there & (np.arange(len(there)) % 4 == 1)).tolist():
            day = np.datetime64("2022-01-10") + maker * 37 % 960
            lines[office, maker] = (programme_code(office, day.astype(object).year), day)
    trained = (told["status"] == "trained") & (told["number"] % 2 == 1)
    for office, year, maker, day in zip(*(told[name][trained].tolist() for name in (
            "office", "year", "maker", "trained_on")), strict=True):
        lines[office, maker] = (programme_code(office, year), np.datetime64(day) + 20 + maker * 37 % 140)
    keys = sorted(lines)
    return {"office": np.array([office for office, _ in keys]), "maker": np.array([maker for _, maker in keys]),
            "code": np.array([lines[key][0] for key in keys]),
            "day": np.array([lines[key][1] for key in keys], dtype="datetime64[D]")}


def _first_exports(peb: Declarations, exporter: np.ndarray) -> np.ndarray:
    """Day of the first declaration of each maker that is an exporter; NaT for the rest."""
    first = np.full(len(peb.exporters["city"]), np.datetime64("2100-01-01"))
    np.minimum.at(first, peb.docs["exporter"], peb.docs["registered"])
    return np.where(exporter >= 0, first[exporter], NEVER)


def _of_office(office: str, pool: np.ndarray, exports_from: np.ndarray, first_seen: np.ndarray,
               rng: np.random.Generator) -> list[tuple]:
    trained, waiting = (max(2, min(MOST_TRAINED, round(share * len(pool)))) for share in SHARES[office])
    queue, waits, lines = list(pool.tolist()), [], []
    for turn, year in enumerate(YEARS):
        start = np.datetime64(f"{year}-02-01") + 10 * (office == JABAR)
        ends = start + 45
        places = trained if turn == 0 else max(2, trained * 2 // 3)
        old = waits[:places // 2]                                   # those who waited longest
        waits = waits[len(old):]
        fresh, queue = queue[:places - len(old)], queue[places - len(old):]
        listed = list(dict.fromkeys(old + fresh))
        still, waits = waits[:waiting // 3], []
        new, queue = queue[:waiting - len(still)], queue[waiting - len(still):]
        waits = [maker for maker in dict.fromkeys(still + new) if maker not in listed]
        for number, maker in enumerate(listed + waits, start=1):
            on_list = start - int(rng.integers(10, 60))
            status = "waiting" if number > len(listed) else _status(number)
            enrolled = NEVER if status == "waiting" else start
            done = ends + int(rng.integers(0, 5)) if status == "trained" else NEVER
            fund = "" if status == "waiting" else ("APBD", "APBD", "APBN", "mitra", "mandiri")[number % 5]
            lines.append((office, year, number, maker, status, on_list, enrolled, done, fund))
            place = number if status != "waiting" else number - len(listed)
            _goes_on(maker, place, status, start if status == "waiting" else ends, exports_from, first_seen, rng)
    return lines


def _without_number(columns: dict[str, np.ndarray], first_seen: np.ndarray, makers: dict) -> np.ndarray:
    """About one in six of those enrolled or waiting, never only one or two of a cohort: figures of so few are
    withheld, and with them those they could be reckoned from. Nothing would tell that they export."""
    number, first = columns["number"].astype(int), columns["year"] == YEARS[0]
    chosen = np.select([columns["status"] == "waiting", first],
                       [number % 3 == 1, (number % 5 == 1) | (number % 7 == 1)],
                       (number % 3 == 1) & (number % 18 < 11)) & (columns["year"] != YEARS[-1])
    on_a_list = columns["maker"][chosen].astype(int)
    none = np.zeros(len(first_seen), dtype=bool)
    none[on_a_list] = True
    return none & np.isnat(first_seen) & (makers["exporter"] < 0) & ~makers["has_twin"]


def _status(number: int) -> str:
    return {11: "withdrawn", 17: "enrolled"}.get(number % 18, "trained")


def _goes_on(maker: int, place: int, status: str, after: np.datetime64, exports_from: np.ndarray,
             first_seen: np.ndarray, rng: np.random.Generator) -> None:
    """Decide whether a maker is seen exporting, unless it exports by itself or was decided on before."""
    if not np.isnat(exports_from[maker]) or (not np.isnat(first_seen[maker]) and first_seen[maker] > FIRST_DAY):
        return
    every = 3 if status == "trained" else 6
    if place % every == 0:
        first_seen[maker] = after + int(rng.integers(20, 300))
    else:
        first_seen[maker] = FIRST_DAY + int(rng.integers(30, 200)) if place % 12 == 1 else NEVER
